// A document out of the project's files: everything it names is put in its place as data, and no
// line of it moves, so that an error's line is the file's line. Knows nothing of who shows it.

import { Parser } from "htmlparser2";
import { importsOf } from "../language/imports.js";
import { join, resolve } from "../language/resolve.js";
import { named } from "../program/trace.js";
import { guarded } from "./guard.js";
import { parse, strip } from "../language/source.js";

const TYPES = { css: "text/css", js: "text/javascript", json: "application/json", svg: "image/svg+xml", txt: "text/plain" };

/**
 * `{ doctype, html, imports, entries }`: the document without its doctype, the import map that its
 * modules need, and what is to be said about it.
 */
export function inline({ files, entry, guard = false }) {
  return new Composer(files, entry, guard).compose();
}

class Composer {
  #files;
  #entry;
  #guard;
  #modules = new Map();
  #entries = [];

  constructor(files, entry, guard) {
    this.#files = new Map(files.map((file) => [file.path, file]));
    this.#entry = entry;
    this.#guard = guard;
  }

  compose() {
    const { text } = this.#files.get(this.#entry) ?? { text: "" };
    const edits = this.#edits(text);
    let html = text;
    for (const { from, to, text } of edits.reverse()) html = html.slice(0, from) + text + html.slice(to);
    const doctype = /^\s*(<!--[^]*?-->\s*)*<!doctype[^>]*>/i.exec(html)?.[0] ?? "";
    const imports = Object.fromEntries(this.#modules);
    return { doctype, html: html.slice(doctype.length), imports, entries: this.#entries };
  }

  /** Replacements in the file's text, in order. */
  #edits(text) {
    const edits = [];
    let script = null;
    const parser = new Parser({
      onopentag: (name, attributes) => {
        const tag = { from: parser.startIndex, to: parser.endIndex + 1, name, attributes };
        const edit = this.#tag(tag, text);
        if (edit) edits.push(edit);
        script = name === "script" && !attributes.src ? { from: tag.to, attributes } : null;
      },
      onclosetag: (name) => {
        if (name !== "script" || !script) return;
        const piece = text.slice(script.from, parser.startIndex);
        if (parser.startIndex >= script.from) this.#inline(script, piece, text, edits);
        script = null;
      },
    });
    parser.write(text);
    parser.end();
    return edits;
  }

  #inline({ from, attributes }, piece, text, edits) {
    const type = attributes.type ?? "";
    if (type !== "" && type !== "module" && !/javascript/.test(type)) return;
    const line = text.slice(0, from).split("\n").length;
    const code = this.#script(this.#entry, piece, type === "module", line);
    if (code !== piece) edits.push({ from, to: from + piece.length, text: code.replaceAll("</script", "<\\/script") });
  }

  /** A tag whose attribute names a file of the project. */
  #tag({ from, to, name, attributes }, text) {
    const attribute = { script: "src", img: "src", link: "href", source: "src", audio: "src", video: "src" }[name];
    const address = attributes[attribute];
    if (!address) return null;
    const path = join(address.split(/[?#]/)[0], this.#entry);
    if (/^([a-z]+:|\/\/)/i.test(address)) return null;
    if (!this.#files.has(path)) {
      if (name === "script" || name === "link") this.#missing(address, text, from);
      return null;
    }
    const tag = text.slice(from, to);
    const value = this.#data(path, name === "script", attributes.type === "module");
    const quoted = new RegExp(`(\\s${attribute}\\s*=\\s*)("[^"]*"|'[^']*'|[^\\s>]+)`, "i");
    return { from, to, text: tag.replace(quoted, (_, before) => `${before}"${value}"`) };
  }

  #data(path, asScript, asModule) {
    const { text } = this.#files.get(path);
    if (asScript && asModule) return this.#address(`import ${JSON.stringify(this.#module(path))};`, "js");
    if (asScript) return this.#address(this.#script(path, text, false) + named(path), "js");
    const ending = path.slice(path.lastIndexOf(".") + 1);
    return this.#address(ending === "css" ? this.#style(path, text) : text, ending);
  }

  #address(text, ending) {
    return `data:${TYPES[ending] ?? "text/plain"};charset=utf-8,${encodeURIComponent(text)}`;
  }

  /** The name under which the import map knows a file. */
  #module(path) {
    const name = `flint:/${encodeURI(path)}`;
    if (!this.#modules.has(name)) {
      this.#modules.set(name, ""); // files may import each other in a circle
      const { text } = this.#files.get(path);
      const code = path.endsWith(".json") ? `export default ${text}` : this.#script(path, text, true) + named(path);
      this.#modules.set(name, this.#address(code, "js"));
    }
    return name;
  }

  /** Plain, linked and, where the browser needs it, guarded. What cannot be read is left to the browser. */
  #script(path, text, asModule, line = 1) {
    try {
      const code = strip({ path, text });
      const tree = parse(path, code, { line, asModule });
      const edits = this.#guard ? guarded(tree, line) : [];
      for (const { from, to, specifier } of asModule ? importsOf(tree) : []) {
        const target = resolve(specifier, path, this.#files);
        if (target !== null) edits.push({ at: from, to, text: JSON.stringify(this.#module(target)) });
      }
      edits.sort((a, b) => b.at - a.at || b.order - a.order);
      let linked = code;
      for (const { at, to = at, text } of edits) linked = linked.slice(0, at) + text + linked.slice(to);
      return linked;
    } catch (error) {
      if (!error.trace) throw error;
      this.#say("error", error.message, error.trace);
      return text.replaceAll(/[^\n]/g, ""); // said once; the browser would say it again without a line
    }
  }

  /** A style sheet whose addresses are data. */
  #style(path, text) {
    return text.replace(/url\(\s*(["']?)([^"')]+)\1\s*\)|@import\s+(["'])([^"']+)\3/g, (whole, _q, address, _r, sheet) => {
      const target = join(address ?? sheet, path);
      if (!this.#files.has(target) || target === path) return whole;
      const value = `url("${this.#data(target, false, false)}")`;
      return sheet ? `@import ${value}` : value;
    });
  }

  #missing(address, text, from) {
    const line = text.slice(0, from).split("\n").length;
    this.#say("warn", `${this.#entry} asks for “${address}”, but the project has no such file.`, [
      { path: this.#entry, line, column: 0, function: "" },
    ]);
  }

  #say(level, text, trace) {
    this.#entries.push({ level, depth: 0, parts: [{ kind: "text", text }], trace });
  }
}

/** JSON that may stand inside a script element. */
export const json = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");
