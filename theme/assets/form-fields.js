// Questions as form controls: one for each kind of field. Each says its label, a hint and what is wrong with it, and tells the
// form what was entered. Everything is set as text.

import { make } from "./make.js";
import { join } from "./form-values.js";

const RADIOS = 7; // up to so many terms stand as radio buttons
const CHECKS = 20; // up to so many as check boxes; more become lists to choose from

export const idOf = (path) => `f-${path}`;
const typed = (id, ...more) => [id, ...more].join("-");

/** The question for a field at a path. ``form`` gives values, problems and ``set(path, value)``. */
export function question(form, field, path) {
  if (field.kind === "term" && !form.get(path) && !termsOf(form, field, path).length) return ""; // health boards in England
  if (field.kind === "flag") return flag(form, field, path);
  if (field.kind === "group") return field.many ? groupList(form, field, path) : group(form, field, path);
  if (field.kind === "term" && field.many && termsOf(form, field, path).length <= CHECKS) return checks(form, field, path);
  if (field.many) return rows(form, field, path);
  if (field.kind === "term" && termsOf(form, field, path).length <= RADIOS) return radios(form, field, path);
  return frame(form, field, path, (describedBy) => single(form, field, path, describedBy));
}

const optional = (field) => (field.required ? "" : " (optional)");

/** Meaning and example, as the field guide has them. */
function hintOf(field) {
  const example = field.example && !["term", "group"].includes(field.kind) ? ` For example: ${field.example}` : "";
  return field.meaning === field.label ? example.trim() : `${field.meaning}${example}`;
}

function errorOf(form, path) {
  const said = form.said(path);
  return said.length ? make("p", { className: "form-error", id: typed(idOf(path), "error") }, make("span", { className: "hidden", textContent: "Error: " }), said.join(" ")) : null;
}

/** Label, hint and error around one control. */
function frame(form, field, path, control, label = field.label + optional(field)) {
  const hint = hintOf(field) ? make("p", { className: "form-hint", id: typed(idOf(path), "hint"), textContent: hintOf(field) }) : null;
  const error = errorOf(form, path);
  const described = [hint, error].filter(Boolean).map((one) => one.id).join(" ");
  const made = control({ ...(described ? { "aria-describedby": described } : {}), ...(error ? { "aria-invalid": "true" } : {}) });
  return make("div", { className: `form-field${error ? " form-field--wrong" : ""}` }, make("label", { for: idOf(path), textContent: label }), hint, error, made);
}

function single(form, field, path, described) {
  const value = form.get(path) ?? "";
  if (field.kind === "term" || field.name === "programme") return select(form, field, path, described, value);
  const long = field.kind === "text" && field.long;
  const box = make(long ? "textarea" : "input", { id: idOf(path), name: path, value, autocomplete: "off", spellcheck: field.kind === "text", ...described });
  if (long) box.rows = 4;
  else box.type = "text";
  if (field.kind === "url") box.inputMode = "url";
  if (["year", "number"].includes(field.kind)) box.inputMode = "decimal";
  if (["year", "year-month", "date", "any-date", "number", "postcode"].includes(field.kind)) box.className = "form-short";
  if (field.kind === "id" && ["predecessors", "successors"].includes(field.name)) box.setAttribute("list", "form-records");
  box.addEventListener("input", () => form.set(path, box.value));
  return box;
}

/** A list to choose from, with the meaning of what is chosen below it. */
function select(form, field, path, described, value) {
  const about = make("p", { className: "form-meaning", id: typed(idOf(path), "meaning") });
  const box = make("select", { id: idOf(path), name: path, ...described, "aria-describedby": [described["aria-describedby"], about.id].filter(Boolean).join(" ") }, make("option", { value: "", textContent: "Choose one" }));
  box.append(...optionsOf(form, field, path));
  box.value = value;
  const tell = () => (about.textContent = termsOf(form, field, path).find((term) => term.tag === box.value)?.definition ?? "");
  box.addEventListener("change", () => {
    form.set(path, box.value);
    tell();
    form.changed(path);
  });
  tell();
  return make("div", {}, box, about);
}

