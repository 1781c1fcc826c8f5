// Files from the user's disk and to it: chosen, dropped, pasted; as a zip file, as one page.

import { readFiles } from "./incoming.js";

/** Lets the user choose files; `read` gets a JSON array of `{ path, text }` or `{ path, problem }`. */
export function chooseFiles(read) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.addEventListener("change", async () => {
    read(JSON.stringify(await readFiles([...input.files].map((file) => ({ path: file.name, file })))));
  });
  input.click();
}

/** Takes files that are dropped anywhere on the page or pasted into it; text is the editor's. */
export function listenForFiles(read) {
  const carriesFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  const mark = (on) => document.body.toggleAttribute("data-dropping", on);
  const listen = (type, act) =>
    window.addEventListener(
      type,
      (event) => {
        if (!carriesFiles(event)) return;
        // Before the editor, which would put the file's text where the pointer is.
        event.preventDefault();
        event.stopPropagation();
        act(event);
      },
      { capture: true },
    );
  listen("dragenter", () => mark(true));
  listen("dragover", () => mark(true));
  listen("dragleave", (event) => event.relatedTarget ?? mark(false));
  listen("drop", async ({ dataTransfer }) => {
    mark(false);
    // The list is empty as soon as this turn ends: everything is asked of it before that.
    const dropped = [...dataTransfer.items].filter(({ kind }) => kind === "file").map((item) => {
      const entry = item.webkitGetAsEntry?.();
      const file = item.getAsFile();
      return entry ? walk(entry) : [{ path: file.name, file }];
    });
    read(JSON.stringify(await readFiles((await Promise.all(dropped)).flat())));
  });
  const paste = async (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    read(JSON.stringify(await readFiles(files.map((file) => ({ path: file.name, file })))));
  };
  window.addEventListener("paste", paste, { capture: true });
}

/** Hands all files to the user in a zip file. */
export function saveZip(draft, refused) {
  attempt(refused, async () => {
    const { strToU8, zipSync } = await import("fflate");
    const { files } = JSON.parse(draft);
    const entries = Object.fromEntries(files.map(({ path, text }) => [path, strToU8(text)]));
    save("project.zip", new Blob([zipSync(entries)], { type: "application/zip" }));
  });
}

/** Hands the project to the user as one page that runs where it is opened. */
export function savePage(draft, refused) {
  attempt(refused, async () => {
    const { singlePage } = await import("./single_page.js");
    const { files, open } = JSON.parse(draft);
    save("project.html", new Blob([singlePage(files, files[open].path)], { type: "text/html" }));
  });
}

/** Hands a text to the user as a file. */
export function saveText(name, text, refused) {
  attempt(refused, async () => save(name, new Blob([text], { type: "application/json" })));
}

async function attempt(refused, make) {
  try {
    await make();
  } catch (error) {
    console.warn(error);
    refused("The file could not be made: a part of this page is missing. Check the connection and try again.");
  }
}

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has begun by the time of the next task and needs the address no more.
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** All files under an entry, as `{ path, file }`. */
async function walk(entry) {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) return [{ path, file: await new Promise((done, fail) => entry.file(done, fail)) }];
  const reader = entry.createReader();
  const found = [];
  // A reader gives a hundred at a time, and none at the end.
  for (let some; (some = await new Promise((done, fail) => reader.readEntries(done, fail))).length > 0; ) {
    found.push(...some);
  }
  return (await Promise.all(found.map(walk))).flat();
}
