// Filters for a list of records. The rows are the server's own; this hides, orders and counts them, and keeps the
// choices in the address. Without it the whole list is there.

import { citeRows } from "./cite-list.js";
import { choiceWords, fillChips, makeGroups, toggled } from "./filter-groups.js";
import { csvOf, download, tableOf } from "./finder-export.js";
import { distances, locate } from "./finder-near.js";
import { awayWords, nearWords, placeParts } from "./finder-place.js";
import { SORTS, choices, match, offsets, order, readState, sortOf, unpack, writeState } from "./finder-state.js";
import { make } from "./make.js";

const SHOWN = 60; // rows drawn after a choice; more on request, so that a choice is quick on a phone
const SORT_WORDS = { relevance: "Active first", name: "Name", distance: "Distance", reviewed: "Last reviewed, newest first", started: "Started, newest first" };

const list = document.querySelector("ol.records[data-finder]");
const { filters, records } = unpack(list.dataset.finder ? await getJson(list.dataset.finder) : JSON.parse(document.getElementById("finder-data").textContent));
const firsts = offsets(filters);
const rows = new Map([...list.children].entries()); // by row number; those of later pages of the list come when they are wanted
const pageSize = rows.size;
const page = { limit: history.state?.limit ?? SHOWN, place: null, distances: null, places: null, sites: null };
let state = readState(location, filters);

async function getJson(address) {
  return (await fetch(address)).json();
}

// --- what stands above and beside the list ------------------------------------------------------------------------

const status = make("p", { className: "finder__status", role: "status", tabIndex: -1 });
const message = make("p", { className: "finder__message small", role: "status" });
const problem = make("div", { className: "notice notice--care finder__problem", hidden: true, role: "alert", id: "finder-problem" });
const place = make("div", { className: "notice finder__place", hidden: true });
const nothing = make("div", { className: "notice", hidden: true });
const chips = make("ul", { className: "finder__chips" });
const onPaper = make("p", { className: "on-paper" });
const sort = make("select", { id: "finder-sort" }, ...SORTS.map((name) => make("option", { value: name, textContent: SORT_WORDS[name] })));
const near = make("input", { id: "finder-near", type: "text", autocomplete: "off", spellcheck: false, inputMode: "text", "aria-describedby": "finder-problem" });
const more = button("", showMore, "button");
more.hidden = true;
const toMap = make("a", { className: "button button--plain", textContent: "Map" });
const grey = make("p", { className: "small", textContent: "A greyed choice has none together with your other choices.", hidden: true });

function button(words, act, className = "button button--plain") {
  const made = make("button", { type: "button", className, textContent: words });
  made.addEventListener("click", act);
  return made;
}

const { groups, showCounts } = makeGroups(filters);
const clear = button("Clear all choices", clearAll);
const toResults = button("", () => { panel.open = false; status.focus(); }, "button finder__to-results");
const form = make("form", { className: "finder__filters", "aria-label": "Filter the list" }, make("h2", { id: "filters", textContent: "Filter" }), grey, ...groups, toResults);
const panel = make("details", { className: "finder__panel", open: matchMedia("(min-width: 60em)").matches }, make("summary", { textContent: "Filters" }), form);
const nearForm = make("form", { className: "finder__near", role: "search", "aria-label": "Near a place" },
  make("label", { for: near.id, textContent: "Near: postcode, council or town" }),
  make("div", { className: "finder__row" }, near, make("button", { className: "button", textContent: "Show nearest" })));
const viewButtons = ["list", "table"].map((name) => Object.assign(button(name === "list" ? "List" : "Table", () => showAs(name)), { value: name }));
const tools = make("div", { className: "finder__tools" },
  make("div", { className: "finder__row" }, make("label", { for: sort.id, textContent: "Order" }), sort),
  make("div", { className: "finder__row", role: "group", "aria-label": "Show as" }, ...viewButtons, toMap),
  make("div", { className: "finder__row" }, button("Copy link", copyLink), button("Download CSV", downloadCsv), button("Cite", toCitation), button("Print", printAll)));
