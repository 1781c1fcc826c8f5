// The playground as its visitor sees it.

export class Playground {
  constructor(page, url) {
    this.page = page;
    this.url = url;
    this.bar = page.locator(".status-bar");
    this.ghost = page.locator(".ghost-text");
    this.notice = page.locator(".notice");
    this.content = page.locator(".cm-content");
  }

  /** Opens the page; resolves when the editor can be typed into. */
  async open() {
    await this.page.goto(this.url);
    await this.content.waitFor();
    return this;
  }

  /** Resolves when the engine is in this state. */
  async engine(state) {
    await this.page.locator(`.status-bar[data-engine="${state}"]`).waitFor();
  }

  /** Resolves when a service worker answers the page's requests. */
  async controlled() {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller);
  }

  /** Resolves when the page says that it needs no network any more. */
  async offlineReady() {
    await this.page.locator('.status-bar[data-offline="ready"]').waitFor();
  }

  async openReady() {
    await this.open();
    await this.engine("ready");
    return this;
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  /** Makes `text` the whole file, cursor at its end, as one paste would. */
  async fill(text) {
    await this.content.focus();
    await this.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  /** The open file's text, without ghost text; for files that fit the window. */
  text() {
    return this.content.evaluate((content) => {
      const copy = content.cloneNode(true);
      for (const ghost of copy.querySelectorAll(".ghost-text")) ghost.remove();
      return [...copy.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n");
    });
  }

  /** Resolves when the open file is this text, whatever is suggested. */
  async shows(text) {
    await this.page.waitForFunction(
      (lines) => {
        const copies = [...document.querySelectorAll(".code .cm-line")].map((line) => line.cloneNode(true));
        for (const copy of copies) for (const ghost of copy.querySelectorAll(".ghost-text")) ghost.remove();
        const shown = copies.map((line) => line.textContent);
        return JSON.stringify(shown) === lines;
      },
      JSON.stringify(text.split("\n")),
    );
  }

  ghostText() {
    return this.ghost.textContent();
  }

  /** How often a completion was wanted so far. */
  async requests() {
    return Number(await this.bar.getAttribute("data-requests"));
  }

  /** How often of these it was one that the engine had given before. */
  async cacheHits() {
    return Number(await this.bar.getAttribute("data-cache-hits"));
  }

  /** Resolves when no more text can come for the last request. */
  async settled() {
    await this.page.locator('.status-bar[data-awaiting="false"]').waitFor();
  }

  /**
   * Types the end of one beginning after the other until the model suggests something that matches;
   * returns the ghost text. The model is real, so no single answer is certain.
   */
  async suggestion(matching = /../s) {
    for (const beginning of BEGINNINGS) {
      await this.fill(beginning.slice(0, -1));
      await this.settled();
      const asked = await this.requests();
      const shown = await this.ghost.count();
      await this.type(beginning.at(-1));
      // Typed-through text asks nothing; everything else asks once more.
      if (shown === 0) await this.page.waitForFunction((asked) => Number(document.querySelector(".status-bar").dataset.requests) > asked, asked);
      await this.settled();
      if (!(await this.ghost.isVisible())) continue;
      const text = await this.ghostText();
      if (matching.test(text)) return text;
    }
    throw new Error(`The model suggested nothing like ${matching} for any of ${BEGINNINGS.length} beginnings.`);
  }

  /** Types `text` until the model suggests something; all of it when it does not. */
  async typeUntilSuggested(text) {
    await this.settled();
    for (const character of text) {
      if (await this.ghost.isVisible()) return;
      await this.type(character);
      await this.settled();
    }
  }

  tab(name) {
    return this.page.getByRole("tab", { name, exact: true });
  }

  /** The files' names in order; the open one in brackets. */
  async tabs() {
    const tabs = await this.page.getByRole("tab").all();
    const show = async (tab) => {
      const name = await tab.textContent();
      return (await tab.getAttribute("aria-selected")) === "true" ? `[${name}]` : name;
    };
    return (await Promise.all(tabs.map(show))).join(" ");
  }

  button(name) {
    return this.page.getByRole("button", { name });
  }

  /** Resolves when the browser's database holds this text. */
  kept(text) {
    return this.page.evaluate(untilKept, JSON.stringify(text).slice(1, -1));
  }

  /** Opens the menu and chooses from it. */
  async choose(name) {
    await this.button("Menu").click();
    await this.page.getByRole("menuitem", { name }).click();
  }

  get dialog() {
    return this.page.getByRole("dialog");
  }
}

/** Runs in the page: looks into the database with every frame. */
async function untilKept(wanted) {
  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await settled(indexedDB.open("flint"));
  const read = () => settled(database.transaction("drafts").objectStore("drafts").get("current"));
  while (!(await read())?.includes(wanted)) await new Promise(requestAnimationFrame);
  database.close();
}

export const BEGINNINGS = [
  "first_quarter_result = 1\nprint(first_quarter_result)\nprint(first_quarter_result)\nprint(first_quarter_result)\nprint(first_q",
  "remaining_distance = 10\nremaining_distance = remaining_distance - 1\nremaining_distance = remaining_distance - 1\nremaining_d",
  "def compute_area(width, height):\n    return width * height\n\n\nprint(compute_area(2, 3))\nprint(compute_a",
  "average_temperature = 20\nlimit = average_temperature + 5\nprint(average_temperature)\nprint(average_temperature + 1)\nprint(aver",
  "def add(a, b):\n    return ",
  "import os\nimport sys\n\n\ndef main():\n    args = sys.",
  "class Point:\n    def __init__(self, x, y):\n        self.x = x\n        self.",
  "def total(items):\n    result = 0\n    for item in ",
  "def read(path):\n    with open(path) as ",
  "numbers = [1, 2, 3]\nfor number in numbers:\n    print(",
  "def is_even(number):\n    return number % 2 ",
  "if __name__ == ",
];
