// `flint test` as the author of a documentation calls it.

import { execFile } from "node:child_process";

/** Resolves to `{ code, report, words }`: the exit status, what is printed as JSON, what is said beside it. */
export function flintTest(docs, ...options) {
  const program = process.env.FLINT;
  if (!program) throw new Error("FLINT is not set: cargo xtask test --only documentation sets it.");
  const page = options.includes("--page") ? [] : ["--page", process.env.FLINT_DIST ?? "dist"];
  return new Promise((resolve) =>
    execFile(program, ["test", docs, "--json", ...page, ...options], { timeout: 100_000 }, (error, out, words) =>
      resolve({ code: error ? error.code : 0, report: out && JSON.parse(out), words }),
    ),
  );
}
