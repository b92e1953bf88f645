// The boxes of a list's filters, group by group, with a count for each choice; and the chips that take a choice back.

import { offsets } from "./finder-state.js";
import { make } from "./make.js";

/** Groups of boxes for filters. ``showCounts`` writes the counts and says which boxes are chosen and which have none. */
export function makeGroups(filters) {
  const firsts = offsets(filters);
  const boxes = [];
  const groups = filters.map((filter, f) => {
    const chosen = make("span", { className: "filter__chosen" });
    const items = filter.options.map((pair, o) => option(filter, pair, firsts[f] + o, boxes));
    const fieldset = make("fieldset", {}, make("legend", { className: "hidden", textContent: filter.legend }), make("ul", {}, ...items));
    const details = make("details", { className: "filter" }, make("summary", {}, make("span", { textContent: filter.legend }), chosen), fieldset);
    return Object.assign(details, { chosenWords: chosen });
  });

  function showCounts(counts, chosen) {
    filters.forEach((filter, f) => {
      const tags = chosen.get(filter.name);
      filter.options.forEach(([tag], o) => showCount(boxes[firsts[f] + o], counts[firsts[f] + o], Boolean(tags?.has(tag))));
      groups[f].chosenWords.textContent = tags?.size ? `${tags.size} chosen` : "";
    });
  }
  return { groups, showCounts };
}

function option(filter, [tag, label], number, boxes) {
  const box = make("input", { type: "checkbox", id: `f-${number}`, name: filter.name, value: tag });
  const shown = make("span", { className: "number" });
  boxes[number] = { box, shown };
  return make("li", {}, make("label", { for: box.id }, box, make("span", { textContent: label }), shown));
}

/** A value with none is switched off, not removed. Only what differs is written, because there are hundreds of boxes. */
function showCount({ box, shown }, number, checked) {
  const disabled = number === 0 && !checked;
  if (box.checked !== checked) box.checked = checked;
  if (box.disabled !== disabled) box.disabled = disabled;
  if (shown.textContent !== String(number)) shown.textContent = number;
}

/** Choices with one more or one fewer. */
export function toggled(chosen, name, tag, on) {
  const values = new Set(chosen.get(name));
  if (on) values.add(tag);
  else values.delete(tag);
  const next = new Map(chosen);
  if (values.size) next.set(name, values);
  else next.delete(name);
  return next;
}

export function choiceWords(filters, name, tag) {
  const filter = filters.find((one) => one.name === name);
  return `${filter.legend}: ${filter.options.find(([one]) => one === tag)[1]}`;
}

/** Chips for [words, act that takes it back]. When one goes, the focus moves to the next one, or to ``after``. */
export function fillChips(list, items, after) {
  const chips = items.map(([words, remove]) => {
    const chip = make("button", { type: "button", className: "chip" }, make("span", { className: "hidden", textContent: "Remove " }), words, make("span", { className: "chip__cross", "aria-hidden": "true", textContent: " ×" }));
    chip.addEventListener("click", async () => {
      const number = [...list.querySelectorAll("button")].indexOf(chip);
      await remove();
      const left = list.querySelectorAll("button");
      (left[Math.min(number, left.length - 1)] ?? after).focus();
    });
    return chip;
  });
  list.replaceChildren(...chips.map((chip) => make("li", {}, chip)));
}
