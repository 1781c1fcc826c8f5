// Pictures of the page for people to look at, and the two things that a picture can check itself.

import assert from "node:assert/strict";
import { ModelServer } from "../model_server.mjs";
import { Changes } from "../pages/changes.mjs";
import { Runner } from "../pages/runner.mjs";
import { reportPath } from "../report.mjs";
import { story } from "../story.mjs";

/** What a person would write where the example is left open. */
const CONTINUATION = "False\nreturn True";

const VIEWPORTS = { wide: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };

for (const [size, viewport] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of ["light", "dark"]) {
    story(`${size}, ${colorScheme}`, { visitor: { viewport, colorScheme } }, async ({ playground, page }) => {
      await playground.openReady();
      await playground.typeUntilSuggested(CONTINUATION);
      await page.screenshot({ path: reportPath(`screens/${size}-${colorScheme}.png`) });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(overflow, false, "the page scrolls sideways");
    });
  }
}

const PROGRAM = `// Prints what one looks at in a console.
const words = ["flint", "spark", "fire"];
console.log("words", words, { longest: Math.max(...words.map((word) => word.length)) });
console.table(words.map((word, at) => ({ at, word, length: word.length })));
console.warn("almost done");
undefinedFunction();
`;

for (const [size, viewport] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of ["light", "dark"]) {
    story(`running: ${size}, ${colorScheme}`, { visitor: { viewport, colorScheme } }, async ({ playground, page }) => {
      const runner = await new Runner(playground).project({ "words.js": PROGRAM, "words.md": "" });
      await playground.engine("ready");
      await runner.result();
      await page.screenshot({ path: reportPath(`screens/run-${size}-${colorScheme}.png`) });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(overflow, false, "the page scrolls sideways");
    });
  }
}

const EDIT = `sum.js
<<<<<<< SEARCH
export function sum(values) {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
=======
/** The sum of all values that are numbers. */
export function sum(values) {
  return values.filter(Number.isFinite).reduce((total, value) => total + value, 0);
}
>>>>>>> REPLACE
<<<<<<< SEARCH
console.log(sum([1, 2, 3]));
=======
console.log(sum([1, 2, NaN, 3]));
>>>>>>> REPLACE
`;

const SUM = `export function sum(values) {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

console.log(sum([1, 2, 3]));
`;

for (const [size, viewport] of Object.entries(VIEWPORTS)) {
  for (const colorScheme of ["light", "dark"]) {
    story(`changes: ${size}, ${colorScheme}`, { visitor: { viewport, colorScheme } }, async ({ playground, page }) => {
      const model = await ModelServer.start();
      model.answer = (exchange) => exchange.say(EDIT);
      const changes = await new Changes(playground).connected(model.url);
      const shot = (name) => page.screenshot({ path: reportPath(`screens/${name}-${size}-${colorScheme}.png`) });
      await new Runner(playground).project({ "sum.js": SUM });
      await playground.choose("Connections");
      await shot("connections");
      await playground.press("Escape");
      await changes.ask("leave out what is no number");
      await changes.step("consent");
      await shot("consent");
      await playground.press("Enter");
      await changes.step("reviewing");
      await changes.proposals.nth(1).waitFor();
      await shot("changes");
      await playground.press("Alt+Shift+KeyN");
      model.answer = (exchange) => exchange.say(`## Step 1: Leave out what is no number\n${EDIT}\n## Step 2: Test it\ntest.js\n<<<<<<< SEARCH\n=======\nimport { sum } from "./sum.js";\n>>>>>>> REPLACE\n`);
      await changes.step("closed");
      await playground.press("ControlOrMeta+i");
      await changes.words.fill("leave out what is no number, and test it");
      await shot("words");
      await changes.bar.getByLabel("What to do").selectOption("Plan");
      await changes.words.press("Enter");
      await changes.step("reviewing");
      await changes.bar.getByRole("button", { name: "Revise Test it" }).click();
      await changes.bar.getByText("being written").waitFor({ state: "detached" });
      await shot("plan");
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(overflow, false, "the page scrolls sideways");
      await model.stop();
    });
  }
}

story("nothing shifts while the page loads and suggests", {}, async ({ playground, page }) => {
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.hadRecentInput ? 0 : entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await playground.openReady();
  await playground.typeUntilSuggested(CONTINUATION);
  const shift = await page.evaluate(() => window.shift);
  assert.ok(shift < 0.01, `layout shift ${shift}`);
});
