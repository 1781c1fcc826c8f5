// The dialog that chooses the model for suggestions, as its visitor sees it.

export class Models {
  constructor(playground) {
    this.playground = playground;
    this.page = playground.page;
    this.dialog = playground.dialog;
    this.said = this.dialog.getByRole("status");
  }

  /** The dialog of a page whose own model is ready, with this hub, which has not been asked anything. */
  static async openAt(playground, hub) {
    hub.requests.length = 0;
    await playground.openReady();
    const models = await new Models(playground).open();
    await models.setHub(hub.url);
    return models;
  }

  async open() {
    await this.playground.choose("Models for suggestions…");
    await this.dialog.waitFor();
    return this;
  }

  close() {
    return this.dialog.getByRole("button", { name: "Close" }).click();
  }

  async setHub(url) {
    await this.dialog.getByLabel("Hub").fill(url);
    await this.page.keyboard.press("Tab");
  }

  /** Names a model, which begins to come. */
  async add(name) {
    await this.dialog.getByLabel(/Another model/).fill(name);
    await this.dialog.getByRole("button", { name: "Add" }).click();
  }

  row(id) {
    return this.dialog.locator(`[data-model="${id}"]`);
  }

  button(verb, id) {
    return this.row(id).getByRole("button", { name: verb });
  }

  /** Resolves when this model makes the suggestions. */
  inUse(id) {
    return this.row(id).getByText("In use").waitFor();
  }

  leaveGpuAlone() {
    return this.dialog.getByLabel(/Leave the GPU alone/).check();
  }

  /** Bytes that a row says are here or on their way. */
  detail(id) {
    return this.row(id).locator(".hint").last().textContent();
  }
}
