// The map page works without this. Where the page has a place for the map that can be moved, bring it and its library.
import { match, readState, unpack } from "./finder-state.js";

const place = document.querySelector(".explore");
if (place && location.search) await filter();

/** The choices of a filtered list, read from the address as the list itself does. */
async function filter() {
  const root = new URL("../", import.meta.url);
  const [{ filters, records }, { ids }] = await Promise.all([getJson(new URL("assets/list.json", root)).then(unpack), getJson(new URL("assets/sites.json", root))]);
  const { chosen } = readState(location, filters);
  if (chosen.size) showOnly(new Set(match(records, filters, chosen).matching.map((row) => ids[row])));
}

async function getJson(address) {
  return (await fetch(address)).json();
}

/** Only these records. */
function showOnly(ids) {
  for (const item of document.querySelectorAll(".place li")) {
    if (!ids.has(item.querySelector("a").pathname.split("/").at(-2))) item.remove();
  }
  for (const spot of document.querySelectorAll(".place")) if (!spot.querySelector("li")) spot.remove();
  for (const group of document.querySelectorAll(".places details")) {
    const left = group.querySelectorAll(".place").length;
    if (!left) group.remove();
    else group.querySelector(".number").firstChild.textContent = left;
    group.open = true;
  }
  const shown = new Set([...document.querySelectorAll(".place li a")].map((link) => link.href)).size;
  const note = document.createElement("p");
  const all = document.createElement("a");
  all.href = `${location.pathname}#place-by-place`;
  all.textContent = "Show all";
  note.className = "notice";
  note.setAttribute("role", "status");
  const words = ids.size ? `${shown} of the ${ids.size} chosen in the list ${shown === 1 ? "has" : "have"} a place on this map. ` : "Nothing listed has all that was chosen. ";
  note.append(words, all, ". The drawings by region and council area above show everything.");
  document.getElementById("place-by-place").after(note);
}

if (place) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("vendor/leaflet-1.9.4/leaflet.css", import.meta.url).href;
  const styled = new Promise((resolve, reject) => {
    style.addEventListener("load", resolve);
    style.addEventListener("error", reject);
  });
  document.head.prepend(style); // before ours, which mends it
  const [{ explore }] = await Promise.all([import("./map-explore.js"), styled]);
  explore(place);
}
