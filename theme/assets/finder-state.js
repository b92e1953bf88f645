// The choices of a list as plain data: read from the address, matched against the records, counted, written back.
// Nothing here touches the page, so that it can be tested by itself.

import { nearest } from "./finder-near.js";

export const SORTS = ["relevance", "name", "distance", "reviewed", "started"];
export const VIEWS = ["list", "table"];

/**
 * The data of a list (hooks/landscape/views/finder.py) from columns to rows.
 * @returns {{filters: object[], records: {options: number[], name: number, started: number, reviewed: number, sinks: number}[]}}
 *   options are running numbers over all filters; name is the row's rank by name
 */
export function unpack({ filters, options, started, reviewed, sinks, by_name: byName }) {
  const firsts = offsets(filters);
  const records = started.map((_, row) => ({ options: options.flatMap((column, f) => [column[row]].flat().map((option) => firsts[f] + option)), started: started[row], reviewed: reviewed[row], sinks: Number(sinks[row]) }));
  // The list is by name within each status, so the next record of a status is the one below.
  const next = [0, 0, 0].map((_, status) => [...byName].filter((digit) => Number(digit) < status).length);
  [...byName].forEach((status, rank) => { records[next[status]++].name = rank; });
  return { filters, records };
}

/** Number of the first option of each filter in the running numbers that records carry. */
export function offsets(filters) {
  let next = 0;
  return filters.map((filter) => {
    const first = next;
    next += filter.options.length;
    return first;
  });
}

/**
 * Choices from an address. Unknown parameters are ignored; a value that no option has is told, not dropped in silence;
 * a tag that was renamed leads to its new name. A place stands behind the # sign, because browsers send that part to nobody.
 * @param address {{search: string, hash: string}} such as ``location``
 * @returns {{chosen: Map<string, Set<string>>, near: string, sort: string, view: string, wrong: string[]}} sort is "" for the
 *   order that stands by itself
 */
export function readState({ search, hash }, filters) {
  const parameters = new URLSearchParams(search);
  const wrong = [];
  const chosen = new Map();
  for (const filter of filters) {
    const known = new Map(filter.options);
    const values = new Set();
    for (const given of parameters.getAll(filter.name)) {
      const tag = Object.hasOwn(filter.renamed, given) ? filter.renamed[given] : given;
      if (known.has(tag)) values.add(tag);
      else wrong.push(wrongValue(given, filter.legend, filter.options.map(([one]) => one)));
    }
    if (values.size) chosen.set(filter.name, values);
  }
  const oneOf = (name, legend, allowed) => {
    const given = parameters.get(name) ?? "";
    if (given && !allowed.includes(given)) wrong.push(wrongValue(given, legend, allowed));
    return allowed.includes(given) ? given : "";
  };
  const near = new URLSearchParams(hash.slice(1)).get("near") ?? parameters.get("near") ?? "";
  return { chosen, near, sort: oneOf("sort", "Order", SORTS), view: oneOf("view", "Show as", VIEWS) || VIEWS[0], wrong };
}

function wrongValue(given, legend, allowed) {
  const meant = nearest(given, allowed);
  return `“${given}” is not one of the choices under ${legend} and was left out${meant ? `. The nearest is “${meant}”` : ""}`;
}

/** The order of a state: as chosen or, when none was, by distance from a place and else active first. */
export function sortOf(state) {
  return state.sort || (state.near ? "distance" : SORTS[0]);
}

/** The choices of a state as standard repeated parameters, in a fixed order. */
export function choices(chosen, filters) {
  return filters.flatMap((filter) => filter.options.filter(([tag]) => chosen.get(filter.name)?.has(tag)).map(([tag]) => [filter.name, tag]));
}

/** The address of a state, from its path on, with nothing that stands by itself. */
export function writeState(state, filters) {
  const parameters = new URLSearchParams(choices(state.chosen, filters));
  if (state.sort && state.sort !== sortOf({ ...state, sort: "" })) parameters.set("sort", state.sort);
  if (state.view !== VIEWS[0]) parameters.set("view", state.view);
  const text = parameters.toString();
  return (text ? `?${text}` : "") + (state.near ? `#${new URLSearchParams({ near: state.near })}` : "");
}

/**
 * Which records match, and how many each option would give. Within a filter any chosen option is enough, across filters
 * all must hold; the count of an option follows the choices of the other filters and ignores those of its own.
 * @returns {{matching: number[], counts: number[]}} row numbers, and a count for each option number
 */
export function match(records, filters, chosen) {
  const firsts = offsets(filters);
  const total = filters.reduce((sum, filter) => sum + filter.options.length, 0);
  const filterOf = new Uint16Array(total);
  const wanted = new Uint8Array(total);
  const active = new Uint8Array(filters.length);
  filters.forEach((filter, f) => {
    filter.options.forEach(([tag], o) => {
      filterOf[firsts[f] + o] = f;
      if (chosen.get(filter.name)?.has(tag)) wanted[firsts[f] + o] = active[f] = 1;
    });
  });
  const counts = new Array(total).fill(0);
  const matching = [];
  const active_count = active.reduce((sum, one) => sum + one, 0);
  records.forEach(({ options }, row) => {
    const met = new Uint8Array(filters.length);
    let kept = 0;
    for (const option of options) {
      if (wanted[option] && !met[filterOf[option]]) {
        met[filterOf[option]] = 1;
        kept += 1;
      }
    }
    const failed = active_count - kept;
    if (failed === 0) matching.push(row);
    if (failed > 1) return;
    for (const option of options) {
      const own = filterOf[option];
      if (failed === 0 || (active[own] && !met[own])) counts[option] += 1;
    }
  });
  return { matching, counts };
}

/** Rows in the order of a sort. Records that ended, or are long unreviewed, come last in every order. */
export function order(rows, records, sort, distances) {
  const keys = {
    relevance: (row) => row,
    name: (row) => records[row].name,
    started: (row) => -records[row].started,
    reviewed: (row) => -records[row].reviewed,
    distance: (row) => distances?.get(row)?.miles ?? Infinity,
  };
  const key = keys[sort] ?? keys.relevance;
  return [...rows].sort((a, b) => records[a].sinks - records[b].sinks || key(a) - key(b) || a - b);
}
