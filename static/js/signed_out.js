// The sign-in ended meanwhile (`signed-out`, {url}): what was typed stays on the page, to be sent after signing in in
// another tab; where nothing was, the page goes to sign in. Each page tells the others that it opened: with one of a new
// sign-in the page goes on by itself (`signed-in`), and a page to sign in at goes where it leads. A sign-in changes the
// token of forms in all tabs: what is sent has the one of now. Who signs out leaves no half-written replies behind.

import { FIELDS, isTouched } from "./kept.js";
import { ofTab } from "./stored.js";
import { token } from "./token.js";

const TOKEN = "csrfmiddlewaretoken";
const template = document.getElementById("signed-out");
const pages = new BroadcastChannel("sign-in");
let dialog = null;
let tokenOfThen = null;
const tokenOfEntrance = document.querySelector("[data-entrance]") && token();

document.body?.addEventListener("signed-out", ({ detail }) => {
  if (!template || ![...document.querySelectorAll(FIELDS)].some(isTouched)) {
    location.assign(detail.url);
    return;
  }
  tokenOfThen ??= token() ?? "";
  if (!dialog?.isConnected) {
    dialog = template.content.firstElementChild.cloneNode(true);
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
});

pages.addEventListener("message", ({ data }) => {
  if (data === "left") ofTab.clear();
  else if (tokenOfEntrance && tokenOfEntrance !== token()) location.assign(location.href);
  else goOn();
});
pages.postMessage("opened");

function goOn() {
  if (tokenOfThen === null || tokenOfThen === (token() ?? "")) return;
  tokenOfThen = null;
  dialog.close();
  document.body.dispatchEvent(new CustomEvent("signed-in"));
}

document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (!target.matches("[data-leaves]") || defaultPrevented) return;
  for (const field of document.querySelectorAll("[data-draft]")) field.removeAttribute("data-draft");
  ofTab.clear();
  pages.postMessage("left");
});

document.body?.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb === "get" || !token()) return;
  detail.headers["X-CSRFToken"] = token();
  if (detail.formData.has(TOKEN)) detail.formData.set(TOKEN, token());
});
document.addEventListener("submit", ({ target }) => {
  const field = target.elements.namedItem(TOKEN);
  if (field && token()) field.value = token();
});
