// Playgrounds in somebody else's page, as its reader sees them.

import { createServer } from "node:http";

/** Serves one HTML document from an origin of its own. */
export class HostSite {
  #http;
  #html;

  static async start(html) {
    const site = new HostSite();
    site.#html = html;
    site.#http = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(site.#html));
    await new Promise((done) => site.#http.listen(0, "127.0.0.1", done));
    return site;
  }

  get url() {
    return `http://127.0.0.1:${this.#http.address().port}/`;
  }

  stop() {
    this.#http.closeAllConnections();
    return new Promise((done) => this.#http.close(done));
  }
}

export class Embed {
  constructor(page, index = 0) {
    this.page = page;
    this.element = page.locator("flint-playground").nth(index);
    this.frame = this.element.frameLocator("iframe");
    this.button = this.element.locator('[part="run"]');
    this.content = this.frame.locator(".cm-content");
    this.outcome = this.frame.locator(".outcome");
    this.rows = this.frame.locator(".console .row .parts");
  }

  /** Presses the button of the static code; resolves when the program has ended. */
  async run() {
    await this.button.click();
    await this.frame.locator('.outcome[data-step="finished"], .outcome[data-step="failed"]').waitFor();
    return this.rows.allTextContents();
  }
}
