// From what was typed to pages in order. No DOM and no requests here: search.js asks, this answers.
//
// MiniSearch finds words (BM25+ over weighted fields, prefixes, edit distance). On top of it stand two rules that hold for
// every question: a page that has more of the words comes first, and a page whose own name was typed comes before pages
// that only mention it. There are no exceptions for single questions; docs/contribute/search.md tells how it was measured.
import MiniSearch from "./vendor/minisearch-7.2.0/minisearch.js";
import { stemmer } from "./vendor/stemmer-2.0.1/stemmer.js";

// How much a word counts by where it stands. "initials" are those of names in capitals ("Great Ormond Street Hospital"), and
// "address" the words of the page's address, which editors choose short and telling.
const WEIGHTS = { title: 5, names: 4, places: 3, headings: 2.5, people: 2.5, topics: 2, initials: 2, kind: 1.5, detail: 2, address: 1, text: 1 };
const IN_PASSING = { text: 0.6, headings: 0.8, kind: 0.8 }; // a word that stands only here is less what the page is about
const AREAS = new Set(["nations", "regions", "local-authorities"]);
const AREA_KINDS = new Set(["Council", "Region", "Nation", "Health board", "Country"]);
// The words people use for a kind of page: "deep end evaluation" asks for research. Each list of places and topics is one of
// advice projects in health services, so these words are no reason to pass it by.
const KIND_WORDS = ["partnership project scheme service", "case study story example", "guidance guide help how", "research study evaluation evidence paper publication report trial review", "list partnership project scheme service programme advice adviser help health nhs patient", "about"];
// Words that carry no question. "who", "near" and "is" are among them because people type whole sentences.
const EMPTY = new Set("a about again also an and any anyone anybody anything are as at be been being by can could did do does doing everything find for from get getting give gives going got had has have having how i if in into is it its just like looking me my near need needs now of on or our please put really should show so some somebody someone something still stuff tell than that the their them there these they thing things this to today too uk up us want wants was we were what when where which who whom why will with would you your".split(" "));
// Groups in the order of assets/search.json. A record comes before what is written about it, unless the question asks for
// that kind of page in words.
const GROUP_COUNTS = [1.1, 0.75, 1, 0.8, 1, 0.9];
const ASKS_FOR = [
  null,
  /\bcase (study|studies)\b|\bexamples?\b/,
  /\bhow (do|to|can|should|is)\b|^(what (is|are|to|should|do|does)|can|should|do|does (our|my)|guide|guidance)\b|\bguid(e|ance)\b/,
  /(?<!case )\b(research|study|studies|evaluations?|evidence|papers?|trial|rct|impacts?|effect|effects|effective|effectiveness|improves?|reduces?)\b/,
  /\b(list|lists|services|projects|schemes|partnerships|programmes|anything|which|who (does|offers|gives|provides)|what is there)\b/,
  null,
];
const ASKED_COUNTS = [1, 3, 3, 3, 2, 1];
// What people in the field shorten. Abbreviations of one organisation or programme are names in the data.
const SHORT_FORMS = { hjp: "health justice partnership", hjps: "health justice partnerships", mlp: "medical legal partnership", mlps: "medical legal partnerships", rct: "randomised controlled trial", gps: "gp", uni: "university", kids: "children", mum: "mother", mums: "mothers" };
const SAME_ROOT = { advis: "advic", advisor: "advic", advisori: "advic", practis: "practic", licens: "licenc", center: "centr", program: "programm" }; // English spells noun and verb apart, and differs by country
const NAME_COUNTS = 5; // the page whose name was typed, against one that only mentions it
const FUZZY_COUNTS = 0.6; // of a word that is there as typed
const LONGER_COUNTS = 0.6; // the same for the start of a longer word, when what was typed is a word itself
const KEPT = 0.5; // results with less of the question than this share of the best are left out
const SHARE_COUNTS = 2; // the power of the share of the question that a page has
const DAMPED = 0.5; // a word that stands in one page ten times does not make it ten times better
const RARE = 10; // a word on fewer pages than this counts no more than one on so many
const LONGEST_POSTCODE = 7; // letters and figures
const TELLING_START = 3; // letters; fewer begin too many words to be looked for in running text
const WHOLE = 0.9; // a page with this share of the question has all of it
const REMEMBERED = 100; // words of earlier questions whose pages are kept, so that the next key costs one word only

