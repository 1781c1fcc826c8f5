// Runs one job in a fresh page of its own, so that no engine warms or crowds another.

/** Posts `data` to a worker and takes its answer. */
export async function inWorker(browser, server, worker, data) {
  return inPage(browser, server, postToWorker, { worker, data });
}

export async function inPage(browser, server, run, data) {
  const page = await browser.newPage();
  try {
    await page.goto(`${server.url}bench/blank.html`);
    const answer = await page.evaluate(run, data);
    if (answer.error) throw new Error(answer.error);
    return answer;
  } finally {
    await page.close();
  }
}

function postToWorker({ worker, data }) {
  const running = new Worker(worker, { type: "module" });
  return new Promise((resolve, reject) => {
    running.onmessage = ({ data }) => resolve(data);
    running.onerror = ({ message }) => reject(new Error(message ?? "the worker failed"));
    running.postMessage(data);
  });
}
