// What a first visit downloads, in brotli bytes.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
const compressed = (file) => brotliCompressSync(readFileSync(file), quality).length;

/** `build.json` lists the files by role; a tab loads one of the two worker builds. */
export function measureSize(dist) {
  const roles = JSON.parse(readFileSync(join(dist, "build.json"), "utf8"));
  const bytes = (files) => files.reduce((sum, file) => sum + compressed(join(dist, file)), 0);
  const models = JSON.parse(readFileSync(join(dist, "models.json"), "utf8"));
  const model = models.models.find(({ id }) => id === models.default);
  return {
    model_bytes: model.weights.bytes,
    app_shell_br_bytes: bytes(roles.app_shell),
    worker_br_bytes: bytes(roles.worker_relaxed_simd),
  };
}
