// The form as steps: one is shown at a time, Back and the browser's own keys lead through them, and a step is left only when it
// is right. The values are the truth and the page is drawn from them, so nothing that was typed is lost.

import { make } from "./make.js";
import { check } from "./form-rules.js";
import { idOf, question } from "./form-fields.js";
import { gapsLine, showGaps, tend, ticks } from "./form-sources.js";
import { keep } from "./form-draft.js";
import { likely } from "./form-duplicates.js";
import { sentence } from "./form-words.js";
import { tidyGroup } from "./form-values.js";

const SITE = new URL("../", import.meta.url);
const WITH_DUPLICATES = ["name", "place", "who", "send"]; // the steps after which a likeness may show

export class Form {
  /** ``draft`` is {values, declined, base}; ``extras`` are what the kind of form adds: the last step, checks of its own. */
  constructor({ place, model, records, key, draft, extras }) {
    Object.assign(this, { place, model, records, key, extras, values: draft.values, base: draft.base, declined: new Set(draft.declined ?? []), problems: [], opened: new Set() });
    addEventListener("popstate", () => {
      this.problems = [];
      this.show(this.step(), true);
    });
  }

  // --- values -------------------------------------------------------------------------------------------------------

  get(path) {
    return path.split(".").reduce((value, part) => value?.[/^\d+$/.test(part) ? part - 1 : part], this.values);
  }

  put(path, value) {
    const parts = path.split(".").map((part) => (/^\d+$/.test(part) ? part - 1 : part));
    const last = parts.pop();
    let here = this.values;
    parts.forEach((part, at) => (here = here[part] ??= typeof (parts[at + 1] ?? last) === "number" ? [] : {}));
    here[last] = value;
  }

  set(path, value) {
    this.put(path, value);
    this.kept();
  }

  /** Keep the draft, and say once when the browser does not. */
  kept() {
    const done = keep(this.key, { values: this.values, declined: [...this.declined], base: this.base });
    const line = document.getElementById("form-kept");
    const said = done ? "Your answers are kept on this device." : "This browser does not keep drafts. Your answers last until you leave this page.";
    if (line.textContent !== said) line.textContent = said; // said again only when it changes
  }

  /** Values without what is empty: what is checked and written. */
  tidied() {
    return tidyGroup(this.values, this.model.fields) ?? {};
  }

  // --- problems -----------------------------------------------------------------------------------------------------

  /** All problems of the record as it is. What is empty goes first, so that the numbers of items are those on the page. */
  examine() {
    this.values = this.extras.fill(this.tidied());
    tend(this);
    const tidy = this.tidied();
    const order = this.model.steps.flatMap((step) => [...step.fields, ...step.more]);
    const rank = ({ path }) => order.indexOf(path.split(".")[0]);
    // An id is made from the name, so a missing name is the one thing to say.
    const found = [...check(tidy, this.model, this.records), ...this.extras.problems(tidy)].filter((one) => tidy.name || one.path !== "id");
    return found.sort((one, other) => rank(one) - rank(other));
  }

  /** The sentences about a path. */
  said = (path) => this.problems.filter((one) => one.path === path).map((one) => sentence(this.model, one));

  /** The step on which a problem can be mended. */
  stepOf({ path, rule }) {
    const name = path.split(".")[0];
    if (rule === "unsourced" || /\.\d+\.source(\.|$)/.test(path)) return "sources";
    return this.model.steps.find((step) => [...step.fields, ...step.more].includes(name))?.id ?? "send";
  }

  // --- steps --------------------------------------------------------------------------------------------------------

  /** The step in the address, or the first. */
  step() {
    const asked = new URLSearchParams(location.search).get("step");
    return this.model.steps.find((step) => step.id === asked) ?? this.model.steps[0];
  }

  address(step) {
    const url = new URL(location.href);
    url.searchParams.set("step", step.id);
    url.hash = "";
    return url;
  }

  go(step) {
    history.pushState(null, "", this.address(step));
    this.problems = [];
    this.show(step, true);
  }

  /** Check what is asked on a step; go on when nothing is wrong. */
  advance(step) {
    this.problems = this.examine().filter((one) => this.stepOf(one) === step.id);
    this.kept();
    if (this.problems.length) {
      this.show(step);
      document.getElementById("form-summary").focus();
    } else this.go(this.model.steps[this.model.steps.indexOf(step) + 1]);
  }

  redraw(path) {
    this.show(this.step());
    (document.getElementById(idOf(path)) ?? document.getElementById("form-step")).focus();
  }

  /** Called when an answer changes what other questions offer: places follow nation and region. */
  changed(path) {
    if (path === "region" && this.values.region && !this.values.nation) this.set("nation", this.model.vocabularies.regions.byTag.get(this.values.region).nation);
    if (path === "nation" && this.values.region && this.model.vocabularies.regions.byTag.get(this.values.region)?.nation !== this.values.nation) this.set("region", "");
    if (path !== "nation" && path !== "region") return;
    const focused = document.activeElement?.id;
    this.show(this.step());
    document.getElementById(focused)?.focus();
  }

  inItem = (field, at) => (field.name === "sources" ? [ticks(this, at)] : []);

  show(step, focus = false) {
    if (step.id === "sources") {
      if (!this.values.sources?.length) this.put("sources", [{}]);
      tend(this);
    }
    const number = this.model.steps.indexOf(step);
    const heading = make("h2", { id: "form-step", tabIndex: -1, textContent: `Step ${number + 1} of ${this.model.steps.length}: ${step.title}${step.optional ? " (optional)" : ""}` });
    const body = step.id === "send" ? this.extras.last(this) : this.questions(step);
    this.place.replaceChildren(this.map(step), ...this.summary(), heading, make("p", { textContent: step.about }), ...this.duplicates(step), ...body, this.foot(step, number));
    document.title = `${this.problems.length ? "Error: " : ""}${step.title} – ${this.extras.title}`;
    if (step.id === "sources") showGaps(this);
    if (focus) (document.getElementById("form-summary") ?? heading).focus();
  }

