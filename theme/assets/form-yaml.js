// Records as YAML: a new file from values, and an old file with only what was changed. A text is written so that the check,
// which reads every value as it is typed, and programs that turn "2019" or "no" into something else both see a text.

import { Document, Pair, Scalar, YAMLMap, YAMLSeq, isMap, isScalar, isSeq, parseDocument } from "./vendor/yaml-2.9.1/yaml.js";
import { tidyGroup } from "./form-values.js";

const WIDTH = 120; // columns, as the files of the project have them
const SHORT_LIST = 90; // a list of terms up to this length stands on one line
const LOOKS_TYPED = /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?\.?\d[\d_.,:eExXoO+-]*|[-+]?\.(?:inf|nan))$/i;
const OPTIONS = { schema: "failsafe", version: "1.2" };

/** The file of a new record: the line that names its schema, then the fields in the order of the model. */
export function write(values, model) {
  const doc = new Document(undefined, OPTIONS);
  doc.contents = mapOf(values, model.fields);
  return `${model.first_line}\n${stringify(doc)}`;
}

/** The values of a record's file, tidied, or an error with the reason when it cannot be read. */
export function readFile(text, model) {
  const doc = parse(text.replace(/\r\n?/g, "\n"));
  return tidyGroup(valueOf(doc.contents, { kind: "group", parts: model.fields }), model.fields) ?? {};
}

/** The file of a record after a change from ``before`` to ``after``. All else stays as it was, byte for byte: the other
 *  fields, comments, unknown names and their order. */
export function rewrite(original, before, after, model) {
  const ends = original.includes("\r\n") ? "\r\n" : "\n";
  const text = original.replace(/\r\n?/g, "\n");
  const pairs = parse(text).contents.items;
  const splices = model.fields.filter(({ name }) => !same(before[name], after[name])).map((field) => splice(text, pairs, field, before[field.name], after[field.name], model));
  splices.sort((one, other) => other.start - one.start || other.order - one.order);
  const changed = splices.reduce((made, { start, end, put }) => made.slice(0, start) + (put && start && made[start - 1] !== "\n" && start === made.length ? "\n" : "") + put + made.slice(end), text);
  if (!same(readFile(changed, model), after)) throw new Error("The file could not be changed without touching more than it should.");
  return ends === "\n" ? changed : changed.replaceAll("\n", ends);
}

/** Names of the fields in which two records differ. */
export const changes = (before, after, model) => model.fields.map(({ name }) => name).filter((name) => !same(before[name], after[name]));

export const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
const sorted = (value) => (Array.isArray(value) ? value.map(sorted) : value && typeof value === "object" ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value);

function parse(text) {
  const doc = parseDocument(text, OPTIONS);
  if (doc.errors.length || !isMap(doc.contents)) throw new Error(doc.errors[0]?.message ?? "The file holds no fields.");
  return doc;
}

const stringify = (doc, more = {}) => doc.toString({ lineWidth: WIDTH, flowCollectionPadding: false, indentSeq: true, ...more });

// --- values to nodes ---------------------------------------------------------------------------------------------

function mapOf(values, parts) {
  const map = new YAMLMap();
  for (const part of parts) if (values[part.name] !== undefined) map.items.push(new Pair(new Scalar(part.name), nodeOf(values[part.name], part)));
  return map;
}

function nodeOf(value, field) {
  if (Array.isArray(value)) return listOf(value.map((item) => nodeOf(item, field)), field);
  return field.kind === "group" ? mapOf(value, field.parts) : dress(new Scalar(value), field);
}

/** A list of terms or ids stands on one line while it is short. */
function listOf(items, field) {
  const list = new YAMLSeq();
  list.items = items;
  const words = items.map((item) => item.value ?? "");
  list.flow = (["term", "id"].includes(field.kind) || field.name === "supports") && words.join(", ").length <= SHORT_LIST;
  return list;
}

