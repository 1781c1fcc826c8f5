// Programs that run away: meanwhile the page is typed into, they are stopped, and the next program
// runs. Counts are asserted; times go to the report.

import assert from "node:assert/strict";
import { after } from "node:test";
import { Runner } from "../pages/runner.mjs";
import { RUNAWAYS } from "../programs/runaway.mjs";
import { writeReport } from "../report.mjs";
import { story } from "../story.mjs";

const GOOD = {
  js: 'console.log("good");',
  ts: 'console.log("good");',
  py: 'print("good")',
  wat: '(module (import "console" "log_string" (func $log (param i32 i32))) (memory (export "m") 1) (data (i32.const 0) "good") (func (export "main") i32.const 0 i32.const 4 call $log))',
  html: '<!doctype html><script>console.log("good");</script>',
};
const TYPED = "typed meanwhile";

const delays = [];
const stops = [];
const nexts = [];
let cases = 0;
let lost = 0;

/** Records how long each key waits for the page, and when presses and what follows them happen. */
const measure = () => {
  window.delays = [];
  window.pressedAt = 0;
  addEventListener("keydown", (event) => window.delays.push(performance.now() - event.timeStamp), true);
  addEventListener("click", (event) => (window.pressedAt = event.timeStamp), true);
  window.sinceClick = (selector, text) =>
    new Promise((resolve) => {
      const look = () => {
        const found = [...document.querySelectorAll(selector)].some((element) => element.textContent.includes(text));
        if (found) resolve(performance.now() - window.pressedAt);
        else setTimeout(look, 2);
      };
      look();
    });
};

for (const [name, files] of Object.entries(RUNAWAYS)) {
  story(name, { expected: [/./] }, async ({ playground, page }) => {
    const [bad] = Object.keys(files);
    const ending = bad.split(".")[1];
    const runner = new Runner(playground);
    await page.addInitScript(measure);
    await runner.project({ ...files, [`good.${ending}`]: GOOD[ending] });
    await playground.engine("ready");
    await runner.warm();
    await runner.run();
    await page.locator(".outcome:not([data-step='idle'])").waitFor({ state: "attached" });

    await playground.content.focus();
    await playground.press("ControlOrMeta+Home");
    // One key after the other, as a person would: each waits for the page to take it.
    for (const character of `${TYPED}\n`) await (character === "\n" ? playground.press("Enter") : playground.press(character === " " ? "Space" : character));
    delays.push(...(await page.evaluate(() => window.delays)));

    if (await runner.active.count()) {
      await runner.stop();
      stops.push(await page.evaluate(() => window.sinceClick(".outcome[data-step='stopped']", "Stopped")));
    }
    await playground.tab(`good.${ending}`).click();
    await runner.run();
    nexts.push(await page.evaluate(() => window.sinceClick(".console .row", "good")));

    await playground.tab(bad).click();
    const text = await playground.text();
    cases += 1;
    if (!text.startsWith(`${TYPED}\n`)) lost += TYPED.length;
    assert.ok(text.startsWith(`${TYPED}\n`), `what was typed is there: ${text.slice(0, 80)}`);
  });
}

after(() => {
  const percentile = (values, share) => Math.round([...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1]);
  writeReport("runaway", {
    cases,
    engines: ["chromium"],
    input_delay_max_ms: percentile(delays, 1),
    input_delay_p99_ms: percentile(delays, 0.99),
    stop_p95_ms: percentile(stops, 0.95),
    next_run_ready_p95_ms: percentile(nexts, 0.95),
    lost_chars: lost,
  });
});
