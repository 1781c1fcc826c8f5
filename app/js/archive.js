// What outlives the page: the draft, and snapshots to go back to, in IndexedDB. All values are JSON
// texts of the Rust side. A browser without IndexedDB keeps snapshots while the page is open.

/** Long enough for any disk; a database that another page holds shut must not keep this page shut. */
const OPENING_MS = 2_000;

let database = null;
let firstDraft;
let firstSnapshots = [];
let listen = () => {};
const stores = ["drafts", "snapshots", "bodies"];
const memory = { snapshots: new Map(), bodies: new Map() };
const channel = globalThis.BroadcastChannel && new BroadcastChannel("flint:drafts");
channel?.addEventListener("message", () => listen());

/** Opens the database and reads the draft; resolves also when there is none. */
export async function openArchive() {
  let late = false;
  const opening = open().then(async (opened) => {
    const found = [read(opened, "drafts", "current"), read(opened, "snapshots")];
    const [draft, snapshots] = await Promise.all(found);
    if (late) return opened.close();
    database = opened;
    firstDraft = draft;
    firstSnapshots = snapshots;
  });
  const waiting = new Promise((done) => setTimeout(done, OPENING_MS));
  try {
    await Promise.race([opening, waiting]);
  } catch (error) {
    console.warn("This browser gives the page no database.", error);
  }
  late = !database;
}

/** Whether what is kept here is still there after the page is closed. */
export const outlives = () => database !== null;

/** The draft that was there when the page was opened. */
export const draft = () => firstDraft;

/** The snapshots that were there when the page was opened, as a JSON array. */
export const snapshotsThen = () => `[${firstSnapshots.join()}]`;

/** Calls back whenever another page of this site keeps its draft. */
export const onKeptElsewhere = (callback) => (listen = callback);

/** Resolves to whether the draft is on its way to the disk, whatever becomes of this page. */
export async function keepDraft(text) {
  const kept = await write((store) => store("drafts").put(text, "current"));
  if (kept) channel?.postMessage(0);
  return kept;
}

/** Asks the browser not to clear this site's data when the disk gets full. */
export const persist = () => void navigator.storage?.persist?.().catch(() => {});

/** The list of snapshots as a JSON array. */
export async function snapshots() {
  const texts = database ? await read(database, "snapshots") : [...memory.snapshots.values()];
  return `[${texts.join()}]`;
}

/** Adds a snapshot and takes others away, both or neither. Resolves to whether it is kept. */
export async function addSnapshot(id, snapshot, body, removed) {
  if (!database) {
    memory.snapshots.set(id, snapshot);
    memory.bodies.set(id, body);
    for (const old of removed) for (const map of Object.values(memory)) map.delete(old);
    return true;
  }
  return write((store) => {
    store("snapshots").put(snapshot, id);
    store("bodies").put(body, id);
    for (const old of removed) for (const name of ["snapshots", "bodies"]) store(name).delete(old);
  });
}

/** What a snapshot holds; undefined when it is gone. */
export const body = async (id) => (database ? read(database, "bodies", id) : memory.bodies.get(id));

async function open() {
  const request = indexedDB.open("flint", 1);
  request.onupgradeneeded = () => {
    for (const name of stores) request.result.createObjectStore(name);
  };
  const opened = await settled(request);
  // A newer page of this site wants to change the stores: this one must let go.
  opened.onversionchange = () => opened.close();
  return opened;
}

/** One value, or all of them when no key is given. */
function read(from, name, key) {
  const store = from.transaction(name).objectStore(name);
  return settled(key === undefined ? store.getAll() : store.get(key));
}

async function write(change) {
  try {
    const transaction = database.transaction(stores, "readwrite");
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    change((name) => transaction.objectStore(name));
    transaction.commit();
    await done;
    return true;
  } catch (error) {
    console.warn("The browser's database did not take it.", error);
    return false;
  }
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
