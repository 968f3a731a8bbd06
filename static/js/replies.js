// Texts for a reply: typing searches the list, arrows choose, Enter inserts, Escape closes. insert.js puts the text of
// the clicked option in; an option with data-searches="#tag " goes on searching by it.

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

function searchFor(panel, text) {
  const search = panel.querySelector("[data-replies-search]");
  search.value = text;
  search.focus();
  search.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  // Whoever is quick presses Escape before the list has the focus.
  const early = key === "Escape" && target.id ? document.querySelector(`[data-replies-of="${target.id}"]`) : null;
  const panel = (target.closest && panelOf(target)) ?? early;
  if (!panel || event.isComposing) return;
  if (key === "Escape") {
    event.preventDefault();
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
  if (!panel) return;
  const tag = event.target.closest("[data-searches]");
  if (tag) searchFor(panel, tag.dataset.searches);
  else if (event.target.closest("[data-insert], [data-replies-close]")) close(panel);
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
