// The frame of every page. Header and footer are the same files as Hugo's.
import { readFileSync } from "node:fs";
import { escape } from "./words.js";

const part = (name) => readFileSync(new URL(`./${name}.html`, import.meta.url), "utf8");
const [head, header, footer] = ["head", "header", "footer"].map(part);

export default ({ title, record, content, page }) => `<!doctype html>
<html lang="en">
<head>
${head}
  <title>${escape(title ?? record.name)} – Directory</title>
  ${record ? `<meta name="description" content="${escape(record.summary)}">` : ""}
  <link rel="canonical" href="https://example.org${page.url}">
</head>
<body>
${header}
<main id="content">
${content}
</main>
${footer}
</body>
</html>
`;
