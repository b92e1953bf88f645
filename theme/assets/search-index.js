// From what was typed to pages in order. No DOM and no requests here: search.js asks, this answers.
//
// MiniSearch finds words (BM25+ over weighted fields, prefixes, edit distance). On top of it stand two rules that hold for
// every question: a page that has more of the words comes first, and a page whose own name was typed comes before pages
// that only mention it. There are no exceptions for single questions; docs/contribute/search.md tells how it was measured.
import MiniSearch from "./vendor/minisearch-7.2.0/minisearch.js";
import { stemmer } from "./vendor/stemmer-2.0.1/stemmer.js";

// How much a word counts by where it stands.
const WEIGHTS = { title: 5, names: 4, places: 3, headings: 2.5, people: 2.5, topics: 2, kind: 1.5, text: 1 };
const AREA_KINDS = new Set(["Council", "Region", "Nation", "Health board", "Country"]);
// The words people use for a kind of page: "deep end evaluation" asks for research.
const KIND_WORDS = ["partnership service", "case study story example", "guidance guide help how", "research study evaluation evidence paper publication report trial review", "list", "about"];
// Words that carry no question. "who", "near" and "is" are among them because people type whole sentences.
const EMPTY = new Set("a about an and any anyone anybody are as at be been being by can could did do does doing find for from get give gives had has have having how i if in into is it its like me my near of on or our put should show so some somebody someone tell than that the their them there these they this to uk up us was we were what when where which who whom why will with would you your".split(" "));
// Groups in the order of assets/search.json. A record comes before what is written about it, unless the question asks for
// that kind of page in words.
const GROUP_COUNTS = [1.1, 0.75, 1, 0.8, 1, 0.9];
const ASKS_FOR = [null, /\bcase (study|studies)\b|\bexamples?\b/, /^(how (do|to|can|should|is)|what (is|are|to|should|do)|can|should|do|guide|guidance)\b|\bguid(e|ance)\b/, /(?<!case )\b(research|study|studies|evaluations?|evidence|papers?|trial|rct|impacts?|effect|effects|effective|effectiveness|improves?)\b/, null, null];
const ASKED_COUNTS = 3;
// What people in the field shorten. Abbreviations of one organisation or programme are names in the data.
const SHORT_FORMS = { hjp: "health justice partnership", hjps: "health justice partnerships", mlp: "medical legal partnership", mlps: "medical legal partnerships", rct: "randomised controlled trial", gps: "gp" };
const SAME_ROOT = { advis: "advic", advisor: "advic", advisori: "advic", practis: "practic", licens: "licenc" }; // English spells noun and verb apart
const NAME_COUNTS = 5; // the page whose name was typed, against one that only mentions it
const FUZZY_COUNTS = 0.6; // of a word that is there as typed
const LONGER_COUNTS = 0.6; // the same for the start of a longer word, when what was typed is a word itself
const KEPT = 0.5; // results with less of the question than this share of the best are left out
const SHARE_COUNTS = 2; // the power of the share of the question that a page has
const DAMPED = 0.5; // a word that stands in one page ten times does not make it ten times better
const RARE = 10; // a word on fewer pages than this counts no more than one on so many

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

/** The words of a question that carry it, each once; all of them when nothing else is left. */
export function questionWords(text) {
  const all = wordsOf(text).flatMap((word) => (SHORT_FORMS[word] ?? word).split(" "));
  const telling = all.filter((word) => !EMPTY.has(word));
  return [...new Set((telling.length ? telling : all).map(stem))];
}

/** The index of the documents in assets/search.json. It is made in pieces, so that the page never stands still. */
export async function makeIndex(data) {
  const known = new Set();
  const processTerm = (word) => {
    const root = stem(word);
    known.add(root);
    return root;
  };
  const mini = new MiniSearch({ fields: Object.keys(WEIGHTS), tokenize: wordsOf, processTerm, searchOptions: { boost: WEIGHTS } });
  const documents = data.documents.map((document, id) => enriched(document, id, data));
  await mini.addAllAsync(documents.map(fieldsOf), { chunkSize: 100 });
  return { mini, known, documents, groups: data.groups };
}

function enriched(document, id, { terms }) {
  const own = { names: [], places: [], people: [], headings: [], text: "", detail: "", ...document, id };
  own.terms = (document.terms ?? []).map((number) => ({ kind: terms[number][0], label: terms[number][1], words: terms[number].slice(1) }));
  // A facet's page is its term: the synonyms are among its names already.
  own.calls = [document.title, ...own.names].flatMap(variants).map(([name, worth]) => ({ roots: questionWords(name), worth }));
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
  return {
    id: document.id, title: document.title, names: document.names.join(" | "), headings: document.headings.join(" | "), text: document.text,
    people: document.people.join(" | "), places: `${document.places.join(" | ")} | ${joined(areas)}`, topics: joined(topics), kind: KIND_WORDS[document.group],
  };
}