  questions(step) {
    const ask = (name) => question(this, this.model.fields.find((field) => field.name === name), name);
    const form = make("form", { noValidate: true, className: "form-questions" }, ...step.fields.filter((name) => !this.extras.fixed.includes(name)).map(ask));
    if (step.more.length) form.append(this.more(step, step.more.map(ask)));
    if (step.id === "sources") form.append(gapsLine());
    const records = step.more.includes("predecessors") ? [make("datalist", { id: "form-records" }, ...[...this.records.values()].map((record) => make("option", { value: record.id, label: record.name })))] : [];
    form.append(make("p", { className: "hand-tools" }, make("button", { className: "form-button", textContent: "Continue" })), ...records);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.advance(step);
    });
    return [form];
  }

  /** Questions that few need, behind a heading. It opens by itself when something in it is filled in or wrong. */
  more(step, questions) {
    const needed = step.more.some((name) => tidyGroup({ [name]: this.values[name] }, this.model.fields) || this.problems.some((one) => one.path.split(".")[0] === name));
    const details = make("details", { className: "group form-more", open: needed || this.opened.has(step.id) }, make("summary", { textContent: this.moreWords(step) }), ...questions);
    details.addEventListener("toggle", () => (details.open ? this.opened.add(step.id) : this.opened.delete(step.id)));
    return details;
  }

  moreWords({ more }) {
    const labels = more.map((name) => this.model.field(name).label.toLowerCase());
    const rest = labels.length - 3;
    return `More questions: ${labels.slice(0, 3).join(", ")}${rest > 0 ? ` and ${rest} more` : ""} (optional)`;
  }

  map(step) {
    const link = (one) => {
      const made = make("a", { href: this.address(one).href, textContent: one.title });
      if (one === step) made.setAttribute("aria-current", "step");
      made.addEventListener("click", (event) => {
        event.preventDefault();
        this.go(one);
      });
      return make("li", {}, made);
    };
    return make("nav", { className: "form-map", "aria-label": "Steps of the form" }, make("ol", {}, ...this.model.steps.map(link)));
  }

  /** What is wrong, above everything, each with a link to its question. */
  summary() {
    if (!this.problems.length) return [];
    const items = this.problems.map((one) => {
      const link = make("a", { href: `#${idOf(one.path)}`, textContent: sentence(this.model, one) });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.lead(one);
      });
      return make("li", {}, link);
    });
    return [make("div", { className: "form-summary", id: "form-summary", tabIndex: -1, role: "alert", "aria-labelledby": "form-summary-title" }, make("h2", { id: "form-summary-title", textContent: "There is a problem" }), make("ul", {}, ...items))];
  }

  /** Show the question of a problem, on its step, with what is wrong beside it. */
  lead(one) {
    const step = this.model.steps.find(({ id }) => id === this.stepOf(one));
    if (step !== this.step()) {
      history.pushState(null, "", this.address(step));
      this.problems = this.examine().filter((other) => this.stepOf(other) === step.id);
      this.show(step);
    }
    this.controlOf(one)?.focus();
  }

  /** The control that mends a problem: the tick of an unsourced field, the question itself, or the nearest around it. */
  controlOf({ path, rule }) {
    const [name, number] = path.split(".");
    if (rule === "unsourced") return document.getElementById(`tick-1-${name}`) ?? document.getElementById(idOf("sources-add"));
    if (/\.source(\.|$)/.test(path)) return document.getElementById(`tick-1-${name}.${number}`);
    if (rule === "no-ticks") return document.querySelector(`[id^="tick-${number}-"]`);
    for (let here = path; here; here = here.includes(".") ? here.slice(0, here.lastIndexOf(".")) : "") {
      const found = document.getElementById(idOf(here));
      if (found) return found;
    }
    return [...this.place.querySelectorAll("[id]")].find((one) => one.id.startsWith(idOf(path)) && one.matches("input, select, textarea, fieldset"));
  }

  duplicates(step) {
    const found = WITH_DUPLICATES.includes(step.id) && this.extras.isNew ? likely(this.tidied(), this.records, this.model) : [];
    if (!found.length) return [];
    const item = ({ record, reasons }) => make("li", {}, make("a", { href: new URL(`partnerships/${record.id}/`, SITE).href, target: "_blank", textContent: `${record.name} (opens in a new tab)` }), `: ${reasons.join("; ")}. `, make("a", { href: new URL(`contribute/edit/?id=${record.id}`, SITE).href, textContent: "Edit that record", "aria-label": `Edit that record: ${record.name}` }));
    return [make("div", { className: "notice notice--unknown", id: "form-duplicates" }, make("p", {}, make("strong", { textContent: "It may be listed already. " }), "Look at these first. If it is another partnership, carry on."), make("ul", {}, ...found.map(item)))];
  }

  foot(step, number) {
    const back = number ? make("a", { href: this.address(this.model.steps[number - 1]).href, className: "hand-link", textContent: "Back" }) : null;
    back?.addEventListener("click", (event) => {
      event.preventDefault();
      this.go(this.model.steps[number - 1]);
    });
    const clear = make("button", { type: "button", className: "hand-button", textContent: "Delete this draft and start again" });
    clear.addEventListener("click", () => confirm("Delete everything you have entered here?") && this.extras.clear());
    return make("div", { className: "form-foot" }, make("p", { className: "hand-tools" }, back, clear), make("p", { className: "small", id: "form-kept", role: "status" }));
  }
}
