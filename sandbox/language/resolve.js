// Which file of the project a specifier or an address means.

const ENDINGS = ["", ".js", ".ts", ".mjs", ".tsx", ".jsx", ".json", "/index.js", "/index.ts"];

/** The path that `specifier`, written in the file `from`, stands for; null when there is none. */
export function resolve(specifier, from, files) {
  if (!/^[./]/.test(specifier)) return null;
  const path = join(specifier, from);
  // TypeScript's habit: `./x.js` is written where `x.ts` is meant.
  const candidates = [...ENDINGS.map((ending) => path + ending), path.replace(/\.([cm]?)js$/, ".$1ts")];
  return candidates.find((candidate) => files.has(candidate)) ?? null;
}

/** `relative` as seen from the file `from`, without `.` and `..`. */
export function join(relative, from) {
  const parts = relative.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
