// Puts a brotli and a gzip file beside each file of a built page that gets smaller: node compress.mjs
// DIST CACHE. What has not changed is taken from the cache, because the best quality takes its time.

import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const [dist, cache] = process.argv.slice(2);
/** Below, a compressed file saves nothing on the wire. */
const LEAST_BYTES = 512;
/** What does not get smaller than this part of itself stays as it is. */
const WORTHWHILE = 0.95;

const ways = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

async function compressed(bytes, ending) {
  const place = join(cache, `${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}.${ending}`);
  const known = await stat(place).catch(() => null);
  if (!known) await writeFile(place, await ways[ending](bytes));
  return place;
}

await mkdir(cache, { recursive: true });
const entries = await readdir(dist, { recursive: true, withFileTypes: true });
let [before, after] = [0, 0];
for (const entry of entries.filter((entry) => entry.isFile() && !/\.(br|gz|png)$|^[_.]/.test(entry.name))) {
  const path = join(entry.parentPath, entry.name);
  const bytes = await readFile(path);
  before += bytes.length;
  const sizes = [bytes.length];
  if (bytes.length >= LEAST_BYTES) {
    for (const ending of Object.keys(ways)) {
      const place = await compressed(bytes, ending);
      const { size } = await stat(place);
      if (size > bytes.length * WORTHWHILE) continue;
      sizes.push(size);
      await copyFile(place, `${path}.${ending}`);
    }
  }
  after += Math.min(...sizes);
}
console.log(`compressed ${(before / 1e6).toFixed(1)} MB to ${(after / 1e6).toFixed(1)} MB`);
