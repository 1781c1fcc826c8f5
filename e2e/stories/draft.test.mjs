// The text survives a reload, and a browser without storage is welcome too.

import assert from "node:assert/strict";
import { Playground } from "../pages/playground.mjs";
import { story } from "../story.mjs";

story("the text survives a reload", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.fill('print("grüße, 世界 😀")\n');
  await playground.kept('print("grüße, 世界 😀")\n');
  await page.reload();
  await playground.content.waitFor();
  assert.equal(await playground.text(), 'print("grüße, 世界 😀")\n');
});

story("text typed just before leaving is kept", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.fill("last words");
  await page.reload();
  await playground.content.waitFor();
  assert.equal(await playground.text(), "last words");
});

story("files and the open one survive a reload", {}, async ({ playground, page }) => {
  await playground.open();
  await playground.button("Delete primes.py").click();
  await playground.tab("style.css").click();
  await page.reload();
  await playground.content.waitFor();
  assert.equal(await playground.tabs(), "todo.js stack.rs index.html [style.css] add.wat");
});

story("two tabs with the same project know of each other", {}, async ({ playground, context }) => {
  await playground.open();
  const other = new Playground(await context.newPage(), playground.url);
  await other.open();
  await other.fill("written elsewhere");
  await playground.notice.getByText("also open in another tab").waitFor();
});

story("a draft of an earlier version is taken over", {}, async ({ playground, page }) => {
  await page.addInitScript(() => {
    if (sessionStorage.visited) return;
    sessionStorage.visited = true;
    const files = [{ path: "old.py", text: "from before" }];
    localStorage.setItem("flint:draft:1", JSON.stringify({ files, open: 0 }));
  });
  await playground.open();
  assert.equal(await playground.text(), "from before");
  await playground.fill("and after");
  await page.waitForFunction(() => localStorage.getItem("flint:draft:1") === null);
  await page.reload();
  await playground.content.waitFor();
  assert.equal(await playground.text(), "and after");
});

story("without a database the draft is kept all the same", {}, async ({ playground, page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });
  await playground.open();
  await playground.fill("kept elsewhere");
  await page.reload();
  await playground.content.waitFor();
  assert.equal(await playground.text(), "kept elsewhere");
});

story("without storage the page says so and works", {}, async ({ playground, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
    IDBFactory.prototype.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });
  await playground.open();
  await page.getByText("Not saved").waitFor();
  await playground.fill("still here");
  assert.equal(await playground.text(), "still here");
});