/** Options, in groups by region where there are several regions. */
function optionsOf(form, field, path) {
  const all = termsOf(form, field, path);
  const option = (term) => make("option", { value: term.tag, textContent: term.end ? `${term.label} (until ${term.end})` : term.label });
  const regions = [...new Set(all.map((term) => term.region))];
  if (regions.length < 2 || regions.includes(undefined)) return all.map(option);
  return regions.map((region) => make("optgroup", { label: form.model.vocabularies.regions.byTag.get(region).label }, ...all.filter((term) => term.region === region).map(option)));
}

/** The terms to choose from: those on offer, and what is chosen already, so that it can be seen and taken out. */
function termsOf(form, field, path) {
  const terms = offered(form, field);
  const known = (tag) => form.model.vocabularies[field.vocabulary]?.byTag.get(tag) ?? { tag, label: tag };
  const chosen = [form.get(path) ?? []].flat().filter((tag) => tag && !terms.some((term) => term.tag === tag));
  return [...terms, ...chosen.map(known)];
}

/** Places only of the nation and region that are chosen; programmes from the records there are. */
function offered(form, field) {
  if (field.name === "programme") return [...form.records.values()].filter((record) => record.kind === "programme" && record.id !== form.get("id")).map((record) => ({ tag: record.id, label: record.name }));
  const terms = form.model.vocabularies[field.vocabulary].terms;
  const { nation, region } = form.values;
  if (["regions", "health-boards"].includes(field.vocabulary)) return terms.filter((term) => !nation || term.nation === nation);
  if (field.vocabulary !== "local-authorities") return terms;
  const nationOf = (term) => form.model.vocabularies.regions.byTag.get(term.region)?.nation;
  return terms.filter((term) => (region ? term.region === region : !nation || nationOf(term) === nation));
}

/** A set of choices under one legend. */
function choices(form, field, path, inputs) {
  const hint = make("p", { className: "form-hint", id: typed(idOf(path), "hint"), textContent: hintOf(field) });
  const error = errorOf(form, path);
  const set = make("fieldset", { className: `form-field${error ? " form-field--wrong" : ""}`, "aria-describedby": [hint, error].filter(Boolean).map((one) => one.id).join(" ") });
  set.append(make("legend", { textContent: field.label + optional(field) }), hint, ...(error ? [error] : []), ...inputs);
  return set;
}

function choice(type, path, id, label, definition, checked, act) {
  const box = make("input", { type, id, name: path, checked });
  const about = definition ? make("p", { className: "form-meaning", id: typed(id, "meaning"), textContent: definition }) : null;
  if (about) box.setAttribute("aria-describedby", about.id);
  box.addEventListener("change", () => act(box.checked));
  return make("div", { className: "form-choice" }, box, make("div", {}, make("label", { for: id, textContent: label }), about));
}

function radios(form, field, path) {
  const terms = termsOf(form, field, path);
  const act = (tag) => () => {
    form.set(path, tag);
    form.changed(path);
  };
  const none = field.required ? [] : [choice("radio", path, typed(idOf(path), "none"), "No answer", "", !form.get(path), act(""))];
  return choices(form, field, path, [...terms.map((term, at) => choice("radio", path, at ? typed(idOf(path), term.tag) : idOf(path), term.label, term.definition, form.get(path) === term.tag, act(term.tag))), ...none]);
}