const table = make("div", { className: "table-scroll", tabIndex: 0, role: "region", "aria-label": "Partnerships as a table", hidden: true });

/** The map of what is filtered: it reads the same choices from its address. */
function mapLink() {
  const asked = new URLSearchParams([...new URLSearchParams(list.dataset.fixed), ...choices(wanted(), filters)]).toString();
  return `${list.dataset.root}map/${asked ? `?${asked}#place-by-place` : ""}`;
}

// --- from choices to what is seen -----------------------------------------------------------------------------------

/** The choices, with the nation of a place of which nothing more is known: a Northern Irish postcode. */
function wanted() {
  const { nation, point } = page.place ?? {};
  return nation && !point && !state.chosen.has("nation") && filters.some((filter) => filter.name === "nation") ? new Map(state.chosen).set("nation", new Set([nation])) : state.chosen;
}

/** What the state asks for: matching rows, their order, and a count for each option. */
function answer() {
  const { matching, counts } = match(records, filters, wanted());
  return { matching, counts, ordered: order(matching, records, sortOf(state), page.distances) };
}

/** Show the state: counts, chips, order, rows. Focus stays where it is; the number of results is announced. */
async function show() {
  const found = answer();
  // The list as the server gave it is left whole: without a choice there is nothing to save.
  const untouched = sortOf(state) === SORTS[0] && found.ordered.length === records.length;
  const shown = found.ordered.slice(0, untouched ? Math.max(page.limit, pageSize) : page.limit);
  const coming = fetchRows(shown);
  // The answer first: rows of later pages of the list may take a moment. What "near" says names rows, so it waits for them.
  if (!page.distances) showControls(found);
  await coming;
  draw(found, shown);
  if (page.distances) showControls(found);
}

/** Rows on the page, as a list or a table. */
function draw({ ordered }, shown) {
  list.replaceChildren(...shown.map(decorated));
  table.hidden = state.view !== "table";
  list.hidden = state.view === "table";
  table.replaceChildren(...(table.hidden ? [] : [tableOf(shown.map((row) => rows.get(row)))]));
  more.hidden = ordered.length <= shown.length;
  more.textContent = `Show ${Math.min(SHOWN, ordered.length - shown.length)} more of ${ordered.length}`;
}

function showControls({ matching, counts, ordered }) {
  showCounts(counts, state.chosen);
  grey.hidden = state.chosen.size === 0;
  showChips();
  showProblem();
  showNothing(matching);
  place.hidden = !page.distances;
  if (page.distances) place.replaceChildren(...placeParts({ place: page.place, chosen: state.chosen, matching, filters, records, distances: page.distances, list, address: addressOf, rowElement: (row) => rows.get(row) }));
  const byDistance = sortOf(state) === "distance";
  const noPlace = byDistance && !page.distances && !page.place ? "To put the nearest first, type a place. " : "";
  status.textContent = `${noPlace}${nearWords(page.place, matching, page.distances, byDistance)}${ordered.length} of ${records.length} match${ordered.length === 1 ? "es" : ""}${sinking(ordered)}.`;
  toResults.textContent = `Show ${ordered.length} ${ordered.length === 1 ? "result" : "results"}`;
  message.textContent = "";
  toMap.href = mapLink();
  citeRows(ordered, records.length);
  sort.value = page.distances || state.sort ? sortOf(state) : SORTS[0];
  onPaper.textContent = `This list with its choices: ${location.href}`;
  viewButtons.forEach((one) => one.setAttribute("aria-pressed", String(one.value === state.view)));
}

