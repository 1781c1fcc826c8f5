// The worker's thread: one program, from prepare to its end. A language gives `prepare(buffers)` and
// `run(request, io)`; this file gives it a place to print, lines to read and a clock.

import { traceOf } from "./console.js";
import { Input } from "./input.js";
import { firstLine, inspect } from "./inspect.js";
import { Output } from "./output.js";
import { ProjectError } from "./project_error.js";
import { Tasks } from "./tasks.js";

/** Starts to listen; called once by each language's bundle. */
export function start(language) {
  const post = globalThis.postMessage.bind(globalThis);
  const now = performance.now.bind(performance);
  const output = new Output(post);
  const tasks = new Tasks();
  const input = new Input(output, post);
  let failed = false;

  const fail = (error) => {
    failed = true;
    if (error instanceof ProjectError) {
      output.entry("error", [{ kind: "error", text: error.message }], { trace: error.trace });
    } else {
      const part = error instanceof Error ? { ...inspect(error), text: firstLine(error) } : inspect(error);
      output.entry("error", [{ kind: "text", text: "Uncaught" }, part], { trace: traceOf(error instanceof Error ? error : null) ?? [] });
    }
  };

  const run = async (request) => {
    const begun = now();
    input.fill(request.input);
    try {
      await language.run(request, { output, input });
      await tasks.done();
    } catch (error) {
      fail(error);
    }
    output.flush();
    post({ type: "finished", ok: !failed, ms: now() - begun });
  };

  const obey = async ({ data }) => {
    switch (data.type) {
      case "prepare":
        try {
          await language.prepare(data.buffers);
          post({ type: "prepared" });
        } catch (error) {
          post({ type: "unprepared", message: firstLine(error) });
        }
        return;
      case "run":
        return run(data);
      case "input":
        return input.line(data.line);
      case "ping":
        output.flush();
        return post({ type: "pong" });
    }
  };
  addEventListener("message", (event) => {
    // Only the frame that made this worker has its port; a program's own events say who they are.
    if (event.isTrusted) obey(event);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    fail(event.error ?? event.message);
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    fail(event.reason);
  });
  const refused = new Set();
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective !== "connect-src" || refused.has(blockedURI) || refused.size > 20) return;
    refused.add(blockedURI);
    output.text("note", `This program may not reach ${blockedURI.slice(0, 200)}. “Network” in the menu gives a project leave.`);
  });
  post({ type: "awake" });
}
