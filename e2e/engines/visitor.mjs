// The playground as its visitor sees it, in any engine.

export class Visitor {
  constructor(browser, url) {
    this.browser = browser;
    this.url = url;
  }

  /** Opens the page; resolves when the editor can be typed into. */
  async open() {
    await this.browser.open(this.url);
    return this.opened();
  }

  /** Opens the page with these files in it, `{ path: [text] }`, as if it had been left so: cursor at their ends. */
  async finds(files) {
    const draft = { files: Object.entries(files).map(([path, [text]]) => ({ path, text, cursor: text.length })), open: 0 };
    // A document of the page's origin that keeps nothing itself when it is left.
    await this.browser.open(`${this.url}icon.svg`);
    await this.browser.run((draft) => localStorage.setItem("flint:journal:1", `{"at_ms":${Date.now()},"draft":${draft}}`), JSON.stringify(draft));
    return this.open();
  }

  /** Leaves the page and comes back: Firefox's driver reloads past the service worker. */
  reload = () => this.open();

  async opened() {
    await this.shows(".cm-content");
    await this.browser.run(watchErrors);
    return this;
  }

  /** Resolves when something like this is there. */
  shows = (selector) => this.browser.until((selector) => Boolean(document.querySelector(selector)), selector);
  engine = (state) => this.shows(`.status-bar[data-engine="${state}"]`);
  offlineReady = () => this.shows('.status-bar[data-offline="ready"]');
  settled = () => this.shows('.status-bar[data-awaiting="false"]');

  /** Makes one line the whole file, cursor at its end. */
  async fill(line) {
    await this.browser.run(() => document.querySelector(".cm-content").focus());
    await this.browser.press("Control", "a");
    await this.browser.run((line) => document.execCommand("insertText", false, line), line);
    return this.holds(line);
  }

  /** Resolves when the open file is this text. */
  holds(text) {
    const holds = (lines) => JSON.stringify([...document.querySelectorAll(".code .cm-line")].map((line) => line.textContent)) === lines;
    return this.browser.until(holds, JSON.stringify(text.split("\n")));
  }

  /** The file without ghost text. */
  text() {
    return this.browser.run(() => {
      const copy = document.querySelector(".cm-content").cloneNode(true);
      for (const ghost of copy.querySelectorAll(".ghost-text")) ghost.remove();
      return [...copy.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n");
    });
  }

  ghostText = () => this.browser.run(() => document.querySelector(".ghost-text")?.textContent ?? "");

  /** Opens one beginning after the other and types its end until the model suggests something; returns it. */
  async suggestion(beginnings) {
    for (const beginning of beginnings) {
      await this.finds({ "a.py": [beginning.slice(0, -1)] });
      await this.engine("ready");
      await this.browser.run(() => document.querySelector(".cm-content").focus());
      await this.browser.press("Escape");
      await this.settled();
      await this.browser.type(beginning.at(-1));
      await this.settled();
      const ghost = await this.ghostText();
      if (ghost) return ghost;
    }
    throw new Error(`The model suggested nothing for any of ${beginnings.length} beginnings.`);
  }

  /** Opens a file by its tab. */
  async tab(name) {
    const find = (name) => [...document.querySelectorAll('[role="tab"]')].find((tab) => tab.textContent === name);
    await this.browser.run(`(name) => (${find})(name).click()`, name);
    const isOpen = (name) => document.querySelector('[role="tab"][aria-selected="true"]')?.textContent === name;
    return this.browser.until(isOpen, name);
  }

  /** Runs the open file to its end; resolves to what was printed. */
  async result() {
    await this.browser.click(".run-button");
    await this.shows('.outcome[data-step="finished"], .outcome[data-step="failed"]');
    return this.printed();
  }

  printed = () => this.browser.run(() => [...document.querySelectorAll(".console .row .parts")].map((row) => row.textContent));

  /** What the page reported since it was open. */
  errors = () => this.browser.run(() => window.reported ?? []);
}

/** Runs in the page. */
function watchErrors() {
  window.reported = [];
  addEventListener("error", ({ message }) => window.reported.push(message));
  addEventListener("unhandledrejection", ({ reason }) => window.reported.push(String(reason)));
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => window.reported.push(`${violatedDirective} ${blockedURI}`));
}
