//! Projects of every kind, made from a number and nothing else: the same for ever.

use flint_share::{File, Project};

const PATHS: [&str; 8] = [
    "main.py",
    "index.html",
    "style.css",
    "src/lib.rs",
    "世界.js",
    "a b (1).txt",
    "add.wat",
    "Makefile",
];
const LINES: [&str; 10] = [
    "def area(width, height):\n    return width * height\n",
    "for (const [name, value] of Object.entries(scores)) console.log(name, value);\n",
    "<p class=\"note\">Größe: 10 µm, 世界, 😀 👩‍👩‍👧</p>\n",
    "fn main() {\n    println!(\"{:?}\", std::env::args().collect::<Vec<_>>());\n}\n",
    "body { margin: 0; font: 14px/1.5 system-ui; }\r\n",
    "(module (func (export \"add\") (param i32 i32) (result i32) local.get 0))\n",
    "\t\u{0}\u{1}\u{7f}\u{feff}\u{2028}",
    "# مرحبا שלום नमस्ते\n",
    "x",
    "",
];

/// The project of this number, for as many numbers as there are.
pub(crate) fn project(number: u64) -> Project {
    let mut draw = Draw(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    // The first ones are the edges; the others are drawn.
    let count = match number {
        0 => 0,
        1 | 2 => 1,
        3 => 60,
        _ => 1 + draw.below(6),
    };
    let file = |index: usize| {
        let lines = if number == 1 { 0 } else { draw.below(40) };
        let text = (0..lines).map(|_| LINES[draw.below(LINES.len())]).collect();
        let path = PATHS[draw.below(PATHS.len())];
        File { path: if index == 0 { path.into() } else { format!("{index}/{path}") }, text }
    };
    let files: Vec<File> = (0..count).map(file).collect();
    let open = if files.is_empty() { 0 } else { draw.below(files.len()) };
    let edition = (number % 7 == 6).then(|| "2024".to_owned());
    // Exercises came when there were so many links already.
    let exercise = (number >= 240).then(|| {
        let text = (0..draw.below(30)).map(|_| LINES[draw.below(LINES.len())]).collect();
        File { path: PATHS[draw.below(PATHS.len())].into(), text }
    });
    Project { files, open, edition, exercise }
}

/// A xorshift generator: the tests' only source of chance.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound
    }
}
