// Offers on other pages than the desk, and beside a dialog: taking one, or looking at it, leaves the page as it is while
// something typed there is not sent. What is typed on the desk itself is kept with its conversation.

import { FIELDS, isTouched } from "./kept.js";

const isUnsent = (field) => field.form?.method === "post" && !field.closest(".offers") && isTouched(field);

function isToStay(element) {
  const place = element.closest(".offers-elsewhere") ? document : element.closest("dialog");
  return [...(place?.querySelectorAll(FIELDS) ?? [])].some(isUnsent);
}

document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb === "post" && detail.elt.closest(".offers") && isToStay(detail.elt)) detail.parameters.stay = "yes";
});
document.addEventListener("click", ({ target }) => {
  const link = target.closest(".offers a[href]");
  if (link) link.target = isToStay(link) ? "_blank" : "";
}, { capture: true });
