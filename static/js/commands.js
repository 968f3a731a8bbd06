// Commands in a reply: a text of one line that begins with a slash lists those that fit (data-commands names the list).
// Arrows choose, Enter or a click opens what the button opens, with the rest of the text as search, and nothing is sent.
// A text that fits none is sent like any other, and after Escape this one too.

const COMMAND = /^\/(\S*)(?:[^\S\n]+([^\n]*))?$/;

// Fields whose text is sent as it stands, until they are empty again.
const plain = new WeakSet();

const fieldOf = (list) => document.getElementById(list.dataset.commandsOf);
const listOf = (field) => document.getElementById(field.dataset.commands);
const shownIn = (list) => [...list.querySelectorAll("[data-command]:not([hidden])")];
const isAllowed = (option) => option.getAttribute("aria-disabled") !== "true";

function read(field) {
  const found = plain.has(field) ? null : COMMAND.exec(field.value);
  return found && { word: found[1].toLowerCase(), search: found[2]?.trim() ?? "", isWhole: found[2] !== undefined };
}

function fits(option, { word, isWhole }) {
  const words = option.dataset.command.split(" ");
  return isWhole ? words.includes(word) : words.some((each) => each.startsWith(word));
}

function choose(list, option) {
  for (const each of list.children) each.setAttribute("aria-selected", String(each === option));
  const field = fieldOf(list);
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

// What Enter would do: the command itself, else the first that begins so.
function best(list, { word }) {
  const shown = shownIn(list);
  return shown.find((option) => option.dataset.command.split(" ").includes(word)) ?? shown[0];
}

function show(field) {
  const list = listOf(field);
  if (!list) return;
  if (!field.value) plain.delete(field);
  const typed = read(field);
  for (const option of list.children) option.hidden = !typed || !fits(option, typed);
  const count = shownIn(list).length;
  if (count && list.hidden) announce(`${count} command${count === 1 ? "" : "s"}. Enter opens one, Escape leaves the text to be sent.`);
  list.hidden = !count;
  choose(list, count ? best(list, typed) : undefined);
}

function hide(field) {
  const list = listOf(field);
  if (!list) return;
  list.hidden = true;
  choose(list, undefined);
}

function run(option) {
  const list = option.parentElement;
  const field = fieldOf(list);
  if (!isAllowed(option)) {
    const text = option.textContent.trim().replace(/\s+/g, " ");
    document.body.dispatchEvent(new CustomEvent("toast", { detail: { text, kind: "warning" } }));
    return;
  }
  option.dataset.search = read(field)?.search ?? "";
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  // The dialog has heard the click; htmx listens for this, once the search is known.
  option.dispatchEvent(new Event("command-chosen"));
}

function announce(text) {
  document.body.dispatchEvent(new CustomEvent("announce", { detail: { text } }));
}

const chosen = (list) => list.querySelector("[aria-selected=true]:not([hidden])");

document.addEventListener("input", ({ target }) => target.dataset?.commands && show(target));
document.addEventListener("focusin", ({ target }) => target.dataset?.commands && show(target));
document.addEventListener("focusout", ({ target }) => target.dataset?.commands && hide(target));

// Before conversation.js takes Enter for sending.
document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  const list = target.dataset?.commands && listOf(target);
  if (!list || list.hidden || event.isComposing) return;
  if (key === "Escape") {
    plain.add(target);
    hide(target);
  } else if (key === "ArrowDown" || key === "ArrowUp") {
    const shown = shownIn(list);
    const place = shown.indexOf(chosen(list)) + (key === "ArrowDown" ? 1 : -1);
    choose(list, shown[(place + shown.length) % shown.length]);
  } else if (key === "Enter" && !event.shiftKey) {
    chosen(list)?.click();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });

// The button Send means the same as Enter.
document.addEventListener("submit", (event) => {
  const field = event.target.querySelector?.("[data-commands]");
  const typed = field && read(field);
  const option = typed && listOf(field) && [...listOf(field).children].find((each) => each.dataset.command.split(" ").includes(typed.word));
  if (!option) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  option.click();
}, { capture: true });

// A click on the list leaves the cursor in the field.
document.addEventListener("mousedown", (event) => event.target.closest("[data-commands-of]") && event.preventDefault());
document.addEventListener("click", (event) => {
  const option = event.target.closest("[data-command]");
  if (option) run(option);
});

document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  const { search, searchName } = detail.elt.dataset;
  if (detail.elt.matches("[data-command]") && search) detail.parameters[searchName] = search;
});
