// One box ticks those of its page: data-selects names the form that the boxes belong to, whose data-count says how many
// are ticked.
const boxesOf = (form, all) => [...form.elements].filter((box) => box.type === "checkbox" && box !== all);

function tell(all) {
  const form = document.getElementById(all.dataset.selects);
  if (!form) return;
  const boxes = boxesOf(form, all);
  const ticked = boxes.filter(({ checked }) => checked).length;
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
  for (const place of form.querySelectorAll("[data-count]")) place.textContent = ticked ? `(${ticked})` : "";
}

const tellAll = () => document.querySelectorAll("[data-selects]").forEach(tell);

document.addEventListener("change", ({ target }) => {
  const form = document.getElementById(target.dataset?.selects ?? "");
  if (form) for (const box of boxesOf(form, target)) box.checked = target.checked;
  tellAll();
});
for (const name of ["pageshow", "htmx:afterSettle"]) addEventListener(name, tellAll);
tellAll();
