// Where an error comes from: the browser's stack text as places in the project's files. Every file
// carries its name as `sourceURL`, so the engine itself names it.

const SCHEME = "flint:";
const MOST_PLACES = 30;

/** The line that names a piece of source after its file. */
export const named = (path) => `\n//# sourceURL=${SCHEME}${encodeURI(path)}`;

/** Frames of V8 (`at f (url:1:2)`) and of SpiderMonkey and JavaScriptCore (`f@url:1:2`). */
const FRAME = /^\s*(?:at (?:async )?(?:(.*?) \()?|(.*?)@)?(?:about:srcdoc|flint:(\S+?)):(\d+):(\d+)\)?\s*$/;

/** Places of `stack` in the project; `page` is the file that `about:srcdoc` stands for. */
export function placesOf(stack, page = null) {
  const places = [];
  for (const line of String(stack ?? "").split("\n")) {
    const match = FRAME.exec(line);
    const path = match?.[3] ? decodeURI(match[3]) : page;
    if (!match || path === null) continue;
    const [, v8, other, , row, column] = match;
    places.push({ path, line: Number(row), column: Number(column), function: (v8 ?? other ?? "").replace(/^Object\./, "") });
    if (places.length === MOST_PLACES) break;
  }
  return places;
}
