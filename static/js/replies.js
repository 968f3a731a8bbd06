// Texts for a reply: "/" in an empty reply opens the list, typing searches it, arrows choose, Enter inserts,
// Escape closes. data-slash-opens names the opener; insert.js puts the text of the clicked option in.

let opener = null;

const options = (list) => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
const chosen = (list) => list.querySelector("[role=option][aria-selected=true]:not([aria-disabled])");
const panelOf = (element) => element.closest("[data-replies]");
const listOf = (panel) => panel.querySelector("[role=listbox]");
const replyOf = (panel) => document.getElementById(panel.dataset.repliesOf);

function choose(panel, option) {
  for (const each of options(listOf(panel))) each.setAttribute("aria-selected", String(each === option));
  const search = panel.querySelector("[data-replies-search]");
  if (option) search.setAttribute("aria-activedescendant", option.id);
  else search.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function close(panel) {
  const field = replyOf(panel);
  const closed = document.createElement("div");
  closed.id = panel.id;
  closed.className = "replies";
  panel.replaceWith(closed);
  field?.focus();
}

function move(panel, step) {
  const all = options(listOf(panel));
  const place = all.indexOf(chosen(listOf(panel)));
  choose(panel, all[(place + step + all.length) % all.length]);
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key === "/" && target.dataset?.slashOpens && !target.value) {
    event.preventDefault();
    opener = target;
    document.getElementById(target.dataset.slashOpens)?.click();
    return;
  }
  // Whoever is quick presses Escape before the list has the focus.
  const early = key === "Escape" && target.id ? document.querySelector(`[data-replies-of="${target.id}"]`) : null;
  const panel = (target.closest && panelOf(target)) ?? early;
  if (!panel || event.isComposing) return;
  if (key === "Escape") {
    event.preventDefault();
    const field = replyOf(panel);
    if (opener === field && field && !field.value) field.value = "/";
    close(panel);
  } else if (target.matches("[data-replies-search]")) {
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      move(panel, key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter") {
      event.preventDefault();
      chosen(listOf(panel))?.click();
    }
  }
});

document.addEventListener("click", (event) => {
  const panel = panelOf(event.target);
  if (panel && event.target.closest("[data-insert], [data-replies-close]")) close(panel);
});

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  const element = detail.elt;
  if (element.matches?.("[data-replies]")) {
    element.querySelector("[data-replies-search]").focus();
    choose(element, chosen(listOf(element)));
  } else if (element.matches?.("[role=listbox]") && panelOf(element)) {
    choose(panelOf(element), chosen(element));
  }
});
