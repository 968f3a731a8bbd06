// What is typed in a textarea with data-draft is there again when its conversation comes back in this tab.

import { ofTab } from "./stored.js";

// Unless it is on its way just now.
const isOnItsWay = (form) => form.classList.contains("htmx-request") || "sent" in form.dataset;

export function storeDraft({ dataset, form, value }) {
  if (value && !isOnItsWay(form)) ofTab.setItem(dataset.draft, value);
}

export function restoreDrafts() {
  for (const field of document.querySelectorAll("[data-draft]")) {
    field.value ||= ofTab.getItem(field.dataset.draft) ?? "";
    ofTab.removeItem(field.dataset.draft);
  }
}

document.addEventListener("submit", ({ target: form }) => {
  if (!form.hasAttribute("hx-post")) form.dataset.sent = "";
});
