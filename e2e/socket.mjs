// The server's end of a WebSocket over a plain connection, by RFC 6455, as far as stories need it: text frames whole,
// and every way to end.

import { createHash } from "node:crypto";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export class Socket {
  /** Called with the text of each frame, and when the connection is gone. */
  onText = () => {};
  onGone = () => {};
  #connection;
  #bytes = Buffer.alloc(0);

  constructor(request, connection) {
    this.#connection = connection;
    const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + GUID).digest("base64");
    connection.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    connection.on("data", (bytes) => this.#read(bytes));
    connection.on("close", () => this.onGone());
    // A browser that is killed resets the connection.
    connection.on("error", () => {});
  }

  get isOpen() {
    return this.#connection.writable;
  }

  send(text) {
    this.#write(TEXT, Buffer.from(text));
    return this;
  }

  /** Closes as the protocol has it, with a code. */
  close(code, reason = "") {
    const status = Buffer.alloc(2);
    status.writeUInt16BE(code);
    this.#write(CLOSE, Buffer.concat([status, Buffer.from(reason)]));
    this.#connection.end();
  }

  /** Is gone without a word. */
  drop() {
    this.#connection.destroy();
  }

  #write(kind, payload) {
    if (!this.isOpen) return;
    const { length } = payload;
    const head = length < 126 ? Buffer.from([0x80 | kind, length]) : Buffer.alloc(length < 65_536 ? 4 : 10);
    if (length >= 126) {
      head[0] = 0x80 | kind;
      head[1] = length < 65_536 ? 126 : 127;
      if (length < 65_536) head.writeUInt16BE(length, 2);
      else head.writeBigUInt64BE(BigInt(length), 2);
    }
    this.#connection.write(Buffer.concat([head, payload]));
  }

  #read(more) {
    this.#bytes = Buffer.concat([this.#bytes, more]);
    for (let frame = this.#frame(); frame; frame = this.#frame()) {
      if (frame.kind === TEXT) this.onText(frame.payload.toString());
      else if (frame.kind === PING) this.#write(PONG, frame.payload);
      else if (frame.kind === CLOSE) this.#connection.end();
    }
  }

  /** The next whole frame, unmasked; null when it has not come yet. */
  #frame() {
    const bytes = this.#bytes;
    if (bytes.length < 2) return null;
    const short = bytes[1] & 0x7f;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < head + 4) return null;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < head + 4 + length) return null;
    const mask = bytes.subarray(head, head + 4);
    const payload = Buffer.from(bytes.subarray(head + 4, head + 4 + length)).map((byte, at) => byte ^ mask[at % 4]);
    this.#bytes = bytes.subarray(head + 4 + length);
    return { kind: bytes[0] & 0x0f, payload };
  }
}
