// A chat's page in the widget's frame tells the widget whether a conversation runs: one that does follows its visitor and
// keeps its button. Any site may be told that much; who may show the frame is in its headers.

const tell = () => {
  const phase = document.getElementById("chat-phase")?.value ?? "over";
  parent.postMessage({ talks: phase !== "over" }, "*");
};

if (parent !== window) {
  tell();
  document.body.addEventListener("htmx:afterSettle", tell);
}
