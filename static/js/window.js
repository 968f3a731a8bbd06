// An agent's page tells that it is there (data-window="/where/"), and that it closes: so nobody is offered work at an
// empty desk, and who comes back soon has the presence from before. Hidden pages are woken once a minute at best.

import { token } from "./token.js";

// A page in sight tells once a minute. A hidden one, woken at full minutes only from some moment on, does at each look: so
// the gap is at most a minute and these seconds, less than the silence (90 s) after which it is taken for gone.
const SECONDS = 20;
const TOLD_FOR = 50;
const AGAIN = 10;
const place = document.querySelector("[data-window]");
const key = crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
  (+digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> +digit / 4).toString(16));

const form = (more = {}) =>
  new URLSearchParams({ key, csrfmiddlewaretoken: token() ?? place.querySelector("input")?.value ?? "", ...more });

let told = 0;
let again;

// Where the product does not answer, what stands before it may.
const send = () => fetch(place.dataset.window, { method: "POST", body: form(), keepalive: true, redirect: "manual" })
  .then((answer) => answer.status < 500, () => false);

async function tell() {
  told = Date.now();
  clearTimeout(again);
  if (await send()) return;
  clearTimeout(again);
  again = setTimeout(tell, AGAIN * 1000);
}

if (place) {
  tell();
  setInterval(() => { if (document.hidden || Date.now() - told > TOLD_FOR * 1000) tell(); }, SECONDS * 1000);
  // One that closes is hidden too, after it told so: by the next second it is gone.
  document.addEventListener("visibilitychange", () => { document.hidden ? setTimeout(tell, 1000) : tell(); });
  addEventListener("online", tell);
  document.body.addEventListener("signed-in", tell);
  addEventListener("pageshow", (event) => { if (event.persisted) tell(); });
  addEventListener("pagehide", () => { navigator.sendBeacon(place.dataset.window, form({ closing: "1" })); });
}
