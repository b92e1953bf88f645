// "Near": a place as typed to a point on the map, and the distance from there. Everything happens in the browser: the table
// of postcode districts is a file of this site, and what is typed is sent nowhere. Nothing here touches the page.

const MILES_PER_RADIAN = 3958.8; // mean radius of the Earth
// What people write around the name of a council: "Glasgow City Council", "London Borough of Newham".
const AROUND_A_NAME = /\b(council|city|county|borough|metropolitan|district|royal|london|isle|isles|of|the)\b/g;

/**
 * The postcode district of a postcode, of a district or of the beginning of a postcode, in any spelling: "e20 1as", "E201AS",
 * "e20" and "E20 1" are "E20". "" when it is none.
 */
export function outcode(typed) {
  const text = typed.toUpperCase().trim();
  const apart = /^([A-Z]{1,2}\d[A-Z\d]?)\s+\d[A-Z]{0,2}$/.exec(text.replace(/[^A-Z0-9\s]/g, ""));
  const found = apart ?? /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})?$/.exec(text.replace(/[^A-Z0-9]/g, ""));
  return found ? found[1] : "";
}

/** Words compared without case, accents or punctuation. */
export function plain(words) {
  return words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
}

/**
 * The place that was typed.
 * @param places {{outcodes: Object, councils: Array, towns: Object, areas: Array}} assets/places.json, see views/finder.py
 * @returns {{label?: string, point?: [number, number], councils?: string[], council?: string, region?: string, nation?: string, problem?: string, meant?: string, area?: {label, url}}}
 *   a point with what lies around it, or a nation alone (Northern Ireland), or a problem with the nearest name or an area's page
 */
export function locate(typed, places) {
  const district = outcode(typed);
  if (district.startsWith("BT")) return { nation: "northern-ireland", label: district };
  if (district) {
    const found = places.outcodes[district];
    return found ? around(found, district, places) : { problem: `We do not know the postcode district ${district}. Check it, or try a council or town.` };
  }
  const council = places.councils.find(([, label, , , , others]) => [label, ...others].some((name) => sameName(name, typed)));
  if (council) return around([council[3], council[4], places.councils.indexOf(council)], council[1], places);
  const town = Object.keys(places.towns).find((name) => plain(name) === plain(typed));
  if (town) return around(places.towns[town], town, places);
  return unknown(typed, places);
}

/** The same place, but for the words around a council's name, or a part of a double name: "Barking and Dagenham". */
function sameName(name, typed) {
  const [known, given] = [plain(name), plain(typed)];
  const bare = (words) => words.replace(AROUND_A_NAME, " ").replace(/\s+/g, " ").trim();
  return known === given || (bare(given) !== "" && (bare(known) === bare(given) || known.split(" and ").includes(bare(given))));
}

function unknown(typed, places) {
  const area = places.areas.find(([, label]) => plain(label) === plain(typed));
  const said = `We do not know “${typed.trim()}”`;
  if (area) return { problem: `“${area[1]}” is too large to be near to. See`, area: { label: `all in ${area[1]}`, url: `${area[2]}/${area[0]}/` } };
  const names = [...places.councils.flatMap(([, label, , , , others]) => [label, ...others]), ...Object.keys(places.towns)];
  const meant = nearest(typed, names);
  return { problem: meant ? `${said}.` : `${said}. Type a postcode such as G31 or E20 1AS, or the name of a council. Of towns we know a few only.`, meant };
}

/** The name spelt most like the typed one, when it is close enough to be meant; or "". */
export function nearest(typed, names) {
  const given = plain(typed);
  let [best, least] = ["", Math.max(1, Math.floor(given.length / 4)) + 1];
  for (const name of names) {
    const steps = editDistance(given, plain(name), least);
    if (steps < least) [best, least] = [name, steps];
  }
  return best;
}

/** How many letters to change, add or take away (Levenshtein); ``limit`` or more when it is not fewer. */
function editDistance(one, other, limit) {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    row = next;
  }
  return row[other.length];
}

/** A point with the council areas it lies in, and with the region and nation of the first of them. */
function around([lat, lon, ...numbers], label, places) {
  const councils = numbers.map((number) => places.councils[number]);
  const region = councils[0]?.[2] ?? "";
  const nation = places.areas.find(([tag, , folder]) => tag === region && folder === "regions")?.[3] ?? "";
  return { point: [lat, lon], label, councils: councils.map(([tag]) => tag), council: councils[0]?.[1] ?? "", region, nation };
}

/** Great-circle distance in miles between two points [latitude, longitude] in degrees (haversine formula). */
export function miles([lat1, lon1], [lat2, lon2]) {
  const radians = Math.PI / 180;
  const [dLat, dLon] = [(lat2 - lat1) * radians, (lon2 - lon1) * radians];
  const a = Math.sin(dLat / 2) ** 2 + Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * Math.sin(dLon / 2) ** 2;
  return 2 * MILES_PER_RADIAN * Math.asin(Math.sqrt(a));
}

/**
 * For each row that has points, its nearest one: row number to {miles, name, here}. ``here`` says that it serves the council
 * area of the place: then it is as near as can be, wherever the middle of that area lies.
 * @param ids {string[]} the ids of the rows
 * @param sites {{ids: string[], points: [lat, lon, name, council][], at: number[][]}} assets/sites.json
 */
export function distances(ids, sites, place) {
  const away = sites.points.map(([lat, lon, name, council]) => {
    const here = council !== "" && place.councils.includes(council);
    return { miles: here ? 0 : miles(place.point, [lat, lon]), name, here };
  });
  const points = new Map(sites.ids.map((id, number) => [id, sites.at[number]]));
  const nearestOf = (id) => (points.get(id) ?? []).map((number) => away[number]).reduce((best, one) => (best?.miles <= one.miles ? best : one), null);
  return new Map(ids.map((id, row) => [row, nearestOf(id)]).filter(([, found]) => found));
}
