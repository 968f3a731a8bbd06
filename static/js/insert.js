// data-insert="text" data-insert-into="field": a click puts the text where the cursor of the field is.

export function insertText(field, text) {
  const { selectionStart: start, selectionEnd: end } = field;
  field.setRangeText(text, start, end, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const field = button && document.getElementById(button.dataset.insertInto);
  if (field) insertText(field, button.dataset.insert);
});
