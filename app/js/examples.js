// The gallery's programs, as the files under app/examples. To add one, add its file and its row; an exercise
// is a file with marks (docs/exercises.md).

import clockAngles from "../examples/clock/angles.js" with { type: "text" };
import clockPage from "../examples/clock/index.html" with { type: "text" };
import clockScript from "../examples/clock/clock.js" with { type: "text" };
import clockStyle from "../examples/clock/style.css" with { type: "text" };
import clamp from "../examples/exercises/clamp.wat" with { type: "text" };
import count from "../examples/exercises/count.ts" with { type: "text" };
import counter from "../examples/counter.html" with { type: "text" };
import double from "../examples/exercises/double.js" with { type: "text" };
import drawing from "../examples/drawing.html" with { type: "text" };
import factorial from "../examples/factorial.wat" with { type: "text" };
import guess from "../examples/guess.py" with { type: "text" };
import hello from "../examples/hello.js" with { type: "text" };
import inventory from "../examples/inventory.rs" with { type: "text" };
import invoice from "../examples/exercises/invoice.py" with { type: "text" };
import leap from "../examples/exercises/leap.py" with { type: "text" };
import life from "../examples/life.js" with { type: "text" };
import longest from "../examples/exercises/longest.js" with { type: "text" };
import matrix from "../examples/matrix.rs" with { type: "text" };
import maze from "../examples/maze.py" with { type: "text" };
import memory from "../examples/memory.wat" with { type: "text" };
import promises from "../examples/promises.js" with { type: "text" };
import queue from "../examples/queue.ts" with { type: "text" };
import shapes from "../examples/shapes.ts" with { type: "text" };
import sieve from "../examples/sieve.py" with { type: "text" };
import table from "../examples/table.js" with { type: "text" };
import words from "../examples/words.py" with { type: "text" };

const row = (language, title, about, files) => ({ language, title, about, files });
const exercise = (language, title, about, path, source) => ({ language, title, about, files: {}, exercise: { path, source } });

const clock = {
  "index.html": clockPage,
  "style.css": clockStyle,
  "clock.js": clockScript,
  "angles.js": clockAngles,
};

export const EXAMPLES = [
  row("JavaScript", "Hello", "Greets the world in five languages", { "hello.js": hello }),
  row("JavaScript", "Books in a table", "Sorting, grouping and console.table", { "table.js": table }),
  row("JavaScript", "Waiting", "Promises together and in turn", { "promises.js": promises }),
  row("JavaScript", "Game of Life", "A glider on its way", { "life.js": life }),
  row("TypeScript", "Shapes", "A union that is handled kind by kind", { "shapes.ts": shapes }),
  row("TypeScript", "Priority queue", "A generic class on a binary heap", { "queue.ts": queue }),
  row("Python", "Prime numbers", "The sieve of Eratosthenes", { "sieve.py": sieve }),
  row("Python", "Counting words", "A dictionary and a bar for each word", { "words.py": words }),
  row("Python", "A way out", "The shortest way through a maze", { "maze.py": maze }),
  row("Python", "Guess a number", "A game that asks for input", { "guess.py": guess }),
  exercise("JavaScript exercise", "1. Double it", "A first function, to be finished", "double.js", double),
  exercise("Python exercise", "2. Leap years", "Conditions, with the rule of the calendar", "leap.py", leap),
  exercise("JavaScript exercise", "3. The longest word", "A loop that remembers something", "longest.js", longest),
  exercise("Python exercise", "4. An invoice", "Columns of text, as they are expected", "invoice.py", invoice),
  exercise("TypeScript exercise", "5. How often each word", "A Map that is filled", "count.ts", count),
  exercise("WebAssembly exercise", "6. Between two bounds", "Conditions on a stack machine", "clamp.wat", clamp),
  row("HTML", "Counter", "A button and a number", { "counter.html": counter }),
  row("HTML", "Clock", "A page with a style sheet and two modules", clock),
  row("HTML", "A growing tree", "Recursion on a canvas", { "drawing.html": drawing }),
  row("Rust", "Fibonacci by matrices", "Operators on one's own type", { "matrix.rs": matrix }),
  row("Rust", "Stock", "Parsing into an enum without a panic", { "inventory.rs": inventory }),
  row("WebAssembly", "Factorials", "A loop and an imported function", { "factorial.wat": factorial }),
  row("WebAssembly", "Text in memory", "Bytes, addresses and capital letters", { "memory.wat": memory }),
];
