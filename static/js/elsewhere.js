// Offers on other pages than the desk: taking one leaves the page as it is while something typed there is not sent.

import { FIELDS, isTouched } from "./kept.js";

const isUnsent = (field) => field.form?.method === "post" && !field.closest(".offers") && isTouched(field);

document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "post" || !detail.elt.closest(".offers-elsewhere")) return;
  if ([...document.querySelectorAll(FIELDS)].some(isUnsent)) detail.parameters.stay = "yes";
});
