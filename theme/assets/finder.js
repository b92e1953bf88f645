// Filters for a list of records. The rows are the server's own; this hides, orders and counts them, and keeps the
// choices in the address. Without it the whole list is there.

import { SORTS, match, offsets, order, readState, unpack, writeState } from "./finder-state.js";
import { distances, locate } from "./finder-near.js";

const NEAR_MILES = 30; // farther away than this is not "near": a long bus ride for a patient
const SHOWN = 60; // rows drawn after a choice; more on request, so that a choice is quick on a phone
const SORT_WORDS = { relevance: "Active first", name: "Name", distance: "Distance", reviewed: "Last reviewed, newest first", started: "Started, newest first" };

const list = document.querySelector("ol.records[data-finder]");
const { filters, records } = unpack(list.dataset.finder ? await getJson(list.dataset.finder) : JSON.parse(document.getElementById("finder-data").textContent));
const firsts = offsets(filters);
const rows = new Map([...list.children].entries()); // by row number; those of later pages of the list come when they are wanted
const pageSize = rows.size;
const page = { limit: SHOWN, near: null, distances: null, places: null, sites: null };
let state = readState(location.search, filters);

async function getJson(address) {
  return (await fetch(address)).json();
}

/** An element with properties and children; text is always set as text. */
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "for" || key === "role") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// --- what stands above and beside the list ------------------------------------------------------------------------

const status = make("p", { className: "finder__status", role: "status" });
const problem = make("div", { className: "notice notice--care finder__problem", hidden: true, role: "alert" });
const place = make("div", { className: "notice finder__place", hidden: true });
const nothing = make("div", { className: "notice", hidden: true });
const chips = make("ul", { className: "finder__chips" });
const sort = make("select", { id: "finder-sort" }, ...SORTS.map((name) => make("option", { value: name, textContent: SORT_WORDS[name] })));
const near = make("input", { id: "finder-near", type: "text", autocomplete: "off", spellcheck: false, inputMode: "text" });
const more = make("button", { type: "button", className: "button", hidden: true });
const boxes = new Map();
const toMap = make("a", { className: "button button--plain", textContent: "Map" });

function option(filter, [tag, label], number) {
  const box = make("input", { type: "checkbox", id: `f-${number}`, name: filter.name, value: tag });
  const shown = make("span", { className: "number" });
  boxes.set(number, { box, shown });
  return make("li", {}, make("label", { for: box.id }, box, make("span", { textContent: label }), shown));
}

function group(filter, index) {
  const chosen = make("span", { className: "filter__chosen" });
  const items = filter.options.map((pair, o) => option(filter, pair, firsts[index] + o));
  const fieldset = make("fieldset", {}, make("legend", { className: "hidden", textContent: filter.legend }), make("ul", {}, ...items));
  const details = make("details", { className: "filter" }, make("summary", {}, make("span", { textContent: filter.legend }), chosen), fieldset);
  return Object.assign(details, { chosenWords: chosen });
}

const groups = filters.map(group);
const clear = make("button", { type: "button", className: "button button--plain", textContent: "Clear all choices" });
const form = make("form", { className: "finder__filters", "aria-label": "Filter the list" }, make("h2", { id: "filters", textContent: "Filter" }), ...groups);
const panel = make("details", { className: "finder__panel", open: matchMedia("(min-width: 60em)").matches }, make("summary", { textContent: "Filters" }), form);
const nearForm = make("form", { className: "finder__near", role: "search", "aria-label": "Near a place" },
  make("label", { for: near.id, textContent: "Near: postcode, council or town" }),
  make("div", { className: "finder__row" }, near, make("button", { className: "button", textContent: "Show nearest" })));
const viewButtons = ["list", "table"].map((name) => make("button", { type: "button", className: "button button--plain", textContent: name === "list" ? "List" : "Table", value: name, "aria-pressed": "false" }));
const tools = make("div", { className: "finder__tools" },
  make("div", { className: "finder__row" }, make("label", { for: sort.id, textContent: "Order" }), sort),
  make("div", { className: "finder__row", role: "group", "aria-label": "Show as" }, ...viewButtons, toMap),
  make("div", { className: "finder__row" }, tool("Copy link", copyLink), tool("Download CSV", downloadCsv), tool("Print", () => print())));
const table = make("div", { className: "table-scroll", tabIndex: 0, role: "region", "aria-label": "Partnerships as a table", hidden: true });

