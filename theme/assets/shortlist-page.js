// The shortlist's own page: what this device keeps, or what a link carries. A link never changes the reader's own list
// until the reader says so.

import { button, copyLink, gaps, make, notice, printedAddress, recordUrl, records, root, withIds } from "./hand-on.js";
import { NOT_KEPT, add, ids, isId, isKept, onChange, remove, replace } from "./shortlist-store.js";

const MOST = 200; // ids read from a link; nobody reads more, and each is a request
const asked = [...new Set(new URLSearchParams(location.search).getAll("id"))];
const shared = asked.filter(isId).slice(0, MOST);
const unreadable = asked.length - asked.filter(isId).length;
const isShared = asked.length > 0;

const place = document.getElementById("shortlist");
const status = make("p", { className: "shortlist-status", role: "status" });
const undo = notice();
const body = make("div");
undo.hidden = true;

const pieces = (list) => (list.length ? list.join("; ") : "Not recorded");
const partnerships = (number) => `${number} ${number === 1 ? "partnership" : "partnerships"}`;

function fact(label, ...value) {
  return make("div", {}, make("dt", { textContent: label }), make("dd", {}, ...value));
}

/** What a colleague needs of one record, on screen and on paper. */
function entry(record, tick) {
  const url = recordUrl(record.id);
  const problem = record.warning ? make("p", { className: "shortlist-entry__warning", textContent: record.warning }) : null;
  return make("li", { className: "shortlist-entry" },
    make("h2", {}, make("a", { href: url, textContent: record.name })),
    make("p", { textContent: `${record.place}. ${record.status_words}${record.review_due ? "; review due" : ""}.` }),
    problem,
    make("dl", { className: "facts" },
      fact("Help with", pieces(record.issues)),
      fact("Advice from", pieces(record.advice)),
      fact("Who can refer", pieces(record.who)),
      fact("How to refer", record.how || "The sources do not say."),
      fact("Last reviewed", `${record.last_reviewed}, from ${record.sources} ${record.sources === 1 ? "source" : "sources"}`),
      make("div", { className: "on-paper" }, make("dt", { textContent: "Address" }), make("dd", { textContent: url }))),
    tools(record, tick));
}

function tools(record, tick) {
  const box = make("input", { type: "checkbox", name: "id", value: record.id, checked: tick, id: `compare-${record.id}` });
  const named = () => make("span", { className: "hidden", textContent: record.name });
  return make("p", { className: "hand-tools" },
    make("label", { for: box.id, className: "hand-check" }, box, "Compare", named()),
    isShared ? null : button("Remove", () => takeOut([record.id], record.name), record.name),
    make("a", { className: "hand-link", href: `${recordUrl(record.id)}card/` }, "Referral card", named()));
}

/** Take records off the list, offer to undo it, and leave the focus on that offer: the button pressed is gone. */
function takeOut(gone, words) {
  const before = ids();
  replace(before.filter((id) => !gone.includes(id)));
  const back = button("Undo", () => {
    replace(before);
    undo.hidden = true;
    status.tabIndex = -1;
    status.focus();
  });
  undo.replaceChildren(make("p", {}, `Taken off the list: ${words}. `, back));
  undo.hidden = false;
  back.focus();
}

/** The line that says what is here, spoken by screen readers. */
function said(number) {
  if (isShared) {
    const own = ids().length;
    return `This link holds ${partnerships(number)}. Your own shortlist (${own}) has not changed.`;
  }
  return number ? `${partnerships(number)} on your shortlist.` : "Nothing is on your shortlist yet.";
}

function sharedTools(found) {
  const keep = button("Keep these", () => {
    add(...found.map((record) => record.id));
    if (isKept()) location.assign(location.pathname); // this page without the ids of the link
    else show();
  });
  return make("p", { className: "hand-tools" }, keep, make("a", { className: "hand-link", href: new URL("shortlist/", root).href, textContent: "See my own shortlist" }));
}

function listTools(all) {
  const copied = make("span", { role: "status", className: "hand-said" });
  return make("p", { className: "hand-tools" },
    button("Copy a link to this list", () => copyLink(withIds("shortlist/", all), copied)),
    button("Print", () => print()),
    isShared ? null : button("Clear all", () => takeOut(all, all.length === 1 ? "the only one" : `all ${all.length}`)),
    copied);
}

function compareForm(found) {
  const few = found.length <= 4;
  const go = make("button", { className: "hand-button", textContent: "Compare the ticked ones" });
  const list = make("ol", { className: "shortlist-entries" }, ...found.map((record) => entry(record, few)));
  const form = make("form", { action: new URL("compare/", root).href, method: "get", "aria-label": "Shortlist" }, list);
  if (found.length > 1) form.append(make("p", { className: "hand-tools" }, go, make("span", { className: "small", textContent: "Tick two to four." })));
  form.classList.toggle("shortlist-single", found.length < 2);
  return form;
}

function empty() {
  return make("p", {}, "Press “Add to shortlist” on a partnership, for example in ", make("a", { href: new URL("partnerships/", root).href, textContent: "the list of all partnerships" }), ".");
}

function problems(found) {
  const lost = isShared ? [] : found.filter((one) => one.missing || one.retired);
  const gap = gaps(found);
  if (lost.length) gap.append(make("p", {}, button(lost.length === 1 ? "Take it off the list" : "Take them off the list", () => lost.forEach((one) => remove(one.id)))));
  return [
    isKept() ? null : notice(make("p", { textContent: NOT_KEPT })),
    unreadable ? notice(make("p", { textContent: `${unreadable} of the names in this link cannot be the name of a record and were left out.` })) : null,
    gap,
  ].filter(Boolean);
}

let turn = 0;

async function show() {
  const mine = ++turn;
  const all = isShared ? shared : ids();
  const everything = await records(all);
  if (mine !== turn) return; // the list changed again while records came
  const found = everything.filter((one) => one.name);
  status.textContent = said(found.length);
  body.replaceChildren(...problems(everything), ...(isShared && found.length ? [sharedTools(found)] : []));
  if (found.length) body.append(listTools(all), compareForm(found), printedAddress(withIds("shortlist/", all)));
  else body.append(empty());
}

place.replaceChildren(status, undo, body);
onChange(show);
show();
