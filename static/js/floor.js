// The floor's blocks fetch themselves on `floor-due`, told here: at most once a second each, never two at a time, the
// last change always included, and not while rows would jump under a pointer or the focus.

const LEAST_MILLISECONDS = 1000;
const RESTING_MILLISECONDS = 8000;
const FOCUSED_MILLISECONDS = 20000;
const CHOOSING_MILLISECONDS = 60000;
const LOST_MILLISECONDS = 30000;
const FAILED_MILLISECONDS = 5000;
const CLOCK_SECONDS = 60;

const states = new Map();
let movedAt = 0;
let actedAt = 0;

const blocks = () => document.querySelectorAll("[data-live-block]");

function stateOf(id) {
  if (!states.has(id)) states.set(id, { isDue: false, isOwn: false, isBusy: false, at: 0, timer: null });
  return states.get(id);
}

// Rows in use stay where they are; a pointer or focus that rests for long does not hold them. An open list of choices,
// which would vanish with its row and tells nothing of what is done in it, does so for longer.
function isInUse(block) {
  const rows = block.querySelector("tbody, .alarms");
  if (!rows) return false;
  const now = performance.now();
  const focused = document.activeElement;
  const isActedFor = focused?.matches("select") ? CHOOSING_MILLISECONDS : FOCUSED_MILLISECONDS;
  if (rows.contains(focused) && now - actedAt < isActedFor) return true;
  return rows.matches(":hover") && now - movedAt < RESTING_MILLISECONDS;
}

function later(block, milliseconds) {
  const state = stateOf(block.id);
  state.timer ??= setTimeout(() => {
    state.timer = null;
    const current = document.getElementById(block.id);
    if (current) refresh(current);
  }, milliseconds);
}

function refresh(block) {
  const state = stateOf(block.id);
  const isWaitedFor = state.isBusy && performance.now() - state.at < LOST_MILLISECONDS;
  if (!state.isDue || isWaitedFor || document.hidden) return;
  const pause = state.at + LEAST_MILLISECONDS - performance.now();
  const isHeld = !state.isOwn && isInUse(block);
  const mark = block.querySelector("[data-show-held]");
  if (mark) mark.hidden = !isHeld;
  if (isHeld || pause > 0) later(block, Math.max(pause, isHeld ? LEAST_MILLISECONDS : 0));
  else fetchNow(block, state);
}

function fetchNow(block, state) {
  Object.assign(state, { isDue: false, isOwn: false, isBusy: true, at: performance.now() });
  htmx.trigger(block, "floor-due");
}

function done(id) {
  const state = states.get(id);
  const block = document.getElementById(id);
  if (!state?.isBusy || !block) return;
  state.isBusy = false;
  refresh(block);
}

// The old block stays, and what changed is still to be shown.
function failed(id) {
  const state = states.get(id);
  const block = document.getElementById(id);
  if (!state?.isBusy || !block) return;
  Object.assign(state, { isDue: true, isBusy: false });
  later(block, FAILED_MILLISECONDS);
}

function allDue() {
  for (const block of blocks()) {
    stateOf(block.id).isDue = true;
    refresh(block);
  }
}

// After a verb of one's own the rows are shown at once, although the focus came back to them. What is on its way may be
// older than the change: it is fetched once more.
function showOwnChange() {
  for (const block of blocks()) {
    const state = stateOf(block.id);
    Object.assign(state, { isDue: true, isOwn: true });
    if (!state.isBusy) fetchNow(block, state);
  }
}

// What was refused is not as it is shown any more, although the focus is on it.
function showWhyRefused({ detail: { elt, xhr } }) {
  const block = elt.closest("[data-live-block]");
  if (xhr.status !== 409 || !block) return;
  Object.assign(stateOf(block.id), { isDue: true, isOwn: true });
  refresh(block);
}

document.body.addEventListener("floor-changed", allDue);
document.body.addEventListener("work-item-moved", showOwnChange);
document.body.addEventListener("htmx:responseError", showWhyRefused);
// The new block hears `floor-due` only once htmx has loaded it; an answer that waits (hold.js) leaves the old one.
document.body.addEventListener("htmx:load", ({ detail }) => done(detail.elt.id));
document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) return;
  const isAnswered = detail.xhr.status >= 200 && detail.xhr.status < 300;
  (isAnswered ? done : failed)(detail.requestConfig?.elt?.id);
});
document.addEventListener("pointermove", () => { movedAt = performance.now(); }, { passive: true });
for (const name of ["keydown", "pointerdown", "input"]) {
  document.addEventListener(name, () => { actedAt = performance.now(); }, { capture: true, passive: true });
}
document.addEventListener("visibilitychange", () => blocks().forEach(refresh));
document.addEventListener("click", (event) => {
  const block = event.target.closest("[data-show-held]")?.closest("[data-live-block]");
  if (block) fetchNow(block, stateOf(block.id));
});
// What only the clock changes, such as "closed today".
setInterval(allDue, CLOCK_SECONDS * 1000);

// Enter in the search for an agent searches; it does not send the form around it.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-search-only]")) event.preventDefault();
});
