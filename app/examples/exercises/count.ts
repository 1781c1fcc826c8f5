// flint: task
// count(text) says how often each word occurs, as a Map from the word to a number.
// Capital letters make no difference, and what is no letter stands between words.
// flint: fixed
function count(text: string): Map<string, number> {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
// flint: open
  const counts = new Map<string, number>();

  return counts;
// flint: fixed
}
// flint: open

console.log(count("The cat saw the dog."));
// flint: tests
test("words are counted", () => equal(count("a b a"), new Map([["a", 2], ["b", 1]])));
test("capital letters make no difference", () => equal(count("The the THE"), new Map([["the", 3]])));
test("a text without words", () => equal(count(" 12, 13! "), new Map()));
