// Lines that a program reads: first those the user wrote beforehand, then those they are asked for.

export class Input {
  #output;
  #post;
  #lines = [];
  #waiting = [];

  constructor(output, post) {
    this.#output = output;
    this.#post = post;
  }

  fill(text) {
    this.#lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  }

  /** The next line that is already there; null when there is none. */
  next(prompt = "") {
    const line = this.#lines.shift() ?? null;
    if (line !== null) this.#echo(prompt, line);
    return line;
  }

  /** The next line, waiting for the user if need be. */
  async ask(prompt = "") {
    const line = this.next(prompt);
    if (line !== null) return line;
    this.#output.flush();
    this.#post({ type: "asks", prompt });
    const typed = await new Promise((resolve) => this.#waiting.push(resolve));
    this.#echo(prompt, typed);
    return typed;
  }

  /** The user has typed a line. */
  line(text) {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(text);
    else this.#lines.push(text);
  }

  #echo(prompt, line) {
    if (prompt) this.#output.text("text", prompt);
    this.#output.text("input", line);
  }
}
