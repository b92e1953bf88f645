// The form for a new record and for an old one: loads what it needs, brings a draft back, and says what to do when it cannot.

import { make } from "./make.js";
import { forget, keyOf, onTop, restore } from "./form-draft.js";
import { load, recordText } from "./form-model.js";
import { changes, readFile, rewrite, write } from "./form-yaml.js";
import { changeList, copy, download, githubEdit, githubNew, lastStep } from "./form-send.js";
import { Form } from "./form-steps.js";

const place = document.getElementById("form");
const { mode, repository, folder } = place.dataset;
const today = () => new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());

/** A name for the file from the record's own name: small letters, digits and hyphens. */
const slug = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).replace(/-+$/, "");

function begin(model, records, key, draft, extras) {
  document.getElementById("form-without").remove();
  const notice = document.getElementById("form-restored");
  notice.hidden = !draft.restored;
  const form = new Form({ place, model, records, key, draft, extras });
  extras.clear = () => {
    forget(key);
    const url = new URL(location.href);
    url.searchParams.delete("step");
    location.replace(url);
  };
  form.show(form.step());
}

// --- a new record -------------------------------------------------------------------------------------------------

function addForm(model, records, retired) {
  const key = keyOf("");
  const draft = restore(key, model);
  const extras = {
    isNew: true, fixed: [], title: "Add a partnership",
    fill(values) {
      const id = values.id ?? slug(values.name ?? "");
      return { ...values, ...(id ? { id } : {}), first_listed: today(), last_reviewed: today() };
    },
    problems(values) {
      const taken = records.has(values.id) ? "is the short name of a record that is here already" : retired.has(values.id) ? "was the id of a record that was retired, and no id is used twice" : "";
      return taken ? [{ path: "id", what: `"${values.id}" ${taken}`, rule: "taken" }] : [];
    },
    last: (form) => lastStep(form, () => {
      const record = form.tidied();
      const [text, name] = [write(record, model), `${folder}/${record.id}.yml`];
      return { name, text, changed: [], ways: [...githubNew(repository, folder, record.id, text), ...download(record.id, text), ...copy(name, text)] };
    }),
  };
  begin(model, records, key, { values: { kind: "partnership", ...draft?.values }, declined: draft?.declined, restored: Boolean(draft) }, extras);
}

// --- a record that is there ---------------------------------------------------------------------------------------

/** The record with the days that an edit moves: the change itself, and the review where someone compared everything. */
function edited(values, base, model, reviewed) {
  const moved = changes(base, values, model).length ? { ...values, last_changed: today() } : { ...values };
  return reviewed ? { ...moved, last_reviewed: today() } : moved;
}

function reviewTick(form) {
  const box = make("input", { type: "checkbox", id: "form-reviewed", checked: Boolean(form.reviewed) });
  box.addEventListener("change", () => {
    form.reviewed = box.checked;
    form.show(form.step());
    document.getElementById("form-reviewed").focus();
  });
  return make("div", { className: "form-choice" }, box, make("label", { for: box.id, textContent: "I compared the whole record with its sources today" }));
}

async function editForm(model, records, id) {
  const text = await recordText(id);
  if (text === null) return cannot(`There is no record with the name “${id}”.`);
  const key = keyOf(id);
  const base = readFile(text, model);
  const draft = restore(key, model);
  const extras = {
    isNew: false, fixed: ["id"], title: base.name, fill: (values) => values, problems: () => [],
    last: (form) => lastStep(form, () => {
      const record = edited(form.tidied(), base, model, form.reviewed);
      const [made, name] = [rewrite(text, base, record, model), `${folder}/${id}.yml`];
      const ways = made === text ? [] : [...githubEdit(repository, folder, id), ...copy(name, made), ...download(id, made)];
      return { name, text: made, changed: [...changeList(form), reviewTick(form)], ways };
    }),
  };
  place.before(make("p", {}, "You are editing ", make("a", { href: new URL(`../partnerships/${id}/`, import.meta.url).href, textContent: base.name }), "."));
  begin(model, records, key, { values: draft ? onTop(base, draft, model) : structuredClone(base), declined: draft?.declined, base, restored: Boolean(draft) }, extras);
}

function cannot(words) {
  place.replaceChildren(make("div", { className: "notice", role: "alert" }, make("p", { textContent: words })));
}

async function start() {
  try {
    const { model, records, retired } = await load();
    if (mode === "add") return addForm(model, records, retired);
    const id = new URLSearchParams(location.search).get("id") ?? "";
    if (!model.patterns.id.test(id)) return cannot("Open a record first, then follow “edit this record with a form” at its end.");
    await editForm(model, records, id);
  } catch (error) {
    console.error(error);
    cannot("The form could not be loaded just now. Check the connection and load the page again, or use one of the other ways below.");
  }
}

start();
