// "Cite this list" for what the filters leave. The server's words and files are those of the whole list; this puts the number
// of rows and the address with its choices into the words, and cuts the chosen entries out of a file when it is asked for.

import { download } from "./finder-export.js";

const section = document.querySelector(".cite");
const parts = ["what", "address"].map((name) => section.querySelector(`.cite__${name}`));
const whole = parts.map((part) => part.textContent);
let chosen = null; // numbers of the rows in the order shown, or null for the whole list as the server has it

/** Cite these rows of the list. Entries of its files stand in the order of its rows. */
export function citeRows(rows, all, what = "records") {
  chosen = rows.length === all && rows.every((row, place) => row === place) ? null : rows;
  section.hidden = rows.length === 0;
  const words = chosen ? [`${rows.length} of ${all} ${what}`, whole[1] + location.search] : whole;
  parts.forEach((part, number) => { part.textContent = words[number]; });
}

/** The entries of a file, and how they are put together again, by the ending of its name. */
const FORMATS = {
  bib: { entries: (text) => text.split(/\n(?=@)/), file: (entries) => entries.map((entry) => entry.trimEnd()).join("\n\n") + "\n" },
  ris: { entries: (text) => text.split(/^ER {2}- \r\n/m), file: (entries) => entries.map((entry) => `${entry.trimStart()}ER  - \r\n`).join("\r\n") },
  json: { entries: (text) => JSON.parse(text), file: (entries) => `${JSON.stringify(entries, null, 1)}\n` },
};

/** The chosen entries of a citation file, in the order of ``rows``. */
export function cut(text, ending, rows) {
  const { entries, file } = FORMATS[ending];
  const found = entries(text);
  return file(rows.map((row) => found[row]));
}

section.addEventListener("click", async (event) => {
  const link = event.target.closest("a[download]");
  if (!link || !chosen) return;
  event.preventDefault();
  const rows = chosen;
  const text = await (await fetch(link.href)).text();
  download(new Blob([cut(text, link.download.split(".").pop(), rows)], { type: link.type || "text/plain" }), link.download);
});
