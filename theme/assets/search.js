// The search dialog: made here, so that a page without JavaScript holds no dead control. What is typed stays in this page:
// it is sent nowhere and stored nowhere.
import { addTexts, find, makeIndex, narrowedList, stem, wordsOf } from "./search-index.js";

const ROOT = new URL("../", import.meta.url); // the site's own address, under whatever path it stands
const BEST = 3; // results shown first, of whatever kind
const SHOWN = 4; // results shown of each group before "Show all"
const MOST = 60; // results shown of one group at all
const SNIPPET = 170; // characters of text around the words that were found
const QUIET = 400; // milliseconds without a key before the count is announced, so that a screen reader can keep up
const KINDS = ["Partnership", "Case study", "Guidance", "Research", "Place or topic", "About this site"];

let dialog, box, results, status, index, opener, waiting, shown;

/** Open the dialog. Its styles and the index are fetched at the first opening. */
export async function openSearch() {
  opener = document.querySelector(".search-open");
  if (!dialog) {
    await stylesheet();
    make();
  }
  if (!dialog.open) dialog.showModal();
  box.select();
  if (!index) load();
}

/** Ready when the styles are there, or when they cannot be had: the dialog works without them. */
function stylesheet() {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("search.css", import.meta.url).href });
  return new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    document.head.append(link);
  });
}

/** Names, places and topics answer first; the running text, which is two thirds of the bytes, refines the answers. */
async function load() {
  say("Loading the search…");
  const texts = fetched("assets/search-text.json").catch(() => null); // without them the search still finds by name, place and topic
  try {
    const first = await makeIndex(await fetched("assets/search.json"));
    find(first, "welfare rights advice"); // the first question is slow and should not be the reader's
    index = first;
    show();
    await addTexts(index, (await texts) ?? []);
  } catch {
    index = undefined;
    results.replaceChildren(element("p", { className: "site-search__none" }, "The search could not be loaded. ", link("partnerships/", "Use the list of all partnerships"), "."));
    return say("The search could not be loaded.");
  }
  dialog.dataset.ready = "";
  // What a reader is about to open stays where it is; the next key brings the refined results.
  if (results.matches(":hover, :focus-within")) announce();
  else show();
}

