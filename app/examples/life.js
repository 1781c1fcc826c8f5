// Conway's Game of Life in the console: a glider on its way.

const SIZE = 12;
let alive = new Set(["1,0", "2,1", "0,2", "1,2", "2,2"]);

const wrap = (n) => (n + SIZE) % SIZE;
const around = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y])).filter(([x, y]) => x || y);

function neighbours(x, y) {
  return around.filter(([dx, dy]) => alive.has(`${wrap(x + dx)},${wrap(y + dy)}`)).length;
}

function step() {
  const next = new Set();
  for (let x = 0; x < SIZE; x++) {
    for (let y = 0; y < SIZE; y++) {
      const count = neighbours(x, y);
      if (count === 3 || (count === 2 && alive.has(`${x},${y}`))) next.add(`${x},${y}`);
    }
  }
  alive = next;
}

function show() {
  const row = (y) => Array.from({ length: SIZE }, (_, x) => (alive.has(`${x},${y}`) ? "●" : "·")).join(" ");
  console.log(Array.from({ length: SIZE }, (_, y) => row(y)).join("\n") + "\n");
}

for (let generation = 0; generation < 4; generation++) {
  show();
  for (let i = 0; i < 4; i++) step();
}
