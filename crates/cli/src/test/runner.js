// Runs the examples of a documentation in playgrounds, as a reader's click would, and tells the
// terminal what becomes of each.

const { documents, loader, timeout_s, jobs } = await (await fetch("job.json")).json();

const tell = (news) => fetch("news", { method: "POST", body: JSON.stringify(news) });

/** Every example once: some systems put all pages into one more. */
function* examples() {
  const seen = new Set();
  for (const { path, line, html } of documents) {
    const page = new DOMParser().parseFromString(html, "text/html");
    globalThis.Flint.upgrade(page);
    let number = 0;
    for (const found of page.querySelectorAll("flint-playground")) {
      number += 1;
      if (seen.has(found.outerHTML)) continue;
      seen.add(found.outerHTML);
      yield { path, line, number, found };
    }
  }
}

async function run(found) {
  const element = document.importNode(found, true);
  // It is opened here, when its turn comes.
  element.removeAttribute("load");
  let language = "?";
  try {
    const [file] = Object.keys((await element.getCode()).files);
    language = element.getAttribute("language") ?? file.split(".").at(-1);
    if (file.endsWith(".rs")) return { language, status: "not_run", reason: "Rust is compiled by a server that the reader chooses" };
    if (element.hasAttribute("tests") || element.querySelector("[data-tests]")) return { language, status: "not_run", reason: "it is an exercise" };
    document.body.append(element);
    const verdict = await Promise.race([outcome(element), late()]);
    return { language, ...verdict };
  } catch (error) {
    return { language, status: "failed", reason: error.message };
  } finally {
    element.remove();
  }
}

async function outcome(element) {
  if (element.hasAttribute("expected") || element.querySelector("[data-output], [slot=output]")) {
    const { passed, expected, output } = await element.runTests();
    return passed ? { status: "passed" } : { status: "failed", reason: "it printed something else", expected, printed: output };
  }
  const { ok, output } = await element.run();
  return ok ? { status: "passed" } : { status: "failed", reason: output || "it failed and said nothing" };
}

const late = () =>
  new Promise((_, reject) => setTimeout(reject, timeout_s * 1000, new Error(`it had not ended after ${timeout_s} s`)));

async function lane(turn) {
  for (const { found, ...place } of turn) await tell({ type: "example", ...place, ...(await run(found)) });
}

function load() {
  const script = Object.assign(document.createElement("script"), { src: loader });
  document.head.append(script);
  return new Promise((loaded, failed) => Object.assign(script, { onload: loaded, onerror: failed }));
}

try {
  await load();
} catch {
  await tell({ type: "broken", reason: `${loader} could not be loaded: is there a built page?` });
}
const turn = examples();
await Promise.all(Array.from({ length: jobs }, () => lane(turn)));
await tell({ type: "done" });
