// Types of `embed.js`: the `<flint-playground>` element and what its scripts offer.

/** Texts by path; the first one is open. */
export type Files = Record<string, string>;

export interface RunResult {
  /** Whether the program ended without an error. */
  ok: boolean;
  /** Everything that it printed, as text. */
  output: string;
}

export interface TestResult {
  passed: boolean;
  /** What should have been printed; empty where only tests say. */
  expected: string;
  output: string;
  /** One for each test, and one for what is printed where that is expected. */
  tests?: { name: string; passed: boolean; got?: string; expected?: string }[];
}

export interface PlaygroundEvents {
  /** The playground stands in the place of the static code. */
  ready: undefined;
  /** The text of a file has changed. */
  code: { path: string; text: string };
  /** The program has ended. */
  console: RunResult;
  /** What was printed has been compared with what was expected. */
  tests: TestResult;
  /** The playground is gone and the static code is back. */
  destroy: undefined;
}

export interface Options {
  language?: "javascript" | "typescript" | "python" | "rust" | "html" | "css" | "wat";
  /** The text of the one file. */
  code?: string;
  files?: Files;
  /** As the page around it when it is not given. */
  theme?: "light" | "dark";
  /** A CSS length; grows with the code when it is not given. */
  height?: string;
  "read-only"?: boolean;
  /** Lines that run before the code and are not shown. */
  setup?: string;
  /** What the program should print; compared after every run. */
  expected?: string;
  /** Tests that a check runs after the code and that are not shown. */
  tests?: string;
  /** When the playground is loaded: at a click, when it is seen, or at once. */
  load?: "click" | "visible" | "eager";
  "no-ai"?: boolean;
  /** What is written on the button. */
  label?: string;
  title?: string;
}

export interface FlintPlayground extends HTMLElement {
  load(source?: { files: Files } | Files | string): Promise<void>;
  run(): Promise<RunResult>;
  format(): Promise<string>;
  getCode(): Promise<{ files: Files; code: string }>;
  setCode(code: string | Files): Promise<void>;
  /** Rejects when nothing is expected or tested. */
  runTests(): Promise<TestResult>;
  watch<E extends keyof PlaygroundEvents>(event: E, callback: (detail: PlaygroundEvents[E]) => void): () => void;
  destroy(): void;
}

/** What `embed.js` leaves in `window.Flint`. */
export interface Flint {
  /** Adds a playground to `container`. */
  createPlayground(container: Element, options?: Options): FlintPlayground;
  /** Makes playgrounds of the code blocks with `data-flint` that came after the page was loaded. */
  upgrade(root?: ParentNode): void;
}

declare global {
  var Flint: Flint;
  interface HTMLElementTagNameMap {
    "flint-playground": FlintPlayground;
  }
}
