// The chat on any web site, by one tag:
// <script src="https://switchyard.example/static/js/widget.js" data-chat="support" data-label="Chat with us" async></script>
// data-ctx-tier="gold" passes the context variable "tier". The site has to be among the widget's allowed origins.
(() => {
  const script = document.currentScript;
  if (!script?.dataset.chat) return;
  const origin = new URL(script.src).origin;
  const label = script.dataset.label || "Chat with us";
  const side = script.dataset.side === "left" ? "left" : "right";
  // Milliseconds; well below what the product waits before it tells that a customer left (note_visit.py).
  const PATIENCE = 2000;
  const colour = /^#[0-9a-f]{3,8}$/i.test(script.dataset.colour || "") ? script.dataset.colour : "#1f5fbf";

  const address = new URL(`/chat/${encodeURIComponent(script.dataset.chat)}/`, origin);
  for (const [name, value] of Object.entries(script.dataset)) {
    if (/^ctx./.test(name)) address.searchParams.set(`ctx.${name[3].toLowerCase()}${name.slice(4)}`, value);
  }

  // Who follows the link of a conversation that was interrupted comes back to it.
  const back = new URLSearchParams(location.search).get("v") ?? "";
  const isBack = /^[\w-]+:[\w-]+:[\w-]+$/.test(back);

  // A constructed style sheet in a shadow root needs no leave of the site's policy, and no style of the site gets in.
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; z-index: 2147483000; bottom: 20px; ${side}: 20px; }
    button { display: inline-flex; align-items: center; gap: 8px; min-height: 48px; padding: 0 20px; border: 0; border-radius: 24px;
      font: 600 16px/1 system-ui, sans-serif; color: #fff; background: ${colour}; box-shadow: 0 4px 16px rgb(0 0 0 / 25%); cursor: pointer; }
    button:focus-visible { outline: 3px solid ${colour}; outline-offset: 3px; }
    iframe { position: fixed; bottom: 84px; ${side}: 20px; width: min(400px, calc(100vw - 40px)); height: min(640px, calc(100vh - 104px));
      border: 0; border-radius: 12px; background: Canvas; box-shadow: 0 8px 40px rgb(0 0 0 / 30%); }
    [hidden], :host([hidden]) { display: none; }
    @media (max-width: 480px) {
      iframe { inset: 0 0 76px; width: 100vw; height: auto; min-height: calc(100vh - 76px); border-radius: 0; }
    }`);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  let frame = null;

  // The chat follows its visitor to the site's next page, as it was left, and by the link he came back by: his browser
  // need not know it. A storage that refuses forgets it, no more.
  const note = `chat-${script.dataset.chat}`;
  const link = `${note}-v`;
  const noted = (name) => { try { return sessionStorage.getItem(name); } catch { return null; } };
  const keep = (name, what) => { try { sessionStorage.setItem(name, what); } catch { /* Forgotten. */ } };
  const drop = (name) => { try { sessionStorage.removeItem(name); } catch { /* None. */ } };
  // A link is followed once, and taken further only while a conversation runs behind it, or until its frame was there.
  const token = isBack ? back : noted(link);
  if (token) address.searchParams.set("v", token);
  if (isBack) {
    keep(link, back);
    keep(note, "open");
  }
  const left = noted(note);

  // Outside its hours a chat may be hidden; a conversation that runs stays, or ends on this page, and what its visitor
  // has opened here.
  let talks = Boolean(left);
  let hasTalked = false;
  let isShown = true;
  let isHis = false;
  const fit = () => { host.hidden = !isShown && !talks && !hasTalked && !isHis; };

  function frameAs(how) {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.title = label;
      frame.src = address.href;
      root.prepend(frame);
    }
    const isOpen = how === "open";
    frame.hidden = !isOpen;
    button.textContent = isOpen ? "Close chat" : label;
    button.setAttribute("aria-expanded", String(isOpen));
    keep(note, how);
    fit();
  }

  function show() {
    isHis = true;
    frameAs("open");
    frame.focus();
  }

  function hide() {
    isHis = false;
    frameAs("minimised");
    button.focus();
  }

  button.addEventListener("click", () => (button.getAttribute("aria-expanded") === "true" ? hide() : show()));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") hide();
  });
  root.append(button);

  // What the frame tells (talks.js): one that was taken along without need is not taken further.
  addEventListener("message", ({ source, origin: sender, data }) => {
    if (!frame || source !== frame.contentWindow || sender !== origin || typeof data?.talks !== "boolean") return;
    talks = data.talks;
    hasTalked ||= talks;
    if (talks) {
      keep(note, frame.hidden ? "minimised" : "open");
      if (token) keep(link, token);
    } else {
      drop(link);
      if (!isHis) drop(note);
    }
    fit();
  });

  // Without an answer it is shown.
  const asking = new URL("hours/", address.origin + address.pathname);
  async function follow() {
    try {
      const answer = await fetch(asking, { credentials: "omit" });
      isShown = (await answer.json()).shown !== false;
    } catch {
      isShown = true;
    }
    fit();
  }
  // The site's own loading does not wait for the chat, nor the chat long for a site that goes on loading: who is away for
  // longer has left. Nobody who types by then is interrupted.
  const comeBack = () => {
    if (frame || !(isBack || left)) return;
    isHis = isBack;
    frameAs(isBack ? "open" : left);
    if (isBack && [null, document.body].includes(document.activeElement)) frame.focus();
  };
  const place = () => {
    document.body.append(host);
    if (document.readyState === "complete") comeBack();
    else {
      addEventListener("load", comeBack);
      setTimeout(comeBack, PATIENCE);
    }
    follow();
    setInterval(follow, 60_000);
  };
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
