// What calls a person, and what tells one something, stays within reach while a modal dialog is open, which switches off
// all else of the page: offers, toasts and announcements (data-above="offers") move into the dialog that was opened
// last, and back when none is open.

const homes = new WeakMap();
let open = [];

const homeOf = (part) => homes.get(part) ?? homes.set(part, document.createComment(part.dataset.above)).get(part);

function move(part, dialog) {
  const from = part.closest("dialog");
  if (from === (dialog ?? null)) return;
  const home = homeOf(part);
  if (!from) part.before(home);
  if (dialog) dialog.append(part);
  else if (home.isConnected) home.replaceWith(part);
  else part.remove();
  part.dispatchEvent(new CustomEvent("moved-above", { bubbles: true }));
}

// In a page that is about to show itself anew, what is beside a dialog has its place, and is not there a second time.
export function keepAbove(content) {
  for (const part of document.querySelectorAll("dialog [data-above]")) {
    content.querySelector(`[data-above="${part.dataset.above}"]`)?.replaceWith(homeOf(part));
  }
}

new MutationObserver((changes) => {
  const dialogs = changes.map(({ target }) => target).filter((target) => target.matches("dialog"));
  if (!dialogs.length) return;
  open = [...open.filter((each) => !dialogs.includes(each)), ...dialogs].filter((each) => each.open && each.isConnected);
  document.querySelectorAll("[data-above]").forEach((part) => move(part, open.at(-1)));
}).observe(document.body, { subtree: true, attributeFilter: ["open"] });
