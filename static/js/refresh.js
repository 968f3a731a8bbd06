// After a change that stays on its page (`page-changed`): pages that say data-refreshes fetch themselves and put the
// new content in place of the old, with the same parts unfolded and the focus where it was; others load again.

import { keepAbove } from "./above.js";
import { ask } from "./again.js";
import { look } from "./alerts.js";
import { giveBack } from "./focus.js";
import { afterPress } from "./hold.js";

const CONTENT = "content";
// Offers fold by themselves, and may be beside a dialog.
const PARTS = "details:not([data-above])";

let latest = 0;

// A click on what is about to go would be lost.
function loadAgain() {
  document.body.inert = true;
  location.reload();
}

// What an earlier change asked for is older than what a later one did, and may come after it.
async function refresh() {
  if (!document.querySelector(`#${CONTENT} [data-refreshes]`)) return loadAgain();
  const number = latest += 1;
  const asked = ask();
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  asked.arrived();
  const fresh = page.getElementById(CONTENT);
  if (!answer.ok || !fresh) return loadAgain();
  afterPress(() => {
    if (number !== latest) return;
    show(page, fresh);
    asked.shown([fresh]);
  });
  for (const toast of page.querySelectorAll("#toasts [data-toast]")) {
    const text = toast.querySelector("[data-toast-text]")?.textContent ?? "";
    const kind = [...toast.classList].find((name) => name.startsWith("toast-note--"))?.slice(12);
    document.body.dispatchEvent(new CustomEvent("toast", { detail: { text, kind } }));
  }
}

function show(page, fresh) {
  const old = document.getElementById(CONTENT);
  const unfolded = [...old.querySelectorAll(PARTS)].map((each) => each.open);
  const focused = old.contains(document.activeElement) ? document.activeElement : old;
  const now = [...fresh.querySelectorAll(PARTS)];
  if (now.length === unfolded.length) now.forEach((each, place) => { each.open = unfolded[place]; });
  keepAbove(fresh);
  old.replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  look();
  document.querySelector(".top-bar__breadcrumbs")?.replaceChildren(
    ...(page.querySelector(".top-bar__breadcrumbs")?.childNodes ?? []),
  );
  window.htmx.process(fresh);
  giveBack(focused);
}

document.body?.addEventListener("page-changed", refresh);
