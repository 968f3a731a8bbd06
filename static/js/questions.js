// Questions before something is done: data-confirm="Delete the queue?" on a form or on an element that sends an htmx
// request; and answerOf() for any dialog that asks.

const PLAIN_BUTTON = "btn btn-primary";

export function answerOf(dialog) {
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", function closed() {
      // That an earlier question was closed may be told when the next is asked already.
      if (dialog.open) return;
      dialog.removeEventListener("close", closed);
      resolve(dialog.returnValue === "yes");
    });
  });
}

function ask(element) {
  const dialog = document.getElementById("confirmation");
  const button = dialog.querySelector("[data-confirm-button]");
  const look = element.dataset.confirmLook;
  dialog.querySelector("[data-confirm-text]").textContent = element.dataset.confirm;
  button.textContent = element.dataset.confirmLabel ?? "Continue";
  button.className = look ? `btn btn-${look}` : PLAIN_BUTTON;
  return answerOf(dialog);
}

// While a question is read its part of the page may fetch itself: what asked is then gone, and the one in its place
// does what was agreed to. Nothing in its place: somebody else did it, or it may not be done any more.
const ACTIONS = ["hx-post", "hx-delete", "hx-put", "hx-get", "action", "data-confirm"];

function inPlaceOf(element) {
  if (element.isConnected) return element;
  const named = ACTIONS.filter((name) => element.hasAttribute(name));
  const selector = named.map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`).join("");
  return document.querySelector(selector);
}

function missing() {
  const text = "That can no longer be done: it has changed meanwhile.";
  document.body.dispatchEvent(new CustomEvent("toast", { detail: { text, kind: "warning" } }));
}

document.body.addEventListener("htmx:confirm", async (event) => {
  const element = event.detail.elt;
  if (!element.dataset.confirm) return;
  if (element.dataset.confirmed) {
    delete element.dataset.confirmed;
    return;
  }
  event.preventDefault();
  if (!(await ask(element))) return;
  const present = inPlaceOf(element);
  if (present === element) event.detail.issueRequest(true);
  else if (present) again(present);
  else missing();
});

function again(element) {
  element.dataset.confirmed = "yes";
  if (element.localName === "form") element.requestSubmit();
  else element.click();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const isSentByHtmx = form.hasAttribute("hx-post");
  if (!form.dataset.confirm || isSentByHtmx || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(form))) return;
  const present = inPlaceOf(form);
  if (!present) {
    missing();
    return;
  }
  present.dataset.confirmed = "yes";
  present.requestSubmit(present === form ? event.submitter : undefined);
}, { capture: true });
