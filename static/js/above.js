// Offers stay within reach while a modal dialog is open, which switches off all else of the page: they move into the
// dialog that was opened last, and back when none is open. On a telephone they are folded there until somebody opens them.

const NARROW = matchMedia("(max-width: 40rem)");

const home = document.createComment("offers");
let open = [];

// Those of a dialog, where a page that has shown itself anew meanwhile has its own.
const current = () => document.querySelector("dialog [data-above]") ?? document.querySelector("[data-above]");

function fold() {
  const offers = current();
  if (offers) offers.open = !(NARROW.matches && offers.closest("dialog"));
}

function place() {
  const dialog = open.at(-1);
  const offers = current();
  const from = offers?.closest("dialog");
  if (!offers || from === (dialog ?? null)) return;
  if (!from) offers.before(home);
  if (dialog) dialog.append(offers);
  else if (home.isConnected) home.replaceWith(offers);
  else offers.remove();
  fold();
}

function tell() {
  const offers = current();
  if (!offers) return;
  const [left, count] = offers.querySelectorAll(".above__left, .above__count");
  const number = offers.querySelectorAll(".offer").length;
  count.textContent = number === 1 ? count.dataset.one : count.dataset.many.replace("{}", number);
  const bars = [...offers.querySelectorAll(".offer__bar:not([hidden])")];
  const [first] = bars.map((bar) => bar.dataset.deadline).sort((one, other) => Date.parse(one) - Date.parse(other));
  left.removeAttribute("data-passed");
  if (!number) fold();
  if (first) left.dataset.deadline = first;
  else {
    delete left.dataset.deadline;
    left.textContent = "";
  }
}

new MutationObserver((changes) => {
  const dialogs = changes.map(({ target }) => target).filter((target) => target.matches("dialog"));
  if (!dialogs.length) return;
  open = [...open.filter((each) => !dialogs.includes(each)), ...dialogs].filter((each) => each.open && each.isConnected);
  place();
}).observe(document.body, { subtree: true, attributeFilter: ["open"] });
NARROW.addEventListener("change", fold);
for (const name of ["htmx:load", "htmx:afterSettle"]) document.body.addEventListener(name, tell);
tell();
