// A part of the page that fetches itself waits while it is acted upon, or while another part is that its answer brings
// too: a click ends where it began, and the answer to what was asked from a part finds it there. Then the part fetches
// itself again.

import { fetchPart } from "./again.js";

const PRESSING = [" ", "Enter"];
const BY_ITSELF = '[hx-trigger*="from:body"], [hx-trigger^="every"], [hx-trigger="load"]';

let pressed = null;
let isPointer = false;
// What somebody asked for and is not answered yet: each with the place of its answer.
const asked = new Set();
// The parts that fetch themselves, by the request that is on its way; and those requests that were asked before somebody
// asked for something from the part: their answers show what was there by then.
const underWay = new Map();
const outdated = new WeakSet();
// Each part with what it waits for.
const waiting = new Map();
const afterwards = [];

const fetchesItself = ({ target, requestConfig: { elt, verb } }) => elt === target && verb === "get";
const isSending = (part) => part.querySelector("[aria-busy=true]") !== null;
const isAskedFrom = (part) => [...asked].some(({ elt, target }) => part.contains(elt) || part.contains(target));
const isInUse = (part) => part.isConnected && (part.contains(pressed) || isSending(part) || isAskedFrom(part));

// The parts that an answer puts in place of others, besides the one that it is for.
function broughtBy({ serverResponse, target }) {
  const answer = new DOMParser().parseFromString(serverResponse, "text/html");
  const selected = target.getAttribute("hx-select-oob")?.split(",").map((each) => each.trim().split(":")[0]) ?? [];
  const named = [...answer.querySelectorAll("[hx-swap-oob][id]")].map(({ id }) => `#${CSS.escape(id)}`);
  return [...selected, ...named].map((each) => document.querySelector(each)).filter(Boolean);
}

function fetchAgain() {
  for (const [part, used] of waiting) {
    if (part.isConnected && used.some(isInUse)) continue;
    waiting.delete(part);
    if (part.isConnected) fetchPart(part);
  }
}

// The click itself comes after the button went up.
function letGo() {
  const released = pressed;
  setTimeout(() => {
    if (pressed === released) pressed = null;
    if (!pressed) afterwards.splice(0).forEach((act) => act());
    fetchAgain();
  });
}

// What would take the page away from under a click is done after it.
export function afterPress(act) {
  if (pressed) afterwards.push(act);
  else act();
}

document.body?.addEventListener("htmx:beforeSend", ({ detail }) => {
  const { xhr, target, requestConfig: { elt } } = detail;
  if (fetchesItself(detail)) {
    underWay.set(xhr, target);
    xhr.addEventListener("loadend", () => underWay.delete(xhr));
  }
  if (elt.matches(BY_ITSELF) || fetchesItself(detail)) return;
  const request = { elt, target };
  asked.add(request);
  for (const [each, part] of underWay) if (part.contains(elt) || part.contains(target)) outdated.add(each);
  xhr.addEventListener("loadend", () => asked.delete(request));
});
document.body?.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (!fetchesItself(event.detail)) return;
  const parts = [target, ...broughtBy(event.detail)];
  if (!outdated.has(xhr) && !parts.some(isInUse)) return;
  event.preventDefault();
  waiting.set(target, parts);
});
// What comes with the answer to something else.
document.body?.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (isSending(detail.target)) detail.shouldSwap = false;
});
document.body?.addEventListener("htmx:afterRequest", () => setTimeout(fetchAgain));

function press(element, byPointer) {
  pressed = element;
  isPointer = byPointer;
}

document.addEventListener("pointerdown", ({ button, target }) => {
  if (button === 0) press(target, true);
}, { capture: true });
document.addEventListener("keydown", ({ key, target }) => {
  if (PRESSING.includes(key)) press(target, false);
}, { capture: true });
for (const name of ["pointerup", "pointercancel", "keyup"]) document.addEventListener(name, letGo, { capture: true });
addEventListener("blur", letGo);
// A list of choices, or a menu of the browser, may have swallowed that the button went up.
document.addEventListener("pointermove", ({ buttons }) => {
  if (pressed && isPointer && !buttons) letGo();
}, { passive: true });
