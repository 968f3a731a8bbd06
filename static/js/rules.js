// Rules: what is dragged by its handle.
// data-drag-root names the field (data-drag-name) and its value (data-drag-value, with {item} and {place}) that a drop
// sends with the form around the item, or with the form marked data-drag-form in it.

let dragged = null;
const MARKS = ["is-before", "is-after", "is-into"];

const itemOf = (element) => element?.closest?.("[data-drag-item]");

function clearMarks() {
  for (const mark of MARKS) document.querySelectorAll(`.${mark}`).forEach((each) => each.classList.remove(mark));
}

// Before or after the nearest item; into a group where the pointer is on the group's own ground.
function placeAt(event) {
  const root = dragged.closest("[data-drag-root]");
  const target = event.target.closest("[data-drag-item], [data-drag-into]");
  if (!target || !root.contains(target) || dragged.contains(target)) return null;
  if (target.dataset.dragInto) return { target, where: "into", key: target.dataset.dragInto };
  const { top, height } = target.getBoundingClientRect();
  return { target, where: event.clientY < top + height / 2 ? "before" : "after", key: target.dataset.dragItem };
}

document.addEventListener("dragstart", (event) => {
  if (!event.target.closest?.("[data-drag-handle]")) return;
  dragged = itemOf(event.target);
  dragged.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.dragItem);
  event.dataTransfer.setDragImage(dragged, 0, 0);
});

document.addEventListener("dragover", (event) => {
  const place = dragged && placeAt(event);
  clearMarks();
  if (!place) return;
  event.preventDefault();
  place.target.classList.add(`is-${place.where}`);
});

document.addEventListener("drop", (event) => {
  const place = dragged && placeAt(event);
  if (!place) return;
  event.preventDefault();
  const { dragName, dragValue } = dragged.closest("[data-drag-root]").dataset;
  const form = dragged.querySelector("[data-drag-form]") ?? dragged.closest("form");
  const value = dragValue.replace("{item}", dragged.dataset.dragItem).replace("{place}", `${place.where} ${place.key}`);
  const button = Object.assign(document.createElement("button"), { type: "submit", name: dragName, value, hidden: true });
  form.append(button);
  // A click, for htmx sends the value of the button that was clicked last.
  button.click();
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  clearMarks();
});

// Keyboard: Alt with an arrow in a condition or a rule is its button up or down.

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const way = event.key === "ArrowUp" ? "up" : "down";
  const button = [...itemOf(event.target)?.querySelectorAll("[data-step]") ?? []].find((each) =>
    each.dataset.step === way && itemOf(each) === itemOf(event.target));
  if (!button) return;
  event.preventDefault();
  button.click();
});