function checks(form, field, path) {
  const terms = termsOf(form, field, path);
  const order = terms.map((term) => term.tag);
  const act = (tag) => (ticked) => {
    const chosen = new Set(form.get(path) ?? []);
    ticked ? chosen.add(tag) : chosen.delete(tag);
    form.set(path, [...chosen].sort((one, other) => order.indexOf(one) - order.indexOf(other)));
  };
  return choices(form, field, path, terms.map((term, at) => choice("checkbox", path, at ? typed(idOf(path), term.tag) : idOf(path), term.label, term.definition, (form.get(path) ?? []).includes(term.tag), act(term.tag))));
}

function flag(form, field, path) {
  const act = (ticked) => form.set(path, ticked ? "true" : "");
  return choice("checkbox", path, idOf(path), field.label, field.meaning, form.get(path) === "true", act);
}

// --- lists ----------------------------------------------------------------------------------------------------------

const button = (words, hidden, act) => {
  const made = make("button", { type: "button", className: "hand-button" }, words, make("span", { className: "hidden", textContent: hidden }));
  made.addEventListener("click", act);
  return made;
};

/** Takes an item out and puts the focus on what stands in its place. */
function removal(form, path, at, words) {
  return button("Remove", ` ${words}`, () => {
    form.set(path, (form.get(path) ?? []).filter((_, other) => other !== at));
    form.redraw(at ? join(path, at) : `${path}-add`);
  });
}

function addition(form, field, path, number) {
  const made = button(number ? `Add another ${field.item}` : `Add a ${field.item}`.replace(/ a ([aeiou])/, " an $1"), "", () => {
    form.set(path, [...(form.get(path) ?? []), field.kind === "group" ? {} : ""]);
    form.redraw(join(path, (form.get(path) ?? []).length));
  });
  made.id = idOf(`${path}-add`);
  return made;
}

/** A list of texts, ids or terms: a control for each. */
function rows(form, field, path) {
  if (!form.get(path)?.length) form.put(path, [""]);
  const items = form.get(path);
  const one = { ...field, many: false };
  const made = items.map((_, at) => {
    const here = join(path, at + 1);
    const error = errorOf(form, here);
    const label = make("label", { for: idOf(here), className: "hidden", textContent: `${field.label} ${at + 1}` });
    const box = single(form, one, here, { ...(error ? { "aria-describedby": error.id, "aria-invalid": "true" } : {}) });
    return make("div", { className: "form-row" }, label, error, box, items.length > 1 || items[0] ? removal(form, path, at, `${field.item} ${at + 1}`) : null);
  });
  return choices(form, field, path, [...made, addition(form, field, path, items.length)]);
}

const partsOf = (field) => field.parts.filter((part) => !["source", "supports"].includes(part.name) && !(part.name === "id" && field.name === "sources"));

/** One group of fields under its own legend. */
function group(form, field, path) {
  const set = make("fieldset", { className: "form-item" }, make("legend", { textContent: field.label + optional(field) }));
  set.append(...partsOf(field).map((part) => question(form, part, join(path, part.name))));
  return set;
}

/** A list of groups: a frame for each, and a button for one more. ``form.inItem`` may add to a frame. */
function groupList(form, field, path) {
  if (["partners", "sources"].includes(field.name) && !form.get(path)?.length) form.put(path, [{}]);
  const items = form.get(path) ?? [];
  const name = field.item[0].toUpperCase() + field.item.slice(1);
  const made = items.map((_, at) => {
    const here = join(path, at + 1);
    const set = make("fieldset", { className: "form-item", id: idOf(here), tabIndex: -1 }, make("legend", { textContent: `${name} ${at + 1}` }));
    set.append(...[errorOf(form, here)].filter(Boolean), ...partsOf(field).map((part) => question(form, part, join(here, part.name))), ...form.inItem(field, at), removal(form, path, at, `${field.item} ${at + 1}`));
    return set;
  });
  const error = errorOf(form, path);
  return make("div", { className: "form-list", role: "group", "aria-label": field.label }, make("h3", { textContent: field.label + optional(field) }), make("p", { className: "form-hint", textContent: field.meaning }), error, ...made, addition(form, field, path, items.length));
}
