// Offers stay within reach while a modal dialog is open, which switches off all else of the page: they move into the
// dialog that was opened last, and back when none is open. On a telephone they are folded there until somebody opens them.

const NARROW = matchMedia("(max-width: 40rem)");

const offers = document.querySelector("[data-above]");
const home = document.createComment("offers");
let open = [];

function fold() {
  offers.open = !(NARROW.matches && offers.closest("dialog"));
}

function place() {
  const dialog = open.at(-1);
  if (offers.closest("dialog") === (dialog ?? null)) return;
  if (dialog) dialog.append(offers);
  else home.after(offers);
  fold();
}

function tell() {
  const [left, count] = offers.querySelectorAll(".above__left, .above__count");
  const number = offers.querySelectorAll(".offer").length;
  count.textContent = number === 1 ? count.dataset.one : count.dataset.many.replace("{}", number);
  const bars = [...offers.querySelectorAll(".offer__bar:not([hidden])")];
  const [first] = bars.map((bar) => bar.dataset.deadline).sort((one, other) => Date.parse(one) - Date.parse(other));
  left.removeAttribute("data-passed");
  if (first) left.dataset.deadline = first;
  else {
    delete left.dataset.deadline;
    left.textContent = "";
  }
}

if (offers) {
  offers.before(home);
  new MutationObserver((changes) => {
    const dialogs = changes.map(({ target }) => target).filter((target) => target.matches("dialog"));
    if (!dialogs.length) return;
    open = [...open.filter((each) => !dialogs.includes(each)), ...dialogs].filter((each) => each.open && each.isConnected);
    place();
  }).observe(document.body, { subtree: true, attributeFilter: ["open"] });
  new MutationObserver(tell).observe(offers, { childList: true });
  NARROW.addEventListener("change", fold);
  tell();
}
