// A part of the page that is replaced takes the focus with it: it goes back to what stands in its place. What has an id
// is found by that (htmx does so itself), the rest by what it does and says, else the part around it is where Tab goes on.

const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
const KEYS = ["name", "href", "hx-get", "hx-post", "formaction", "aria-label"];
const ACTS = "a, button, [type=radio], [type=checkbox], [type=submit]";

let focused = null;

// A field is the same one whatever is typed into it.
function deed(element) {
  const keys = element.matches(ACTS) ? [...KEYS, "value"] : KEYS;
  const found = keys.map((key) => element.getAttribute(key));
  const action = element.closest("form")?.getAttribute("action");
  return action || found.some(Boolean) ? JSON.stringify([element.localName, action, ...found]) : null;
}

// As a screen reader reads them: of two buttons "Acknowledge" it says what each is for.
const words = (element) => element.getAttribute("aria-label") || element.textContent.trim() || null;
const deedAndWords = (element) => `${deed(element)} ${words(element)}`;

function alike(part, sign, sought) {
  return [...part.querySelectorAll(FOCUSABLE)].filter((each) => sign(each) === sought);
}

// Of several that do and say the same, the one in the same place among them; by words alone only what is there once.
function likeIn(part, old, element) {
  for (const sign of [deedAndWords, deed, words]) {
    const sought = sign(element);
    const [before, now] = [old, part].map((each) => (sought ? alike(each, sign, sought) : []));
    if (now.length && (sign !== words || (before.length === 1 && now.length === 1))) {
      return now[Math.min(before.indexOf(element), now.length - 1)];
    }
  }
  return null;
}

// The old parts around an element that was taken out of the page with them, with what is in their places.
function* replaced(element) {
  for (let old = element.closest("[id]"); old; old = old.parentElement?.closest("[id]")) {
    const part = document.getElementById(old.id);
    if (part) yield { old, part };
  }
}

// What is in the place of an element that was taken out of the page.
export function counterpart(element) {
  for (const { old, part } of replaced(element)) {
    const found = old === element ? part : likeIn(part, old, element);
    if (found) return found;
  }
  return null;
}

function placeAround(element) {
  const [{ part } = {}] = replaced(element);
  const place = part?.matches("[tabindex]") ? part : part?.querySelector("[tabindex]") ?? part;
  if (place && !place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
  return place;
}

export function giveBack(element) {
  if (!element || document.activeElement !== document.body) return;
  // What is kept was moved into the new part.
  const place = element.isConnected ? element : counterpart(element);
  place?.focus({ preventScroll: true });
  if (document.activeElement === document.body) placeAround(element)?.focus({ preventScroll: true });
}

const present = () => (document.activeElement === document.body ? null : document.activeElement);

document.body?.addEventListener("htmx:beforeSwap", () => { focused = present(); });
document.body?.addEventListener("htmx:oobBeforeSwap", () => { focused = present() ?? focused; });
for (const name of ["htmx:afterSwap", "htmx:oobAfterSwap"]) {
  document.body?.addEventListener(name, () => giveBack(focused));
}

// A menu that closes takes the focus with it: it goes to the button that opens it, once the choice is on its way.
document.addEventListener("hide.bs.dropdown", ({ target }) => {
  const menu = target.parentElement.querySelector(".dropdown-menu");
  if (menu?.contains(document.activeElement)) setTimeout(() => target.focus());
});
