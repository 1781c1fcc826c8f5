// Three tasks at once, then one after the other: watch when each line comes.

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

async function task(name, ms) {
  console.log(`${name} begins`);
  await wait(ms);
  console.log(`${name} is done after ${ms} ms`);
  return ms;
}

console.log("— together —");
const times = await Promise.all([task("slow", 600), task("quick", 200), task("middle", 400)]);
console.log("all done; the sum of the times is", times.reduce((sum, ms) => sum + ms, 0));

console.log("— in turn —");
for (const [name, ms] of [["first", 200], ["second", 100]]) await task(name, ms);
