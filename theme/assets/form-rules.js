// The rules that go beyond one value, as hooks/landscape/checks.py has them, in the same order and with the same words.
// A test runs both over one table of records.

import { hostOf, join, read } from "./form-values.js";

const problem = (path, what, rule) => ({ path, what, rule });
const list = (record, name) => record[name] ?? [];

/** All that is wrong with a record: {path, what, rule}. ``records`` are those there are already, by id. */
export function check(values, model, records) {
  const { value, problems } = read(values, model);
  const own = (id) => id !== undefined && id === value.id;
  const known = { has: (id) => own(id) || records.has(id), get: (id) => (own(id) ? value : records.get(id)) };
  const told = new Set(problems.map((one) => one.path)); // so that no rule tells of what only follows from another fault
  const context = { model, records: known, values, told };
  const found = [...problems];
  for (const rule of RULES) {
    const more = [...rule(value, context)];
    more.forEach((one) => told.add(one.path));
    found.push(...more);
  }
  return found;
}

/** Names of the filled fields that a source must stand behind. */
export const filled = (record, model) => model.sourced.filter((name) => record[name] !== undefined && !(Array.isArray(record[name]) && !record[name].length));

/** The sources that each item of a list names, or null where the field is no list of groups with sources. */
function itemSources(record, name, model) {
  const parts = model.field(name).parts ?? [];
  if (!Array.isArray(record[name]) || !parts.some((part) => part.name === "source")) return null;
  return record[name].map((item) => item.source ?? []);
}

/** Names of the filled fields that no source stands behind. ``isTold`` says of an item's path that its source is told of elsewhere. */
export function unsourced(record, model, isTold = () => false) {
  return filled(record, model).filter((name) => {
    const items = itemSources(record, name, model);
    const byItems = items && items.every((ids, at) => ids.length || isTold(`${name}.${at + 1}.source`));
    return !byItems && !list(record, "sources").some((source) => list(source, "supports").includes(name));
  });
}

/** True when ``first`` lies before ``second``; a bare year is compared with years only. */
function before(first, second) {
  const length = Math.min(first.length, second.length);
  return first.slice(0, length) < second.slice(0, length);
}

/** What a source said cannot lie after the day on which it was read; an end may be announced. */
function* nothingAfterTheReview(record) {
  const items = ["timeline", "sources"].flatMap((name) => list(record, name).map((item, at) => [`${name}.${at + 1}.date`, item.date]));
  for (const [path, date] of [["started", record.started], ["status_as_of", record.status_as_of], ...items]) {
    if (date && record.last_reviewed && before(record.last_reviewed, date)) yield problem(path, `${date} is after last_reviewed, ${record.last_reviewed}`, "dates");
  }
}

function* datesInOrder(record, { told }) {
  const { started, ended, status_as_of: asOf } = record;
  if (started && ended && before(ended, started)) yield problem("ended", `${ended} is before started, ${started}`, "dates");
  if (asOf && started && asOf < started.slice(0, 4) && !told.has("started") && !told.has("status_as_of")) yield problem("status_as_of", `${asOf} is before started, ${started}`, "dates");
}

function* changedAfterListed(record) {
  const { last_changed: changed, first_listed: listed } = record;
  if (changed && listed && changed < listed) yield problem("last_changed", `${changed} is before first_listed, ${listed}`, "dates");
}

function* statusIsDated(record, { values }) {
  const { status, ended } = record;
  if (["active", "ended"].includes(status) && values.status_as_of === undefined && values.ended === undefined) yield problem("status_as_of", `is missing, but the status is ${status}`, "undated");
  if (ended && status === "active") yield problem("status", `is active, but the record ended in ${ended}`, "over");
}

/** Where a source's own list is at fault, that is told and not what follows. */
function* everyFieldIsSourced(record, { model, values, told }) {
  const sources = list(record, "sources");
  if (!sources.length || [...told].some((path) => /^sources(\.\d+(\.supports)?)?$/.test(path))) return;
  const written = (path) => path.split(".").reduce((value, part) => value?.[/^\d+$/.test(part) ? part - 1 : part], values) !== undefined;
  const bare = unsourced(record, model, (path) => told.has(path) || written(path));
  const without = [...sources.keys()].filter((at) => !list(sources[at], "supports").length);
  if (bare.length > 1 && without.length === 1) yield problem(`sources.${without[0] + 1}.supports`, `is missing, and no source stands behind ${bare.join(", ")}`, "no-ticks");
  else for (const name of bare) yield problem(name, "is filled, but no source stands behind it", "unsourced");
}

function* sourcesAreUsedWell(record, { model }) {
  const seen = new Map();
  for (const [at, source] of list(record, "sources").entries()) {
    if (seen.has(source.id)) yield problem(`sources.${at + 1}.id`, `"${source.id}" is already the id of source ${seen.get(source.id)}`, "repeated");
    else seen.set(source.id, at + 1);
  }
  const copies = [...model.vocabularies["copy-hosts"].byTag.keys()];
  for (const [at, source] of list(record, "sources").entries()) {
    const host = hostOf(source.url ?? "");
    if (source.copy !== "true" && copies.some((tag) => host === tag || host.endsWith(`.${tag}`))) yield problem(`sources.${at + 1}.url`, `is on ${host}, which holds copies of documents published elsewhere`, "copy");
  }
}

