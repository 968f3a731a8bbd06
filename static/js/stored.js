// What this tab and this browser keep; nothing where the browser keeps nothing for what is shown in a frame.

const NOTHING = { getItem: () => null, setItem() {}, removeItem() {}, clear() {} };

function storage(name) {
  try {
    return window[name] ?? NOTHING;
  } catch {
    return NOTHING;
  }
}

export const ofTab = storage("sessionStorage");
export const ofBrowser = storage("localStorage");
