// A browser over WebDriver: the few commands that the stories of the other engines need.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 50;
/** WebDriver's names of keys. */
const KEYS = { Control: "\uE009", Enter: "\uE007", Tab: "\uE004", Escape: "\uE00C", End: "\uE010" };

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Browser {
  #url;
  #processes;

  /** `capabilities` and `driver` are those of `engines.mjs`; `display` starts a screen for it. */
  static async start({ driver, display, capabilities }) {
    const browser = new Browser();
    browser.#processes = [];
    try {
      const env = { ...process.env };
      if (display) env.DISPLAY = await browser.#screen();
      const port = await freePort();
      browser.#run(driver, [`--port=${port}`], { env, stdio: "ignore" });
      browser.#url = `http://127.0.0.1:${port}`;
      await until(() => browser.#call("GET", "/status").catch(() => false), `${driver} answers`);
      const { sessionId } = await browser.#call("POST", "/session", { capabilities: { alwaysMatch: capabilities } });
      browser.#url += `/session/${sessionId}`;
    } catch (error) {
      browser.#end();
      throw error;
    }
    return browser;
  }

  open = (url) => this.#call("POST", "/url", { url });

  /** What a function says in the page. */
  run = (script, ...args) => this.#call("POST", "/execute/sync", { script: `return (${script})(...arguments)`, args });

  /** Resolves to what the function says in the page as soon as that is true. */
  async until(script, ...args) {
    try {
      return await until(() => this.run(script, ...args), `${script} of ${JSON.stringify(args)}`);
    } catch (error) {
      const seen = await this.run(whatIsThere).catch((gone) => gone.message);
      throw new Error(`${error.message} There was:\n${seen}`);
    }
  }

  /** A person's click in the middle of an element. */
  async click(selector) {
    await this.until((selector) => Boolean(document.querySelector(selector)), selector);
    const element = await this.#call("POST", "/element", { using: "css selector", value: selector });
    return this.#call("POST", `/element/${Object.values(element)[0]}/click`, {});
  }

  /** Types a text, or presses keys together: `press("Control", "a")`. */
  type = (text) => this.#keys([...text].flatMap((value) => [down(value), up(value)]));
  press(...names) {
    const keys = names.map((name) => KEYS[name] ?? name);
    return this.#keys([...keys.map(down), ...keys.toReversed().map(up)]);
  }

  async stop() {
    await this.#call("DELETE", "").catch(() => {}); // a browser that is gone is what is wanted
    this.#end();
  }

  #keys(actions) {
    return this.#call("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  async #call(method, path, body) {
    const response = await fetch(this.#url + path, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  /** A screen that nobody sees; resolves to its name. */
  async #screen() {
    const screen = this.#run("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    for await (const number of createInterface({ input: screen.stdio[3] })) return `:${number}`;
    throw new Error("Xvfb did not start.");
  }

  #run(program, args, options) {
    const started = spawn(program, args, options);
    // What does not start is noticed by what it does not answer.
    started.on("error", () => {});
    this.#processes.push(started);
    return started;
  }

  #end() {
    for (const started of this.#processes.toReversed()) started.kill();
  }
}

/** Runs in the page: what one would see of it, for the message of what has failed. */
function whatIsThere() {
  const frames = [...document.querySelectorAll("iframe")].map((frame) => frame.cloneNode().outerHTML);
  return [document.body.innerText, ...frames, document.querySelector(".status-bar")?.cloneNode().outerHTML].join("\n");
}

const down = (value) => ({ type: "keyDown", value });
const up = (value) => ({ type: "keyUp", value });

async function until(look, what) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`Waited ${PATIENCE_MS / 1000} s until ${what}.`);
    await pause(LOOK_EVERY_MS);
  }
}

function freePort() {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
