// Which files of a built page never change under their name: those that carry a hash.

const HASHED = /-[A-Z0-9]{8}\.\w+$/;

export const isHashed = (path) => HASHED.test(path);

/** For sirv's `setHeaders`: hashed files are kept by the browser, and are there without a network. */
export function keepHashed(response, pathname) {
  if (isHashed(pathname)) response.setHeader("cache-control", "public, max-age=31536000, immutable");
}
