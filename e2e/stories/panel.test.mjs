// The panel beside the code, or below it: how large it is, and that a preview never blinks.

import assert from "node:assert/strict";
import { Runner } from "../pages/runner.mjs";
import { writeReport } from "../report.mjs";
import { story } from "../story.mjs";

/** The code's percent of the room, as the line between says it and as it is. */
async function shares(page) {
  const line = page.getByRole("separator", { name: "Size of the code and the panel" });
  const measured = await page.locator(".work").evaluate((room) => {
    const [all, code] = [room, room.querySelector(".desk")].map((element) => element.getBoundingClientRect());
    return matchMedia("(max-width: 720px)").matches ? (100 * code.height) / all.height : (100 * code.width) / all.width;
  });
  return [Number(await line.getAttribute("aria-valuenow")), measured];
}

/** What is said is what is seen; returns it. */
async function share(page) {
  const [said, measured] = await shares(page);
  assert.ok(Math.abs(said - measured) < 1, `${said} is said, ${measured} measured`);
  return said;
}

const opened = async (playground) => (await new Runner(playground).project({ "main.js": "1" })).result();

story("the line between code and panel is moved by mouse and keys, and stays", {}, async ({ playground, page }) => {
  await opened(playground);
  const line = page.getByRole("separator", { name: "Size of the code and the panel" });
  assert.equal(await share(page), 56);
  await line.focus();
  await playground.press("ArrowRight");
  assert.equal(await share(page), 60);
  await playground.press("ArrowLeft");
  await playground.press("ArrowLeft");
  assert.equal(await share(page), 52);
  await playground.press("Home");
  assert.equal(await share(page), 20);
  await playground.press("End");
  assert.equal(await share(page), 80);
  const { x, y, width } = await line.boundingBox();
  await page.mouse.move(x + width / 2, y + 100);
  await page.mouse.down();
  await page.mouse.move(200, y + 120, { steps: 3 });
  await page.mouse.move(1280 * 0.3, y + 120);
  await page.mouse.up();
  assert.equal(await share(page), 30);
  await page.reload();
  await page.locator(".run-button").click();
  await page.locator(".panel-bar").waitFor();
  assert.equal(await share(page), 30);
  await line.dblclick();
  assert.equal(await share(page), 56);
});

story("on a phone it is moved by a finger", { visitor: { viewport: { width: 360, height: 740 }, hasTouch: true } }, async ({ playground, page, context }) => {
  await opened(playground);
  assert.equal(await share(page), 50);
  const line = page.getByRole("separator", { name: "Size of the code and the panel" });
  const { x, y, width, height } = await line.boundingBox();
  const session = await context.newCDPSession(page);
  const touch = (type, at) => session.send("Input.dispatchTouchEvent", { type, touchPoints: at === null ? [] : [{ x: x + width / 2, y: at }] });
  await touch("touchStart", y + height / 2);
  for (const by of [20, 60, 100]) await touch("touchMove", y + height / 2 + by);
  await touch("touchEnd", null);
  const room = await page.locator(".work").evaluate((room) => room.getBoundingClientRect().height);
  const expected = 50 + 10_000 / room;
  assert.ok(Math.abs((await share(page)) - expected) < 1);
  await line.focus();
  await playground.press("ArrowUp");
  assert.ok(Math.abs((await share(page)) - expected + 4) < 1);
});

/** Notes, in the page, what of the stage can be seen whenever that changes. */
function watchStage() {
  window.seen = [];
  const look = () => {
    const frames = [...document.querySelectorAll(".stage iframe")];
    const seen = frames.filter((frame) => frame.matches(".shown")).length;
    window.seen.push(seen);
  };
  new MutationObserver(look).observe(document.querySelector(".stage"), { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
}

story("a preview that is shown anew never blinks, and stays where it was scrolled to", {}, async ({ playground, page }) => {
  const html = (text) => `<!doctype html><html lang="en"><title>t</title><body style="background:#0a0"><h1>${text}</h1><div style="height:3000px"></div><p>end</p></body></html>`;
  const runner = await new Runner(playground).project({ "index.html": html("version 0") });
  await runner.run();
  await runner.document.getByText("version 0").waitFor();
  await runner.document.locator("p").scrollIntoViewIfNeeded();
  const place = () => runner.document.locator("h1").evaluate(() => scrollY);
  const before = await place();
  assert.ok(before > 1_000);
  await page.evaluate(watchStage);
  const VERSIONS = 5;
  for (let version = 1; version <= VERSIONS; version += 1) {
    await runner.warm();
    await playground.fill(html(`version ${version}`));
    await runner.document.getByText(`version ${version}`).waitFor();
    assert.equal(await place(), before);
  }
  const seen = await page.evaluate(() => window.seen);
  const blank = seen.filter((count) => count === 0).length;
  writeReport("preview", { versions: VERSIONS, changes: seen.length, blank });
  assert.ok(seen.length >= VERSIONS);
  assert.equal(blank, 0, `what could be seen: ${seen.join(" ")}`);
});

story("a preview that holds its thread makes way at once", { minutes: 3 }, async ({ playground }) => {
  const runner = await new Runner(playground).project({ "index.html": "<!doctype html><h1>first</h1>" });
  await runner.run();
  await runner.document.getByText("first").waitFor();
  await runner.warm();
  await playground.fill("<!doctype html><h1>second</h1><script>while (true);</script>");
  await runner.warm();
  await playground.fill("<!doctype html><h1>third</h1>");
  await runner.document.getByText("third").waitFor();
});
