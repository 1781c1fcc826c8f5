// A model's files in this browser: the origin's private file system, which only a worker may write byte by byte; in
// memory where there is none. A file is whole when its note says so.

const FOLDER = "models";

/** The folder of one model, made if it is not there; null where the browser has none. */
async function folderOf(model) {
  try {
    const root = await navigator.storage.getDirectory();
    const models = await root.getDirectoryHandle(FOLDER, { create: true });
    return await models.getDirectoryHandle(model, { create: true });
  } catch {
    return null;
  }
}

/** One file, open for appending. */
class Kept {
  #folder;
  #name;
  #access;

  constructor(folder, name, access) {
    this.#folder = folder;
    this.#name = name;
    this.#access = access;
  }

  get size() {
    return this.#access.getSize();
  }

  append(bytes) {
    const at = this.size;
    const written = this.#access.write(bytes, { at });
    if (written < bytes.length) throw new DOMException("the disk is full", "QuotaExceededError");
  }

  replace(from, bytes) {
    this.#access.write(bytes, { at: from });
  }

  read(from, length) {
    const bytes = new Uint8Array(Math.min(length, this.size - from));
    this.#access.read(bytes, { at: from });
    return bytes;
  }

  clear() {
    this.#access.truncate(0);
  }

  /** What `note` said of the file; an empty string when nothing did. */
  async note() {
    const handle = await this.#folder.getFileHandle(`${this.#name}.json`).catch(() => null);
    return handle ? (await handle.getFile()).text() : "";
  }

  /** Says something of the file that outlives the page. */
  async setNote(text) {
    const handle = await this.#folder.getFileHandle(`${this.#name}.json`, { create: true });
    const access = await handle.createSyncAccessHandle();
    access.truncate(0);
    access.write(new TextEncoder().encode(text), { at: 0 });
    access.close();
  }

  /** The bytes as they are on the disk; the file cannot be appended to any more. */
  async close() {
    this.#access.flush();
    this.#access.close();
    return (await this.#folder.getFileHandle(this.#name)).getFile();
  }
}

/** The same without a file system: gone with the worker. */
class Unkept {
  #parts = [];
  size = 0;

  append(bytes) {
    this.#parts.push(bytes.slice());
    this.size += bytes.length;
  }

  /** Nothing outlives the worker, so nothing is checked later: it is read as if nothing were there. */
  read() {
    return new Uint8Array();
  }

  clear() {
    this.#parts = [];
    this.size = 0;
  }

  note() {
    return Promise.resolve("");
  }

  setNote() {
    return Promise.resolve();
  }

  close() {
    return Promise.resolve(new Blob(this.#parts));
  }
}

/** Opens a file of a model, made if it is not there. */
export async function openFile(model, path) {
  const folder = await folderOf(model);
  if (!folder) return new Unkept();
  const name = path.replaceAll("/", "~");
  const handle = await folder.getFileHandle(name, { create: true });
  return new Kept(folder, name, await handle.createSyncAccessHandle());
}
