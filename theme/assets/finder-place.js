// What "near" answers, in words and links: how many are near, where else to look, and whom to learn from when nobody is.

import { match, offsets } from "./finder-state.js";
import { make } from "./make.js";

const NEAR_MILES = 30; // farther away than this is not "near": a long bus ride for a patient
const MODELS = 3;

/** How many of the rows are near, as a sentence for the status line; "" when no place is chosen. */
export function nearWords(place, matching, distances, byDistance) {
  if (!distances) return "";
  const close = near(matching, distances).length;
  const found = `${close || "None"} within ${NEAR_MILES} miles of ${place.label}`;
  return close && byDistance ? `${found}, nearest first. ` : `${found}. `;
}

function near(matching, distances) {
  return matching.filter((row) => distances.get(row)?.miles <= NEAR_MILES);
}

/** The distance of one row, in words. */
export function awayWords(away, place) {
  if (!away) return "Distance not known";
  if (away.here) return away.name === place.label ? `Covers ${away.name}` : `Covers ${away.name}, the council area of ${place.label}`;
  const miles = Math.round(away.miles);
  return `${miles < 1 ? "Less than 1 mile" : miles === 1 ? "About 1 mile" : `About ${miles} miles`} away (${away.name})`;
}

/** The place's own part of the page: how distance is measured, wider areas with their numbers and, if nobody is near, models. */
export function placeParts(asked) {
  const { place, matching, distances } = asked;
  const nobody = near(matching, distances).length === 0;
  const how = "Distances are as the crow flies, to the postcode district of a site or the middle of a council area.";
  const here = matching.some((row) => distances.get(row)?.here);
  const first = here && place.council !== place.label ? ` Those that cover ${place.council}, where ${place.label} is, come first.` : "";
  const wide = wider(asked);
  return [
    make("p", { textContent: how + first }),
    ...(wide.length ? [make("p", {}, "Wider: ", ...wide.flatMap((link, n) => (n ? [" · ", link] : [link])))] : []),
    ...(nobody ? models(asked) : []),
  ];
}

/** The place's region and nation with the reader's other choices, and how many there are. */
function wider({ place, chosen, filters, records, list, address }) {
  const fixed = new URLSearchParams(list.dataset.fixed);
  const areas = [["region", place.region, "regions"], ["nation", place.nation, "nations"]].filter(([, tag], n, all) => tag && !(n && tag === all[0][1]));
  return areas.flatMap(([name, tag, folder]) => {
    const filter = filters.find((one) => one.name === name);
    const label = filter?.options.find(([one]) => one === tag)?.[1];
    if (!label) return fixed.get(name) === tag ? [] : [make("a", { href: `${list.dataset.root}${folder}/${tag}/`, textContent: `all in the place’s ${name}` })];
    const wide = new Map(chosen).set(name, new Set([tag]));
    const count = match(records, filters, wide).matching.length;
    return [make("a", { href: address(wide), textContent: `${label}: ${count}` })];
  });
}

/** When nobody is near: a few with the same choices that are running and have most to tell, so that a reader can learn from them. */
function models({ matching, chosen, filters, records, distances, rowElement }) {
  const firsts = offsets(filters);
  const says = (row, name) => records[row].options.includes(firsts[filters.findIndex((one) => one.name === name)]); // its first option is "Yes"
  const rank = (row) => [records[row].sinks, says(row, "case-study") ? 0 : 1, says(row, "figures") ? 0 : 1, distances.get(row)?.miles ?? Infinity, row];
  const best = [...matching].map((row) => [rank(row), row]).sort(([a], [b]) => a.map((part, n) => part - b[n]).find((difference) => difference) ?? 0).slice(0, MODELS);
  const known = best.map(([, row]) => rowElement(row)).filter(Boolean);
  if (!known.length) return [];
  const items = known.map((row) => make("li", {}, make("a", { href: row.querySelector("a").href, textContent: row.querySelector("a").textContent.trim() }), ` ${row.querySelector(".record-row__place").textContent}`));
  const same = chosen.size ? " that match your choices" : "";
  return [make("p", { textContent: `To learn from, elsewhere: those${same} with most to tell, active first.` }), make("ul", {}, ...items)];
}
