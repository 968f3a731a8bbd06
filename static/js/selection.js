// One box ticks those of its page: data-selects names the form that the boxes belong to.
document.addEventListener("change", ({ target }) => {
  const form = document.getElementById(target.dataset?.selects ?? "");
  if (!form) return;
  for (const box of form.elements) {
    if (box.type === "checkbox" && box !== target) box.checked = target.checked;
  }
});
