// Programs reach no host; a project's programs reach those that its user has named, and no other. The
// leave is not in links.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before } from "node:test";
import { Runner } from "../pages/runner.mjs";
import { story } from "../story.mjs";

/** Two hosts on this machine that allow requests from any page, and what each has heard. */
const hosts = [[], []].map((heard) => {
  const server = createServer((request, response) => {
    heard.push(request.url);
    response.writeHead(200, { "access-control-allow-origin": "*" }).end("answer");
  });
  return { heard, server, address: () => `http://127.0.0.1:${server.address().port}` };
});
before(() => Promise.all(hosts.map(({ server }) => new Promise((done) => server.listen(0, "127.0.0.1", done)))));
after(() => hosts.forEach(({ server }) => server.close()));

const ask = (address, path) => `fetch("${address}${path}").then((answer) => answer.text()).catch(() => "refused")`;

/** What the program itself says; when it is told no is the browser's business. */
const printed = async (runner) => (await runner.result()).filter((row) => !row.startsWith("note: This program may not reach")).join();

async function allow(playground, page, text) {
  await playground.choose("Network…");
  await page.getByRole("textbox", { name: /^Hosts/ }).fill(text);
  await page.getByRole("button", { name: "Allow these" }).click();
}

/** First visits have frames of one kind, pages with a service worker of the other. */
const VISITS = { attribute: {}, policy: { serviceWorkers: "allow" } };

for (const [wall, visitor] of Object.entries(VISITS)) {
  story(`a host that is named is reached, another is not (${wall})`, { visitor, expected: [/Content Security Policy|ERR_|Failed to load/] }, async ({ playground, page }) => {
    const [named, other] = hosts;
    hosts.forEach(({ heard }) => (heard.length = 0));
    const runner = await new Runner(playground).project({
      "main.js": `console.log(await ${ask(named.address(), "/worker")}, await ${ask(other.address(), "/worker")});`,
      "index.html": `<!doctype html><script>Promise.all([${ask(named.address(), "/document")}, ${ask(other.address(), "/document")}]).then((said) => console.log(said.join(" ")));
        document.write('<img src="${named.address()}/image"><img src="${other.address()}/image">');</script>`,
    });
    if (wall === "policy") {
      await playground.controlled();
      await page.reload();
      await playground.content.waitFor();
    }
    assert.equal(await printed(runner), "refused refused");
    await page.getByText(`may not reach ${other.address()}/worker. “Network” in the menu`).waitFor();
    assert.deepEqual(hosts.flatMap(({ heard }) => heard), [], "nobody is asked before somebody is named");
    assert.equal(await playground.button("Network on").count(), 0);

    await allow(playground, page, named.address());
    assert.match(await playground.button("Network on").getAttribute("title"), new RegExp(`may reach ${named.address()}$`));
    assert.equal(await printed(runner), "answer refused");
    await playground.tab("index.html").click();
    await runner.run();
    await page.getByRole("button", { name: /^Output/ }).click();
    await page.getByText("answer refused").waitFor();
    assert.deepEqual(named.heard, ["/worker", "/document"], "an image is no program's request");
    assert.deepEqual(other.heard, []);

    await page.reload();
    await playground.button("Network on").waitFor();
    await playground.choose("Share…");
    const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
    await playground.press("Escape");
    await playground.tab("main.js").click();
    await playground.fill("mine");
    // Only another document opens a link anew.
    await page.goto(`${playground.url}icon.svg`);
    named.heard.length = 0;
    await page.goto(link);
    await playground.content.waitFor();
    await playground.tab("main.js").click();
    assert.equal(await printed(runner), "refused refused");
    assert.equal(await playground.button("Network on").count(), 0, "a link gives no leave");
    assert.deepEqual(named.heard, []);
  });
}
