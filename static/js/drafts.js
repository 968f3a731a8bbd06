// What is typed in a textarea with data-draft is there again when its conversation comes back in this tab.

// Unless it is on its way just now.
export function storeDraft({ dataset, form, value }) {
  if (value && !form.classList.contains("htmx-request")) sessionStorage.setItem(dataset.draft, value);
}

export function restoreDrafts() {
  for (const field of document.querySelectorAll("[data-draft]")) {
    field.value ||= sessionStorage.getItem(field.dataset.draft) ?? "";
    sessionStorage.removeItem(field.dataset.draft);
  }
}
