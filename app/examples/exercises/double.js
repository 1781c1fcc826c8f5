// flint: task
// A first function: double(number) gives twice the number.
// Replace the question mark, then press “Check”.
// flint: fixed
function double(number) {
// flint: open
  return "?";
// flint: fixed
}

console.log(double(21));
// flint: tests
test("twice two is four", () => equal(double(2), 4));
test("a number below zero", () => equal(double(-3), -6));
test("zero stays zero", () => equal(double(0), 0));
// flint: expected
// 42
