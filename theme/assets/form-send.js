// The last step: everything once more, the file, and the ways to send it. Nothing is sent by this page itself.

import { make } from "./make.js";
import { answer } from "./form-words.js";
import { changes } from "./form-yaml.js";

const LONGEST = 8000; // characters of an address that browsers and GitHub still take

/** The last step of a form. ``finish`` makes the file's name and text, what changed and the ways to send it, once all is right. */
export function lastStep(form, finish) {
  form.problems = form.examine();
  if (form.problems.length) return [make("p", { textContent: "Some answers need another look. The list above leads to each. Then the file can be sent." }), review(form)];
  const { name, text, ways, changed } = finish();
  if (!ways.length) return [...changed, review(form)];
  const code = make("pre", { tabIndex: 0, role: "region", "aria-label": "The file", className: "form-file" }, make("code", { textContent: text }));
  return [...changed, review(form), make("h3", { textContent: "The file" }), make("p", {}, "This is what an editor reads: ", make("code", { textContent: name }), ". It has passed the checks that a page can make."), code, make("h3", { textContent: "Send it" }), ...ways];
}

/** The answers by step, each step with a link back. */
function review(form) {
  const rows = form.model.steps.filter((step) => step.id !== "send").map((step) => {
    const names = [...step.fields, ...step.more].filter((name) => form.values[name] !== undefined && form.values[name] !== "");
    const link = make("a", { href: form.address(step).href, textContent: "Change", "aria-label": `Change: ${step.title}` });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      form.go(step);
    });
    const answers = names.map((name) => make("div", {}, make("dt", { textContent: form.model.field(name).label }), make("dd", {}, ...inFull(form, name))));
    return make("section", { className: "form-review" }, make("h3", {}, `${step.title} `, link), answers.length ? make("dl", { className: "facts" }, ...answers) : make("p", { className: "small", textContent: "Nothing entered." }));
  });
  return make("div", {}, ...rows);
}

/** An answer in full; the groups of a list each on a line. */
function inFull(form, name) {
  const value = form.values[name];
  if (!Array.isArray(value) || form.model.field(name).kind !== "group") return [answer(form, name, value, Infinity)];
  return [make("ul", {}, ...value.map((item) => make("li", { textContent: answer(form, name, [item], Infinity) })))];
}

/** What an edit changes, field by field. */
export function changeList(form) {
  const names = changes(form.base, form.tidied(), form.model).filter((name) => !["last_changed", "last_reviewed"].includes(name));
  if (!names.length) return [make("p", { textContent: "Nothing is changed yet." })];
  const row = (name) => make("tr", {}, make("th", { scope: "row", textContent: form.model.field(name).label }), make("td", { textContent: answer(form, name, form.base[name], 300) }), make("td", { textContent: answer(form, name, form.tidied()[name], 300) }));
  const head = make("thead", {}, make("tr", {}, ...["Field", "Before", "After"].map((word) => make("th", { scope: "col", textContent: word }))));
  return [make("h3", { textContent: "What you changed" }), make("div", { className: "table-scroll", tabIndex: 0, role: "region", "aria-label": "What you changed" }, make("table", { className: "data" }, head, make("tbody", {}, ...names.map(row))))];
}

const heading = (text) => make("h4", { textContent: text });

/** Open the new file on GitHub, as far as its address can hold it. */
export function githubNew(repository, folder, id, text) {
  if (!repository) return [];
  const page = `${repository}/new/main/${folder}?filename=${encodeURIComponent(`${id}.yml`)}`;
  const whole = `${page}&value=${encodeURIComponent(text)}`;
  const fits = whole.length <= LONGEST;
  const link = make("a", { className: "form-button", href: fits ? whole : page, rel: "noopener", id: "form-github", textContent: fits ? "Open it on GitHub as a new file" : "Open an empty new file on GitHub" });
  const how = fits ? "GitHub opens with the file filled in. Press “Commit changes”, then “Propose changes”. You need a free account there." : "This record is too long for a link. Copy the file below first, then open the empty file on GitHub and paste it in.";
  return [heading("On GitHub"), make("p", { textContent: how }), make("p", { className: "hand-tools" }, link)];
}

/** Open the record's file on GitHub for editing: its text cannot be filled in by a link, so it is pasted. */
export function githubEdit(repository, folder, id) {
  if (!repository) return [];
  const link = make("a", { className: "form-button", href: `${repository}/edit/main/${folder}/${id}.yml`, rel: "noopener", id: "form-github", textContent: "Open the record’s file on GitHub" });
  return [heading("On GitHub"), make("p", { textContent: "Copy the file below first. Then open the record’s file on GitHub, select all of it, paste, and press “Commit changes”. You need a free account there." }), make("p", { className: "hand-tools" }, link)];
}

/** Keep it as a file, or take it into an e-mail. */
export function download(id, text) {
  const link = make("a", { className: "form-button form-button--plain", download: `${id}.yml`, id: "form-download", href: URL.createObjectURL(new Blob([text], { type: "application/yaml" })), textContent: "Download the file" });
  return [heading("As a file"), make("p", { textContent: "To send on, or to put into a copy of the project." }), make("p", { className: "hand-tools" }, link)];
}

export function copy(name, text) {
  const said = make("span", { role: "status", className: "hand-said" });
  const button = make("button", { type: "button", className: "form-button form-button--plain", id: "form-copy", textContent: "Copy the file" });
  button.addEventListener("click", () => copyText(`# ${name}\n${text}`, said));
  return [heading("By e-mail or by hand"), make("p", { textContent: "Copy the file and paste it into an e-mail to a colleague who has a GitHub account, or into GitHub itself. Its first line says where it belongs." }), make("p", { className: "hand-tools" }, button, said)];
}

/** Copy a text and say so; where the browser refuses, mark the file on the page to be copied by hand. */
async function copyText(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(document.querySelector(".form-file code"));
    said.textContent = "This browser does not copy by itself. The file is marked: press Ctrl and C, or ⌘ and C.";
  }
}

