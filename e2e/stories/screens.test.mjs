// Pictures of the page for people to look at, and the two things that a picture can check itself.

import assert from "node:assert/strict";
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
