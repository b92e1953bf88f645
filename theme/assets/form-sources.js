// What each source tells. A source stands behind fields; a figure or an event names its sources itself. In a new
// record, answers are ticked at the only source there is, unless a person took the tick away. With several sources, and in a
// record that is there already, the person says which: an old source need not tell a new fact.

import { make } from "./make.js";
import { filled, unsourced } from "./form-rules.js";
import { answer } from "./form-words.js";
import { tidyGroup } from "./form-values.js";

const stating = (model) => model.fields.filter((field) => field.states);
const note = (source, name) => `${source}:${name}`;
const called = (field, item) => `${field.name}.${item.as_written ?? item.what ?? ""}`;

/** Gives each source its id, and takes ticks away from what is no longer filled. */
export function tend(form) {
  const sources = form.values.sources ?? [];
  const record = tidyGroup(form.values, form.model.fields) ?? {};
  const known = new Set(filled(record, form.model));
  for (const source of sources) {
    source.id ??= freeId(sources);
    if (source.supports) source.supports = source.supports.filter((name) => known.has(name));
  }
  const ids = sources.map((source) => source.id);
  for (const field of stating(form.model)) for (const item of form.values[field.name] ?? []) if (item.source) item.source = item.source.filter((id) => ids.includes(id));
  if (form.extras.isNew && sources.length === 1) tickAll(form, sources[0], record);
}

function freeId(sources) {
  const taken = new Set(sources.map((source) => source.id));
  let number = 1;
  while (taken.has(`s${number}`)) number += 1;
  return `s${number}`;
}

/** With one source: everything that no source stands behind, less what was taken away by hand. */
function tickAll(form, source, record) {
  const kept = (name) => !form.declined.has(note(source.id, name));
  const open = unsourced({ ...record, sources: [{ supports: source.supports ?? [] }] }, form.model);
  const add = open.filter((name) => kept(name) && !form.model.field(name).states);
  source.supports = inOrder(form, [...(source.supports ?? []), ...add]);
  for (const field of stating(form.model)) {
    for (const item of form.values[field.name] ?? []) if (!item.source?.length && kept(called(field, item))) item.source = [source.id];
  }
}

const inOrder = (form, names) => form.model.sourced.filter((name) => names.includes(name));

/** The check boxes of one source: "What does this page tell?". */
export function ticks(form, at) {
  const source = form.values.sources[at];
  const record = tidyGroup(form.values, form.model.fields) ?? {};
  const names = filled(record, form.model).filter((name) => !form.model.field(name).states || (source.supports ?? []).includes(name));
  const boxes = names.map((name) => tick(form, at, name, `${form.model.field(name).label}: ${answer(form, name, record[name])}`, (source.supports ?? []).includes(name), (on) => {
    source.supports = inOrder(form, on ? [...(source.supports ?? []), name] : source.supports.filter((other) => other !== name));
    decline(form, source.id, name, on);
  }));
  const items = stating(form.model).flatMap((field) => (form.values[field.name] ?? []).map((item, number) => [field, item, number]));
  const more = items.filter(([field, item]) => tidyGroup(item, field.parts)).map(([field, item, number]) => tick(form, at, `${field.name}.${number + 1}`, `${field.item === "figure" ? "Figure" : "Event"}: ${[item.as_written, item.what].filter(Boolean).join(" ")}`, (item.source ?? []).includes(source.id), (on) => {
    item.source = on ? [...(item.source ?? []), source.id] : item.source.filter((other) => other !== source.id);
    decline(form, source.id, called(field, item), on);
  }));
  const set = make("fieldset", { className: "form-field form-ticks" }, make("legend", { textContent: `What does this page tell? (source ${at + 1})` }));
  const said = form.said(`sources.${at + 1}.supports`);
  if (said.length) set.append(make("p", { className: "form-error", textContent: said.join(" ") }));
  set.append(make("p", { className: "form-hint", textContent: boxes.length + more.length ? "Tick what can be read there. Untick what cannot." : "Nothing is filled in yet that a source could tell." }), ...boxes, ...more);
  return set;
}

/** One check box. What is wrong stands at the first source only. */
function tick(form, at, path, label, checked, act) {
  const name = `${at + 1}-${path}`;
  const said = at ? [] : [...form.said(path), ...form.said(`${path}.source`)];
  const box = make("input", { type: "checkbox", id: `tick-${name}`, checked });
  box.addEventListener("change", () => {
    act(box.checked);
    form.kept();
    showGaps(form);
  });
  const error = said.length ? make("p", { className: "form-error", id: `${box.id}-error`, textContent: said.join(" ") }) : null;
  if (error) box.setAttribute("aria-describedby", error.id);
  return make("div", { className: "form-choice" }, box, make("div", {}, make("label", { for: box.id, textContent: label }), error));
}

function decline(form, id, name, on) {
  if (on) form.declined.delete(note(id, name));
  else form.declined.add(note(id, name));
}

/** The line below the sources: what nothing stands behind yet. */
export const gapsLine = () => make("p", { className: "form-gaps", id: "form-gaps", role: "status" });

export function showGaps(form) {
  const line = document.getElementById("form-gaps");
  if (!line) return;
  const record = tidyGroup(form.values, form.model.fields) ?? {};
  const fields = unsourced(record, form.model).filter((name) => !form.model.field(name).states).map((name) => form.model.field(name).label);
  const items = stating(form.model).flatMap((field) => (record[field.name] ?? []).filter((item) => !item.source?.length).map((item) => item.as_written ?? item.what));
  const open = [...new Set([...fields, ...items])];
  line.textContent = open.length ? `No source stands behind: ${open.join("; ")}.` : "A source stands behind everything you filled in.";
}
