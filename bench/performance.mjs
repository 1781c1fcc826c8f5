// Writes docs/performance.md and its pictures from one run's figures. Nothing in them is written by hand.

import { writeFileSync } from "node:fs";
import { cpus } from "node:os";

const OURS = "Flint";
const SHAPES = {
  shape_a: "A: 18.5 million weights a token (384 wide, 8 layers, 6 query heads, 1 key head)",
  shape_b: "B: 36.6 million weights a token (512 wide, 10 layers, 8 query heads, 2 key heads)",
};

export function writePerformance(figures, chromium) {
  const pictures = [];
  for (const [shape, title] of Object.entries(SHAPES)) {
    const rows = engines(figures[shape]);
    for (const [key, caption, better] of [
      ["decode_tok_s", "tokens a second at 512 tokens of context, higher is better", -1],
      ["prefill_256_ms", "milliseconds to read 256 tokens, lower is better", 1],
    ]) {
      const file = `performance-${shape}-${key}.svg`;
      const sorted = rows.filter((row) => row[key]).toSorted((a, b) => better * (a[key] - b[key]));
      writeFileSync(`docs/${file}`, bars(`${title.slice(0, 1)}: ${caption}`, sorted, key));
      pictures.push({ shape, file, caption });
    }
  }
  writeFileSync("docs/performance.md", page(figures, chromium, pictures));
}

/** Ours in both builds, then everybody else. */
function engines(shape) {
  const flat = ({ ms_per_token_2048, ms_per_token_256 }) => (ms_per_token_2048 / ms_per_token_256).toFixed(2);
  const ours = (build, suffix) => ({
    engine: `${OURS}, ${build}`,
    decode_tok_s: shape[`decode_tok_s${suffix}`],
    decode_tok_s_1024: shape[`decode_tok_s_1024${suffix}`],
    prefill_256_ms: shape[`prefill_256_ms${suffix}`],
    flat: flat(shape[suffix ? "simd128" : "relaxed"]),
  });
  return [ours("relaxed SIMD", ""), ours("plain SIMD", "_simd128"), ...shape.peers];
}

const [ROW, LABEL, WIDTH] = [26, 230, 720];

function bars(caption, rows, key) {
  const most = Math.max(...rows.map((row) => row[key]));
  const scale = (WIDTH - LABEL - 80) / most;
  const drawn = rows.map((row, index) => {
    const y = 40 + index * ROW;
    const width = Math.max(1, row[key] * scale).toFixed(1);
    const kind = row.engine.startsWith(OURS) ? "ours" : row.engine.startsWith("native") ? "native" : "peer";
    return `<text x="${LABEL - 8}" y="${y + 14}" text-anchor="end">${row.engine}</text>
<rect class="${kind}" x="${LABEL}" y="${y}" width="${width}" height="18" rx="2"/>
<text x="${LABEL + Number(width) + 6}" y="${y + 14}">${Math.round(row[key])}</text>`;
  });
  const height = 50 + rows.length * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${caption}">
<style>
svg { background: #fff; font: 13px system-ui, sans-serif; } text { fill: #24292f; } .caption { font-weight: 600; }
.ours { fill: #c2410c; } .peer { fill: #8c959f; } .native { fill: #57606a; }
@media (prefers-color-scheme: dark) { svg { background: #16181d; } text { fill: #e6e6e6; } .ours { fill: #fb923c; } .native { fill: #b1bac4; } }
</style>
<text class="caption" x="8" y="22">${caption}</text>
${drawn.join("\n")}
</svg>
`;
}

function page(figures, chromium, pictures) {
  const sections = Object.entries(SHAPES).map(([shape, title]) => {
    const shown = pictures.filter((picture) => picture.shape === shape);
    return [`### ${title}`, ...shown.map(({ file, caption }) => `![${caption}](${file})`), table(figures[shape])].join("\n\n");
  });
  return `# How fast it is

Written by \`cargo xtask bench\`; every figure is of one run on one machine: ${cpus()[0].model.trim()}, ${cpus().length} cores, Chromium ${chromium},
one thread, no isolation headers. Ours is measured before and after the others, in a fresh page each.

## The decoder beside other engines

Models of one shape with random weights, each engine with its own file format: Q4_0 (ours, wllama), MatMulNBits of 4 bits
(\`int4\`), int8 and fp32 (onnxruntime). A step is a whole token: embedding, layers, attention, head and the choice of the next.

${sections.join("\n\n")}

## The bundled model in the page

| figure | value |
|---|---|
${bundled(figures)}

A re-read token is one that the cache of keys and values did not hold: the session in \`bench/fixtures/edits.jsonl\` has
${figures.edits} edits and ${figures.moves} jumps of the cursor, and a jump changes what follows the cursor, which stands first in the prompt.
Reading ahead on a guess (prompt lookup) is measured when a model loads and left where it does not pay; a lookup speed-up of 1 says that it did not.
`;
}

function table(shape) {
  const row = ({ engine, decode_tok_s, decode_tok_s_1024 = "", prefill_256_ms, flat = "" }) => {
    const name = engine.startsWith(OURS) ? `**${engine}**` : engine;
    return `| ${name} | ${decode_tok_s} | ${decode_tok_s_1024} | ${prefill_256_ms} | ${flat} |`;
  };
  return [
    "| engine | tok/s at 512 | tok/s at 1,024 | prefill of 256, ms | ms a token at 2,048 to 256 |",
    "|---|---|---|---|---|",
    ...engines(shape).map(row),
  ].join("\n");
}

const BUNDLED = {
  kernel: "kernels chosen",
  decode_tok_s: "decode, tok/s, counts mixed in and text made",
  prefill_256_ms: "prefill of 256 tokens, ms",
  warm_ready_ms: "from the worker's start to the first question on a later visit, ms",
  ghost_p50_ms: "key to painted ghost text, median, ms",
  ghost_p95_ms: "the same, 95th percentile, ms",
  typed_through_p95_ms: "a key that the ghost text begins with, 95th percentile, ms",
  ms_per_token_256: "decoder alone, ms a token at 256 tokens of context",
  ms_per_token_2048: "the same at 2,048",
  reprefill_p95_tokens: "tokens read again after an edit, 95th percentile",
  reused_share: "share of the prompts' tokens that the cache held",
  edit_p95_ms: "an edit's whole completion in the worker, 95th percentile, ms",
  move_reprefill_p95_tokens: "tokens read again after a jump of the cursor, 95th percentile",
  move_p95_ms: "a jump's whole completion, 95th percentile, ms",
  abort_p95_ms: "from cancel to the worker's answer, 95th percentile, ms",
  peak_worker_bytes: "memory of the worker, bytes",
  peak_per_model_byte: "the same, by byte of the model's files",
  lookup_speedup_edit: "speed-up by prompt lookup, rewrites",
  lookup_speedup_fim: "the same, filling in",
};

function bundled(figures) {
  const known = Object.entries(BUNDLED).filter(([key]) => figures[key] !== undefined && figures[key] !== null);
  return known.map(([key, words]) => `| ${words} | ${figures[key].toLocaleString("en")} |`).join("\n");
}
