// Builds each fixture with the real tool, into a folder of its own, for the playground at `host`.

import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");
const tool = (name) => {
  if (!process.env[name]) throw new Error(`${name} is not set: cargo xtask test --only documentation sets it.`);
  return process.env[name];
};

/** Puts these values in the place of their names, in every file of a copy of the fixture. */
async function fixture(name, values, parent = tmpdir()) {
  const folder = await mkdtemp(join(parent, `flint-${name}-`));
  await cp(join(import.meta.dirname, "fixtures", name), folder, { recursive: true });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    let text = await readFile(path, "utf8");
    for (const [key, value] of Object.entries(values)) text = text.replaceAll(key, value);
    await writeFile(path, text);
  }
  return folder;
}

/** For sites with our Markdown plugins. They stand beside their tool, which finds its parts through no link. */
const plugins = (host) => ({ FLINT_HOST: host, FLINT_PLUGINS: join(root, "documentation/markdown") });

/** Each resolves to `{ root, folder, page }`: what to remove, the built site in it, its page's path. */
export const builders = {
  async html(host) {
    const folder = await fixture("html", { FLINT_HOST: host });
    return { root: folder, folder, page: "index.html" };
  },
  async mdbook(host) {
    const folder = await fixture("mdbook", { FLINT_HOST: host, FLINT_PREPROCESSOR: resolve(tool("MDBOOK_FLINT")) });
    await run(tool("MDBOOK"), ["build", folder]);
    return { root: folder, folder: join(folder, "book"), page: "index.html" };
  },
  async sphinx(host) {
    const folder = await fixture("sphinx", { FLINT_HOST: host, FLINT_EXTENSION: join(root, "documentation/sphinx") });
    await run(tool("SPHINX_BUILD"), ["-q", "-W", folder, join(folder, "out")]);
    return { root: folder, folder: join(folder, "out"), page: "index.html" };
  },
  async vitepress(host) {
    const folder = await fixture("vitepress", plugins(host));
    const program = tool("VITEPRESS");
    await symlink(resolve(dirname(program), "../.."), join(folder, "node_modules"));
    await run("node", [program, "build", folder]);
    return { root: folder, folder: join(folder, ".vitepress/dist"), page: "index.html" };
  },
  async docusaurus(host) {
    const program = tool("DOCUSAURUS");
    const folder = await fixture("docusaurus", plugins(host), resolve(dirname(program), "../../../.."));
    await run("node", [program, "build", folder]);
    return { root: folder, folder: join(folder, "build"), page: "" };
  },
  async starlight(host) {
    const program = tool("ASTRO");
    const folder = await fixture("starlight", plugins(host), resolve(dirname(program), "../.."));
    await run("node", [program, "build"], { cwd: folder, env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" } });
    return { root: folder, folder: join(folder, "dist"), page: "index.html" };
  },
  async rustdoc(host) {
    const folder = await fixture("rustdoc", { FLINT_HOST: host });
    await run("rustdoc", ["--edition", "2021", join(folder, "guide.rs"), "--out-dir", join(folder, "doc")]);
    return { root: folder, folder: join(folder, "doc"), page: "guide/index.html" };
  },
};
