// A customer's chat page tells that it is there (data-visit="/where/", data-token), and that it closes: so the agent knows
// who left, and who left comes back to the same conversation. Each page gives itself a name, for those who have several
// open. Hidden pages are woken once a minute at best.

const SECONDS = 20;
const page = document.querySelector("[data-visit]");
const isOver = () => document.getElementById("chat-phase")?.value === "over";

const name = Math.random().toString(36).slice(2);
const form = (more = {}) => new URLSearchParams({ v: page.dataset.token, page: name, ...more });

function tell() {
  if (isOver()) return;
  fetch(page.dataset.visit, { method: "POST", body: form(), keepalive: true }).catch(() => {});
}

if (page) {
  tell();
  setInterval(tell, SECONDS * 1000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tell(); });
  addEventListener("online", tell);
  addEventListener("pageshow", (event) => { if (event.persisted) tell(); });
  addEventListener("pagehide", () => { if (!isOver()) navigator.sendBeacon(page.dataset.visit, form({ leaving: "1" })); });
}