function* supportsNameFilledFields(record, { model, values, told }) {
  const used = new Set(model.sourced.flatMap((name) => (itemSources(record, name, model) ?? []).flat()));
  for (const [at, source] of list(record, "sources").entries()) {
    for (const [position, name] of list(source, "supports").entries()) {
      const path = `sources.${at + 1}.supports.${position + 1}`;
      if (!model.sourced.includes(name)) yield problem(path, `"${name}" is not a field that a source stands behind`, "unsupported");
      else if (values[name] === undefined && !told.has(name)) yield problem(path, `"${name}" is not filled in this record`, "unfilled");
    }
    if (!list(source, "supports").length && !used.has(source.id) && !told.has(`sources.${at + 1}.supports`)) yield problem(`sources.${at + 1}`, "stands behind nothing", "unused");
  }
}

/** When the sources themselves lack as many ids, the fault is told there and not here. */
function* sourceIdsExist(record, { values }) {
  const known = new Set(list(record, "sources").map((source) => source.id).filter(Boolean));
  const unknown = [...namedSources(record)].filter(([, id]) => !known.has(id));
  if (!known.size || list(values, "sources").length - known.size >= new Set(unknown.map(([, id]) => id)).size) return;
  for (const [path, id] of unknown) yield problem(path, `"${id}" is not the id of a source of this record`, "unknown-source");
}

/** The path and id of each source that an item names. */
function* namedSources(record) {
  for (const name of ["sites", "partners", "funding", "outcomes", "timeline"]) {
    for (const [at, item] of list(record, name).entries()) {
      for (const [position, id] of list(item, "source").entries()) yield [join(`${name}.${at + 1}.source`, position + 1), id];
    }
  }
}

function* rivalsComeInPairs(record) {
  const words = list(record, "outcomes").map((outcome) => outcome.rival);
  for (const [at, word] of words.entries()) {
    if (word && words.filter((other) => other === word).length === 1) yield problem(`outcomes.${at + 1}.rival`, `"${word}" stands on this figure alone`, "rival");
  }
}

function* rangesGoUp(record) {
  for (const [at, { number, number_to: upper }] of list(record, "outcomes").entries()) {
    const path = `outcomes.${at + 1}.number_to`;
    if (upper && !number) yield problem(path, "has no number to start from", "no-lower");
    else if (upper && Number(upper) <= Number(number)) yield problem(path, `${upper} is not more than number, ${number}`, "range");
  }
}

function* placesFit(record, { model, values }) {
  const { region, nation } = record;
  const regions = model.vocabularies.regions.byTag;
  if (region && values.nation === undefined) yield problem("nation", "is missing, but the region is filled", "no-nation");
  if (region && nation && regions.get(region).nation !== nation) {
    yield problem("region", `${region} is not in ${nation}`, "region");
    return;
  }
  const homes = list(record, "local_authorities").map((tag) => model.vocabularies["local-authorities"].byTag.get(tag).region);
  if (region && homes.length > 1 && new Set(homes).size === 1 && homes[0] !== region) {
    yield problem("region", `${region} holds none of the councils: all are in ${homes[0]}`, "councils");
    return;
  }
  for (const [at, tag] of list(record, "local_authorities").entries()) {
    const home = homes[at];
    const path = `local_authorities.${at + 1}`;
    if (region && home !== region) yield problem(path, `${tag} is in ${home}, not in ${region}`, "council-region");
    else if (nation && regions.get(home).nation !== nation) yield problem(path, `${tag} is not in ${nation}`, "council-nation");
  }
}

function* recordsExist(record, { records }) {
  const links = [...(record.programme ? [["programme", record.programme]] : []), ...["predecessors", "successors"].flatMap((name) => list(record, name).map((id, at) => [`${name}.${at + 1}`, id]))];
  for (const [path, id] of links) {
    if (!records.has(id)) yield problem(path, `there is no record "${id}"`, "no-record");
    else if (id === record.id) yield problem(path, "is the record itself", "itself");
  }
}

function* programmesAreProgrammes(record, { records }) {
  let above = records.get(record.programme);
  if (above && above.kind !== "programme") yield problem("programme", `"${above.id}" is a partnership, not a programme`, "no-programme");
  const chain = [record.id];
  while (above && !chain.includes(above.id)) {
    chain.push(above.id);
    above = records.get(above.programme);
  }
  if (above && above.id === record.id) yield problem("programme", `goes round in a circle: ${chain.join(" > ")} > ${record.id}`, "circle");
}

const RULES = [
  nothingAfterTheReview, datesInOrder, changedAfterListed, statusIsDated, everyFieldIsSourced, sourcesAreUsedWell, sourceIdsExist,
  rivalsComeInPairs, rangesGoUp, placesFit, supportsNameFilledFields, recordsExist, programmesAreProgrammes,
];
