// One value against its field, as hooks/landscape/parse.py does it on the editor's side; a test holds the two together.
// Values are plain: texts, lists and objects with the names of the record's file. What is empty is not there.

const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u; // signs that do not show
const shown = (text) => ([...text].length <= 60 ? text : `${[...text].slice(0, 57).join("")}…`);
export const join = (path, part) => (path ? `${path}.${part}` : `${part}`);

/** A text as it is kept: single spaces; postcodes in capitals with their space. */
export function tidyText(text, kind) {
  const plain = text.trim();
  if (kind === "text") return plain.split(/\s+/).join(" ");
  return kind === "postcode" ? postcode(plain) : plain;
}

function postcode(text) {
  const packed = text.replace(/\s+/g, "").toUpperCase();
  return packed.length > 3 ? `${packed.slice(0, -3)} ${packed.slice(-3)}` : packed;
}

/** A value without what is empty, or undefined. Only fields of the model are kept, so that nothing else gets into a file. */
export function tidy(value, field) {
  if (field.many && Array.isArray(value)) {
    const items = value.map((item) => tidy(item, { ...field, many: false })).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (field.kind === "group") return tidyGroup(value, field.parts);
  if (field.kind === "flag") return value === true || value === "true" ? "true" : undefined;
  return typeof value === "string" && tidyText(value, field.kind) ? tidyText(value, field.kind) : undefined;
}

/** A group without what is empty; undefined when nothing was filled in by a person (an id and ticks are the form's own). */
export function tidyGroup(value, parts) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const kept = Object.fromEntries(parts.map((part) => [part.name, tidy(value[part.name], part)]).filter(([, one]) => one !== undefined));
  const own = parts.some((part) => part.name === "supports") ? ["id", "supports", "copy"] : ["source"];
  return Object.keys(kept).some((name) => !own.includes(name)) ? kept : undefined;
}

export const isDate = (text) => {
  const found = /^((?:18|19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!found) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
};

/** True for an http or https address with a host, without spaces, user names or characters that leave the address. */
export function isWebAddress(text) {
  const found = /^https?:\/\/([^/?#]*)/i.exec(text);
  if (!found || /[\s<>"'`{}|\\^“”‘’]|[,;]$/.test(text)) return false;
  const [, host, port] = /^([^@:[\]]*)(?::(\d*))?$/.exec(found[1]) ?? [];
  return host !== undefined && host.includes(".") && !/\P{ASCII}/u.test(host) && Number(port || 0) <= 65535;
}

/** The host of a web address as sources are compared: small letters, without www. */
export const hostOf = (address) => (/^https?:\/\/([^/?#:]*)/i.exec(address)?.[1] ?? "").toLowerCase().replace(/^www\./, "").replace(/\.+$/, "");

const FITS = {
  text: () => true,
  id: (text, model) => model.patterns.id.test(text),
  year: (text, model) => model.patterns.year.test(text),
  "year-month": (text) => text.split("-").length < 3 && isDate(text),
  date: (text) => text.split("-").length === 3 && isDate(text),
  "any-date": isDate,
  url: isWebAddress,
  number: (text, model) => model.patterns.number.test(text),
  postcode: (text, model) => model.patterns.postcode.test(text),
  flag: (text) => text === "true" || text === "false",
};

/** Reads a record: ``value`` holds what can be used, ``problems`` what is wrong as {path, what, rule}. */
export function read(values, model) {
  const reader = new Reader(model);
  return { value: reader.group(values, model.fields, ""), problems: reader.problems };
}

class Reader {
  constructor(model) {
    this.model = model;
    this.problems = [];
  }

  note(path, what, rule) {
    this.problems.push({ path, what, rule });
  }

  group(values, spec, path) {
    const made = {};
    for (const field of spec) {
      const value = values[field.name];
      if (value === undefined) {
        if (field.required) this.note(join(path, field.name), "is missing", "missing");
        continue;
      }
      const found = field.many ? this.items(value, field, join(path, field.name)) : this.one(value, field, join(path, field.name));
      if (found !== undefined) made[field.name] = found;
    }
    return made;
  }

  items(list, field, path) {
    const kept = [];
    const seen = new Map();
    list.forEach((item, at) => {
      const value = this.one(item, field, join(path, at + 1));
      if (typeof value === "string" && seen.has(value)) this.note(join(path, at + 1), `"${value}" is listed twice (first as item ${seen.get(value)})`, "twice");
      else if (value !== undefined) {
        seen.set(value, at + 1);
        kept.push(value);
      }
    });
    return kept;
  }

  one(value, field, path) {
    if (field.kind === "group") return this.group(value, field.parts, path);
    if (!this.clean(value, field, path)) return undefined;
    if (field.kind === "term") return this.term(value, field, path);
    if (FITS[field.kind](value, this.model)) return field.kind === "url" ? this.ownAddress(value, path) : value;
    this.note(path, `"${shown(value)}" is not ${this.model.kinds[field.kind]}`, field.kind);
    return undefined;
  }

  /** An address that leads to the page itself. */
  ownAddress(text, path) {
    const { leads_on, shortened } = this.model.patterns;
    if (leads_on.test(text)) this.note(path, "leads on to another address, and notes who follows it", "leads-on");
    else if (shortened.test(text)) this.note(path, "is shortened with …", "url");
    else return text;
    return undefined;
  }

  term(value, field, path) {
    const vocabulary = this.model.vocabularies[field.vocabulary];
    if (vocabulary.byTag.has(value)) return value;
    this.note(path, `"${shown(value)}" is not ${vocabulary.is_a}`, "term");
    return undefined;
  }

  /** No personal data, nothing invisible, and no remains of pasting. Web addresses may hold digits that look like a phone number. */
  clean(text, field, path) {
    const { email, phone, blank } = this.model.patterns;
    if ([...text].length > this.model.limit) {
      this.note(path, `is longer than ${this.model.limit.toLocaleString("en-GB")} characters`, "long");
      return false;
    }
    const before = this.problems.length;
    const personal = [email.test(text) && !(field.kind === "url" && text.includes("://")) && "an e-mail address", field.kind === "text" && phone.test(text) && "a phone number"].filter(Boolean);
    if (personal.length) this.note(path, `holds ${personal.join(" and ")}`, "personal");
    const hidden = [...text].find((sign) => sign !== "\n" && (HIDDEN.test(sign) || blank.test(sign)));
    if (hidden) this.note(path, `holds an invisible character (U+${hidden.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")})`, "hidden");
    return this.problems.length === before && (field.kind !== "text" || this.typed(text, path));
  }

  /** Nothing of what stays in a text when it is pasted or was never written. */
  typed(text, path) {
    const [pasted, garbled, marks] = ["pasted", "garbled", "marks"].map((name) => this.model.patterns[name].exec(text));
    if (pasted) this.note(path, `holds HTML (${shown(pasted[0])})`, "pasted");
    else if (garbled) this.note(path, `holds garbled signs ("${garbled[0]}")`, "garbled");
    else if (marks) this.note(path, `holds signs that would be shown as they stand ("${shown(marks[0])}")`, "marks");
    else if (this.model.patterns.placeholder.test(text)) this.note(path, `"${shown(text)}" only holds a place`, "placeholder");
    else return true;
    return false;
  }
}
