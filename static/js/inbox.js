// The inbox: while it is narrowed, its list says how many there are.

document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!detail.requestConfig.elt.matches("form.list-tools")) return;
  const count = Number(document.getElementById("inbox-list")?.dataset.shown);
  const text = `${count} work item${count === 1 ? "" : "s"}`;
  document.body.dispatchEvent(new CustomEvent("announce", { detail: { text } }));
});
