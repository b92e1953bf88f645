// The map that can be moved: Leaflet draws, Supercluster gathers. Everything it shows is read from the page's own list
// and from the page's own drawing of council areas, so nothing is fetched and the two cannot disagree.
// Positions are drawing units of hooks/landscape/geo.py; zoom 0 shows one unit as one pixel.
import "./vendor/leaflet-1.9.4/leaflet.js";
import "./vendor/supercluster-9.1.0/supercluster.min.js";

const { L, Supercluster } = globalThis;
const [CLOSEST, WIDEST] = [1, -4];
// Supercluster wants degrees: a square world of this many units is laid on the whole Mercator world.
const WORLD = 4096;
const DEGREES = 180 / Math.PI;
const toDegrees = (x, y) => [(x / WORLD - 0.5) * 360, Math.asin(Math.tanh(Math.PI * (1 - (2 * y) / WORLD))) * DEGREES];
const fromDegrees = ([lon, lat]) => [(lon / 360 + 0.5) * WORLD, (0.5 - Math.atanh(Math.sin(lat / DEGREES)) / (2 * Math.PI)) * WORLD];

export function explore(place) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const frame = place.querySelector(".explore__frame");
  const status = place.querySelector("[role=status]");
  const [left, top, width, height] = place.dataset.frame.split(" ").map(Number);
  const whole = [[-(top + height), left], [-top, left + width]];
  const places = [...document.querySelectorAll(".place")].map(readPlace);
  if (!places.length) return;
  place.hidden = false;

  const box = Object.assign(document.createElement("div"), { className: "explore__map" });
  for (const [name, value] of Object.entries({ role: "group", "aria-label": "Map of places that can be moved", "aria-describedby": "explore-help" })) box.setAttribute(name, value);
  frame.append(box);
  const map = L.map(box, {
    crs: L.CRS.Simple, minZoom: WIDEST, maxZoom: CLOSEST, zoomControl: false, attributionControl: false, scrollWheelZoom: false,
    maxBounds: L.latLngBounds(whole).pad(0.3), dragging: !matchMedia("(pointer: coarse)").matches, doubleClickZoom: false,
    zoomAnimation: !still, markerZoomAnimation: !still, fadeAnimation: false, inertia: !still,
  });
  if (still) map.panBy = (way, options) => L.Map.prototype.panBy.call(map, way, { ...options, animate: false }); // the arrow keys would glide
  L.svgOverlay(ground([left, top, width, height]), whole, { interactive: false }).addTo(map);
  map.fitBounds(whole);

  const index = new Supercluster({ radius: 56, extent: WORLD / 2 ** -WIDEST, maxZoom: CLOSEST - WIDEST });
  index.load(places.map((one, number) => ({ type: "Feature", properties: { number }, geometry: { type: "Point", coordinates: toDegrees(one.x, one.y) } })));

  const panel = makePanel(frame);
  const buttons = makeBar(place.querySelector(".explore__bar"), { "Zoom in": () => map.zoomIn(), "Zoom out": () => map.zoomOut(), "Whole map": () => map.fitBounds(whole, { animate: !still }) });
  const drawn = new Map(); // marks on the map by the numbers of their places
  let seek = null; // the places of a mark that was pressed and gave way to closer ones: the first of them gets the focus

  function draw() {
    const view = map.getBounds();
    const [west, north] = toDegrees(view.getWest(), -view.getNorth());
    const [east, south] = toDegrees(view.getEast(), -view.getSouth());
    const wanted = new Map(index.getClusters([west, south, east, north], map.getZoom() - WIDEST).map((found) => {
      const inside = found.properties.cluster ? index.getLeaves(found.properties.cluster_id, Infinity).map((leaf) => leaf.properties.number).sort((a, b) => a - b) : [found.properties.number];
      return [inside.join(), { inside, found }];
    }));
    const had = [...drawn].find(([, mark]) => mark.getElement()?.contains(document.activeElement));
    for (const [key, mark] of drawn) if (!wanted.has(key)) { mark.remove(); drawn.delete(key); }
    for (const [key, { inside, found }] of wanted) if (!drawn.has(key)) drawn.set(key, addMark(inside, found));
    if (seek ?? (had && !drawn.has(had[0]))) focusOn(seek ?? had[0].split(",").map(Number));
    seek = null;
    const seen = new Set([...wanted.values()].flatMap(({ inside }) => inside.flatMap((number) => places[number].records)));
    status.textContent = `${seen.size} ${seen.size === 1 ? "listing" : "listings"} in view, under ${wanted.size} ${wanted.size === 1 ? "number" : "numbers"}.`;
    buttons["Zoom in"].setAttribute("aria-disabled", String(map.getZoom() >= CLOSEST));
    buttons["Zoom out"].setAttribute("aria-disabled", String(map.getZoom() <= WIDEST));
  }

  function focusOn(numbers) {
    const next = [...drawn].find(([key]) => key.split(",").some((number) => numbers.includes(Number(number))));
    (next ? next[1].getElement().querySelector("button") : box).focus();
  }

  function addMark(inside, found) {
    const count = new Set(inside.flatMap((number) => places[number].records)).size;
    const button = document.createElement("button");
    button.type = "button";
    button.className = inside.length > 1 ? "mark-place mark-place--many" : "mark-place";
    button.textContent = count;
    const names = inside.map((number) => places[number].name);
    const label = inside.length > 1 ? `${count} listed in ${inside.length} places, ${names.slice(0, 2).join(", ")}${inside.length > 2 ? " and others" : ""}` : `${names[0]}: ${count} listed`;
    button.setAttribute("aria-label", label);
    button.title = label;
    button.addEventListener("click", () => press(inside, found, button));
    const size = inside.length > 1 ? 42 : 32;
    const [x, y] = fromDegrees(found.geometry.coordinates);
    const mark = L.marker([-y, x], { keyboard: false, icon: L.divIcon({ html: button, className: "", iconSize: [size, size] }) }).addTo(map);
    L.DomEvent.disableClickPropagation(mark.getElement());
    return mark;
  }

  // A number of several places comes closer until they part; one place, or several on one spot, opens as a list.
  function press(inside, found, button) {
    const zoom = found.properties.cluster ? index.getClusterExpansionZoom(found.properties.cluster_id) + WIDEST : Infinity;
    if (zoom > CLOSEST) return panel.open(inside.map((number) => places[number]), button);
    panel.close();
    seek = inside;
    const [x, y] = fromDegrees(found.geometry.coordinates);
    map.setView([-y, x], zoom);
  }

  map.on("moveend", draw);
  map.on("click", (event) => { panel.close(); map.panTo(event.latlng); });
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.element.hidden) return;
    event.stopPropagation();
    panel.close();
  });
  draw();
}