/**
 * The pages that answer a question, best first.
 * @returns {{document, score: number, roots: Set<string>}[]} roots are the compared words that were found in the page
 */
export function find({ mini, known, documents }, typed) {
  const asked = questionWords(typed);
  if (!asked.length) return [];
  const last = asked[asked.length - 1];
  const found = mini.search(asked.join(" "), {
    tokenize: (text) => text.split(" "),
    processTerm: (root) => root,
    prefix: (root) => root.length > 1 && (root === last || !known.has(root)),
    fuzzy: (root) => (known.has(root) || root.length < 4 || /\d/.test(root) ? false : root.length < 6 ? 1 : 2),
    weights: { prefix: 0.5, fuzzy: 0.4 },
  });
  const rated = rate(asked, found, documents.length, known);
  const best = Math.max(0, ...rated.map((one) => one.share));
  const plain = wordsOf(typed).join(" ");
  const asksFor = ASKS_FOR.map((pattern) => pattern?.test(plain));
  const groupCounts = (group) => GROUP_COUNTS[group] * (asksFor[group] ? ASKED_COUNTS : 1);
  const scored = rated
    .filter((one) => one.share >= KEPT * best)
    .map((one) => ({ ...one, document: documents[one.id], named: nameShare(documents[one.id], one.met, one.weights) }))
    .map((one) => ({ ...one, score: one.score ** DAMPED * one.share ** SHARE_COUNTS * (1 + NAME_COUNTS * one.named) * groupCounts(one.document.group) }));
  if (!asksFor[1]) recordsFirst(scored);
  return scored.sort((one, other) => other.score - one.score || one.document.id - other.document.id);
}

/** A case study stands behind the record it is about, unless its own title was typed. */
function recordsFirst(scored) {
  const records = new Map(scored.filter((one) => one.document.url.startsWith("partnerships/")).map((one) => [one.document.url.split("/")[1], one.score]));
  for (const one of scored) {
    if (one.document.url.startsWith("case-studies/") && one.named < 0.5) one.score = Math.min(one.score, 0.99 * (records.get(one.document.url.split("/")[1]) ?? Infinity));
  }
}

/** For each page the share of the question it has, a rare word counting for more than a common one. */
function rate(asked, found, size, known) {
  const pages = found.map((result) => ({ id: result.id, score: result.score, roots: new Set(result.terms), met: metWords(result, known) }));
  const weights = new Map(asked.map((root) => [root, rarity(pages.filter((page) => page.met.has(root)).length, size)]));
  for (const root of asked) {
    // A misspelt word is nowhere as typed: the pages that come nearest have it whole.
    const nearest = Math.max(...pages.map((page) => page.met.get(root)?.quality ?? 0));
    for (const page of pages) if (page.met.has(root)) page.met.get(root).quality /= nearest;
  }
  const answerable = asked.filter((root) => pages.some((page) => page.met.has(root)));
  const whole = answerable.reduce((sum, root) => sum + weights.get(root), 0);
  return pages.map((page) => {
    const has = [...page.met].reduce((sum, [root, { quality }]) => sum + weights.get(root) * quality, 0);
    return { ...page, weights, share: has / whole };
  });
}

/** How much a word tells: the inverse document frequency of BM25, the same for all words on fewer than RARE pages. */
function rarity(pages, size) {
  return Math.log(1 + (size - pages + 0.5) / (Math.max(RARE, pages) + 0.5));
}

/** For each asked word that a page has: the page's own word for it, and how well they agree (1 as typed). */
function metWords(result, known) {
  const met = new Map();
  for (const root of result.queryTerms) {
    const candidates = result.terms.includes(root) ? [root] : result.terms.filter((term) => term.startsWith(root));
    const nearest = candidates.reduce((length, term) => Math.min(length, term.length), Infinity);
    const quality = candidates.length ? (0.5 + (0.5 * root.length) / nearest) * (nearest > root.length && known.has(root) ? LONGER_COUNTS : 1) : FUZZY_COUNTS;
    const own = candidates.length ? candidates : result.terms;
    met.set(root, { quality, roots: own });
  }
  return met;
}

/**
 * How nearly the question is one of the page's own names: 1 when every word of either is in the other. A word that was
 * asked and is not in the name counts twice: "surgery Derbyshire" is not the name of the page of Derbyshire.
 */
function nameShare(document, met, weights) {
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