const FIELDS = Object.keys(WEIGHTS).filter((field) => field !== "text");
const NAME_FIELDS = ["title", "names", "places"]; // where one or two letters are looked for
const WORD_FIELDS = Object.keys(WEIGHTS).filter((field) => field !== "initials");

const stems = new Map();

/** A word as it is compared: without its ending ("midwives" and "midwife" meet by prefix or by spelling). */
export function stem(word) {
  if (!stems.has(word)) stems.set(word, SAME_ROOT[stemmer(word)] ?? stemmer(word));
  return stems.get(word);
}

/** The words of a text in small letters, without accents; "Maggie's" is one word, and so is "A&E". */
export function wordsOf(text) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/['’]/g, "");
  return plain.replace(/\b([a-z])&([a-z])\b/g, "$1$2").match(/[a-z0-9]+/g) ?? [];
}

/**
 * The words of a page's text, what is written with a hyphen as one word too, and the parts of a long word with figures:
 * "co-located" is found as "colocated", and "Core20PLUS5" as "core 20 plus 5".
 */
function indexedWords(text) {
  const words = wordsOf(text);
  const joined = text.match(/\b\p{L}{2,}-\p{L}{3,}\b/gu) ?? [];
  const mixed = words.filter((word) => word.length > LONGEST_POSTCODE && /\d/.test(word) && /[a-z]/.test(word));
  return [...words, ...joined.map((word) => wordsOf(word).join("")), ...mixed.flatMap((word) => word.match(/\d+|[a-z]{2,}/g))];
}

/** The words of a question that carry it, each once; all of them when nothing else is left. */
export function questionWords(text) {
  const telling = comparedWords(text);
  return [...new Set(telling.length ? telling : wordsOf(text).map(stem))];
}

/** The words of a text that carry it, in order and as they are compared. */
function comparedWords(text) {
  return wordsOf(text).filter((word) => !EMPTY.has(word)).flatMap((word) => (SHORT_FORMS[word] ?? word).split(" ")).map(stem);
}

/**
 * The index of assets/search.json: everything but the running text. It is made in pieces, so that the page never stands still.
 * @returns {Promise<{minis: MiniSearch[], known: Set<string>, documents: object[], groups: string[], hits: Map}>}
 */
export async function makeIndex({ documents, groups, terms }) {
  const index = { minis: [], known: new Set(), documents: documents.map((document, id) => enriched(document, id, terms)), groups, hits: new Map() };
  await add(index, FIELDS, index.documents.map(fieldsOf));
  return index;
}

/** Add the running texts of assets/search-text.json, one for each document. BM25 sums over fields, so two indexes count as one. */
export async function addTexts(index, texts) {
  await add(index, ["text"], texts.map((text, id) => ({ id, text })));
  texts.forEach((text, id) => (index.documents[id].text = text));
}

async function add(index, fields, rows) {
  const processTerm = (word, field) => {
    const root = stem(word);
    if (field !== "initials") index.known.add(root);
    return root;
  };
  const mini = new MiniSearch({ fields, tokenize: indexedWords, processTerm, searchOptions: { boost: WEIGHTS, tokenize: (root) => [root], processTerm: (root) => root } });
  await mini.addAllAsync(rows, { chunkSize: 100 });
  index.minis.push(mini);
  index.hits.clear();
}

function enriched(document, id, terms) {
  const own = { names: [], places: [], people: [], headings: [], text: "", detail: "", ...document, id };
  own.listed = new Set([...(document.terms ?? []), document.region]); // what a record's list can be narrowed to
  own.terms = (document.terms ?? []).map((number) => ({ kind: terms[number][0], label: terms[number][1], words: terms[number].slice(1) }));
  [own.folder, own.slug] = document.url.split("/");
  // A facet's page is its term: the synonyms are among its names already.
  own.calls = [document.title, ...own.names].flatMap(variants).map(([name, worth]) => ({ roots: questionWords(name), worth }));
  own.called = new Set(own.calls.flatMap(({ roots }) => roots));
  return own;
}

/** A name, and when it has brackets, the name without them and what they hold: "Healthier Wealthier Children (HWC)". */
function variants(name) {
  const inside = [...name.matchAll(/\(([^)]+)\)/g)].map((match) => match[1]);
  const short = inside.filter((words) => words === words.toUpperCase());
  return inside.length ? [[name, 1], [name.replace(/\([^)]+\)/g, ""), 1], ...inside.map((words) => [words, short.includes(words) ? 1 : 0.85])] : [[name, 1]];
}

