// Eleventy's project for scripts/bench: one page a record, one list page, nothing else.
export default function (config) {
  config.setQuietMode(true);
  return { dir: { input: ".", output: "_site" } };
}
