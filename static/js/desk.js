// The desk: after a list has fetched itself the focus stays where it was, or goes to the next row when
// somebody else took the one it was on; a move that was refused fetches the lists anew, and the open conversation.

import { FIELDS, isTouched } from "./kept.js";

let place = null;

document.body.addEventListener("htmx:beforeSwap", ({ detail, defaultPrevented }) => {
  if (defaultPrevented) return;
  const row = document.activeElement?.closest("[data-desk-row]");
  if (!row || !detail.target.contains(row)) return;
  place = { list: detail.target.id, id: document.activeElement.id, index: [...row.parentElement.children].indexOf(row) };
});

document.body.addEventListener("htmx:afterSettle", () => {
  if (!place) return;
  const { list, id, index } = place;
  place = null;
  const rows = [...document.querySelectorAll(`#${list} [data-desk-row]`)];
  const next = rows[Math.min(index, rows.length - 1)]?.querySelector("button, a");
  const heading = document.querySelector(`#${list} [tabindex]`) ?? document.getElementById("content");
  (document.getElementById(id) ?? next ?? heading)?.focus();
});

document.body.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status !== 409) return;
  const open = document.querySelector(".panel [data-log]")?.id.replace("log-", "item-");
  for (const what of ["desk", open]) if (what) document.body.dispatchEvent(new CustomEvent(`${what}-changed`));
});

// What opens by itself would take away what is typed, and have the rest of it typed to another customer: then it is
// only told that it has come. Each offer is asked for once: refused, it comes again until the router has ended it.
const asked = new Set();
const isByItself = (event) => event?.type === "deadline-passed";

document.body.addEventListener("htmx:configRequest", (event) => {
  const { elt, triggeringEvent } = event.detail;
  const isTyping = [...document.querySelectorAll(FIELDS)].some(isTouched);
  if (isTyping && elt.id === "desk-offers") event.detail.path = event.detail.path.replace(/&opening=[^&]*/, "");
  if (elt.localName !== "form" || !isByItself(triggeringEvent)) return;
  const offer = elt.closest("[data-chime]")?.dataset.chime;
  if (isTyping || asked.has(offer)) event.preventDefault();
  else asked.add(offer);
});

// Who pressed nothing is told of no refusal; the list says soon what became of it.
document.body.addEventListener("htmx:beforeOnLoad", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (xhr.status === 409 && isByItself(requestConfig.triggeringEvent)) event.preventDefault();
});

// A folded list stays folded or open when it fetches itself.
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.localName !== "details" || !detail.target.open) return;
  detail.serverResponse = detail.serverResponse.replace("<details ", "<details open ");
});

document.querySelector(".panel [data-enter-sends]")?.focus();