function fieldsOf(document) {
  const areas = document.terms.filter((term) => AREA_KINDS.has(term.kind));
  const topics = document.terms.filter((term) => !AREA_KINDS.has(term.kind));
  const joined = (terms) => terms.flatMap((term) => term.words).join(" | ");
  const { id, title, names, places, people, headings, url, group, detail } = document;
  return {
    id, title, names: names.join(" | "), headings: headings.join(" | "), people: people.join(" | "), address: url.replace(/[-/]/g, " "), detail: document.terms.length ? "" : detail,
    places: `${places.join(" | ")} | ${joined(areas)}`, topics: joined(topics), initials: initials([title, ...names, ...places, ...people]), kind: KIND_WORDS[group],
  };
}

/** The initials of each run of three or more capitalised words, and of its first three, four …: "gos gosh". */
function initials(names) {
  const runs = names.flatMap((name) => name.match(/\p{Lu}[\p{L}'’]*(?:(?: (?:of|and|for|the))* \p{Lu}[\p{L}'’]*){2,}/gu) ?? []);
  return runs.flatMap((run) => {
    const letters = run.split(" ").filter((word) => /^\p{Lu}/u.test(word)).map((word) => word[0]).join("").toLowerCase();
    return [...letters].map((_, end) => letters.slice(0, end + 1)).slice(2);
  }).join(" ");
}

/**
 * The pages that answer a question, best first.
 * @returns {{document, score: number, met: Map<string, {roots: string[]}>}[]} met has the page's own words for each asked word
 */
export function find(index, typed) {
  const asked = askedWords(index, typed);
  const { rated, weights } = rate(asked, index);
  const best = rated.reduce((most, { share }) => Math.max(most, share), 0);
  const plain = wordsOf(typed).join(" ");
  const groupCounts = GROUP_COUNTS.map((counts, group) => counts * (ASKS_FOR[group]?.test(plain) ? ASKED_COUNTS[group] : 1));
  const scored = rated.filter((one) => one.share >= KEPT * best);
  for (const one of scored) {
    one.document = index.documents[one.id];
    one.named = nameShare(one.document, one.met, weights);
    one.score = one.score ** DAMPED * one.share ** SHARE_COUNTS * (1 + NAME_COUNTS * one.named) * groupCounts[one.document.group];
  }
  recordsFirst(scored, plain);
  return scored.sort((one, other) => other.score - one.score || one.id - other.id);
}

/** Each word of the question with the pages that have it: {root, hits}. A word that no page has is left out. */
function askedWords(index, typed) {
  const roots = questionWords(typed);
  const last = roots[roots.length - 1];
  return roots.flatMap((root) => split(index, root) ?? [root]).map((root) => ({ root, hits: pagesWith(index, root, root === last) })).filter(({ hits }) => hits.size);
}

/** Two words that were typed as one, "alderhey"; null when the word is known or no two known words make it. */
function split({ known, minis }, root) {
  if (known.has(root) || root.length < 6 || minis.some((mini) => mini.search(root, { prefix: true }).length)) return null;
  for (let at = 3; at <= root.length - 3; at++) {
    const parts = [root.slice(0, at), root.slice(at)].map(stem);
    if (parts.every((part) => known.has(part))) return parts;
  }
  return null;
}

/**
 * The pages that have a word, the start of one where the reader may be still typing, or one that is spelt nearly so.
 * @returns {Map<number, {score: number, quality: number, roots: string[]}>} by page: its points, how well its own words agree
 *   with what was asked (1 for the best there is), and these words
 */
function pagesWith(index, root, isLast) {
  const key = isLast ? `${root}…` : root;
  if (!index.hits.has(key)) {
    if (index.hits.size >= REMEMBERED) index.hits.clear();
    index.hits.set(key, lookUp(index, root, isLast));
  }
  return index.hits.get(key);
}

