// A Chromium of its own with a profile on the disk, for stories that kill it and start it again.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

export class OwnBrowser {
  #process;
  #profile;
  #browser;

  static async start(profile) {
    const own = new OwnBrowser();
    own.#profile = profile ?? (await mkdtemp(join(tmpdir(), "flint-profile-")));
    const place = [`--user-data-dir=${own.#profile}`, "--remote-debugging-port=0"];
    own.#process = spawn(
      process.env.CHROMIUM ?? "/usr/bin/chromium",
      ["--headless", "--no-sandbox", "--no-first-run", "--no-startup-window", ...QUIET, ...place],
      { stdio: ["ignore", "ignore", "pipe"], detached: true },
    );
    try {
      own.#browser = await chromium.connectOverCDP(await address(own.#process.stderr));
    } catch (error) {
      // A browser that nobody drives would keep the tests from ending.
      if (own.#process.exitCode === null) await own.kill();
      throw error;
    }
    return own;
  }

  newPage() {
    return this.#browser.contexts()[0].newPage();
  }

  /** Kills every process of the browser at once; nothing can be written any more. */
  kill() {
    const gone = new Promise((done) => this.#process.once("exit", done));
    process.kill(-this.#process.pid, "SIGKILL");
    return gone;
  }

  /** Another browser on the same profile. */
  startAgain() {
    return OwnBrowser.start(this.#profile);
  }

  /** Removes the profile. */
  forget() {
    return rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function address(output) {
  for await (const line of createInterface({ input: output })) {
    const [, found] = /DevTools listening on (ws:.*)/.exec(line) ?? [];
    if (found) {
      // Leaving the loop pauses it, and a browser whose words nobody reads stands still one day.
      setImmediate(() => output.resume());
      return found;
    }
  }
  throw new Error("Chromium ended before it could be driven.");
}