/** When nothing matches: how many there are without each of the choices, which a button takes away. */
function showNothing(matching) {
  nothing.hidden = matching.length > 0;
  if (matching.length) return;
  const ways = filters.filter((filter) => state.chosen.has(filter.name)).map((filter) => {
    const fewer = new Map(state.chosen);
    fewer.delete(filter.name);
    const labels = filter.options.filter(([tag]) => state.chosen.get(filter.name).has(tag)).map(([, label]) => label);
    return make("li", {}, button(`without ${labels.join(", ")}: ${match(records, filters, fewer).matching.length}`, () => {
      state.chosen = fewer;
      status.focus();
      changed();
    }));
  });
  nothing.replaceChildren(make("p", { textContent: "No record listed here has all of this. That does not mean that nobody does it. Take a choice away to see more:" }), make("ul", {}, ...ways));
}

function sinking(ordered) {
  const sunk = ordered.filter((row) => records[row].sinks > 0).length;
  return sunk && sunk < ordered.length ? `; ${sunk} that ended or are due for review come last` : "";
}

function showChips() {
  const items = choices(state.chosen, filters).map(([name, tag]) => [choiceWords(filters, name, tag), () => choose(name, tag, false)]);
  if (state.near) items.push([`Near ${page.place?.label ?? state.near}`, () => goNear("")]);
  fillChips(chips, items, status);
  clear.hidden = items.length === 0;
}

function showProblem() {
  const words = state.wrong.map((text) => [`${text}.`]);
  const { problem: said, meant, area } = page.place ?? {};
  if (said) words.push([said, ...(meant ? [" Did you mean ", button(meant, () => goNear(meant), "link-button"), "?"] : []), ...(area ? [" ", make("a", { href: list.dataset.root + area.url, textContent: area.label }), "."] : [])]);
  problem.hidden = words.length === 0;
  near.toggleAttribute("aria-invalid", Boolean(said));
  const paragraphs = words.map((parts) => make("p", {}, ...parts));
  if (problem.textContent !== paragraphs.map((one) => one.textContent).join("")) problem.replaceChildren(...paragraphs);
}

/** A row with its distance, when a place is chosen. */
function decorated(row) {
  const element = rows.get(row);
  element.querySelector(".record-row__distance")?.remove();
  if (page.distances) {
    element.querySelector(".record-row__place").after(make("p", { className: "record-row__distance small", textContent: awayWords(page.distances.get(row), page.place) }));
  }
  return element;
}

/** Bring rows that are on later pages of the list. */
async function fetchRows(rowNumbers) {
  const missing = new Set(rowNumbers.filter((row) => !rows.has(row)).map((row) => Math.floor(row / pageSize)));
  await Promise.all([...missing].map(async (number) => {
    const address = new URL(`${list.dataset.root}partnerships/page/${number + 1}/`, location.href);
    const other = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    // Their links are as seen from their own page, which lies deeper in the site.
    other.querySelectorAll("ol.records > li a").forEach((link) => { link.href = new URL(link.getAttribute("href"), address).href; });
    other.querySelectorAll("ol.records > li").forEach((row, at) => rows.set(number * pageSize + at, document.adoptNode(row)));
  }));
}

// --- taking the list along ------------------------------------------------------------------------------------------

async function downloadCsv() {
  const { ordered } = answer();
  await fetchRows(ordered);
  download(csvOf(ordered, { records, filters, rowElement: (row) => rows.get(row) }), "health-justice-partnerships.csv");
  message.textContent = `A CSV file with ${ordered.length} ${ordered.length === 1 ? "record" : "records"} is in your downloads.`;
}

/** To the citation at the foot. A link to #cite would take the place out of the address. */
function toCitation() {
  const heading = document.getElementById("cite");
  heading.tabIndex = -1;
  heading.focus();
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    message.textContent = "The link is copied.";
  } catch {
    message.textContent = `Copy this address: ${location.href}`;
  }
}

/** Paper has no "show more": all that match are drawn before printing, as far as they are here. */
function drawAll() {
  const found = answer();
  if (found.ordered.every((row) => rows.has(row))) draw(found, found.ordered);
}

async function printAll() {
  await fetchRows(answer().ordered);
  print();
}

addEventListener("beforeprint", drawAll);
addEventListener("afterprint", show);

// --- choices ----------------------------------------------------------------------------------------------------------

