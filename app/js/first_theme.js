// Puts on the chosen theme before the first paint; from then on `theme.rs` owns it. An embedded page
// looks as its host says.

const { dataset } = document.documentElement;
try {
  if (new URLSearchParams(location.search).has("embed")) {
    dataset.embed = "";
    dataset.theme = location.hash.slice(1);
  } else {
    const { theme } = JSON.parse(localStorage.getItem("flint:settings:1")) ?? {};
    if (theme) dataset.theme = theme;
  }
} catch {
  // No storage, no choice: the system's theme it is.
}
