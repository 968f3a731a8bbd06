// What was typed, ticked or chosen in a part of the page stays when the part fetches itself or comes with another one,
// and what was while a form was on its way, when the form comes back. What was sent is done with. A draft stays also when
// something else takes the place of its part, as another tab.

import { restoreDrafts, storeDraft, unsent } from "./drafts.js";
import { counterpart } from "./focus.js";
import { newKey } from "./forms.js";

export const FIELDS = ":is(input:not([type=hidden]), select, textarea):not([hx-preserve])";

let kept = [];
const done = new WeakMap();

const isTick = ({ type }) => type === "checkbox" || type === "radio";
const isList = ({ localName }) => localName === "select";
const values = (options) => JSON.stringify(options.map(({ value }) => value));

function stateOf(field) {
  if (isTick(field)) return field.checked;
  return isList(field) ? values([...field.selectedOptions]) : field.value;
}

// As the server gave it.
function givenOf(field) {
  if (isTick(field)) return field.defaultChecked;
  if (!isList(field)) return field.defaultValue;
  const given = [...field.options].filter((each) => each.defaultSelected);
  return values(given.length || field.multiple ? given : [...field.options].slice(0, 1));
}

function sentOf(field, sent) {
  const found = sent.getAll(field.name);
  if (isTick(field)) return found.includes(field.value);
  return isList(field) ? JSON.stringify(found) : found[0];
}

export const isTouched = (field) => ![givenOf(field), done.get(field)].includes(stateOf(field));

function keep(part, isKept, echo = () => undefined) {
  const fields = [...part.querySelectorAll(FIELDS)].filter(isKept);
  kept.push(...fields.map((old) => ({ old, echo: echo(old), at: old === document.activeElement ? old.selectionStart : null })));
}

function keepWhile({ target, requestConfig: { elt, formData } }) {
  const isNew = (field) => formData.has(field.name) && stateOf(field) !== sentOf(field, formData);
  if (elt.matches("[data-refits]")) keep(target, isNew);
  else keep(target, isNew, (field) => sentOf(field, formData));
}

function put(field, old) {
  if (isTick(field)) field.checked = old.checked;
  else if (!isList(field)) field.value = old.value;
  else {
    const chosen = [...old.selectedOptions].map(({ value }) => value);
    const isThere = [...field.options].some(({ value }) => chosen.includes(value));
    if (isThere) for (const each of field.options) each.selected = chosen.includes(each.value);
  }
}

let unasked = [];

// At once, before another key is typed.
function putBack() {
  const gone = kept.filter(({ old }) => !old.isConnected);
  kept = kept.filter(({ old }) => old.isConnected);
  for (const { old, echo, at } of gone) {
    const field = counterpart(old);
    if (!field && old.matches("[data-draft]")) storeDraft(old);
    if (!field?.matches(FIELDS) || (echo !== undefined && stateOf(field) !== echo)) continue;
    put(field, old);
    if (typeof at === "number" && field === document.activeElement) field.setSelectionRange(at, old.selectionEnd);
    if (field.matches("[data-refits], [hx-get]")) unasked.push(field);
  }
}

// A form whose draft is on its way waits out of sight for its answer when its part has to go: what is refused then, or was
// typed on meanwhile, is a draft. Where the form comes back before (hx-preserve), it is the same one.
const apart = document.createElement("div");
apart.hidden = true;

function setApart(part) {
  if (!apart.isConnected) document.body.append(apart);
  apart.append(...part.querySelectorAll("form.htmx-request:has([data-draft])"));
}

// What was sent has an end of its own, before the answer.
document.body?.addEventListener("htmx:xhr:loadend", ({ target: form }) => {
  if (form.parentElement !== apart || form.matches(".htmx-request")) return;
  form.querySelectorAll("[data-draft]").forEach(storeDraft);
  form.remove();
  restoreDrafts();
});

document.body?.addEventListener("htmx:beforeSwap", ({ detail, defaultPrevented }) => {
  kept = [];
  if (defaultPrevented) return;
  const { target, requestConfig: { elt, verb } } = detail;
  if (verb !== "get" || (elt !== target && elt.matches(FIELDS) && target.contains(elt))) keepWhile(detail);
  else {
    if (detail.shouldSwap) setApart(target);
    keep(target, (field) => isTouched(field) && (elt === target || field.matches("[data-draft]")));
  }
});
document.body?.addEventListener("htmx:oobBeforeSwap", ({ detail }) => detail.shouldSwap && keep(detail.target, isTouched));
for (const name of ["htmx:afterSwap", "htmx:oobAfterSwap"]) document.body?.addEventListener(name, putBack);

// What was chosen or looked for meanwhile is asked for once the part is ready.
document.body?.addEventListener("htmx:afterSettle", () => {
  for (const field of unasked.splice(0)) {
    for (const name of ["change", "search"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
});
// The next text, under a key of its own: the form may be the same for a while.
function startAnew(field, sent) {
  const { client_key: key } = field.form.elements;
  field.value = unsent(field.value, sent);
  if (key) key.value = newKey();
}

document.body?.addEventListener("htmx:afterRequest", ({ detail: { elt, successful, xhr, requestConfig } }) => {
  // A form that is shown with its errors counts as an answer.
  const isTaken = successful && xhr.status < 400;
  if (!isTaken || requestConfig.verb === "get" || !elt.elements) return;
  for (const field of elt.elements) {
    if (!field.name) continue;
    const sent = sentOf(field, requestConfig.formData);
    if (field.matches("[data-draft]")) startAnew(field, sent);
    else if (stateOf(field) === sent) done.set(field, stateOf(field));
  }
});
