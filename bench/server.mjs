// Serves a folder on a free port of this machine.

import { createServer } from "node:http";
import sirv from "sirv";

export async function serve(folder) {
  const files = sirv(folder, { dev: false, etag: true });
  const server = createServer((request, response) =>
    files(request, response, () => response.writeHead(404).end()),
  );
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
