// Answers and problems in words, for the page.

import { label } from "./form-model.js";

const MOST = 70; // characters of an answer in a tick or a list of changes

/** What was answered, short: terms by their labels, groups by their names. */
export function answer(form, name, value, most = MOST) {
  const text = words(form, form.model.field(name), value);
  return text.length > most ? `${text.slice(0, most - 1).replace(/\s+\S*$/, "")}…` : text;
}

function words(form, field, value) {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.map((item) => words(form, { ...field, many: false }, item)).join("; ");
  if (field.kind === "term") return label(form.model, field.vocabulary, value);
  if (field.kind === "group") return field.parts.filter((part) => value[part.name] !== undefined && !["source", "supports", "id"].includes(part.name)).map((part) => words(form, part, value[part.name])).join(", ");
  if (field.name === "programme") return form.records.get(value)?.name ?? value;
  return value;
}

/** Where a problem is, in words: "Organisation 2, Kind of organisation". */
export function placeOf(model, path) {
  const parts = path.split(".");
  const field = model.field(path);
  const top = model.field(parts[0]);
  const number = parts.find((part) => /^\d+$/.test(part));
  if (!number || !top.item) return field.label ?? path;
  const item = `${top.item[0].toUpperCase()}${top.item.slice(1)} ${number}`;
  return parts.length > 2 && field.label ? `${item}, “${field.label}”` : item;
}

/** A problem as a sentence with its mend: “Postcode”: "E2" is not a UK postcode. Write a full postcode. */
export function sentence(model, { path, what, rule }) {
  const place = path.includes(".") ? placeOf(model, path) : `“${placeOf(model, path)}”`;
  const joined = /^(is|has|holds|stands|goes) /.test(what) ? `${place} ${what}` : `${place}: ${what}`;
  return `${joined}. ${model.messages[rule] ?? ""}`.trim();
}
