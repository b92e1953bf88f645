// Rules for the built pages: all that html-validate recommends, with its rules for accessibility and for whole documents.
// What is switched off or eased says why.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y", "html-validate:document"],
  rules: {
    // Everything comes from our own origin, where a hash would guard against ourselves. A file from elsewhere must have one.
    "require-sri": ["error", { target: "crossorigin" }],
    // Titles hold names of partnerships and publications, which are as long as they are.
    "long-title": "off",
    // Taste, not faults: the templates leave spaces at ends of lines, and Python-Markdown writes <hr /> before footnotes.
    "no-trailing-whitespace": "off",
    "void-style": "off",
    // Both spellings of the doctype are the same to HTML.
    "doctype-style": "off",
  },
};
