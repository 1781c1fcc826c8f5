// The first script of a previewed document: its console, its errors, its input, its files, before
// any script of the document runs. Everything it needs of the browser it takes now, for the document
// may replace it.

import { firstLine, inspect } from "../program/inspect.js";
import { imageUrl, makeConsole, traceOf } from "../program/console.js";
import { Input } from "../program/input.js";
import { Output } from "../program/output.js";
import { placesOf } from "../program/trace.js";
import { join } from "../language/resolve.js";
import { makeGuard } from "./clock.js";

/** What a document could call home with and no policy forbids; see docs/security.md. */
const UNHEARD = ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel"];

export function hook({ page, files, scheme, input: lines, scroll }) {
  const { port1, port2 } = new MessageChannel();
  parent.postMessage("flint:hook", "*", [port2]);
  const post = port1.postMessage.bind(port1);
  const output = new Output(post);
  const input = new Input(output, post);
  input.fill(lines);

  document.documentElement.style.colorScheme = scheme;
  for (const name of UNHEARD) delete globalThis[name];
  Object.assign(globalThis, dialogs(input, output), { console: makeConsole(output, page), __flintGuard: makeGuard(page) });
  globalThis.fetch = fileFetch(files, page, globalThis.fetch.bind(globalThis));
  listen(page, output);
  visitLinks(files, page, post);
  keepPlace(scroll, post);
  port1.onmessage = ({ data }) => {
    if (data.type !== "ping") return;
    output.flush();
    post({ type: "pong" });
  };
  document.currentScript.remove();
}

/** Dialogs would hold the page; they print and read the prepared input instead. */
const dialogs = (input, output) => ({
  alert: (text = "") => output.text("log", String(text)),
  confirm: (text = "") => /^(y|yes|true|ok)$/i.test(input.next(String(text)) ?? ""),
  prompt: (text = "") => input.next(String(text)),
  print: () => {},
  display: (picture) => output.entry("image", [{ kind: "text", text: imageUrl(String(picture)) }]),
});

function listen(page, output) {
  const fail = (what, trace) => output.entry("error", [{ kind: "text", text: "Uncaught" }, what], { trace });
  const explain = (error, place) => {
    if (!(error instanceof Error)) return fail(inspect(error), place);
    const places = traceOf(error, page);
    fail({ ...inspect(error), text: firstLine(error) }, places.length > 0 ? places : place);
  };
  addEventListener("error", ({ error, message, filename, lineno, colno }) => {
    if (message === undefined) return;
    explain(error ?? message, placesOf(`at ${filename}:${lineno}:${colno}`, page));
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    explain(event.reason, []);
  });
  document.addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
    output.text("warn", `Blocked: ${blockedURI || "an address"} (${effectiveDirective}). Programs reach no network.`);
  });
}

/** A relative address is a file of the project. */
const fileFetch = (files, page, fetch) => async (request, options) => {
  const path = typeof request === "string" && !/^([a-z]+:|\/\/)/i.test(request) ? join(request.split(/[?#]/)[0], page) : null;
  return path !== null && Object.hasOwn(files, path) ? new Response(files[path]) : fetch(request, options);
};

/** Where an earlier version of the document was scrolled to is where this one begins, and the page hears of both. */
function keepPlace({ x, y }, post) {
  const frame = globalThis.requestAnimationFrame.bind(globalThis);
  const scrollTo = globalThis.scrollTo.bind(globalThis);
  const go = () => (x || y) && scrollTo({ left: x, top: y, behavior: "instant" });
  addEventListener("DOMContentLoaded", go, { once: true });
  addEventListener("load", () => {
    go();
    // The second frame begins when the first is drawn.
    frame(() => frame(() => post({ type: "painted" })));
  }, { once: true });
  let told = false;
  addEventListener("scroll", () => {
    if (told) return;
    told = true;
    frame(() => {
      told = false;
      post({ type: "scrolled", x: Math.round(globalThis.scrollX), y: Math.round(globalThis.scrollY) });
    });
  });
}

/** A link to another document of the project shows that one; a link within this one scrolls. */
function visitLinks(files, page, post) {
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented) return;
    const [address, anchor] = link.getAttribute("href").split("#");
    const path = join(address, page);
    if (address === "" && anchor !== undefined) {
      event.preventDefault();
      document.getElementById(decodeURIComponent(anchor))?.scrollIntoView();
    } else if (Object.hasOwn(files, path)) {
      event.preventDefault();
      post({ type: "visit", path });
    }
  });
}
