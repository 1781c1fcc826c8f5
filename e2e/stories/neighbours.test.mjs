// What the project's other files say helps with the open one, on this device alone.

import assert from "node:assert/strict";
import { story } from "../story.mjs";

const HELPERS = "def measure_humidity(station):\n    return station.read()\n\n\ndef report():\n    humidity = measure_humidity(station)\n    print(humidity)\n";

story("a name of another file is suggested", {}, async ({ playground, page }) => {
  await playground.openReady();
  await playground.fill(HELPERS);
  await playground.button("New file").click();
  const name = page.getByRole("textbox", { name: "File name" });
  await name.fill("open.py");
  await name.press("Enter");
  await playground.fill("from primes import *\n\nhumidity = me");
  await playground.type("a");
  await playground.ghost.waitFor();
  assert.match(await playground.ghostText(), /^sure_humidity/);
});
