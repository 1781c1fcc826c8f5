// Tightens the page's policy to the hosts that the user has named: the page itself and the endpoints
// that are kept in this browser. A policy can only get tighter, so a new endpoint needs a reload.

const ENDPOINTS = "flint:endpoints:1";
const CONNECTIONS = "flint:connections:1";

/** The addresses that are kept under a key; none where there is no storage. */
function kept(key, addresses) {
  try {
    return addresses(JSON.parse(localStorage.getItem(key))).map((address) => new URL(address).origin);
  } catch {
    return [];
  }
}

/** All that a connection needs: its server, over a WebSocket too where it says so, and where its keys come from. */
const reached = ({ address, speech, token }) =>
  [address, speech === "socket" && address.replace(/^http/, "ws"), token].filter(Boolean);

const origins = () => [
  ...kept(ENDPOINTS, (endpoints) => Object.values(endpoints ?? {})),
  ...kept(CONNECTIONS, (connections) => (connections ?? []).flatMap(reached)),
];

const meta = document.createElement("meta");
meta.httpEquiv = "Content-Security-Policy";
meta.content = `connect-src 'self' ${origins().filter((origin) => origin !== "null").join(" ")}`;
document.head.append(meta);
