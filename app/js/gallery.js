// The gallery's door: the programs themselves are fetched when somebody looks.

/** The examples as JSON: title, about, language, draft. */
export async function examples() {
  const { EXAMPLES } = await import("./examples.js");
  const draft = (files, exercise) => ({
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    open: 0,
    exercise,
  });
  return JSON.stringify(EXAMPLES.map(({ files, exercise, ...about }) => ({ ...about, draft: draft(files, exercise) })));
}
