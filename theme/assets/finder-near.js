// "Near me": a place as typed to a point on the map, and the distance from there. Everything happens in the browser: the
// table of postcode districts is a file of this site, and what is typed is sent nowhere.

const MILES_PER_RADIAN = 3958.8; // mean radius of the Earth

/** The postcode district of a full postcode or a district in any spelling ("e20 1as" gives "E20"), or "". */
export function outcode(typed) {
  const text = typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const found = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})?$/.exec(text);
  return found ? found[1] : "";
}

/** Words compared without case, accents or punctuation. */
export function plain(words) {
  return words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
}

/**
 * The place that was typed.
 * @param places {{outcodes: Object<string, [number, number]>, councils: [tag, label, region, lat, lon, other names][], towns: Object<string, [number, number]>}}
 * @returns {{point?: [number, number], label?: string, region?: string, nation?: string, problem?: string}}
 */
export function locate(typed, places) {
  const district = outcode(typed);
  if (district.startsWith("BT")) return { nation: "northern-ireland", label: district };
  if (district) {
    const point = places.outcodes[district];
    return point ? { point, label: district, ...around(point, places) } : { problem: `We do not know the postcode district ${district}. Check it, or try a council or town.` };
  }
  const wanted = plain(typed);
  const council = places.councils.find(([, label, , , , others]) => [label, ...others].some((name) => plain(name) === wanted));
  if (council) return { point: [council[3], council[4]], label: council[1], region: council[2], nation: nationOf(council[2]) };
  const town = Object.keys(places.towns).find((name) => plain(name) === wanted);
  if (town) return { point: places.towns[town], label: town, ...around(places.towns[town], places) };
  return { problem: `We do not know “${typed.trim()}”. Type a postcode such as G31 or E20 1AS, or the name of a council or town.` };
}

/** The region and nation of a point: those of the council whose middle is nearest. */
function around(point, places) {
  let best = places.councils[0];
  for (const council of places.councils) {
    if (miles(point, [council[3], council[4]]) < miles(point, [best[3], best[4]])) best = council;
  }
  return { region: best[2], nation: nationOf(best[2]) };
}

function nationOf(region) {
  return ["scotland", "wales", "northern-ireland"].includes(region) ? region : "england";
}

/** Great-circle distance in miles between two points [latitude, longitude] in degrees (haversine formula). */
export function miles([lat1, lon1], [lat2, lon2]) {
  const radians = Math.PI / 180;
  const [dLat, dLon] = [(lat2 - lat1) * radians, (lon2 - lon1) * radians];
  const a = Math.sin(dLat / 2) ** 2 + Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * Math.sin(dLon / 2) ** 2;
  return 2 * MILES_PER_RADIAN * Math.asin(Math.sqrt(a));
}

/**
 * For each row that has points, its nearest one: row number to {miles, name}.
 * @param ids {string[]} the ids of the rows
 * @param sites {{ids: string[], points: [lat, lon, name][], at: number[][]}} assets/sites.json
 */
export function distances(ids, sites, point) {
  const away = sites.points.map(([lat, lon, name]) => ({ miles: miles(point, [lat, lon]), name }));
  const points = new Map(sites.ids.map((id, number) => [id, sites.at[number]]));
  const nearest = (id) => (points.get(id) ?? []).map((number) => away[number]).reduce((best, one) => (best?.miles <= one.miles ? best : one), null);
  return new Map(ids.map((id, row) => [row, nearest(id)]).filter(([, found]) => found));
}
