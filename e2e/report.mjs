// Where figures and pictures of a test run go: the folder that `cargo xtask report` reads.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const folder = resolve(process.env.FLINT_REPORTS ?? "target/report");

/** A path in the report folder, whose own folder exists. */
export function reportPath(name) {
  const path = resolve(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

export function writeReport(name, figures) {
  writeFileSync(reportPath(`${name}.json`), `${JSON.stringify(figures)}\n`);
}

/** The figures of a suite that ran before; null when none did. */
export function readReport(name) {
  const path = reportPath(`${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}
