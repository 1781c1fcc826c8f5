// Which of the two builds this browser can run, found by validating a few bytes of WebAssembly.

// (func (result v128) i32.const 1 i8x16.splat i32.const 2 i8x16.splat i8x16.relaxed_swizzle)
const RELAXED_SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15,
  65, 2, 253, 15, 253, 128, 2, 11,
];
// (func (result v128) i32.const 1 i8x16.splat)
const SIMD128 = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 1, 253, 15, 11,
];

const runs = (bytes) => WebAssembly.validate(new Uint8Array(bytes));

/** `relaxed`, `simd128`, or null when it runs neither. */
export function simd() {
  if (runs(RELAXED_SIMD)) return "relaxed";
  return runs(SIMD128) ? "simd128" : null;
}
