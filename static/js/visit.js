// A customer's chat page tells that it is there (data-visit="/where/", data-token), and that it closes: so the agent knows
// who left, and who left comes back to the same conversation. Hidden pages are woken once a minute at best.

const SECONDS = 20;
const SOON_SECONDS = 3;
const page = document.querySelector("[data-visit]");
const isOver = () => document.getElementById("chat-phase")?.value === "over";

const form = (more = {}) => new URLSearchParams({ v: page.dataset.token, ...more });

function tell() {
  if (isOver()) return;
  fetch(page.dataset.visit, { method: "POST", body: form(), keepalive: true }).catch(() => {});
}

if (page) {
  tell();
  // What the page before this one said as it closed may arrive after that.
  setTimeout(tell, SOON_SECONDS * 1000);
  setInterval(tell, SECONDS * 1000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tell(); });
  addEventListener("online", tell);
  addEventListener("pageshow", (event) => { if (event.persisted) tell(); });
  addEventListener("pagehide", () => { if (!isOver()) navigator.sendBeacon(page.dataset.visit, form({ leaving: "1" })); });
}
