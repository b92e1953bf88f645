// Two to four records side by side in one table. The address says which: compare/?id=a&id=b.

import { button, copyLink, gaps, make, notice, printedAddress, recordUrl, records, root, withIds } from "./hand-on.js";
import { isId } from "./shortlist-store.js";

const FIGURES = 5; // figures in a cell; the record's page has them all
const place = document.getElementById("compare");
const most = Number(place.dataset.most);
const asked = [...new Set(new URLSearchParams(location.search).getAll("id").filter(isId))];

const link = (words, page) => make("a", { href: new URL(page, root).href, textContent: words });
const listOf = (texts) => (texts.length > 1 ? make("ul", {}, ...texts.map((text) => make("li", { textContent: text }))) : texts[0]);

const ROWS = [
  ["Status", (record) => [record.status_words, record.review_due ? "Review due" : ""].filter(Boolean)],
  ["Where", (record) => [record.place, ...record.sites]],
  ["Health services", (record) => record.settings],
  ["Health side", (record) => record.health],
  ["Advice side", (record) => record.advice],
  ["Help with", (record) => record.issues],
  ["Level of help", (record) => record.level],
  ["How it is given", (record) => record.delivery],
  ["Who can refer", (record) => record.who],
  ["How to refer", (record) => [record.how].filter(Boolean)],
  ["Started", (record) => [record.started].filter(Boolean)],
  ["Funding", (record) => record.funding],
  ["Reported figures", figures],
  ["Sources", (record) => [`${record.sources}, last compared on ${record.last_reviewed}`]],
];

function cell(value) {
  if (value instanceof Node) return make("td", {}, value);
  return value.length ? make("td", {}, listOf(value)) : make("td", { className: "compare-none", textContent: "Not recorded" });
}

/** The first figures of a record, each with the time it covers, whose it is, and whether sources disagree. */
function figures(record) {
  if (!record.outcomes.length) return [];
  const items = record.outcomes.slice(0, FIGURES).map((one) => {
    const told = [one.period, one.scope, one.disputed ? "sources disagree" : ""].filter(Boolean).join("; ");
    return make("li", {}, make("strong", { textContent: one.figure }), ` ${one.what} `, make("span", { className: "small", textContent: `(${told})` }));
  });
  const more = record.outcomes.length - items.length;
  if (more > 0) items.push(make("li", {}, make("a", { href: `${recordUrl(record.id)}#achieved` }, `${more} more`, make("span", { className: "hidden", textContent: `figures of ${record.name}` }))));
  return make("ul", {}, ...items);
}

function head(record, all) {
  const rest = all.map((one) => one.id).filter((id) => id !== record.id);
  const out = all.length > 2 ? make("a", { className: "hand-link compare-out", href: withIds("compare/", rest) }, "Leave out", make("span", { className: "hidden", textContent: record.name })) : null;
  return make("th", { scope: "col" }, make("a", { href: recordUrl(record.id), textContent: record.name }), out);
}

function table(all) {
  const top = make("tr", {}, make("td"), ...all.map((record) => head(record, all)));
  const rows = ROWS.map(([label, value]) => make("tr", {}, make("th", { scope: "row", textContent: label }), ...all.map((record) => cell(value(record)))));
  const caption = make("caption", { className: "hidden", textContent: `${all.length} partnerships side by side` });
  const region = make("div", { className: "table-scroll compare-scroll", tabIndex: 0, role: "region", "aria-label": "Comparison" });
  region.append(make("table", { className: "data compare" }, caption, make("thead", {}, top), make("tbody", {}, ...rows)));
  return region;
}

function tools(all) {
  const copied = make("span", { role: "status", className: "hand-said" });
  const ids = all.map((record) => record.id);
  return make("p", { className: "hand-tools" }, button("Copy a link to this comparison", () => copyLink(withIds("compare/", ids), copied)), button("Print", () => print()), make("a", { className: "hand-link", href: new URL("shortlist/", root).href, textContent: "My shortlist" }), copied);
}

/** What to say when the address names too few or too many. */
function advice(number) {
  const how = ["Put partnerships on ", link("your shortlist", "shortlist/"), " and tick two to four there, or start from ", link("the list of all partnerships", "partnerships/"), "."];
  if (number > most) return notice(make("p", {}, `This link names ${number} partnerships. A table of more than ${most} is too narrow to read, so the first ${most} are shown. To choose others, tick them on `, link("your shortlist", "shortlist/"), "."));
  if (number === 1) return notice(make("p", {}, "One partnership alone cannot be compared. ", ...how));
  if (number === 0) return notice(make("p", {}, "No partnership is chosen yet. ", ...how));
  return null;
}

const found = await records(asked.slice(0, most));
const shown = found.filter((one) => one.name);
const parts = [advice(asked.length > most ? asked.length : shown.length), gaps(found)];
if (shown.length) parts.push(tools(shown), make("p", { className: "small", textContent: "Figures stand as their sources give them. They count different things over different times: do not rank partnerships by them." }), table(shown), printedAddress(withIds("compare/", shown.map((one) => one.id))));
place.replaceChildren(...parts.filter(Boolean));
