// A conversation: data-log stays at its end while it is read there, else where it is read, also when its part fetches
// itself; data-enter-sends on a textarea; a data-composer form comes back empty, without what was typed while it was on
// its way; drafts come back with it.

import { restoreDrafts, storeDraft, unsent } from "./drafts.js";

const NEAR_PIXELS = 40;
const isAtEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PIXELS;

// Where each is read, for the one that takes its place.
const places = new Map();
// Of each log what notes where it is read now: the event of a scroll comes with the next frame, its part may be replaced
// before that.
const notes = new WeakMap();

function watchLog(log) {
  if (log.dataset.watched) return;
  log.dataset.watched = "yes";
  let { atEnd, top } = places.get(log.id) ?? { atEnd: true, top: 0 };
  const toEnd = () => {
    log.scrollTop = log.scrollHeight;
    top = log.scrollTop;
  };
  const note = () => {
    if (!log.isConnected || log.scrollTop === top) return;
    atEnd = isAtEnd(log);
    top = log.scrollTop;
    places.set(log.id, { atEnd, top });
  };
  notes.set(log, note);
  log.addEventListener("scroll", note, { passive: true });
  new MutationObserver(() => {
    note();
    if (atEnd) toEnd();
  }).observe(log, { childList: true });
  new ResizeObserver(() => atEnd && toEnd()).observe(log);
  if (atEnd) toEnd();
  else log.scrollTop = top;
}

document.body.addEventListener("htmx:beforeSwap", () => {
  document.querySelectorAll("[data-log]").forEach((log) => notes.get(log)?.());
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  if (!event.target.matches?.("[data-enter-sends]")) return;
  event.preventDefault();
  if (event.target.value.trim()) event.target.form.requestSubmit();
});

let sent = null;
const typed = (form) => form.querySelector("textarea")?.value ?? "";

document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt.matches("[data-composer]")) sent = { text: typed(detail.elt), more: "" };
});
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!sent || !detail.requestConfig.elt.matches("[data-composer]") || detail.xhr.status !== 200) return;
  sent.more = unsent(typed(detail.requestConfig.elt), sent.text);
});
document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!sent || !detail.requestConfig.elt.matches("[data-composer]")) return;
  const field = document.querySelector("[data-composer] textarea");
  if (field && sent.more) field.value = sent.more;
  field?.focus();
  sent = null;
});

addEventListener("pagehide", () => document.querySelectorAll("[data-draft]").forEach(storeDraft));
document.body.addEventListener("htmx:load", restoreDrafts);
restoreDrafts();

const watchLogs = () => document.querySelectorAll("[data-log]").forEach(watchLog);
watchLogs();
for (const name of ["htmx:afterSwap", "htmx:load"]) document.body.addEventListener(name, watchLogs);
