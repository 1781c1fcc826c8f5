// Serves folders on a free port of this machine: { "/": dist, "/peers/": "bench/peers" }.

import { createServer } from "node:http";
import sirv from "sirv";

export async function serve(mounts) {
  const places = Object.entries(mounts)
    .toSorted(([a], [b]) => b.length - a.length)
    .map(([prefix, folder]) => ({ prefix, files: sirv(folder, { dev: prefix !== "/", etag: true, brotli: true }) }));
  const server = createServer((request, response) => {
    const missing = () => response.writeHead(404).end();
    const place = places.find(({ prefix }) => request.url.startsWith(prefix));
    if (!place) return missing();
    request.url = request.url.slice(place.prefix.length - 1);
    place.files(request, response, missing);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
