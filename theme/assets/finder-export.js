// A list as a table and as a CSV file: the words of the rows and, in the file, the choices that each record has.

import { offsets } from "./finder-state.js";
import { make } from "./make.js";

const COLUMNS = ["Name", "Place", "Status", "Settings", "Advice from", "Issues", "Last reviewed", "Address"];
// Filters whose choices the rows do not show.
const MORE = ["nation", "region", "council", "programme", "delivery"];

/** The cells of a row, as words. */
function cells(element) {
  const text = (selector) => element.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const facts = new Map([...element.querySelectorAll("dl > div")].map((pair) => [pair.querySelector("dt").textContent, pair.querySelector("dd")]));
  const fact = (name) => facts.get(name)?.firstChild?.textContent.replace(/\s*·\s*$/, "").replace(/\s+/g, " ").trim() ?? "";
  const link = element.querySelector("a");
  return [link.textContent.trim(), text(".record-row__place"), text(".status"), fact("Settings"), fact("Advice from"), fact("Issues"), fact("Last reviewed"), link.href];
}

/** A table of rows, each named by a link. */
export function tableOf(elements) {
  const head = make("tr", {}, ...COLUMNS.slice(0, -1).map((name) => make("th", { scope: "col", textContent: name })));
  const body = elements.map((element) => {
    const [name, ...rest] = cells(element);
    const link = make("a", { href: rest.pop(), textContent: name });
    return make("tr", {}, make("th", { scope: "row" }, link), ...rest.map((words) => make("td", { textContent: words })));
  });
  return make("table", { className: "data" }, make("thead", {}, head), make("tbody", {}, ...body));
}

/** A cell of a CSV file (RFC 4180). A leading sign that a spreadsheet would run as a formula is disarmed. */
function csvCell(words) {
  const safe = /^(?:\s*[=+\-@＝＋－＠]|[\t\r])/.test(words) ? `'${words}` : words;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Rows as a CSV file that opens in Excel with its accents (UTF-8 with a byte order mark). */
export function csvOf(ordered, { records, filters, rowElement }) {
  const more = MORE.map((name) => filters.findIndex((filter) => filter.name === name)).filter((f) => f >= 0);
  const firsts = offsets(filters);
  const labels = (row, f) => filters[f].options.filter(([tag], o) => tag !== "none" && records[row].options.includes(firsts[f] + o)).map(([, label]) => label).join("; ");
  const lines = ordered.map((row) => [...cells(rowElement(row)), ...more.map((f) => labels(row, f))]);
  const heads = [...COLUMNS, ...more.map((f) => filters[f].legend)];
  const text = [heads, ...lines].map((line) => line.map(csvCell).join(",")).join("\r\n");
  return new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" });
}

/** Give the browser a file to keep. */
export function download(file, name) {
  const link = make("a", { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
