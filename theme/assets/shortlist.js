// On every page: the number on the shortlist in the header, a button on each record and on each row of a list.

import { button, make, root } from "./hand-on.js";
import { NOT_KEPT, add, has, ids, isKept, onChange, remove } from "./shortlist-store.js";

const link = make("a", { className: "shortlist-link js-only", href: new URL("shortlist/", root).href });
const said = make("p", { className: "hidden js-only", role: "status" });
const buttons = new Map();

function change(id, place) {
  if (has(id)) remove(id);
  else add(id);
  said.textContent = `${has(id) ? "Added to" : "Taken off"} the shortlist. It has ${ids().length} now.`;
  place.querySelector(".shortlist-problem")?.remove();
  if (!isKept()) place.append(make("span", { className: "shortlist-problem", role: "alert", textContent: NOT_KEPT }));
}

/** A button for one record, appended to ``place``; a place has one at most. */
function equip(place, id, name) {
  if (place.querySelector(".shortlist-button")) return;
  const words = make("span");
  const toggle = button(words, () => change(id, place), name);
  toggle.classList.add("shortlist-button", "js-only");
  buttons.set(toggle, { id, words });
  place.append(toggle);
  sync(toggle);
}

function sync(toggle) {
  const { id, words } = buttons.get(toggle);
  const chosen = has(id);
  words.textContent = chosen ? "Remove from shortlist" : "Add to shortlist";
  toggle.classList.toggle("hand-button--on", chosen);
}

function equipRow(row) {
  let place = row.querySelector(".record-row__shortlist");
  if (!place) {
    place = make("p", { className: "record-row__shortlist js-only" });
    row.append(place);
  }
  equip(place, row.dataset.id, row.querySelector(".record-row__name a").textContent);
}

function equipList(list) {
  const all = () => list.querySelectorAll(":scope > .record-row[data-id]").forEach(equipRow);
  all();
  new MutationObserver(all).observe(list, { childList: true }); // the filters draw rows anew
}

/** Print, short or whole. The style sheet for paper leaves out less when the page says "whole". */
function printButton(words, whole) {
  const element = button(words, () => {
    document.documentElement.classList.toggle("print-whole", whole);
    print();
  });
  element.classList.add("js-only");
  return element;
}

addEventListener("afterprint", () => document.documentElement.classList.remove("print-whole"));

function show() {
  link.textContent = `Shortlist (${ids().length})`;
  buttons.forEach((_, toggle) => sync(toggle));
}

document.querySelector(".site-header__top")?.insertBefore(link, document.querySelector(".site-header__top .menu"));
document.getElementById("content")?.append(said);
document.querySelectorAll("ol.records").forEach(equipList);
for (const tools of document.querySelectorAll(".record-tools[data-record]")) {
  equip(tools, tools.dataset.record, "");
  tools.append(printButton("Print a summary", false), printButton("Print everything", true));
}
for (const tools of document.querySelectorAll(".record-tools[data-print]")) tools.append(printButton("Print this card", false));
onChange(show);
show();
