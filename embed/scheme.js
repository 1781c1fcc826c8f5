// Whether the page around an element is light or dark: by what is painted behind it.

/** `light` or `dark`. */
export function schemeBehind(element) {
  for (let behind = element; behind; behind = behind.parentElement ?? behind.getRootNode().host) {
    const [red, green, blue, alpha = 1] = getComputedStyle(behind).backgroundColor.match(/[\d.]+/g) ?? [0, 0, 0, 0];
    if (alpha > 0.5) return red * 0.3 + green * 0.59 + blue * 0.11 < 128 ? "dark" : "light";
  }
  const root = getComputedStyle(document.documentElement).colorScheme;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return root.includes("dark") && (dark || !root.includes("light")) ? "dark" : "light";
}

/** Calls back when the page's scheme may have changed; returns how to stop that. */
export function watchScheme(changed) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(changed);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributeFilter: ["class", "style", "data-theme", "data-color-mode"] });
  }
  system.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", changed);
  };
}
