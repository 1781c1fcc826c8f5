// Groups and sorts a list of records, and shows them as a table.

const books = [
  { title: "The Left Hand of Darkness", author: "Le Guin", year: 1969 },
  { title: "Solaris", author: "Lem", year: 1961 },
  { title: "The Dispossessed", author: "Le Guin", year: 1974 },
  { title: "The Cyberiad", author: "Lem", year: 1965 },
  { title: "Kindred", author: "Butler", year: 1979 },
];

console.table(books.toSorted((a, b) => a.year - b.year));

const byAuthor = Object.groupBy(books, ({ author }) => author);
for (const [author, works] of Object.entries(byAuthor)) {
  console.log(author, "wrote", works.map(({ title }) => title).join(" and "));
}
