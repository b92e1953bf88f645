// Filters for the list of publications. The rows are the server's own; this takes out those that do not match and keeps the
// choices in the address. Without it the whole list is there, and the lists by design, setting, outcome and country.

import { citeRows } from "./cite-list.js";
import { choiceWords, fillChips, makeGroups, toggled } from "./filter-groups.js";
import { choices, match, offsets, readState, writeState } from "./finder-state.js";
import { make } from "./make.js";

const list = document.querySelector("ol.works");
const { filters, options } = JSON.parse(document.getElementById("works-data").textContent);
const firsts = offsets(filters);
const rows = [...list.children];
const records = rows.map((_, row) => ({ options: options.flatMap((column, f) => [column[row]].flat().map((option) => firsts[f] + option)) }));
let state = readState(location, filters);

const status = make("p", { className: "finder__status", role: "status", tabIndex: -1 });
const problem = make("div", { className: "notice notice--care", hidden: true, role: "alert" });
const chips = make("ul", { className: "finder__chips" });
const clear = make("button", { type: "button", className: "button button--plain", textContent: "Clear all choices" });
const { groups, showCounts } = makeGroups(filters);
const form = make("form", { className: "finder__filters", "aria-label": "Filter the publications" }, ...groups);
const panel = make("details", { className: "finder__panel", open: matchMedia("(min-width: 60em)").matches }, make("summary", { textContent: "Filters" }), form);

function show() {
  const { matching, counts } = match(records, filters, state.chosen);
  list.replaceChildren(...matching.map((row) => rows[row])); // out of the page and not only hidden: reference managers take every citation they find
  showCounts(counts, state.chosen);
  const chosen = choices(state.chosen, filters);
  fillChips(chips, chosen.map(([name, tag]) => [choiceWords(filters, name, tag), () => choose(name, tag, false)]), status);
  clear.hidden = chosen.length === 0;
  problem.hidden = state.wrong.length === 0;
  problem.replaceChildren(...state.wrong.map((words) => make("p", { textContent: `${words}.` })));
  status.textContent = `${matching.length} of ${records.length} publications match.`;
  citeRows(matching, records.length, "publications");
}

function choose(name, tag, on) {
  state = { ...state, chosen: toggled(state.chosen, name, tag, on), wrong: [] };
  changed();
}

function changed() {
  history.pushState(null, "", location.pathname + writeState(state, filters));
  show();
}

form.addEventListener("change", (event) => choose(event.target.name, event.target.value, event.target.checked));
form.addEventListener("submit", (event) => event.preventDefault());
clear.addEventListener("click", () => {
  state = { ...state, chosen: new Map(), wrong: [] };
  changed();
  status.focus();
});
addEventListener("popstate", () => {
  state = readState(location, filters);
  show();
});

groups.forEach((details, f) => { details.open = state.chosen.has(filters[f].name) || (f === 0 && panel.open); });
const layout = make("div", { className: "finder" }, panel);
list.before(layout);
layout.append(make("div", { className: "finder__results" }, problem, status, make("div", { className: "finder__choices" }, chips, clear), list));
document.querySelectorAll("[data-without-finder]").forEach((element) => { element.hidden = true; });
show();
document.documentElement.dataset.finder = "ready";
