// Tightens the page's policy to the hosts that the user has named: the page itself and the endpoints
// that are kept in this browser. A policy can only get tighter, so a new endpoint needs a reload.

const KEY = "flint:endpoints:1";

function origins() {
  try {
    return Object.values(JSON.parse(localStorage.getItem(KEY)) ?? {}).map((address) => new URL(address).origin);
  } catch {
    return []; // no storage, no endpoints
  }
}

const meta = document.createElement("meta");
meta.httpEquiv = "Content-Security-Policy";
meta.content = `connect-src 'self' ${origins().filter((origin) => origin !== "null").join(" ")}`;
document.head.append(meta);
