// `<flint-playground>`: the code as the page has it, with a button; the playground in a frame once
// somebody asks for it. The height it will need is taken at that moment, so nothing moves later.

import { Link } from "./link.js";
import { schemeBehind, watchScheme } from "./scheme.js";
import { sourceOf } from "./source.js";

/** Beside this script, which runs while it is the document's current one. */
const APP = new URL("./?embed", document.currentScript.src);
const CHROME_PX = 38;
const LINE_PX = 22.4;
const PADDING_PX = 36;
const OUTPUT_PX = { html: 300 };

const SHADOW = `<style>
:host{display:block;position:relative}:host([hidden]){display:none}div{height:100%}
button{position:absolute;bottom:6px;right:6px;z-index:9;padding:3px 10px;border:0;border-radius:6px;background:#b3470a;color:#fff;font:600 13px/1.5 system-ui,sans-serif;cursor:pointer;opacity:.9}
button:hover,button:focus-visible{opacity:1}
iframe{display:block;width:100%;height:100%;border:1px solid #8885;border-radius:6px;box-sizing:border-box}
.loading iframe{position:absolute;inset:0;visibility:hidden}.open slot,.loading button,.open button{display:none}
</style><div part="playground"><slot></slot><slot name="output"></slot><button part="run" type="button"></button></div>`;

export class FlintPlayground extends HTMLElement {
  #root = this.attachShadow({ mode: "open" });
  #link = null;
  #loading = null;
  #stop = () => {};

  connectedCallback() {
    if (this.#root.firstChild) return;
    this.#root.innerHTML = SHADOW;
    const button = this.#root.querySelector("button");
    button.textContent = this.getAttribute("label") ?? "Run";
    button.onclick = () => this.#open(true);
    const when = this.getAttribute("load");
    if (when === "eager") this.load();
    if (when !== "visible") return;
    const seen = new IntersectionObserver(([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      seen.disconnect();
      this.load();
    });
    seen.observe(this);
  }

  disconnectedCallback() {
    // A node that is only moved comes back at once.
    queueMicrotask(() => this.isConnected || this.destroy());
  }

  /** Puts the playground in the place of the static code, with `source` in it if there is one. */
  async load(source) {
    await this.#open(false, source);
    if (source) await this.setCode(source.files ?? source);
  }

  /** Runs it; resolves to `{ ok, output }` when the program has ended. */
  run = () => this.#ask("run");
  /** Formats the open file; resolves to its text. */
  format = () => this.#ask("format");
  /** Runs it and compares what it prints: `{ passed, expected, output }`. */
  runTests = () => this.#ask("run_tests");

  /** Resolves to `{ files, code }`; before the playground is loaded, what the page shows. */
  async getCode() {
    const files = this.#link ? await this.#ask("get_code") : sourceOf(this).files;
    return { files: Object.fromEntries(files.map(({ path, text }) => [path, text])), code: files[0].text };
  }

  /** Puts other code in: a text for the first file, or texts by path. */
  async setCode(code) {
    const { files } = sourceOf(this);
    const entries = typeof code === "string" ? [[files[0].path, code]] : Object.entries(code);
    return this.#ask("set_code", { files: entries.map(([path, text]) => ({ path, text })) });
  }

  /** Calls back with the detail of every such event; returns how to stop that. */
  watch(event, callback) {
    const listener = ({ detail }) => callback(detail);
    this.addEventListener(event, listener);
    return () => this.removeEventListener(event, listener);
  }

  /** Takes the playground out; the static code is back. */
  destroy() {
    if (!this.#loading) return;
    this.#stop();
    this.#link?.close();
    this.#link = this.#loading = null;
    this.#root.querySelector("iframe").remove();
    this.#show("");
    this.style.height = "";
    this.#tell("destroy");
  }

  async #ask(type, more) {
    await this.#open(false);
    return this.#link.ask(type, more);
  }

  #open(run) {
    this.#loading ??= new Promise((ready) => {
      const source = sourceOf(this);
      const frame = document.createElement("iframe");
      const scheme = () => this.getAttribute("theme") ?? schemeBehind(this);
      this.style.height = this.getAttribute("height") ?? `${this.#needs(source)}px`;
      APP.hash = scheme();
      frame.src = APP;
      frame.title = this.getAttribute("title") ?? "Code playground";
      frame.allow = "clipboard-write";
      const link = new Link(frame, APP.origin, (message) => this.#hear(message, { source, scheme, run, link, ready }));
      const unwatch = watchScheme(() => this.#link?.ask("theme", { theme: scheme() }));
      this.#stop = () => (unwatch(), link.close());
      this.#show("loading");
      this.#root.querySelector("div").append(frame);
    });
    return this.#loading;
  }

  /** Once connected it is told what to show; everything else it says becomes an event. */
  #hear({ type, ...detail }, { source, scheme, run, link, ready }) {
    if (type === "height" && !this.hasAttribute("height") && detail.px > this.offsetHeight) this.style.height = `${detail.px}px`;
    if (type !== "connected") return type !== "height" && this.#tell(type, detail);
    const ai = !this.hasAttribute("no-ai") && this.getAttribute("ai") !== "off";
    link.ask("load", { ...source, ai, run, read_only: this.hasAttribute("read-only"), theme: scheme() }).then(() => {
      this.#link = link;
      this.#show("open");
      this.#tell("ready");
      ready();
    });
  }

  #needs({ files }) {
    const [{ path, text }] = files;
    const output = OUTPUT_PX[path.split(".").pop()] ?? 160;
    return Math.max(this.offsetHeight, CHROME_PX + PADDING_PX + output + Math.ceil(text.split("\n").length * LINE_PX));
  }

  #show(state) {
    this.#root.querySelector("div").className = state;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
