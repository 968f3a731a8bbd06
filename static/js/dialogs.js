// Fragments in the dialog. A link with data-dialog gets its fragment (root #dialog-content) by htmx; the dialog opens
// when it arrives, takes the focus, and gives it back when closed, or to what data-dialog-returns names. An answer of
// 204 closes it.

import { counterpart } from "./focus.js";
import { answerOf } from "./questions.js";

const FIRST_FIELD = "[autofocus], input:not([type=hidden]):not([disabled]), select, textarea";

const dialog = document.getElementById("dialog");
let opener = null;
let clicked = null;
// What the form would send as it came; nothing yet in the moment of opening.
let untouched = null;

function typedText() {
  const form = dialog.querySelector("#dialog-content form");
  return form ? new URLSearchParams([...new FormData(form)].map(([k, v]) => [k, String(v)])).toString() : "";
}

function open() {
  const isNew = !dialog.open;
  if (isNew) {
    dialog.showModal();
    untouched = null;
    // Once forms.js has switched off the fields that the choices leave out.
    setTimeout(() => { untouched = typedText(); });
  }
  const summary = dialog.querySelector("[data-error-summary]");
  // A form that fetched itself anew leaves the cursor where it is typed.
  if (!isNew && !summary && dialog.querySelector(".dialog__content")?.contains(document.activeElement)) return;
  const target = summary ?? dialog.querySelector(`.dialog__body :is(${FIRST_FIELD})`);
  const checked = target?.type === "radio" && target.form?.querySelector(`[name="${CSS.escape(target.name)}"]:checked`);
  (checked || target || dialog.querySelector(".dialog__buttons .btn"))?.focus();
}

async function closeAfterAsking() {
  if (untouched === null || typedText() === untouched || await answerOf(document.getElementById("discard"))) dialog.close();
}

if (dialog) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-dialog]");
    if (link) {
      clicked = link;
      opener = document.getElementById(link.dataset.dialogReturns) ?? link;
    }
    if (event.target.closest("[data-dialog-close]") && dialog.contains(event.target)) closeAfterAsking();
  });
  // Of several that were clicked the last one opens the dialog, whichever is answered first.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { requestConfig: { elt }, target } = event.detail;
    if (target.id === "dialog-content" && elt.matches("[data-dialog]") && elt !== clicked) event.preventDefault();
  });
  document.body.addEventListener("htmx:load", (event) => {
    if (event.detail.elt.id === "dialog-content") open();
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr } = event.detail;
    if (dialog.open && xhr.status === 204 && dialog.contains(elt) && !elt.closest("[data-above]")) dialog.close();
  });
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    closeAfterAsking();
  });
  dialog.addEventListener("close", () => {
    document.getElementById("dialog-content").replaceChildren();
    const place = !opener || opener.isConnected ? opener : counterpart(opener);
    (place ?? document.getElementById("content"))?.focus();
  });
}

// On a page the summary of errors takes the focus, as it does in the dialog: when the page comes with it, and when a
// refused form comes back.
function showErrors(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary || dialog?.contains(summary)) return;
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "center" });
}

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.xhr?.status === 422) showErrors(detail.elt);
});
showErrors(document.querySelector("main") ?? document.body);
