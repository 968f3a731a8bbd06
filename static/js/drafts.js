// What is typed in a textarea with data-draft is there again when its conversation comes back in this tab. Where nothing
// more can be sent, data-unsent shows it instead.

import { ofTab } from "./stored.js";

// A part that fetches itself says it once.
const told = new Set();

// Unless it is on its way just now.
const isOnItsWay = (form) => form.classList.contains("htmx-request") || "sent" in form.dataset;

export function storeDraft({ dataset, form, value }) {
  if (value && !isOnItsWay(form)) ofTab.setItem(dataset.draft, value);
}

export function restoreDrafts() {
  for (const field of document.querySelectorAll("[data-draft]")) {
    const draft = ofTab.getItem(field.dataset.draft) ?? "";
    // What goes on from there is the same text.
    if (draft.startsWith(field.value)) field.value = draft;
    else if (!field.value.startsWith(draft)) field.value = `${draft}\n${field.value}`;
    ofTab.removeItem(field.dataset.draft);
  }
  for (const place of document.querySelectorAll("[data-unsent][hidden]")) {
    const text = ofTab.getItem(place.dataset.unsent);
    if (!text) continue;
    place.querySelector("[data-unsent-text]").textContent = text;
    place.hidden = false;
    if (!told.has(place.id)) announce(place.textContent);
    told.add(place.id);
  }
}

function announce(text) {
  document.body.dispatchEvent(new CustomEvent("announce", { detail: { text } }));
}

// What is typed after a text was sent and before the answer came is the next text.
export const unsent = (now, sent) => (now.startsWith(sent) ? now.slice(sent.length) : now);

document.addEventListener("submit", ({ target: form }) => {
  if (!form.hasAttribute("hx-post")) form.dataset.sent = "";
});
