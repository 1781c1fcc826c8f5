// What a fenced block's info string asks for: ```python play editable hide=#

const FLAGS = ["no-ai"];
const VALUES = ["height", "load", "theme"];

/** `{ code, attributes }` of a block that asks to be a playground; null of any other. */
export function playground(info, code) {
  const [language, ...words] = info.split(/[\s,]+/).filter(Boolean);
  if (!words.includes("play")) return null;
  const value = (key) => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const attributes = { language };
  if (!words.includes("editable")) attributes["read-only"] = "";
  for (const flag of FLAGS) if (words.includes(flag)) attributes[flag] = "";
  for (const key of VALUES) if (value(key)) attributes[key] = value(key);
  const [setup, shown] = splitHidden(code, value("hide"));
  if (setup) attributes.setup = setup;
  return { code: shown, attributes };
}

/** The lines at the beginning that are run and not shown, without their mark; and the others. */
function splitHidden(code, mark) {
  const lines = code.split("\n");
  const first = mark ? lines.findIndex((line) => !line.startsWith(mark)) : 0;
  const hidden = lines.slice(0, first < 0 ? lines.length : first);
  const shown = lines.slice(hidden.length);
  return [hidden.map((line) => line.slice(mark.length).replace(/^ /, "")).join("\n"), shown.join("\n")];
}