function lookUp({ minis, known }, root, isLast) {
  const isKnown = known.has(root);
  const options = {
    prefix: root.length > 1 && (isLast || !isKnown),
    weights: { prefix: 0.5, fuzzy: 0.4 },
    fields: root.length < TELLING_START && isLast ? NAME_FIELDS : isKnown ? WORD_FIELDS : undefined,
  };
  const hits = new Map();
  for (const found of nearest(minis, root, options, isKnown || /\d/.test(root) ? 0 : mistakes(root))) {
    for (const { id, score, match, terms } of found) {
      if (!hits.has(id)) hits.set(id, { score: 0, quality: 0, roots: [] });
      const hit = hits.get(id);
      hit.score += score;
      hit.quality = Math.max(hit.quality, agreement(root, match, isKnown));
      hit.roots.push(...terms);
    }
  }
  // A misspelt word is nowhere as typed: the pages that come nearest have it whole.
  let best = 0;
  for (const { quality } of hits.values()) best = Math.max(best, quality);
  for (const hit of hits.values()) hit.quality /= best;
  return hits;
}

/** How many letters of a word may be wrong. */
function mistakes({ length }) {
  return length < 4 ? 0 : length < 6 ? 1 : length < 10 ? 2 : 3;
}

/** What each index has for a word with as few mistakes as give anything. */
function nearest(minis, root, options, most) {
  for (let fuzzy = Math.min(1, most); ; fuzzy++) {
    const found = minis.map((mini) => mini.search(root, { ...options, fuzzy: fuzzy || false }));
    if (fuzzy >= most || found.some(({ length }) => length)) return found;
  }
}

/** How well a page's own words agree with the one that was asked: 1 when it stands as typed in a telling place. */
function agreement(root, match, isKnown) {
  let best = 0;
  for (const [term, fields] of Object.entries(match)) {
    const longer = (0.5 + (0.5 * root.length) / term.length) * (term.length > root.length && isKnown ? LONGER_COUNTS : 1);
    const spelt = term.startsWith(root) ? longer : FUZZY_COUNTS;
    for (const field of fields) best = Math.max(best, spelt * (IN_PASSING[field] ?? 1));
  }
  return best;
}

/**
 * What is about a record stands behind it, unless it was asked for: its case study, and the list of a programme's members. So
 * does a place that has only a part of the question, when a record has the whole: "surgery derbyshire".
 */
function recordsFirst(scored, plain) {
  const [asksForStudy, asksForList, asksForMembers] = [ASKS_FOR[1].test(plain), ASKS_FOR[4].test(plain), /\b(list|members|programmes)\b/.test(plain)];
  const records = scored.filter(({ document }) => document.folder === "partnerships");
  const scores = new Map(records.map(({ document, score }) => [document.slug, score]));
  const bestWhole = records.reduce((best, { share, score }) => (share >= WHOLE ? Math.max(best, score) : best), 0) || Infinity;
  for (const one of scored) {
    const { folder, slug } = one.document;
    const about = (folder === "case-studies" && !asksForStudy && one.named < 0.5) || (folder === "programmes" && !asksForMembers);
    if (about && scores.has(slug)) one.score = Math.min(one.score, 0.99 * scores.get(slug));
    else if (AREAS.has(folder) && one.share < WHOLE && !asksForList) one.score = Math.min(one.score, 0.99 * bestWhole);
  }
}

/** For each page the share of the question it has, a rare word counting for more than a common one. */
function rate(asked, { documents }) {
  const weights = new Map(asked.map(({ root, hits }) => [root, rarity(hits.size, documents.length)]));
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const pages = new Map();
  for (const { root, hits } of asked) {
    for (const [id, hit] of hits) {
      if (!pages.has(id)) pages.set(id, { id, score: 0, share: 0, met: new Map() });
      const page = pages.get(id);
      page.score += hit.score;
      page.share += (weights.get(root) * hit.quality) / whole;
      page.met.set(root, hit);
    }
  }
  return { rated: [...pages.values()], weights };
}

/** How much a word tells: the inverse document frequency of BM25, the same for all words on fewer than RARE pages. */
function rarity(pages, size) {
  return Math.log(1 + (size - pages + 0.5) / (Math.max(RARE, pages) + 0.5));
}

/**
 * How nearly the question is one of the page's own names: 1 when every word of either is in the other. A word that was
 * asked and is not in the name counts twice: "surgery Derbyshire" is not the name of the page of Derbyshire.
 */
