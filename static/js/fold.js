// On a telephone offers fold into a bar where they would cover what is read or typed: beside a dialog, and on other pages
// than the desk. There they stay folded until somebody opens them.

const NARROW = matchMedia("(max-width: 40rem)");

let known = null;
const current = () => document.querySelector("[data-above=offers]");

function fold() {
  const offers = current();
  if (offers) offers.open = !(NARROW.matches && offers.closest("dialog, .offers-elsewhere"));
}

function tell() {
  const offers = current();
  if (!offers) return;
  const [left, count] = offers.querySelectorAll(".above__left, .above__count");
  const number = offers.querySelectorAll(".offer").length;
  count.textContent = number === 1 ? count.dataset.one : count.dataset.many.replace("{}", number);
  const bars = [...offers.querySelectorAll(".offer__bar:not([hidden])")];
  const [first] = bars.map((bar) => bar.dataset.deadline).sort((one, other) => Date.parse(one) - Date.parse(other));
  left.removeAttribute("data-passed");
  // A page that has shown itself anew has others.
  if (!number || offers !== known) fold();
  known = offers;
  if (first) left.dataset.deadline = first;
  else {
    delete left.dataset.deadline;
    left.textContent = "";
  }
}

document.addEventListener("moved-above", fold);
NARROW.addEventListener("change", fold);
for (const name of ["htmx:load", "htmx:afterSettle"]) document.body.addEventListener(name, tell);
tell();
