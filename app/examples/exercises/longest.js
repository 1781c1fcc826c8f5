// flint: task
// longest(words) gives the longest word of a list.
// Of two that are equally long it gives the first; of an empty list it gives an empty text.
// The list “animals” is there already: try it with Run before you check.
// flint: setup
const animals = ["ant", "elephant", "cat", "mongoose"];
// flint: fixed
function longest(words) {
// flint: open
  let found = "";
  for (const word of words) {

  }
  return found;
// flint: fixed
}
// flint: open

console.log(longest(animals));
// flint: tests
test("the longest of four", () => equal(longest(animals), "elephant"));
test("the first of two that are equally long", () => equal(longest(["one", "two"]), "one"));
test("an empty list", () => equal(longest([]), ""));
test("the list stays as it is", () => {
  const words = ["b", "aa"];
  longest(words);
  equal(words, ["b", "aa"]);
});