async function fetched(path) {
  const answer = await fetch(new URL(path, ROOT));
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** An element with properties and children; texts become text, never markup. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function link(url, ...children) {
  return element("a", { href: new URL(url, ROOT).href }, ...children);
}

function make() {
  box = element("input", { type: "search", id: "site-search-query", autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
  box.setAttribute("autocapitalize", "off");
  box.setAttribute("aria-describedby", "site-search-hint");
  const close = element("button", { type: "button", className: "site-search__close" }, "Close");
  status = element("p", { className: "site-search__status" });
  status.setAttribute("role", "status");
  results = element("div", { className: "site-search__results", id: "site-search-results" });
  const form = element("form", { className: "site-search__form" }, element("label", { htmlFor: "site-search-query" }, "Name, place, setting, issue or question"), box, close);
  form.setAttribute("role", "search");
  dialog = element("dialog", { id: "site-search", className: "site-search" }, element("h2", { id: "site-search-title" }, "Search this site"), form, status, results);
  dialog.setAttribute("aria-labelledby", "site-search-title");
  results.append(hint());
  listen(form, close);
  document.body.append(dialog);
}

function hint() {
  return element("p", { id: "site-search-hint", className: "site-search__hint" }, "For example: maternity Glasgow, CAB in GP surgeries, how to share data. What you type stays on this device.");
}

function listen(form, close) {
  close.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  box.addEventListener("input", show);
  dialog.addEventListener("close", () => opener.focus());
  results.addEventListener("click", ({ target }) => target.closest("a")?.pathname === location.pathname && dialog.close()); // "#near=G31" loads no page
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave(event);
    if (event.key === "ArrowDown") move(event, 1);
    if (event.key === "ArrowUp") move(event, -1);
    if (event.key === "Tab") keepInside(event);
  });
}

/** Escape in a search box empties it first; here one press always closes. */
function leave(event) {
  event.preventDefault();
  dialog.close();
}

function links() {
  return [...results.querySelectorAll(".site-search__offer a, li a")];
}

/** Arrow keys go from the box through the results and back; Tab works too. */
function move(event, step) {
  const stops = [box, ...links()];
  const here = stops.indexOf(document.activeElement);
  if (here < 0 || !stops[here + step]) return;
  event.preventDefault();
  stops[here + step].focus();
}

/** A native dialog lets Tab out to the browser's own bar; here it goes round, as people expect of a dialog. */
function keepInside(event) {
  const stops = [...dialog.querySelectorAll("input, button, a[href]")].filter((stop) => stop.offsetParent);
  const [first, last] = [stops[0], stops[stops.length - 1]];
  if (document.activeElement !== (event.shiftKey ? first : last)) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}

function say(text) {
  clearTimeout(waiting);
  status.textContent = text;
}

/** Show what answers the question as it stands now. */
function show() {
  if (!index) return;
  const typed = box.value.trim();
  shown = typed.length > 1 ? { found: find(index, typed), list: narrowedList(index, typed) } : null;
  const parts = shown ? [...(shown.list ? [offer(shown.list)] : []), ...(shown.found.length ? listed(shown.found) : [nothing()])] : [hint()];
  results.replaceChildren(...parts);
  results.scrollTop = 0;
  announce();
}

/** Say the count when the reader pauses, and not before all is loaded: it is said once. */
function announce() {
  if (!("ready" in dialog.dataset)) return;
  const words = shown ? counted(shown) : "";
  clearTimeout(waiting);
  if (!words) say("");
  else waiting = setTimeout(() => say(words), status.textContent ? QUIET : 0);
}

/** "31 results: partnerships 24, case studies 3 …", and the narrowed list where there is one. */
function counted({ found, list }) {
  const numbers = index.groups.map((name, group) => [name, found.filter((one) => one.document.group === group).length]);
  const parts = numbers.filter(([, number]) => number).map(([name, number]) => `${name.toLowerCase()} ${number}`);
  const results = found.length ? `${found.length} ${found.length === 1 ? "result" : "results"}: ${parts.join(", ")}` : "No results";
  return list ? `${results}. First a link: ${offerWords(list)}` : results;
}

/** "Show 2 partnerships: Hospices and palliative care, Scotland" or "Partnerships near G31". */
function offerWords({ count, near, labels }) {
  const named = labels.join(", ");
  if (near) return `Partnerships near ${near}${named && `: ${named}`}`;
  return `Show ${count} ${count === 1 ? "partnership" : "partnerships"}: ${named}`;
}

function offer(list) {
  return element("p", { className: "site-search__offer" }, link(list.url, offerWords(list)));
}

function nothing() {
  return element("p", { className: "site-search__none" }, "No page matches. Try a place, a setting such as hospital, or an issue such as debt, or use ", link("partnerships/", "the list of all partnerships"), ".");
}

/** The best results of any kind, then the others by group. */
function listed(found) {
  const [best, rest] = [found.slice(0, BEST), found.slice(BEST)];
  const parts = [section("Best matches", best, best.length, true)];
  index.groups.forEach((name, group) => {
    const inside = rest.filter((one) => one.document.group === group);
    const already = best.some((one) => one.document.group === group);
    if (inside.length) parts.push(section(already ? `More: ${name.toLowerCase()}` : name, inside, SHOWN, false));
  });
  return parts;
}

function section(name, found, shown, withKind) {
  const count = withKind ? [] : [" ", element("span", { className: "site-search__count" }, `(${found.length})`)];
  const list = element("ol", {}, ...found.slice(0, shown).map((one) => item(one, withKind)));
  const whole = element("section", {}, element("h3", {}, name, ...count), list);
  if (found.length > shown) whole.append(more(list, found, shown, name));
  return whole;
}

/** A button that adds the rest of a group and leads to the first of it. */
function more(list, found, shown, name) {
  const label = found.length > MOST ? `Show the first ${MOST}` : `Show all ${found.length}`;
  const button = element("button", { type: "button", className: "site-search__more" }, label, element("span", { className: "hidden" }, ` of ${name.replace("More: ", "")}`));
  button.addEventListener("click", () => {
    const rest = found.slice(shown, MOST).map((one) => item(one, false));
    list.append(...rest);
    button.remove();
    rest[0].querySelector("a").focus();
  });
  return button;
}

function item({ document: page, met }, withKind) {
  const roots = new Set([...met.values()].flatMap((word) => word.roots));
  const made = element("li", {}, link(page.url, ...marked(page.title, roots)));
  if (withKind) made.append(" ", element("span", { className: "site-search__kind" }, KINDS[page.group]));
  if (page.detail) made.append(element("p", { className: "site-search__detail" }, ...marked(page.detail, roots)));
  const why = reason(page, roots);
  if (why) made.append(element("p", { className: "site-search__why" }, ...why));
  return made;
}

/** A text with the words that were found in marks. */
function marked(text, roots) {
  return text.split(/([\p{L}\p{N}]+(?:['’&][\p{L}\p{N}]+)*)/u).map((part, place) => (place % 2 && hits(part, roots) ? element("mark", {}, part) : part));
}

function hits(text, roots) {
  return rootsOf(text).some((root) => roots.has(root));
}

const compared = new Map(); // texts that were drawn before: most come back with the next key

function rootsOf(text) {
  if (!compared.has(text)) compared.set(text, wordsOf(text).map(stem));
  return compared.get(text);
}

/** Why a page was found, where its title does not say: the name, term or organisation that matched, and the words around. */
function reason(page, roots) {
  const shownAlready = new Set([page.title, page.detail].flatMap(rootsOf));
  const missing = new Set([...roots].filter((root) => !shownAlready.has(root)));
  if (!missing.size) return null;
  const parts = [];
  const tell = (kind, text) => {
    if (parts.length < 3 && hits(text, missing)) {
      parts.push([kind, text]);
      rootsOf(text).forEach((root) => missing.delete(root));
    }
  };
  page.names.forEach((name) => tell("Also called", name));
  page.places.forEach((place) => tell("Place", place));
  page.terms.forEach((term) => term.words.some((word) => hits(word, missing)) && tell(term.kind, told(term, missing)));
  page.people.forEach((one) => tell(page.group === 3 ? "By or about" : "With", one));
  page.headings.forEach((heading) => tell("Section", heading));
  const why = parts.flatMap(([kind, text], place) => [place ? ". " : "", `${kind}: `, ...marked(text, roots)]);
  const around = missing.size ? snippet(page, missing) : "";
  return why.length || around ? [...why, why.length && around ? ". " : "", ...marked(around, roots)] : null;
}

/** A term as it was found: its label, or its label with the synonym that has more of the words ("GP practice (surgery)"). */
function told({ label, words }, missing) {
  const score = (text) => rootsOf(text).filter((root) => missing.has(root)).length;
  const best = words.reduce((one, other) => (score(other) > score(one) ? other : one), label);
  return best === label ? label : `${label} (${best})`;
}

/** The stretch of text with most of the words, cut at spaces. */
function snippet(page, roots) {
  const { text } = page;
  const places = placesOf(page).filter(([root]) => roots.has(root)).map(([, at]) => at);
  if (!places.length) return "";
  const within = (start) => places.filter((at) => at >= start && at < start + SNIPPET - 40).length;
  const start = places.reduce((best, at) => (within(at) > within(best) ? at : best), places[0]);
  const from = start < 40 ? 0 : text.indexOf(" ", start - 40) + 1;
  const to = from + SNIPPET >= text.length ? text.length : text.lastIndexOf(" ", from + SNIPPET);
  return `${from ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
}

/** The compared words of a page's text with where each stands, made when the page is first shown and kept for the next key. */
function placesOf(page) {
  page.textPlaces ??= [...page.text.matchAll(/[\p{L}\p{N}'’&]+/gu)].flatMap((match) => rootsOf(match[0]).map((root) => [root, match.index]));
  return page.textPlaces;
}
