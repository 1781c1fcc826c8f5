// The gallery's door: the programs themselves are fetched when somebody looks.

/** The examples as JSON: title, about, language, draft. */
export async function examples() {
  const { EXAMPLES } = await import("./examples.js");
  const draft = (files) => ({
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    open: 0,
  });
  return JSON.stringify(EXAMPLES.map(({ files, ...about }) => ({ ...about, draft: draft(files) })));
}
