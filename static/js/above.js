// Offers stay within reach while a modal dialog is open, which switches off all else of the page: they move into the
// dialog that was opened last, and back when none is open.

const offers = document.querySelector("[data-above]");
const home = document.createComment("offers");
let open = [];

function place() {
  const dialog = open.at(-1);
  if (dialog) dialog.append(offers);
  else home.after(offers);
}

if (offers) {
  offers.before(home);
  new MutationObserver((changes) => {
    const dialogs = changes.map(({ target }) => target).filter((target) => target.matches("dialog"));
    if (!dialogs.length) return;
    open = [...open.filter((each) => !dialogs.includes(each)), ...dialogs].filter((each) => each.open && each.isConnected);
    place();
  }).observe(document.body, { subtree: true, attributeFilter: ["open"] });
}