function choose(name, tag, on) {
  state.chosen = toggled(state.chosen, name, tag, on);
  return changed();
}

/** The address of this list with other choices and no place. */
function addressOf(chosen) {
  return location.pathname + writeState({ ...state, chosen, near: "", sort: "" }, filters);
}

/** A new state: one step in the browser's history, unless the address stays the same. */
function changed() {
  state.wrong = [];
  page.limit = SHOWN;
  const address = location.pathname + writeState(state, filters);
  if (address !== location.pathname + location.search + location.hash) history.pushState(null, "", address);
  return show();
}

/** Take a place as typed, or none. What it is compared with is fetched the first time. */
async function setPlace(typed) {
  near.value = typed;
  page.place = page.distances = null;
  if (!typed) return;
  try {
    page.places ??= await getJson(`${list.dataset.root}assets/places.json`);
    page.sites ??= await getJson(`${list.dataset.root}assets/sites.json`);
  } catch {
    page.place = { problem: "The table of places did not load, so we cannot tell what is near. Try again, or choose a region or council under Filter." };
    return;
  }
  page.place = locate(typed, page.places);
  if (page.place.point) page.distances = distances(rowIds(), page.sites, page.place);
  else if (page.place.nation) page.place.problem = ofNationAlone();
}

/** What is said of a postcode of which we know the nation alone. */
function ofNationAlone() {
  const { label, nation } = page.place;
  const known = "We hold no postcode districts of Northern Ireland";
  const count = filters.some((filter) => filter.name === "nation") ? match(records, filters, wanted()).matching.length : 0;
  if (count) return `${known}. Here is what is listed in Northern Ireland${state.chosen.size ? " with your other choices" : ""}.`;
  page.place.area = { label: "all in Northern Ireland", url: `nations/${nation}/` };
  return `${known}, and nothing in this list is there (${label}). See`;
}

/** The ids of all rows: a list of one page has them itself, and the list of all is in the order of assets/sites.json. */
function rowIds() {
  return rows.size === records.length ? records.map((_, row) => rows.get(row).dataset.id) : page.sites.ids;
}

async function goNear(typed) {
  await setPlace(typed);
  state.near = page.place?.label ?? "";
  if (state.sort === "distance") state.sort = "";
  await changed();
  near.value = typed;
}

function showAs(name) {
  state.view = name;
  changed();
}

async function clearAll() {
  state = { ...state, chosen: new Map(), near: "", sort: "", wrong: [] };
  await setPlace("");
  await changed();
  status.focus();
}

async function showMore() {
  const first = page.limit;
  page.limit += SHOWN;
  history.replaceState({ limit: page.limit }, "");
  await show();
  const shown = state.view === "table" ? table.querySelectorAll("tbody tr") : list.children;
  shown[first]?.querySelector("a")?.focus();
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
});
addEventListener("popstate", async (event) => {
  state = readState(location, filters);
  page.limit = event.state?.limit ?? SHOWN;
  await setPlace(state.near);
  await show();
});

const top = make("div", { className: "finder__top" }, nearForm, problem, place, status, make("div", { className: "finder__choices" }, chips, clear), tools, message, onPaper, nothing);
const layout = make("div", { className: "finder" }, panel);
groups.forEach((details, f) => { details.open = state.chosen.has(filters[f].name) || (f === 0 && panel.open); });
list.before(layout);
layout.append(make("div", { className: "finder__results" }, top, list, table, more));
document.querySelectorAll("[data-without-finder]").forEach((element) => { element.hidden = true; });
await setPlace(state.near);
if (new URLSearchParams(location.search).has("near")) history.replaceState(history.state, "", location.pathname + writeState(state, filters)); // an old link: the place moves behind the # sign
await show();
if (location.hash === "#near") near.focus();
document.documentElement.dataset.finder = "ready";
// Most first choices show rows of the next page of a long list: bring it while nothing else is to do.
if (records.length > pageSize) (globalThis.requestIdleCallback ?? setTimeout)(() => fetchRows([pageSize]));
