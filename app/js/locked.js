// Keys of model servers, locked with a passphrase: PBKDF2 makes a key of the words, AES-GCM locks with it. Neither
// the passphrase nor that key is kept anywhere.

const ROUNDS = 600_000;
const encoder = new TextEncoder();

const toText = (bytes) => btoa(String.fromCharCode(...bytes));
const toBytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

async function keyOf(passphrase, salt, iterations) {
  const words = await crypto.subtle.importKey("raw", encoder.encode(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, words, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** The text locked, as JSON; rejects in pages that have no Web Crypto. */
export async function lock(text, passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyOf(passphrase, salt, ROUNDS);
  const data = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, encoder.encode(text)));
  return JSON.stringify({ rounds: ROUNDS, salt: toText(salt), iv: toText(iv), data: toText(data) });
}

/** What was locked; rejects for another passphrase, and for what has been changed. */
export async function unlock(json, passphrase) {
  const { rounds, salt, iv, data } = JSON.parse(json);
  // Storage that somebody has written to must not make the page count for ever.
  if (!(rounds <= ROUNDS)) throw new RangeError("rounds");
  const key = await keyOf(passphrase, toBytes(salt), rounds);
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: toBytes(iv) }, key, toBytes(data)));
}
