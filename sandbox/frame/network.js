// Which hosts a program may reach: those in the fragment of the frame's address, where the page writes
// what the user has allowed. The open page's own policy lets more through; this one narrows it down.

const HOST = /^(https?):(\/\/[\w.-]+(:\d{1,5})?|\/\/\[[\da-f:]+\](:\d{1,5})?)?$/;

/** The sources of `connect-src` for a fragment; whatever is no host, or not encrypted and not this machine, is left out. */
export function sourcesOf(fragment) {
  const hosts = decode(fragment.slice(1)).split(" ").filter((host) => HOST.test(host) && host !== "http:");
  return ["data:", "blob:", ...hosts.flatMap((host) => [host, host.replace(/^http/, "ws")])];
}

/** A policy can only get tighter, so nobody takes this back. */
export function narrow() {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = `connect-src ${sourcesOf(location.hash).join(" ")}`;
  document.head.append(meta);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
