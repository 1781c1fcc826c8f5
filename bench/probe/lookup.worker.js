// Answers the same requests with and without guessing ahead, in turns.

onmessage = async ({ data: { build, weights, tokenizer, counts, cases, rounds } }) => {
  try {
    const { default: init, Answers } = await import(`${build}/flint_probe.js`);
    await init();
    const bytes = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
    const engine = new Answers(
      await bytes(weights),
      await bytes(tokenizer),
      counts ? await bytes(counts) : new Uint8Array(),
    );
    const run = async (guesses) => {
      let ms = 0;
      const texts = [];
      for (const { request, answer } of cases) {
        const [took, text] = await engine.complete(JSON.stringify(request), answer, guesses);
        ms += took;
        texts.push(text);
      }
      return { ms, texts };
    };
    // The browser translates what has just run for speed, in the background.
    await run(false);
    await run(true);
    await new Promise((done) => setTimeout(done, 300));
    // What the product does when it has loaded a model.
    const cost = await engine.measure_cost();
    const times = [];
    let different = 0;
    for (let round = 0; round < rounds; round++) {
      const plain = await run(false);
      const guessing = await run(true);
      times.push({ plain: plain.ms, guessing: guessing.ms });
      different += plain.texts.filter((text, at) => text !== guessing.texts[at]).length;
    }
    postMessage({ times, different, cost });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
