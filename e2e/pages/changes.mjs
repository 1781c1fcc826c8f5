// Changes by a model, as the visitor sees them: the connections, the bar, the proposed lines.

export class Changes {
  constructor(playground) {
    this.playground = playground;
    this.page = playground.page;
    this.bar = this.page.locator(".edit-bar");
    this.proposals = this.page.locator(".proposal");
    this.gone = this.page.locator(".proposal-gone");
    this.words = this.bar.locator(".edit-form").getByRole("textbox");
    this.found = this.page.locator(".found");
  }

  /** Resolves when the bar is in this step. */
  async step(step) {
    await this.page.locator(`.edit-bar[data-step="${step}"]`).waitFor({ state: step === "closed" ? "attached" : "visible" });
    return this;
  }

  /** Has this server named and known to the page from its first load on. */
  async connected(url, { allowed = false, model = "flint-script", token = "", speech = "chat", tiers = {} } = {}) {
    const connections = JSON.stringify([{ name: "Script", address: url, model, token, speech, allowed }]);
    await this.page.addInitScript(
      ({ connections, tiers }) => {
        if (self !== top) return;
        // What the visitor has said since stays.
        const first = (key, value) => localStorage.getItem(key) ?? localStorage.setItem(key, value);
        first("flint:connections:1", connections);
        first("flint:tiers:1", tiers);
      },
      { connections, tiers: JSON.stringify(tiers) },
    );
    return this;
  }

  /** Asks for a change by keys alone. */
  async ask(words, { what = "Change", allFiles } = {}) {
    await this.page.locator(".cm-content:focus").waitFor();
    await this.playground.press("ControlOrMeta+i");
    await this.bar.locator("input:focus").waitFor();
    await this.bar.getByLabel("What to do").selectOption(what);
    if (allFiles !== undefined) await this.bar.getByLabel("All files").setChecked(allFiles);
    await this.words.focus();
    if (words) await this.playground.type(words);
    await this.playground.press("Enter");
  }

  /** The proposed lines of each change. */
  proposed() {
    return this.proposals.locator("pre").allTextContents();
  }

  async problems() {
    await this.step("failed");
    return (await this.bar.locator("li").allTextContents()).join(" ");
  }

  field(name) {
    return this.playground.dialog.getByRole("textbox", { name, exact: true }).or(this.playground.dialog.getByLabel(name, { exact: true })).first();
  }
}
