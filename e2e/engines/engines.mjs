// The engines beside Chromium that are on this machine, as `cargo xtask test --only engines` found them.

const { GECKODRIVER, FIREFOX, WEBKIT_DRIVER, MINI_BROWSER } = process.env;

export const engines = {
  ...(FIREFOX && {
    firefox: {
      driver: GECKODRIVER,
      capabilities: { "moz:firefoxOptions": { binary: FIREFOX, args: ["-headless", "--width=1280", "--height=900"] } },
    },
  }),
  ...(MINI_BROWSER && {
    webkit: {
      driver: WEBKIT_DRIVER,
      display: true,
      capabilities: { "webkitgtk:browserOptions": { binary: MINI_BROWSER, args: ["--automation"] } },
    },
  }),
};