function tool(words, act) {
  const button = make("button", { type: "button", className: "button button--plain", textContent: words });
  button.addEventListener("click", () => act(button));
  return button;
}

/** The map of what is filtered: it reads the same choices from its address. */
function mapLink() {
  const fixed = new URLSearchParams(list.dataset.fixed);
  const chosen = new URLSearchParams(writeState({ ...state, near: "", sort: SORTS[0], view: "list" }, filters));
  const choices = new URLSearchParams([...fixed, ...chosen]).toString();
  return `${list.dataset.root}map/${choices ? `?${choices}#place-by-place` : ""}`;
}

// --- from choices to what is seen -----------------------------------------------------------------------------------

/** Show the state: counts, chips, order, rows. Focus stays where it is; the number of results is announced. */
async function show() {
  const { matching, counts } = match(records, filters, state.chosen);
  const ordered = order(matching, records, state.sort, page.distances);
  showCounts(counts);
  showChips();
  showProblem();
  showNothing(matching);
  // The list as the server gave it is left whole: without a choice there is nothing to save.
  const untouched = state.sort === SORTS[0] && !page.distances && ordered.length === records.length;
  const shown = ordered.slice(0, untouched ? Math.max(page.limit, rows.size) : page.limit);
  await fetchRows(shown);
  list.replaceChildren(...shown.map((row) => decorated(row)));
  toMap.href = mapLink();
  more.hidden = ordered.length <= shown.length;
  more.textContent = `Show ${Math.min(SHOWN, ordered.length - shown.length)} more of ${ordered.length}`;
  showTable(shown);
  status.textContent = `${ordered.length} of ${records.length} match${ordered.length === 1 ? "es" : ""}${sinking(ordered)}.`;
  sort.value = state.sort;
  viewButtons.forEach((button) => button.setAttribute("aria-pressed", String(button.value === state.view)));
}

/** When nothing matches: how many there are without each of the choices. */
function showNothing(matching) {
  nothing.hidden = matching.length > 0;
  if (matching.length) return;
  const ways = [...state.chosen].map(([name]) => {
    const fewer = new Map(state.chosen);
    fewer.delete(name);
    const filter = filters.find((one) => one.name === name);
    const labels = filter.options.filter(([tag]) => state.chosen.get(name).has(tag)).map(([, label]) => label);
    return make("li", { textContent: `without ${labels.join(", ")}: ${match(records, filters, fewer).matching.length}` });
  });
  nothing.replaceChildren(make("p", { textContent: "No record listed here has all of this. That does not mean that nobody does it. Take a choice away to see more:" }), make("ul", {}, ...ways));
}

function sinking(ordered) {
  const sunk = ordered.filter((row) => records[row].sinks > 0).length;
  return sunk && sunk < ordered.length ? `; ${sunk} that ended or are due for review come last` : "";
}

function showCounts(counts) {
  filters.forEach((filter, f) => {
    const chosen = state.chosen.get(filter.name);
    filter.options.forEach(([tag], o) => {
      const { box, shown } = boxes.get(firsts[f] + o);
      const number = counts[firsts[f] + o];
      box.checked = Boolean(chosen?.has(tag));
      box.disabled = number === 0 && !box.checked;
      if (shown.textContent !== String(number)) shown.textContent = number;
    });
    groups[f].chosenWords.textContent = chosen?.size ? `${chosen.size} chosen` : "";
  });
}

function showChips() {
  const items = [];
  for (const filter of filters) {
    for (const [tag, label] of filter.options) {
      if (state.chosen.get(filter.name)?.has(tag)) items.push(chip(`${filter.legend}: ${label}`, () => choose(filter.name, tag, false)));
    }
  }
  if (state.near) items.push(chip(`Near ${page.near?.label ?? state.near}`, () => goNear("")));
  chips.replaceChildren(...items.map((item) => make("li", {}, item)));
  clear.hidden = items.length === 0;
}

/** A button that takes one choice back. When it goes, the focus moves to the next one, or to the filters. */
function chip(words, remove) {
  const button = make("button", { type: "button", className: "chip" }, make("span", { className: "hidden", textContent: "Remove " }), words, make("span", { "aria-hidden": "true", textContent: " ×" }));
  button.addEventListener("click", async () => {
    const place = [...chips.querySelectorAll("button")].indexOf(button);
    await remove();
    const left = chips.querySelectorAll("button");
    (left[Math.min(place, left.length - 1)] ?? panel.querySelector("summary")).focus();
  });
  return button;
}

