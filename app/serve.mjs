// Serves a built page on this machine: node app/serve.mjs DIST PORT

import { createServer } from "node:http";
import sirv from "sirv";
import { keepHashed } from "./immutable.mjs";

const [dist, port] = [process.argv[2] ?? "dist", Number(process.argv[3] ?? 8080)];
const files = sirv(dist, { dev: false, etag: true, brotli: true, gzip: true, setHeaders: keepHashed });

const server = createServer((request, response) =>
  files(request, response, () => {
    response.writeHead(404, { "content-type": "text/plain" });
    response.end("not found");
  }),
);
server.on("error", (error) => {
  const taken = error.code === "EADDRINUSE";
  console.error(taken ? `port ${port} is taken; try cargo xtask serve --port ${port + 1}` : error.message);
  process.exit(1);
});
server.listen(port, "127.0.0.1", () => console.log(`Flint runs on http://127.0.0.1:${port}`));
