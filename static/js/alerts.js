// What calls a person to the page: a sound, a desktop notification, a count in the tab's title.
// data-chime="offer-12" sounds once per value; data-notify="New offer" on the same element is its
// notification, data-notify-when="never|background|always" says when it shows (in the background unless said), as long as
// the element is there;
// data-title-count="2" adds up in the title. data-mute and data-chime-test and data-notify-permit are buttons.

// Of several windows one calls: one that is looked at, if there is any, and each value once for all of them.

import { ofBrowser } from "./stored.js";

const HEARD = "heard";
const HEARD_FOR_MS = 60 * 60 * 1000;
const LOOKED_AT = "looked-at";
const heard = new Set();
const notifications = new Map();
let title = document.title;
let shownTitle = title;
let audio = null;

const isMuted = () => ofBrowser.getItem("muted") === "yes";

function beep() {
  audio ??= new AudioContext();
  for (const [delay, pitch] of [[0, 660], [0.18, 880]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + delay;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.25, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.16);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.17);
  }
}

function notify({ chime, notify: text, notifyWhen: when = "background" }) {
  if (!text || when === "never" || (when === "background" && !document.hidden)) return;
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const notification = new Notification(text, { tag: chime });
  notification.addEventListener("click", () => focus());
  notifications.set(chime, notification);
}

// What is answered or over calls nobody any more.
function closeOld() {
  for (const [chime, notification] of notifications) {
    if (document.querySelector(`[data-chime="${CSS.escape(chime)}"]`)) continue;
    notification.close();
    notifications.delete(chime);
  }
}

// Whether this window is the first to tell of it.
function take(chime) {
  const known = JSON.parse(ofBrowser.getItem(HEARD) ?? "[]").filter(([, at]) => Date.now() - at < HEARD_FOR_MS);
  const isNew = !known.some(([each]) => each === chime);
  if (isNew) ofBrowser.setItem(HEARD, JSON.stringify([...known, [chime, Date.now()]]));
  return isNew;
}

async function isMine(chime) {
  if (!navigator.locks) return true;
  if (document.hidden && (await navigator.locks.query()).held.some(({ name }) => name === LOOKED_AT)) return false;
  return navigator.locks.request(HEARD, () => take(chime));
}

async function call({ dataset }) {
  const { chime, notify: text, notifyWhen } = dataset;
  if (heard.has(chime)) return;
  heard.add(chime);
  if (!await isMine(chime)) return;
  if (!isMuted()) beep();
  notify({ chime, notify: text, notifyWhen });
}

const held = [];

// Held as long as this window is looked at and shows what calls; by the time it is given, that may be over.
function tellLookedAt() {
  held.splice(0).forEach((letGo) => letGo());
  if (document.hidden || !document.querySelector(".offers")) return;
  const hold = () => document.hidden ? null : new Promise((letGo) => { held.push(letGo); });
  navigator.locks?.request(LOOKED_AT, { mode: "shared" }, hold);
}

export function look() {
  document.querySelectorAll("[data-chime]").forEach(call);
  closeOld();
  const counts = [...document.querySelectorAll("[data-title-count]")];
  const count = counts.reduce((sum, element) => sum + Number(element.dataset.titleCount), 0);
  // A page that shows itself anew may have another name by now.
  if (document.title !== shownTitle) title = document.title;
  document.title = shownTitle = count ? `(${count}) ${title}` : title;
}

function showMuted() {
  for (const button of document.querySelectorAll("[data-mute]")) button.setAttribute("aria-pressed", String(isMuted()));
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-chime-test]")) beep();
  if (event.target.closest("[data-notify-permit]")) Notification?.requestPermission();
  if (!event.target.closest("[data-mute]")) return;
  ofBrowser.setItem("muted", isMuted() ? "no" : "yes");
  showMuted();
});

for (const name of ["htmx:afterSettle", "htmx:oobAfterSwap", "htmx:load"]) {
  document.body.addEventListener(name, () => { look(); showMuted(); });
}
document.addEventListener("visibilitychange", tellLookedAt);
tellLookedAt();
look();
showMuted();
