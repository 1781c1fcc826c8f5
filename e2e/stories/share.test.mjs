// Links: the project in the address, opened as text, run by nobody but the one who asks for it.

import assert from "node:assert/strict";
import { Playground } from "../pages/playground.mjs";
import { story } from "../story.mjs";

/** Makes a link by the dialog and returns it. */
async function share(playground) {
  await playground.choose("Share");
  const link = await playground.dialog.getByRole("textbox", { name: "Link" }).inputValue();
  await playground.press("Escape");
  return link;
}

/** Somebody else, with storage of their own. */
async function otherVisitor(context, server) {
  const other = await context.browser().newContext();
  return { other, page: await other.newPage(), url: server.url };
}

const ALARM = "<script>document.title = 'ran'; parent.postMessage('ran', '*')</script>\nGrüße 世界 😀\n";

story("a link opens the same files elsewhere and runs nothing", {}, async ({ playground, context, server }) => {
  await playground.open();
  await playground.tab("index.html").click();
  await playground.fill(ALARM);
  const link = await share(playground);
  assert.match(link, /#v1=[\w-]+$/);
  const { other, page } = await otherVisitor(context, server);
  const visitor = new Playground(page, link);
  await visitor.open();
  await visitor.notice.getByText("came with a link").waitFor();
  assert.equal(await visitor.tabs(), "primes.py todo.js stack.rs [index.html] style.css add.wat");
  assert.equal(await visitor.text(), ALARM);
  assert.equal(await page.locator(".outcome[data-step=running], .outcome[data-step=finished]").count(), 0);
  assert.equal(await page.locator("iframe.shown").count(), 0);
  await other.close();
});

story("a link leaves the visitor's own text in the history", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.fill("mine = 1");
  await playground.kept("mine = 1");
  await page.goto("about:blank");
  await page.goto(`${playground.url}?code=fn%20main()%20%7B%7D&version=stable&edition=2021`);
  await playground.content.waitFor();
  assert.equal(await playground.tabs(), "[main.rs]");
  assert.equal(await playground.text(), "fn main() {}");
  // A look changes nothing: the draft is still one's own.
  await page.goto(playground.url);
  await playground.content.waitFor();
  assert.equal(await playground.text(), "mine = 1");
});

story("the first change makes a shared project one's own", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.fill("mine = 1");
  const link = await share(playground);
  await playground.fill("mine = 2");
  await playground.kept("mine = 2");
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await playground.notice.getByText("came with a link").waitFor();
  assert.equal(await playground.text(), "mine = 1");
  await playground.content.focus();
  await playground.press("ControlOrMeta+End");
  await playground.type("0");
  await playground.kept("mine = 10");
  assert.equal(await page.evaluate(() => location.hash), "");
  await playground.button("Back to mine").click();
  assert.equal(await playground.text(), "mine = 2");
});

story("a damaged link says so and opens nothing", {}, async ({ playground, page }) => {
  await page.goto(`${playground.url}#v1=AAAA`);
  await playground.notice.getByText("damaged or cut off").waitFor();
  assert.match(await playground.tabs(), /^\[primes\.py\]/);
});

story("the link is copied, or can be", {}, async ({ playground, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await playground.open();
  await playground.choose("Share");
  const link = await playground.dialog.getByRole("textbox", { name: "Link" }).inputValue();
  await playground.button("Copy").click();
  await playground.dialog.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await playground.button("Copy").click();
  await playground.dialog.getByText("does not let the page copy").waitFor();
});
