// Records that may be the one being added: the same council with the same partner or a like name, or nearly the same name.

const COMMON = new Set("a an and at for in of on the to with advice advisory citizens bureau council service services project programme partnership scheme health nhs".split(" "));
const LIKE = 0.5; // share of words in common, with the council in common too
const NEARLY = 0.75; // share of words in common, wherever it is
const MOST = 5;

const words = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words that tell a name from others; all of them when it has only common ones. */
function telling(text) {
  const all = words(text);
  const rare = all.filter((word) => !COMMON.has(word));
  return new Set(rare.length ? rare : all);
}

/** Words in common as a share of all words of both names (Jaccard), from 0 to 1. */
export function likeness(one, other) {
  const [a, b] = [telling(one), telling(other)];
  const common = [...a].filter((word) => b.has(word)).length;
  return common ? common / (a.size + b.size - common) : 0;
}

const sameName = (one, other) => words(one).join(" ") === words(other).join(" ");

/** [{record, reasons}] for the records most like ``values``, best first. */
export function likely(values, records, model) {
  const council = (tag) => model.vocabularies["local-authorities"].byTag.get(tag)?.label ?? tag;
  const partners = (values.partners ?? []).map((partner) => partner.name).filter(Boolean);
  const names = [values.name, ...(values.aliases ?? []), ...(values.former_names ?? [])].filter(Boolean);
  const found = [];
  for (const record of records.values()) {
    if (record.id === values.id) continue;
    const shared = record.councils.filter((tag) => (values.local_authorities ?? []).includes(tag));
    const same = record.partners.filter((name) => partners.some((other) => sameName(name, other)));
    const alike = Math.max(0, ...names.flatMap((name) => [record.name, ...record.names].map((other) => likeness(name, other))));
    const reasons = [];
    if (shared.length && same.length) reasons.push(`a record in ${shared.map(council).join(", ")} with this partner exists: ${same.join(", ")}`);
    if (alike >= NEARLY || (shared.length && alike >= LIKE)) reasons.push(`its name is much like this one${shared.length ? `, and it is in ${shared.map(council).join(", ")} too` : ""}`);
    if (reasons.length) found.push({ record, reasons, weight: alike + (shared.length && same.length ? 1 : 0) });
  }
  return found.sort((one, other) => other.weight - one.weight || one.record.id.localeCompare(other.record.id)).slice(0, MOST);
}
