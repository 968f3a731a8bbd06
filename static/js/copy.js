// Copy buttons: data-copy names the field whose text goes to the clipboard. Hidden without JavaScript.

for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select();
    document.execCommand("copy");
  }
  document.body.dispatchEvent(new CustomEvent("toast", { detail: { text: "Copied." } }));
});
