// The page inside another site's page: the port to the element there (`embed/`), and how high the
// page would like to be. Any site may embed it, so nothing that is kept in this browser is here.

let port;

/** Whether this page was opened to be embedded: `first_theme.js` has looked. */
export const isEmbedded = () => "embed" in document.documentElement.dataset;

/** Says hello; `hear` gets every message of the host as JSON text. */
export function connect(hear) {
  if (self === top) return;
  const [host] = location.ancestorOrigins ?? [];
  addEventListener("message", ({ data, source, origin, ports }) => {
    if (port || source !== parent || (host && origin !== host) || data !== "flint:port" || ports.length !== 1) return;
    [port] = ports;
    port.onmessage = ({ data }) => hear(String(data));
    new ResizeObserver(measure).observe(document.querySelector(".cm-content"));
  });
  parent.postMessage("flint:hello", "*");
}

/** A JSON text for the host. */
export const say = (message) => port?.postMessage(message);

function measure() {
  const heights = ["header", ".cm-content", ".panel"].map((part) => document.querySelector(part)?.offsetHeight ?? 0);
  say(JSON.stringify({ type: "height", px: heights.reduce((sum, height) => sum + height, 2) }));
}
