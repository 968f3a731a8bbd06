// Toasts, and announcements for screen readers.

const TOAST_SECONDS = 7;
const WORDS_A_SECOND = 2;

// Toasts: `toast` events raised by the server ({text, kind} or a list of them), and Django messages.

const wordsOf = (toast) => toast.querySelector("[data-toast-text]").textContent;

function showToast({ text, kind = "success", everywhere = false }) {
  const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  toast.className = `toast-note toast-note--${kind}`;
  toast.querySelector("[data-toast-text]").textContent = text;
  const toasts = document.getElementById("toasts");
  // What is said again, as by parts that try again, stands there once.
  [...toasts.children].find((each) => each.matches(`.toast-note--${kind}`) && wordsOf(each) === text)?.remove();
  toasts.append(toast);
  watchToast(toast);
  if (everywhere) closeWithOthers(toast);
}

// What every window of a person tells is closed in all of them at once.
let windows = null;

function closeWithOthers(toast) {
  if (!windows) {
    windows = new BroadcastChannel("closed-toasts");
    windows.addEventListener("message", ({ data }) => {
      for (const each of document.querySelectorAll("[data-everywhere]")) if (wordsOf(each) === data) each.remove();
    });
  }
  toast.toggleAttribute("data-everywhere", true);
  toast.querySelector("[data-toast-close]").addEventListener("click", () => windows.postMessage(wordsOf(toast)));
}

// A toast goes by itself once it can be read, but not while it is looked at; an error stays until it is closed.
function watchToast(toast) {
  toast.querySelector("[data-toast-close]").addEventListener("click", () => toast.remove());
  if (toast.classList.contains("toast-note--danger")) return;
  const seconds = Math.max(TOAST_SECONDS, wordsOf(toast).split(" ").length / WORDS_A_SECOND);
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), seconds * 1000); };
  const stop = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stop);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
  start();
}

document.querySelectorAll("[data-toast]").forEach(watchToast);
document.body.addEventListener("toast", ({ detail }) => {
  const toasts = detail.value ?? detail;
  [toasts].flat().forEach(showToast);
});
// Parts that fetch themselves try again; the banner says that the page waits for the server.
document.body.addEventListener("htmx:sendError", ({ detail }) => {
  if (detail.elt.matches('[hx-trigger*="from:body"], [hx-trigger="floor-due"]')) return;
  showToast({ text: "The server cannot be reached. Check the connection and try again.", kind: "danger" });
});

// Announcements: `announce` events ({text}) are spoken, not shown.

document.body.addEventListener("announce", ({ detail }) => {
  const region = document.getElementById("announcements");
  if (region) region.textContent = detail.value?.text ?? detail.text ?? detail.value ?? "";
});

// The small-screen navigation closes with Escape and gives the focus back to its button.

document.addEventListener("keydown", (event) => {
  const toggle = document.querySelector(".site-map__toggle[aria-expanded=true]");
  if (event.key !== "Escape" || !toggle || document.querySelector("dialog[open]")) return;
  toggle.click();
  toggle.focus();
});
