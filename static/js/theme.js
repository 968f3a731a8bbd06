// The colour theme, set before the first paint. Loaded in <head> without defer.
(() => {
  let storage = null;
  try {
    storage = localStorage;
  } catch {
    // Nothing is kept for what is shown in a frame.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => storage?.getItem("theme") ?? "system";

  function show() {
    const theme = chosen() === "system" ? (dark.matches ? "dark" : "light") : chosen();
    document.documentElement.setAttribute("data-bs-theme", theme);
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen()));
    }
    document.dispatchEvent(new CustomEvent("theme-changed", { detail: theme }));
  }

  show();
  dark.addEventListener("change", show);
  addEventListener("storage", show);
  addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    storage?.setItem("theme", button.dataset.themeChoice);
    show();
  });
})();