/** How a scalar is written: long texts folded, texts that look like something else in quotes, the rest as it is. */
function dress(scalar, field) {
  if (field.kind !== "text") return scalar;
  if (scalar.value.length > WIDTH - 20) scalar.type = Scalar.BLOCK_FOLDED;
  else if (LOOKS_TYPED.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

// --- nodes to values ----------------------------------------------------------------------------------------------

function valueOf(node, field) {
  if (field.many && isSeq(node)) return node.items.map((item) => valueOf(item, { ...field, many: false }));
  if (field.many && isScalar(node)) return written(node) === undefined ? undefined : [written(node)];
  if (field.kind !== "group") return isScalar(node) ? written(node) : undefined;
  if (!isMap(node)) return undefined;
  return Object.fromEntries(field.parts.map((part) => [part.name, valueOf(find(node, part.name)?.value, part)]).filter(([, value]) => value !== undefined));
}

/** A scalar as text, or undefined where nothing or the word for nothing stands. */
function written(node) {
  const nothing = node.value === null || (node.type === Scalar.PLAIN && /^(~|null|Null|NULL|)$/.test(node.value));
  return nothing ? undefined : `${node.value}`;
}

const find = (map, name) => map.items.find((pair) => pair.key?.value === name);

// --- changes of a file --------------------------------------------------------------------------------------------

/** Where to cut and what to put there, for one field of the record. ``order`` settles what comes first at one place. */
function splice(text, pairs, field, before, after, model) {
  const order = model.fields.findIndex(({ name }) => name === field.name);
  const pair = pairs.find(({ key }) => key.value === field.name);
  if (!pair) {
    const above = model.fields.slice(0, order).map(({ name }) => name).reverse();
    const place = pairs.find(({ key }) => key.value === above.find((name) => pairs.some((one) => one.key.value === name)));
    const start = place ? lineEnd(text, place) : pairs[0].key.range[0];
    return { start, end: start, put: lines(field.name, nodeOf(after, field)), order };
  }
  const start = pair.key.range[0];
  if (after === undefined) return { start, end: lineEnd(text, pair), put: "", order };
  const [, valueEnd] = pair.value.range;
  const old = text.slice(start, valueEnd);
  const node = merge(pair.value, field, before, after);
  if (isScalar(node)) return { ...scalarSplice(text, start, pair, node), order };
  const longest = Math.max(WIDTH, ...old.split("\n").map((line) => line.length));
  return { start, end: lineEnd(text, pair), put: lines(field.name, node, { lineWidth: longest, indentSeq: !/\n- /.test(old) }), order };
}

/** A value on one line keeps the comment beside it; a folded text has no room beside it, so the comment goes above. */
function scalarSplice(text, start, pair, node) {
  const end = lineEnd(text, pair);
  const beside = text[pair.value.range[1] - 1] === "\n" ? "" : text.slice(pair.value.range[1], end).trim();
  node.comment = node.commentBefore = undefined;
  const put = lines(pair.key.value, node);
  if (!beside) return { start, end, put };
  return put.trimEnd().includes("\n") ? { start, end, put: `${beside}\n${put}` } : { start, end: pair.value.range[1], put: put.trimEnd() };
}

/** Where the line after a field begins. */
function lineEnd(text, pair) {
  const end = pair.value?.range?.[1] ?? pair.key.range[1];
  if (text[end - 1] === "\n") return end;
  const found = text.indexOf("\n", end);
  return found < 0 ? text.length : found + 1;
}

function lines(name, node, more) {
  const doc = new Document(undefined, OPTIONS);
  doc.contents = new YAMLMap();
  doc.contents.items.push(new Pair(new Scalar(name), node));
  return stringify(doc, more);
}

/** The node of a changed value: what did not change keeps its node, and with it its comments and unknown names. */
function merge(node, field, before, after) {
  if (before === undefined || !node) return nodeOf(after, field);
  if (same(before, after)) return node;
  if (Array.isArray(after)) return isSeq(node) && node.items.length === before.length ? mergeList(node, field, before, after) : nodeOf(after, field);
  if (field.kind === "group") return mergeGroup(node, field, before, after);
  node.value = after;
  if (after.length > WIDTH - 20 || node.type === Scalar.PLAIN) dress(node, field);
  return node;
}

function mergeGroup(map, field, before, after) {
  for (const [at, part] of field.parts.entries()) {
    const pair = find(map, part.name);
    const value = after[part.name];
    if (value === undefined && before[part.name] !== undefined) map.items.splice(map.items.indexOf(pair), 1);
    else if (value !== undefined && pair) pair.value = merge(pair.value, part, before[part.name], value);
    else if (value !== undefined) map.items.splice(placeOf(map, field.parts.slice(0, at)), 0, new Pair(new Scalar(part.name), nodeOf(value, part)));
  }
  return map;
}

/** Behind the last of the parts that come before. */
const placeOf = (map, above) => 1 + Math.max(-1, ...above.map(({ name }) => map.items.findIndex((pair) => pair.key?.value === name)));

function mergeList(list, field, before, after) {
  const one = { ...field, many: false };
  const partners = pairUp(before, after);
  const nodes = [...list.items];
  list.items = after.map((item, at) => (partners[at] === undefined ? nodeOf(item, one) : merge(nodes[partners[at]], one, before[partners[at]], item)));
  return list;
}

/** For each item after a change, which item it was before: the same one, or else the one left over that is most alike. */
function pairUp(before, after) {
  const left = new Set(before.keys());
  const take = (at) => (left.delete(at), at);
  const found = after.map((item) => [...left].find((at) => same(before[at], item) && (take(at), true)));
  return after.map((item, at) => {
    if (found[at] !== undefined || typeof item === "string") return found[at];
    const best = [...left].map((other) => [alike(before[other], item), other]).sort(([one], [other]) => other - one)[0];
    return best && best[0] > 0 ? take(best[1]) : undefined;
  });
}

const alike = (one, other) => Object.keys(one).filter((key) => same(one[key], other[key])).length;
