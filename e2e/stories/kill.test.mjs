// The tab, or the whole browser, is killed at a random moment while somebody types, again and again:
// what comes back is what was typed, up to a moment that goes to the report.

import assert from "node:assert/strict";
import { writeReport } from "../report.mjs";
import { story } from "../story.mjs";
import { OwnBrowser } from "../own_browser.mjs";
import { Playground } from "../pages/playground.mjs";

const LONG = Number(process.env.FLINT_TEST_SCALE ?? 1) > 1;
const KILLS = LONG ? 1000 : 50;
/** One in so many kills is the browser's. */
const BROWSER_KILLS = 10;
/** So many are killed side by side. */
const SIDE_BY_SIDE = 2;
const LONGEST_MS = 2_500;
/** What is there when nothing was kept yet. */
const EXAMPLE = '"""Prime numbers';

story("a killed tab comes back with what was typed", { minutes: LONG ? 90 : 6 }, async (scene) => {
  const { context, playground, server } = scene;
  server.fault("/models.json", (response) => response.writeHead(404).end());
  const browser = context.browser();
  const lost = [];
  let begun = 0;
  const killer = async () => {
    for (let kill = begun++; kill < KILLS; kill = begun++) {
      const how = kill % BROWSER_KILLS === 0 ? killBrowser : killTab;
        lost.push(await how(browser, playground.url));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, killer));
  server.fault("/models.json", null);
  const max_lost_ms = Math.round(Math.max(...lost));
  writeReport("drafts", { kills: lost.length, max_lost_ms });
  assert.equal(lost.length, KILLS);
});

/** Milliseconds of typing lost when the tab is killed. */
async function killTab(browser, url) {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const typing = await typeUntilKilled(await context.newPage(), url, async (page) => {
    const session = await context.newCDPSession(page);
    const gone = new Promise((done) => page.once("crash", done));
    return () => {
      // A page that crashed does not answer.
      session.send("Page.crash").catch(() => {});
      return gone;
    };
  });
  const lost = typing.lostIn(await textIn(await context.newPage(), url));
  await context.close();
  return lost;
}

/** The same when the whole browser is killed, as by a machine out of memory. */
async function killBrowser(_, url) {
  const first = await OwnBrowser.start();
  try {
    const typing = await typeUntilKilled(await first.newPage(), url, () => () => first.kill());
    const second = await first.startAgain();
    const lost = typing.lostIn(await textIn(await second.newPage(), url));
    await second.kill();
    return lost;
  } finally {
    await first.forget();
  }
}

/** Types one mark after the other until the page dies. */
async function typeUntilKilled(page, url, prepare) {
  const kill = await prepare(page);
  const playground = await new Playground(page, url).open();
  await playground.fill("");
  const typing = new Typing();
  const killed = new Promise((done) => setTimeout(done, Math.random() * LONGEST_MS)).then(() => {
    typing.killedAt = performance.now();
    return kill();
  });
  while (typing.killedAt === null) {
    const mark = typing.next();
    const typed = await Promise.race([playground.type(mark).then(() => true, () => false), killed]);
    if (typed === true && typing.killedAt === null) typing.arrived();
  }
  await killed;
  return typing;
}

async function textIn(page, url) {
  const playground = await new Playground(page, url).open();
  return playground.text();
}

class Typing {
  killedAt = null;
  #began = [];
  #arrived = 0;

  next() {
    this.#began.push(performance.now());
    return `${this.#began.length} `;
  }

  arrived() {
    this.#arrived = this.#began.length;
  }

  /** From the first lost mark to the kill. */
  lostIn(text) {
    const whole = this.#began.map((_, mark) => `${mark + 1} `).join("");
    const untouched = text.startsWith(EXAMPLE);
    assert.ok(untouched || whole.startsWith(text), `what came back was typed: ${text.slice(0, 80)}`);
    const marks = untouched ? 0 : (text.match(/\d+ /g)?.length ?? 0);
    return marks >= this.#arrived ? 0 : this.killedAt - this.#began[marks];
  }
}