// One place of the page's list: its name, its position and the addresses of its records.
function readPlace(element) {
  const { x, y, name } = element.dataset;
  return { element, name, x: Number(x), y: Number(y), records: [...element.querySelectorAll("li a")].map((link) => link.href) };
}

// The page's own drawing of council areas without its links, tones and frames: the ground of the map.
function ground(frame) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", frame.join(" "));
  svg.setAttribute("aria-hidden", "true");
  for (const path of document.querySelectorAll("#council-areas .areas .area")) {
    const copy = path.cloneNode(false);
    copy.removeAttribute("fill");
    copy.setAttribute("class", "area area--0");
    svg.append(copy);
  }
  return svg;
}

function makeBar(bar, actions) {
  return Object.fromEntries(Object.entries(actions).map(([words, action]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.addEventListener("click", () => button.getAttribute("aria-disabled") !== "true" && action());
    bar.append(button);
    return [words, button];
  }));
}

// The list of one place over the foot of the map. It takes the focus when it opens and gives it back when it closes.
function makePanel(frame) {
  const element = Object.assign(document.createElement("div"), { className: "explore__panel", hidden: true, tabIndex: -1 });
  element.setAttribute("role", "dialog");
  frame.append(element);
  let opener = null;
  const close = () => {
    if (element.hidden) return;
    const inside = element.contains(document.activeElement);
    element.hidden = true;
    if (inside) (opener?.isConnected ? opener : frame.querySelector(".explore__map")).focus();
  };
  const open = (places, button) => {
    opener = button;
    const shut = Object.assign(document.createElement("button"), { type: "button", className: "explore__close", textContent: "Close" });
    shut.addEventListener("click", close);
    const parts = places.flatMap(({ element: item }) => [...item.children].map((child) => child.cloneNode(true)));
    element.replaceChildren(shut, ...parts);
    element.setAttribute("aria-label", places.map(({ name }) => name).join(", "));
    element.hidden = false;
    element.scrollTop = 0;
    element.focus();
  };
  return { element, open, close };
}
