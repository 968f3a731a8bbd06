// A part of the page that fetches itself waits while it is acted upon: a click ends where it began, and the answer to
// what was sent from a part finds it there. Then the part fetches itself again.

const PRESSING = [" ", "Enter"];

let pressed = null;
let isPointer = false;
const waiting = new Set();

const fetchesItself = ({ target, requestConfig: { elt, verb } }) => elt === target && verb === "get";
const isSending = (part) => part.querySelector("[aria-busy=true]") !== null;
const isInUse = (part) => part.contains(pressed) || isSending(part);

function fetchAgain() {
  for (const part of [...waiting]) {
    if (part.isConnected && isInUse(part)) continue;
    waiting.delete(part);
    if (part.isConnected) window.htmx.ajax("GET", part.getAttribute("hx-get"), { source: part });
  }
}

// The click itself comes after the button went up.
function letGo() {
  const released = pressed;
  setTimeout(() => {
    if (pressed === released) pressed = null;
    fetchAgain();
  });
}

document.body?.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  if (!fetchesItself(event.detail) || !isInUse(target)) return;
  event.preventDefault();
  waiting.add(target);
});
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