function showProblem() {
  const words = [...state.wrong, ...(page.near?.problem ? [page.near.problem] : [])];
  problem.hidden = words.length === 0;
  if (problem.textContent !== words.join(". ")) problem.replaceChildren(...words.map((text) => make("p", { textContent: text.replace(/\.?$/, ".") })));
  showPlace();
}

/** What is near, or what to do when nothing is. */
function showPlace() {
  place.hidden = !page.distances;
  if (!page.distances) return;
  const { matching } = match(records, filters, state.chosen);
  const within = matching.filter((row) => page.distances.get(row)?.miles <= NEAR_MILES && records[row].sinks < 2).length;
  const links = wider();
  const found = within ? `${within} within ${NEAR_MILES} miles of ${page.near.label}, nearest first.` : `None within ${NEAR_MILES} miles of ${page.near.label}. The list goes on with the nearest elsewhere, so that you can see similar ones.`;
  place.replaceChildren(make("p", {}, `${found} Distances are as the crow flies, to the postcode district or the middle of the council area.`), make("p", {}, "See also: ", ...links));
}

function wider() {
  const labels = (name) => new Map(filters.find((filter) => filter.name === name)?.options ?? []);
  const spots = [["region", page.near.region, "regions"], ["nation", page.near.nation, "nations"]].filter(([, tag], n, all) => tag && !(n && tag === all[0][1]));
  return spots.flatMap(([name, tag, folder], n) => [n ? " · " : "", make("a", { href: `${list.dataset.root}${folder}/${tag}/`, textContent: `all in ${labels(name).get(tag) ?? tag}` })]);
}

/** A row with its distance, when a place is chosen. */
function decorated(row) {
  const element = rows.get(row);
  element.querySelector(".record-row__distance")?.remove();
  const away = page.distances?.get(row);
  if (state.near && page.distances) {
    const words = away ? `About ${away.miles < 1 ? "less than 1 mile" : `${Math.round(away.miles)} mile${Math.round(away.miles) === 1 ? "" : "s"}`} away (${away.name})` : "Distance not known";
    element.querySelector(".record-row__place").after(make("p", { className: "record-row__distance small", textContent: words }));
  }
  return element;
}

/** Bring rows that are on later pages of the list. */
async function fetchRows(wanted) {
  const missing = new Set(wanted.filter((row) => !rows.has(row)).map((row) => Math.floor(row / pageSize)));
  await Promise.all([...missing].map(async (number) => {
    const answer = await fetch(`${list.dataset.root}partnerships/page/${number + 1}/`);
    const other = new DOMParser().parseFromString(await answer.text(), "text/html");
    other.querySelectorAll("ol.records > li").forEach((row, place) => rows.set(number * pageSize + place, document.adoptNode(row)));
  }));
}

// --- table and CSV: the same words as in the rows ------------------------------------------------------------------

const COLUMNS = ["Name", "Place", "Status", "Settings", "Advice from", "Issues", "Last reviewed", "Address"];

/** The cells of a row, as words. */
function cells(row) {
  const element = rows.get(row);
  const text = (selector) => element.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const facts = new Map([...element.querySelectorAll("dl > div")].map((pair) => [pair.querySelector("dt").textContent, pair.querySelector("dd")]));
  const fact = (name) => facts.get(name)?.firstChild?.textContent.replace(/\s*·\s*$/, "").replace(/\s+/g, " ").trim() ?? "";
  const link = element.querySelector("a");
  return [link.textContent.trim(), text(".record-row__place"), text(".status"), fact("Settings"), fact("Advice from"), fact("Issues"), fact("Last reviewed"), link.href];
}

function showTable(shown) {
  table.hidden = state.view !== "table";
  list.hidden = state.view === "table";
  if (table.hidden) return;
  const head = make("tr", {}, ...COLUMNS.slice(0, -1).map((name) => make("th", { scope: "col", textContent: name })));
  const body = shown.map((row) => {
    const [name, ...rest] = cells(row);
    const link = make("a", { href: rest.pop(), textContent: name });
    return make("tr", {}, make("th", { scope: "row" }, link), ...rest.map((words) => make("td", { textContent: words })));
  });
  table.replaceChildren(make("table", { className: "data" }, make("thead", {}, head), make("tbody", {}, ...body)));
}

