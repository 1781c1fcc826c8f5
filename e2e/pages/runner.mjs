// The panel beside the code, as the visitor sees it: run, stop, read what was printed.

export class Runner {
  constructor(playground) {
    this.playground = playground;
    this.page = playground.page;
    this.panel = this.page.locator(".panel");
    this.button = this.page.locator(".run-button");
    this.outcome = this.page.locator(".outcome");
    this.rows = this.page.locator(".console .row");
    this.questions = this.page.locator(".questions");
  }

  /** Makes a project of these files, `{ path: text }`, with the first one open. */
  async project(files) {
    const draft = { files: Object.entries(files).map(([path, text]) => ({ path, text, cursor: 0 })), open: 0 };
    await this.page.addInitScript((draft) => {
      if (self === top) localStorage.setItem("flint:draft:1", draft);
    }, JSON.stringify(draft));
    await this.playground.open();
    return this;
  }

  /** Resolves when the next run starts at once. */
  async warm() {
    await this.page.locator("iframe[data-prepared].spare").waitFor({ state: "attached" });
    return this;
  }

  async run() {
    await this.button.click();
    return this;
  }

  /** Stops a program or a preview by the button that is there for it. */
  stop() {
    const stop = this.page.getByRole("button", { name: /^Stop( the preview)?$/ });
    return stop.first().click();
  }

  get active() {
    return this.page.locator('.outcome[data-step="running"], .outcome[data-step="starting"]');
  }

  /** Resolves when the run is in this step. */
  async step(step) {
    await this.page.locator(`.outcome[data-step="${step}"]`).waitFor();
    return this;
  }

  /** Runs to its end, whichever, and returns what was printed. */
  async result() {
    await this.run();
    await this.page.locator('.outcome[data-step="finished"], .outcome[data-step="failed"]').waitFor();
    return this.output();
  }

  /** The rows' texts; a row that is not plain output has its level in front. */
  output() {
    return this.rows.evaluateAll((rows) =>
      rows.map((row) => {
        const parts = [...row.querySelector(".parts").children].filter((part) => !part.matches(".trace"));
        const text = parts.map((part) => (part.matches("details") ? part.querySelector("summary").textContent : part.textContent)).join(" ");
        const place = [...row.children].find((child) => child.matches(".place-link"));
        const times = row.querySelector(".times");
        const level = ["log", "text"].includes(row.dataset.level) ? "" : `${row.dataset.level}: `;
        return level + text + (times ? ` x${times.textContent}` : "") + (place && level ? ` @${place.textContent}` : "");
      }),
    );
  }

  /** The previewed document. */
  get document() {
    return this.page.frameLocator("iframe.shown").frameLocator("iframe");
  }
}
