// What the form is made of, as the build wrote it: fields, terms, steps and messages, and the records there are already.

const base = new URL("./", import.meta.url);

async function json(name) {
  const answer = await fetch(new URL(name, base));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/** The model with its vocabularies by tag and its patterns ready; ``field("sources.url")`` finds a field by its path. */
export function prepare(model) {
  const vocabularies = Object.fromEntries(Object.entries(model.vocabularies).map(([name, one]) => [name, { ...one, byTag: new Map(one.terms.map((term) => [term.tag, term])) }]));
  const patterns = Object.fromEntries(Object.entries(model.patterns).map(([name, [source, flags]]) => [name, new RegExp(source, flags)]));
  const sourced = model.fields.filter((one) => one.sourced).map((one) => one.name);
  const field = (path) => path.split(".").filter((part) => !/^\d+$/.test(part)).reduce((found, name) => found && { ...(found.parts ?? []).find((one) => one.name === name) }, { parts: model.fields });
  return { ...model, vocabularies, patterns, sourced, field };
}

/** A vocabulary's words for a tag, or the tag itself when there is no such term. */
export const label = (model, vocabulary, tag) => model.vocabularies[vocabulary].byTag.get(tag)?.label ?? tag;

/** The records there are, by id, each as an object. */
export const byId = ({ columns, rows }) => new Map(rows.map((row) => [row[0], Object.fromEntries(columns.map((name, at) => [name, row[at]]))]));

/** Model, records and retired ids, fetched from this site. */
export async function load() {
  const [model, records] = await Promise.all([json("form-model.json"), json("known-records.json")]);
  return { model: prepare(model), records: byId(records), retired: new Set(records.retired) };
}

/** A record's own file as text, or null when there is no such record. */
export async function recordText(id) {
  const answer = await fetch(new URL(`../partnerships/${id}/record.yml`, base), { cache: "no-cache" });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${id}: ${answer.status}`);
  return answer.text();
}
