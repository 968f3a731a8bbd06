// Offers on other pages than the desk, and beside a dialog: taking one leaves the page as it is while something typed
// there is not sent. What is typed on the desk itself is kept with its conversation.

import { FIELDS, isTouched } from "./kept.js";

const isUnsent = (field) => field.form?.method === "post" && !field.closest(".offers") && isTouched(field);

document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "post" || !detail.elt.closest(".offers")) return;
  const place = detail.elt.closest(".offers-elsewhere") ? document : detail.elt.closest("dialog");
  if ([...(place?.querySelectorAll(FIELDS) ?? [])].some(isUnsent)) detail.parameters.stay = "yes";
});
