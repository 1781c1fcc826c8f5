// What becomes of files that come in: text is taken, zip files are opened, the rest is refused with a
// sentence. Everything is bounded: a hostile zip file costs no more than an honest one.

const MOST_FILES = 200;
const MOST_BYTES = 1 << 20;
const MOST_ZIP_BYTES = 20 << 20;
/** What tools leave in folders and nobody means to import. */
const CLUTTER = /(^|\/)(\.git|node_modules|__MACOSX|__pycache__|\.DS_Store|Thumbs\.db)(\/|$)/;

/** Reads `{ path, file }` into `{ path, text }`, or `{ path, problem }` where it cannot be text. */
export async function readFiles(files) {
  const read = await Promise.all(
    files
      .filter(({ path }) => !CLUTTER.test(path))
      .slice(0, MOST_FILES + 1)
      .map(({ path, file }) => (/\.zip$/i.test(path) ? unzipped(path, file) : [readOne(path, file)])),
  );
  const all = await Promise.all(read.flat());
  const kept = all.slice(0, MOST_FILES);
  if (all.length > kept.length) kept.push(refuse("", `Only the first ${MOST_FILES} files are taken.`));
  return withoutCommonFolder(kept);
}

async function readOne(path, file) {
  if (file.size > MOST_BYTES) return tooLarge(path);
  return decode(path, new Uint8Array(await file.arrayBuffer()));
}

function decode(path, bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return { path, text: text.replaceAll("\r\n", "\n") };
  } catch {
    // Said below, as for text with zeros in it.
  }
  return refuse(path, `${path} is not text, so it cannot be edited here.`);
}

async function unzipped(path, file) {
  if (file.size > MOST_ZIP_BYTES) return [tooLarge(path)];
  try {
    const { unzipSync } = await import("fflate");
    const refused = [];
    let wanted = 0;
    const filter = ({ name, originalSize }) => {
      if (name.endsWith("/") || CLUTTER.test(name)) return false;
      wanted += 1;
      if (wanted > MOST_FILES) return false;
      if (originalSize > MOST_BYTES) refused.push(tooLarge(name));
      return originalSize <= MOST_BYTES;
    };
    const entries = unzipSync(new Uint8Array(await file.arrayBuffer()), { filter });
    const files = Object.entries(entries).map(([name, bytes]) => decode(name, bytes));
    if (wanted > MOST_FILES) refused.push(refuse("", `Only the first ${MOST_FILES} files of ${path} are taken.`));
    return [...files, ...refused];
  } catch {
    return [refuse(path, `${path} is not a zip file that can be opened: it is damaged or protected.`)];
  }
}

const refuse = (path, problem) => ({ path, problem });
const tooLarge = (path) => refuse(path, `${path} is larger than a file may be here (1 MB).`);

/** A folder that holds everything is the project itself. */
function withoutCommonFolder(files) {
  const folder = files[0]?.path.split("/", 1)[0] + "/";
  const common = files.every(({ path, problem }) => path.startsWith(folder) || problem);
  return common ? files.map((file) => ({ ...file, path: file.path.replace(folder, "") })) : files;
}
