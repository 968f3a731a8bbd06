// A part that fetches itself may say how seldom (data-pace="2"): what is told of queues, by many people at once, has it
// ask at most once in so many seconds, the first change at once and the last one always included, and not while nobody
// looks at the page; what counts in the title of its tab asks then too. What one did oneself, and what is told of
// oneself, is fetched at once.

import { fetchPart } from "./again.js";

const TOLD_OF_QUEUES = /^queue(s|-\d+)-changed$/;
const CALLS_A_PERSON = "[data-title-count]";

const states = new Map();

// What the part asks by the clock (every 10s) has no event.
const mayWait = (event) => !event || TOLD_OF_QUEUES.test(event.type);
const isLookedAt = (part) => !document.hidden || part.matches(CALLS_A_PERSON);

// By its id: an answer puts another part in the place of the one that asked. `endedAt` is that of its last request.
function stateOf({ id }) {
  if (!states.has(id)) states.set(id, { isDue: false, endedAt: -Infinity, timer: null });
  return states.get(id);
}

const pauseOf = (part) => stateOf(part).endedAt + Number(part.dataset.pace) * 1000 - performance.now();

// While a request is on its way its end is waited for.
function fetchDue(id) {
  const part = document.getElementById(id);
  const state = states.get(id);
  if (!part?.dataset.pace || !state.isDue || !isLookedAt(part)) return;
  const pause = pauseOf(part);
  if (pause <= 0) fetchPart(part);
  else if (pause < Infinity) state.timer ??= setTimeout(() => { state.timer = null; fetchDue(id); }, pause);
}

document.body?.addEventListener("htmx:confirm", (event) => {
  const { elt, triggeringEvent } = event.detail;
  if (!elt.dataset.pace || !mayWait(triggeringEvent)) return;
  stateOf(elt).isDue = true;
  if (isLookedAt(elt) && pauseOf(elt) <= 0) return;
  event.preventDefault();
  fetchDue(elt.id);
});
// Whatever had it ask, what was due is asked for with it.
document.body?.addEventListener("htmx:beforeSend", ({ detail: { xhr, requestConfig: { elt } } }) => {
  if (!elt.dataset.pace) return;
  const state = Object.assign(stateOf(elt), { isDue: false, endedAt: Infinity });
  xhr.addEventListener("loadend", () => {
    state.endedAt = performance.now();
    fetchDue(elt.id);
  });
});
document.addEventListener("visibilitychange", () => [...states.keys()].forEach(fetchDue));
