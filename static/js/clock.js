// Times that go on by themselves, told from the server's clock: data-ago, data-since, data-deadline (ISO times); and
// <time datetime="..." data-clock>, the hour of the reader's own clock, with the day unless it is today.

// Between two words of the server a stopwatch counts, which nobody sets. While the machine sleeps it may stand still: where
// the clock of the machine has gone on without it, or was set, the server is asked anew.

const URGENT_SECONDS = 10;
const DRIFT_MILLISECONDS = 1000;
const ASK_MILLISECONDS = 10000;

const clockAhead = () => Date.now() - performance.now();

const [navigation] = performance.getEntriesByType("navigation");
const told = Date.parse(document.querySelector("meta[name=server-time]")?.content ?? "");
let known = clockAhead();
let serverAhead = Number.isNaN(told) ? known : told - (navigation?.responseStart ?? 0);
let askedAt = -Infinity;

const serverNow = () => performance.now() + serverAhead;
const secondsUntil = (iso) => (Date.parse(iso) - serverNow()) / 1000;
const twoDigits = (number) => String(number).padStart(2, "0");

function duration(value) {
  const seconds = Math.max(0, Math.floor(value));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = twoDigits(seconds % 60);
  return hours ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`;
}

function brief(value) {
  const seconds = Math.max(0, Math.floor(value));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// A <progress data-deadline> empties; any other element counts down and says `deadline-passed` once.
function countDown(element) {
  const seconds = secondsUntil(element.dataset.deadline);
  if (element.localName === "progress") element.value = Math.max(0, seconds);
  else setText(element, duration(Math.ceil(seconds)));
  element.toggleAttribute("data-urgent", seconds <= URGENT_SECONDS);
  if (seconds > 0 || element.hasAttribute("data-passed")) return;
  element.setAttribute("data-passed", "");
  element.dispatchEvent(new CustomEvent("deadline-passed", { bubbles: true }));
}

// The server said it halfway there and back, about. What happens to the clock on the way is seen by the next tick.
async function askServer() {
  const [before, clockBefore] = [performance.now(), clockAhead()];
  askedAt = before;
  const answer = await fetch("/live/clock", { signal: AbortSignal.timeout(ASK_MILLISECONDS) });
  if (!answer.ok) return;
  const now = Date.parse((await answer.json()).now);
  serverAhead = now - (before + performance.now()) / 2;
  known = clockBefore;
  tick();
}

// What it says is not known yet, or it does not answer: the stopwatch counts on.
function askWhereDrifted() {
  const isDrifted = Math.abs(clockAhead() - known) > DRIFT_MILLISECONDS;
  if (isDrifted && performance.now() - askedAt > ASK_MILLISECONDS) askServer().catch(() => {});
}

function tick() {
  askWhereDrifted();
  for (const element of document.querySelectorAll("[data-since]")) {
    setText(element, duration(-secondsUntil(element.dataset.since)));
  }
  for (const element of document.querySelectorAll("[data-ago]")) {
    setText(element, `${brief(-secondsUntil(element.dataset.ago))} ago`);
  }
  document.querySelectorAll("[data-deadline]").forEach(countDown);
}

const today = () => new Date(serverNow()).toDateString();

function tellHours() {
  for (const element of document.querySelectorAll("time[data-clock]")) {
    const time = new Date(element.dateTime);
    const day = time.toDateString() === today() ? {} : { day: "numeric", month: "short" };
    setText(element, time.toLocaleString("en-GB", { ...day, hour: "2-digit", minute: "2-digit" }));
  }
}

setInterval(tick, 1000);
for (const tell of [tick, tellHours]) {
  document.body.addEventListener("htmx:load", tell);
  tell();
}
