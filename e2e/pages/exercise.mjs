// An exercise in the panel, as its learner sees it.

export class Exercise {
  constructor(playground) {
    this.playground = playground;
    this.page = playground.page;
    this.panel = this.page.locator(".panel .exercise");
    this.task = this.panel.locator(".task");
    this.verdict = this.panel.locator(".verdict");
    this.given = this.page.locator(".cm-line.cm-held");
  }

  /** Opens the gallery's example of this title. */
  async fromGallery(title) {
    await this.playground.choose("Examples…");
    await this.page.getByRole("button", { name: title }).click();
    await this.task.waitFor();
    return this;
  }

  /** Checks, and returns the verdict's words. */
  async check() {
    await this.panel.getByRole("button", { name: "Check" }).click();
    await this.verdict.waitFor();
    return this.verdict.textContent();
  }

  /** What a check found: a line for each test, and below it what came. */
  found() {
    return this.panel.locator(".tests li").evaluateAll((tests) =>
      tests.map((test) => {
        const name = test.querySelector(".test-name").textContent;
        const rows = [...test.querySelectorAll(".compared, .wrong")].map((row) => [...(row.children.length ? row.children : [row])].map(({ textContent }) => textContent).filter(Boolean).join(" "));
        return [name.replace(/^[✓✕]/, ""), ...rows];
      }),
    );
  }

  /** Writes `text` in the place of the line that holds `part`. */
  async write(part, text) {
    await this.page.locator(".code .cm-line").filter({ hasText: part }).first().click();
    await this.playground.press("End");
    await this.playground.press("Shift+Home");
    await this.playground.press("Shift+Home");
    await this.page.keyboard.insertText(text);
  }
}
