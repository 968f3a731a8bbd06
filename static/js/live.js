// The page's one stream. It says what changed; fragments that care fetch themselves:
// hx-trigger="queue-3-changed from:body". On any doubt every topic of the page counts as changed.
// <meta name="live-topics" content="floor queue-3" data-ticket-url="/own/url/"> names topics and who gives tickets.
// A part that fetches itself may name topics too (data-live-topics="agent-1 queue-3"): when they are others than before,
// the stream follows, and `topics-changed` says so.

const POLL_SECONDS = 10;
const SILENCE_SECONDS = 45;
const GRACE_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 30;
const STEADY_SECONDS = 5;

const meta = document.querySelector("meta[name=live-topics]");
const words = (text) => (text ?? "").split(/\s+/).filter(Boolean);
const ofParts = () => [...document.querySelectorAll("[data-live-topics]")].flatMap((part) => words(part.dataset.liveTopics));
const own = words(meta?.content).filter((topic) => !ofParts().includes(topic));
const ofPage = () => [...new Set([...own, ...ofParts()])];
const ticketUrl = meta?.dataset.ticketUrl || "/live/ticket";
const after = document.querySelector("meta[name=live-after]")?.content ?? "";
const banner = document.querySelector("[data-live-banner]");

let topics = ofPage();
let stream = null;
let turn = 0;
let attempts = 0;
let wasDown = false;
let polling = null;
let grace = null;
let watchdog = null;
let steady = null;
let retry = null;

function changed(names) {
  for (const name of names) document.body.dispatchEvent(new CustomEvent(`${name}-changed`));
}

async function newTicket() {
  const url = new URL(ticketUrl, location.href);
  url.searchParams.set("topics", topics.join(","));
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(`no ticket: ${answer.status}`);
  return (await answer.json()).ticket;
}

async function connect() {
  turn += 1;
  const mine = turn;
  const ticket = await newTicket().catch(() => null);
  if (mine !== turn) return;
  if (!ticket) {
    down();
    return;
  }
  const query = new URLSearchParams(after && !wasDown ? { ticket, after } : { ticket });
  stream = new EventSource(`/live/?${query}`);
  stream.addEventListener("open", up);
  stream.addEventListener("error", down);
  stream.addEventListener("resync", () => { heard(); changed(topics); });
  stream.addEventListener("heartbeat", heard);
  stream.addEventListener("changed", (event) => {
    heard();
    const listened = new Set(topics);
    changed(JSON.parse(event.data).topics.filter((topic) => listened.has(topic)));
  });
}

// A stream that opens and ends at once still waits longer each time.
function up() {
  steady = setTimeout(() => { attempts = 0; }, STEADY_SECONDS * 1000);
  clearTimeout(grace);
  clearInterval(polling);
  grace = polling = null;
  if (banner) banner.hidden = true;
  document.documentElement.dataset.live = "on";
  if (wasDown) changed(topics);
  wasDown = false;
}

// The hub's heartbeat starts the watch: a stream that then falls silent is taken for dead.
function heard() {
  clearTimeout(watchdog);
  watchdog = setTimeout(down, SILENCE_SECONDS * 1000);
}

function down() {
  stream?.close();
  stream = null;
  wasDown = true;
  clearTimeout(watchdog);
  clearTimeout(steady);
  document.documentElement.dataset.live = "off";
  grace ??= setTimeout(poll, GRACE_SECONDS * 1000);
  attempts += 1;
  const longest = Math.min(LONGEST_WAIT_SECONDS, 0.5 * 2 ** attempts);
  clearTimeout(retry);
  retry = setTimeout(connect, (0.3 + Math.random() * longest) * 1000);
}

function follow() {
  const wanted = ofPage();
  if (String(wanted) === String(topics)) return;
  topics = wanted;
  changed(["topics"]);
  stream?.close();
  stream = null;
  wasDown = true;
  for (const timer of [watchdog, steady, retry]) clearTimeout(timer);
  connect();
}

function poll() {
  if (banner) banner.hidden = false;
  changed(topics);
  polling ??= setInterval(() => changed(topics), POLL_SECONDS * 1000);
}

if (topics.length) {
  // Not before htmx listens to what the stream tells: scripts of the page may still be on their way.
  addEventListener("DOMContentLoaded", connect);
  document.body.addEventListener("htmx:afterSettle", follow);
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) down(); });
}
