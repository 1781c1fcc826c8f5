// Fetches the app's own script: at once, or on a first visit when the text that came with the page is drawn,
// so that reading and typing wait for nothing.

const { entry } = document.currentScript.dataset;
let begun = false;

function begin() {
  if (begun) return;
  begun = true;
  const script = document.createElement("script");
  script.type = "module";
  script.src = entry;
  document.head.append(script);
}

/** A tab that nobody looks at draws nothing. */
const isHidden = () => document.visibilityState === "hidden";

if (isHidden() || !("early" in document.documentElement.dataset)) begin();
else {
  requestAnimationFrame(() => setTimeout(begin));
  addEventListener("visibilitychange", () => isHidden() && begin());
}
