// The Responses API over WebSockets: one for each address, one answer at a time on it. What is said is the
// page's concern; this carries frames.

const sockets = new Map();

/** Whether there is a socket to this address that can be asked at once. */
export const isOpen = (url) => sockets.get(url)?.readyState === WebSocket.OPEN;

/** Sends a frame, on a new socket where there is none. `heard` gets each frame, and at the end null, a code and a reason. */
export function ask(url, frame, heard) {
  if (!isOpen(url)) leave(url);
  const socket = sockets.get(url) ?? new WebSocket(url);
  sockets.set(url, socket);
  socket.onmessage = ({ data }) => heard(String(data), 0, "");
  socket.onclose = ({ code, reason }) => {
    sockets.delete(url);
    heard(null, code, reason);
  };
  if (isOpen(url)) socket.send(frame);
  else socket.onopen = () => socket.send(frame);
}

/** The answer is whole: the socket stays for the next. */
export function rest(url) {
  const socket = sockets.get(url);
  if (!socket) return;
  socket.onmessage = null;
  socket.onclose = () => sockets.delete(url);
}

/** Closes it: the protocol has no other word for stopping an answer. */
export function leave(url) {
  const socket = sockets.get(url);
  sockets.delete(url);
  if (!socket) return;
  socket.onopen = socket.onmessage = socket.onclose = null;
  socket.close();
}
