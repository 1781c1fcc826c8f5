// Where the time of suggestions went: the stages make up the whole, and the panel says so.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeReport } from "../report.mjs";
import { story } from "../story.mjs";

const PROGRAM = `import os
import sys


def total(items):
    result = 0
    for item in items:
        result += item
    return result


def main():
    print(total([1, 2, 3]))


if __name__ == "__main__":
    main()
`;

story("every suggestion's stages make up its whole time, and the numbers can be taken along", {}, async ({ playground, page }) => {
  await playground.openReady();
  await playground.fill("");
  for (const line of PROGRAM.split("\n")) {
    for (const character of line) {
      await playground.type(character);
      await playground.settled();
    }
    await playground.press("Escape");
    await page.keyboard.insertText("\n");
  }
  await playground.suggestion();
  await playground.press("Tab");
  await playground.settled();

  await playground.choose("Speed of suggestions…");
  await playground.dialog.getByRole("img", { name: /Key to picture/ }).waitFor();
  const download = page.waitForEvent("download");
  await playground.dialog.getByRole("button", { name: "Export as JSON" }).click();
  const exported = JSON.parse(readFileSync(await (await download).path(), "utf8"));

  const off = exported.suggestions.filter(({ total_ms, stages_ms }) => {
    const stages = Object.values(stages_ms);
    const sum = stages.reduce((sum, ms) => sum + ms, 0);
    return Math.abs(sum - total_ms) > 5 || stages.some((ms) => ms < -5);
  });
  writeReport("ledger", { suggestions: exported.suggestions.length, off: off.length });
  assert.ok(exported.suggestions.length >= 10, `only ${exported.suggestions.length} suggestions`);
  assert.ok(off.length <= exported.suggestions.length * 0.01, JSON.stringify(off[0]));
  assert.ok(exported.suggestions.some(({ layer, stages_ms }) => layer === "engine" && stages_ms.prefill > 0));
  assert.ok(exported.accepted >= 1 && exported.characters_saved >= 1 && exported.shown >= exported.accepted);
});