/** A cell of a CSV file (RFC 4180). A leading sign that a spreadsheet would run as a formula is disarmed. */
function csvCell(words) {
  const safe = /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
  return `"${safe.replaceAll('"', '""')}"`;
}

async function downloadCsv() {
  const { matching } = match(records, filters, state.chosen);
  const ordered = order(matching, records, state.sort, page.distances);
  await fetchRows(ordered);
  const lines = [COLUMNS, ...ordered.map(cells)].map((line) => line.map(csvCell).join(","));
  const file = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" });
  const link = make("a", { href: URL.createObjectURL(file), download: "health-justice-partnerships.csv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function copyLink(button) {
  try {
    await navigator.clipboard.writeText(location.href);
    status.textContent = "The link is copied.";
  } catch {
    status.textContent = `Copy this address: ${location.href}`;
  }
  button.focus();
}

// --- choices ----------------------------------------------------------------------------------------------------------

function choose(name, tag, on) {
  const values = new Set(state.chosen.get(name));
  if (on) values.add(tag);
  else values.delete(tag);
  if (values.size) state.chosen.set(name, values);
  else state.chosen.delete(name);
  return changed();
}

/** A new state: one step in the browser's history. */
function changed() {
  state.wrong = [];
  page.limit = SHOWN;
  history.pushState(null, "", location.pathname + writeState(state, filters));
  return show();
}

/** Take a place as typed, or none. What it is compared with is fetched the first time. */
async function setPlace(typed) {
  near.value = typed;
  page.near = page.distances = null;
  if (!typed) return;
  page.places ??= await getJson(`${list.dataset.root}assets/places.json`);
  page.sites ??= await getJson(`${list.dataset.root}assets/sites.json`);
  page.near = locate(typed, page.places);
  if (page.near.point) page.distances = distances(rowIds(), page.sites, page.near.point);
}

/** The ids of all rows: a list of one page has them itself, and the list of all is in the order of assets/sites.json. */
function rowIds() {
  return rows.size === records.length ? records.map((_, row) => rows.get(row).dataset.id) : page.sites.ids;
}

async function goNear(typed) {
  await setPlace(typed);
  state.near = page.near?.problem ? "" : page.near?.label ?? "";
  if (page.near?.nation === "northern-ireland" && !page.near.point) {
    state.chosen.set("nation", new Set(["northern-ireland"]));
    state.near = "";
    page.near = { problem: "We hold no postcode districts of Northern Ireland. Here is everything listed in Northern Ireland." };
  }
  state.sort = page.distances ? "distance" : state.sort === "distance" ? SORTS[0] : state.sort;
  near.value = typed;
  return changed();
}

form.addEventListener("change", (event) => choose(event.target.name, event.target.value, event.target.checked));
form.addEventListener("submit", (event) => event.preventDefault());
nearForm.addEventListener("submit", (event) => {
  event.preventDefault();
  goNear(near.value.trim());
});
sort.addEventListener("change", () => {
  state.sort = sort.value;
  changed();
  if (sort.value === "distance" && !page.distances) near.focus();
});
viewButtons.forEach((button) => button.addEventListener("click", () => {
  state.view = button.value;
  changed();
}));
clear.addEventListener("click", async () => {
  state = { ...state, chosen: new Map(), near: "", sort: SORTS[0], wrong: [] };
  await setPlace("");
  await changed();
  panel.querySelector("summary").focus();
});
more.addEventListener("click", async () => {
  const first = page.limit;
  page.limit += SHOWN;
  await show();
  list.children[first]?.querySelector("a")?.focus();
});
addEventListener("popstate", async () => {
  state = readState(location.search, filters);
  await setPlace(state.near);
  await show();
});

const top = make("div", { className: "finder__top" }, nearForm, problem, place, status, make("div", { className: "finder__choices" }, chips, clear), tools, nothing);
const layout = make("div", { className: "finder" }, panel);
groups.forEach((details, f) => { details.open = state.chosen.has(filters[f].name) || (f === 0 && panel.open); });
list.before(layout);
layout.append(make("div", { className: "finder__results" }, top, list, table, more));
document.querySelectorAll("[data-without-finder]").forEach((element) => { element.hidden = true; });
await setPlace(state.near);
await show();
document.documentElement.dataset.finder = "ready";
