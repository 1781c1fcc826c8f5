// Which files of a built page never change under their name: those that carry a hash.

const HASHED = /-[A-Z0-9]{8}\.\w+$/;

/** For sirv's `setHeaders`: hashed files are kept by the browser, and are there without a network. */
export function keepHashed(response, pathname) {
  if (HASHED.test(pathname)) response.setHeader("cache-control", "public, max-age=31536000, immutable");
}
