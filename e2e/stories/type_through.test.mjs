// Typing what the ghost text says: the same node, the same bytes, no request.

import assert from "node:assert/strict";
import { writeReport } from "../report.mjs";
import { story } from "../story.mjs";

story("typed-through ghost text shrinks in place and asks nothing", {}, async ({ playground, page }) => {
  await playground.openReady();
  const ghost = await playground.suggestion(TYPABLE);
  const node = await playground.ghost.elementHandle();
  const asked = await playground.requests();
  const [, typed] = ghost.match(TYPABLE);
  await watchFrames(page);
  for (let at = 1; at <= typed.length; at++) {
    await playground.type(typed[at - 1]);
    assert.equal(await playground.ghostText(), ghost.slice(at));
    assert.equal(await node.evaluate((node) => node === document.querySelector(".ghost-text")), true);
  }
  assert.equal(await playground.requests(), asked);
  const flickers = await flickersSeen(page, ghost);
  writeReport("typed_through", { keystrokes: typed.length, flickers });
  assert.equal(flickers, 0);
});

/** What the editor does not complete by itself, as it does brackets and quotes. */
const TYPABLE = /^([\w .,=+*/<>:-]{6,})./s;

/** Records the line with its ghost text in every frame. */
function watchFrames(page) {
  return page.evaluate(() => {
    window.frames_seen = [];
    const frame = () => {
      const line = document.querySelector(".cm-activeLine");
      const ghost = line.querySelector(".ghost-text");
      window.frames_seen.push([line.textContent, ghost?.textContent ?? ""]);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** Frames in which the line with its ghost text was not what it was at the beginning. */
async function flickersSeen(page, ghost) {
  const frames = await page.evaluate(() => window.frames_seen);
  const [whole] = frames[0];
  return frames.filter(([line, rest]) => line !== whole || !ghost.endsWith(rest)).length;
}
