// Forms: a double click does no harm, groups appear by earlier choices, rows are put in order.

import { ofTab } from "./stored.js";

// Busy: a form on its way is not sent again; its buttons keep the focus.

function setBusy(form, isBusy) {
  form.toggleAttribute("data-busy", isBusy);
  form.setAttribute("aria-busy", String(isBusy));
  for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
    button.setAttribute("aria-disabled", String(isBusy));
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  if (form.hasAttribute("data-busy")) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (!form.hasAttribute("hx-post") && !form.hasAttribute("hx-get") && form.method === "post") {
    setTimeout(() => event.defaultPrevented || setBusy(form, true));
  }
}, { capture: true });

// Inputs that fetch others that fit (data-refits) write nothing.
const isWrite = ({ detail }) => detail.requestConfig.verb !== "get" && !detail.elt.hasAttribute("data-refits");

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const element = event.detail.elt;
  if (!isWrite(event)) return;
  if (element.getAttribute("aria-busy") === "true") event.preventDefault();
  else setBusy(element, true);
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (!isWrite(event)) return;
  setBusy(event.detail.elt, false);
  if (event.detail.successful) fillKeys(event.detail.elt.parentElement ?? document, { again: true });
});
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-busy]").forEach((form) => setBusy(form, false));
});

// Idempotency: data-idempotent forms carry a key, so that the server does the work of one key once.

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fillKeys(root, { again = false } = {}) {
  for (const form of root.querySelectorAll("form[data-idempotent]")) {
    const field = form.elements.idempotency_key ?? Object.assign(
      document.createElement("input"), { type: "hidden", name: "idempotency_key" });
    if (!field.isConnected) form.append(field);
    if (again || !field.value) field.value = newKey();
  }
}

// Shown when: data-shown-when="type=messaging|voice&channel=chat". What is hidden is disabled, so it is not
// sent, and keeps what was typed in case it is shown again.

function valueOf(form, name) {
  const found = form.elements[name];
  // While a row is swapped it is there twice, and two fields of a name have no value together.
  const field = found instanceof RadioNodeList && found[0].type !== "radio" ? found[0] : found;
  if (!field || field.disabled) return "";
  if (field.type === "checkbox") return field.checked ? "on" : "";
  return field.value;
}

function isMet(form, condition) {
  return condition.split("&").every((part) => {
    const [name, values] = part.split("=");
    return values.split("|").includes(valueOf(form, name));
  });
}

function showGroups(form) {
  for (const group of form.querySelectorAll("[data-shown-when]")) {
    group.hidden = !isMet(form, group.dataset.shownWhen);
    for (const field of group.querySelectorAll("input, select, textarea, button")) {
      if (!field.hasAttribute("data-locked")) field.disabled = Boolean(field.closest("[data-shown-when][hidden]"));
    }
  }
}

// What was typed into a field that is hidden is not sent: it is kept here until the form comes back with errors.

const UNSENT = "[data-shown-when][hidden] :is(input, select, textarea):not([type=password])";

document.addEventListener("submit", (event) => {
  const fields = [...event.target.querySelectorAll(UNSENT)];
  const kept = fields.map(({ name, type, value, checked }) => ({ name, type, value, checked }));
  if (kept.length) ofTab.setItem("unsent", JSON.stringify(kept));
}, { capture: true });

function putBack(root) {
  const kept = JSON.parse(ofTab.getItem("unsent") ?? "[]");
  ofTab.removeItem("unsent");
  if (!root.querySelector("[data-error-summary]")) return;
  for (const { name, type, value, checked } of kept) {
    for (const field of root.querySelectorAll(`[data-shown-when][hidden] [name="${CSS.escape(name)}"]`)) {
      if (type !== "checkbox" && type !== "radio") field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
}

function prepare(root) {
  for (const group of root.querySelectorAll("[data-shown-when]")) {
    for (const field of group.querySelectorAll(":disabled")) {
      // A page is prepared twice: what the first time disabled is not locked by the server.
      if (!field.closest("[data-shown-when][hidden]")) field.setAttribute("data-locked", "");
    }
  }
  const around = root.closest?.("form:has([data-shown-when])");
  for (const form of [...root.querySelectorAll("form:has([data-shown-when])"), ...around ? [around] : []]) showGroups(form);
  // What is offered on a page is no form of it.
  if (root.querySelector("form:not(.offers form)")) putBack(root);
  fillKeys(root);
}

document.addEventListener("input", (event) => event.target.form && showGroups(event.target.form));
document.addEventListener("change", (event) => event.target.form && showGroups(event.target.form));
document.body.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentElement ?? document));
prepare(document);

// Order: data-move="up|down" in a [data-row] of [data-rows]; [data-order] inputs are numbered anew.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows] [data-move]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("[data-row]");
  const list = row.closest("[data-rows]");
  const sibling = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!sibling?.hasAttribute("data-row")) return;
  if (button.dataset.move === "up") sibling.before(row);
  else sibling.after(row);
  const rows = [...list.querySelectorAll(":scope > [data-row]")];
  rows.forEach((each, index) => each.querySelectorAll("[data-order]").forEach((input) => { input.value = index + 1; }));
  button.focus();
  announce(`${row.dataset.row || "Row"} moved to ${rows.indexOf(row) + 1} of ${rows.length}`);
});

function announce(text) {
  document.body.dispatchEvent(new CustomEvent("announce", { detail: { text } }));
}