function nameShare(document, met, weights) {
  if (![...met.values()].some(({ roots }) => roots.some((root) => document.called.has(root)))) return 0;
  const heaviest = Math.max(...weights.values());
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  let best = 0;
  for (const { roots, worth } of document.calls) {
    let [asked, covered] = [0, 0];
    const seen = new Set();
    for (const [root, { quality, roots: own }] of met) {
      const hit = own.find((one) => roots.includes(one));
      if (hit === undefined) continue;
      asked += weights.get(root) * quality;
      if (!seen.has(hit)) covered += weights.get(root);
      seen.add(hit);
    }
    const rest = roots.filter((root) => !seen.has(root)).length * (heaviest / 2);
    const [recall, precision] = [asked / whole, covered / (covered + rest || 1)];
    best = Math.max(best, worth * recall * (recall + precision ? (2 * recall * precision) / (recall + precision) : 0));
  }
  return best ** 4;
}

// The list and its filters

// The filters of the list that have pages of their own, by the folder of these pages: see hooks/landscape/views/finder.py.
const FILTERS = { settings: "setting", nations: "nation", regions: "region", "local-authorities": "council", issues: "issue", providers: "provider" };
const POSTCODE = /\b([a-z]{1,2}\d[a-z\d]?)(?:\s*\d[a-z]{2})?\b/i;
// What may stand beside the names of filters: every record of the list is of this kind.
const SAID_ANYWAY = new Set(questionWords(`${KIND_WORDS[4]} welfare`));

/**
 * The list, narrowed to what a question names: two or more filters ("debt gp wales"), or what is near a postcode.
 * @returns {{url: string, near: string, count: number, labels: string[]} | null} null when the question holds anything else,
 *   names one filter only (its page is among the results), or no record matches
 */
export function narrowedList(index, typed) {
  const near = POSTCODE.exec(typed)?.[1].toUpperCase() ?? "";
  const chosen = namedFilters(index, near ? typed.replace(POSTCODE, " ") : typed);
  if (!chosen || (near ? false : chosen.size < 2)) return null;
  const count = index.documents.filter(({ group, listed }) => group === 0 && [...chosen.values()].every((terms) => terms.some(({ number }) => listed.has(number)))).length;
  const parameters = new URLSearchParams([...chosen].flatMap(([filter, terms]) => terms.map(({ tag }) => [filter, tag])));
  const search = chosen.size ? `?${parameters}` : "";
  const hash = near ? `#near=${near}` : ""; // after the "#", where no server sees it
  return count ? { url: `partnerships/${search}${hash}`, near, count, labels: [...chosen.values()].flat().map(({ label }) => label) } : null;
}

/** The terms that a question names, by filter in the list's order; null when some of its words name none. */
function namedFilters(index, typed) {
  const words = comparedWords(typed);
  const found = new Map();
  index.filterNames ??= filterNames(index.documents);
  for (let at = 0; at < words.length; ) {
    let length = words.length - at;
    while (length && !index.filterNames.has(words.slice(at, at + length).join(" "))) length -= 1;
    if (!length && !SAID_ANYWAY.has(words[at])) return null;
    for (const term of index.filterNames.get(words.slice(at, at + length).join(" ")) ?? []) found.set(term.filter, [...new Set([...(found.get(term.filter) ?? []), term])]);
    at += length || 1;
  }
  return new Map(Object.values(FILTERS).filter((filter) => found.has(filter)).map((filter) => [filter, found.get(filter)]));
}

/** The compared words of each name of a filter's terms, with the terms: labels before synonyms, one filter for each name. */
function filterNames(documents) {
  const names = new Map();
  const terms = documents.flatMap(({ url, title, names: [label, ...others], listed }) => {
    const [folder, tag] = url.split("/");
    return FILTERS[folder] && tag ? [{ filter: FILTERS[folder], tag, number: [...listed][0], label: AREAS.has(folder) ? label : title, own: [label, title].flatMap(partsOf), others }] : [];
  });
  for (const kind of ["own", "others"]) {
    const taken = new Set(names.keys());
    for (const term of terms) {
      for (const roots of new Set(term[kind].map((name) => comparedWords(name).join(" ")))) {
        const there = names.get(roots) ?? [];
        if (roots && !taken.has(roots) && (!there.length || there[0].filter === term.filter)) names.set(roots, [...there, term]);
      }
    }
  }
  return names;
}

/** A label and what people say of it: "Debt and money" is called debt, a "Maternity service" maternity, and Newham Newham council. */
function partsOf(label) {
  const parts = [label, ...label.split(/ and | or |, /)];
  return parts.flatMap((part) => [part, part.replace(/ services?$/, ""), `${part} council`]);
}
