// Puts on the chosen theme before the first paint; from then on `theme.rs` owns it.

try {
  const { theme } = JSON.parse(localStorage.getItem("flint:settings:1")) ?? {};
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // No storage, no choice: the system's theme it is.
}
