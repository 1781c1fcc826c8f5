// The text of a `pre` that somebody types into: browsers write some of its line ends as elements.

export const plainText = (node) =>
  node.nodeName === "BR" ? "\n" : (node.data ?? [...node.childNodes].map(plainText).join(""));
