// A part that fetches itself (hx-get, hx-trigger="queue-3-changed from:body") is told again what it could not hear: an
// answer that was on its way when something changed may be older than the change, and may put a part in place of the one
// that heard of it. And a part that got no answer asks again, and all of them do after a new sign-in.

const FETCHES_ITSELF = '[hx-get][hx-trigger*="from:body"]';
const NO_ANSWER = [0, 502, 503, 504];
const MOST_ATTEMPTS = 5;

const onTheirWay = new Set();
const failures = new Map();
let brought = [];

const isPart = (element) => element.matches(FETCHES_ITSELF);
const partsIn = (root) => [...isPart(root) ? [root] : [], ...root.querySelectorAll(FETCHES_ITSELF)];

// The words of each trigger: its event comes first.
const triggersOf = (part) =>
  part.getAttribute("hx-trigger").split(",").map((each) => each.trim().split(/\s+/)).filter((words) => words.includes("from:body"));

function hear({ type }) {
  for (const since of onTheirWay) since.add(type);
}

function listenFor(root) {
  for (const [event] of partsIn(root).flatMap(triggersOf)) document.addEventListener(event, hear, { capture: true });
}

// What is on its way already was asked for later than what this is about. That it failed is heard below. An event that
// was told of others may have to wait (pace.js).
export function fetchPart(part, told = "asked-again") {
  if (part.classList.contains("htmx-request")) return;
  window.htmx.ajax("GET", part.getAttribute("hx-get"), { source: part, event: new Event(told) }).catch(() => {});
}

// By then another one may be in its place.
function fetchLater({ id }, seconds, events = [undefined]) {
  setTimeout(() => {
    const part = document.getElementById(id);
    if (part && isPart(part)) for (const told of events) fetchPart(part, told);
  }, seconds * 1000);
}

// As seldom as the part wants to be told.
function tellAgain(part, since) {
  const told = triggersOf(part).filter(([event]) => since.has(event));
  const pauses = told.map((words) => Number(words.join(" ").match(/throttle:(\d+)s/)?.[1] ?? 0));
  if (told.length) fetchLater(part, Math.min(...pauses), told.map(([event]) => event));
}

// Called when something is asked for: `arrived` when the answer is there, `shown` when what it brought is in the page.
export function ask() {
  const since = new Set();
  onTheirWay.add(since);
  return {
    arrived: () => onTheirWay.delete(since),
    shown(roots) {
      roots.forEach(listenFor);
      for (const part of roots.flatMap(partsIn)) if (part.isConnected) tellAgain(part, since);
    },
  };
}

listenFor(document.body);
document.body.addEventListener("signed-in", () => partsIn(document.body).forEach((part) => fetchPart(part)));
document.body.addEventListener("htmx:load", ({ detail }) => brought.push(detail.elt));
document.body.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
  const asked = ask();
  xhr.addEventListener("readystatechange", () => {
    if (xhr.readyState !== XMLHttpRequest.DONE) return;
    asked.arrived();
    brought = [];
  });
  // By now htmx has put the answer in its place.
  xhr.addEventListener("loadend", () => asked.shown(brought.splice(0)));
});

document.body.addEventListener("htmx:afterRequest", ({ detail: { xhr, requestConfig: { elt } } }) => {
  if (!isPart(elt)) return;
  const attempts = NO_ANSWER.includes(xhr.status) ? (failures.get(elt.id) ?? 0) + 1 : 0;
  failures.set(elt.id, attempts);
  if (attempts && attempts <= MOST_ATTEMPTS) fetchLater(elt, 2 ** attempts);
});
