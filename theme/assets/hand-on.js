// What the shortlist, the comparison and the buttons share: elements, records, addresses, copying.
import { make } from "./make.js";

export { make };

/** The address of the site's home page, whatever folder it is served from. */
export const root = new URL("../", import.meta.url);

export function button(words, act, hidden = "") {
  const element = make("button", { type: "button", className: "hand-button" }, words, hidden && make("span", { className: "hidden", textContent: hidden }));
  element.addEventListener("click", () => act(element));
  return element;
}

export const notice = (...children) => make("div", { className: "notice" }, ...children);

export const recordUrl = (id) => new URL(`partnerships/${id}/`, root).href;

/** A page of the site with ids in its address: shortlist/?id=a&id=b. */
export function withIds(page, ids) {
  const url = new URL(page, root);
  ids.forEach((id) => url.searchParams.append("id", id));
  return url.href;
}

const loaded = new Map();

/** The record of each id, in order: what is in its file ({id, retired, …} when it was taken out), or {id, missing} when there is none, or {id, failed} when it could not be fetched. */
export const records = (ids) => Promise.all(ids.map((id) => loaded.get(id) ?? fetchRecord(id)));

async function fetchRecord(id) {
  try {
    const answer = await fetch(new URL(`shortlist/records/${id}.json`, root));
    if (!answer.ok && answer.status !== 404) return { id, failed: true };
    const record = answer.ok ? await answer.json() : { id, missing: true };
    loaded.set(id, record);
    return record;
  } catch {
    return { id, failed: true };
  }
}

/** What became of a record that was taken out. */
function retired(one) {
  const told = `${one.was} was retired on ${one.retired}. ${one.why.replace(/[.\s]*$/, ".")} `;
  return make("p", {}, told, one.became ? make("a", { href: recordUrl(one.became), textContent: `See ${one.became_name}` }) : "No other record stands in its place.");
}

/** Sentences about ids for which there is nothing to show, or null. */
export function gaps(found) {
  const missing = found.filter((one) => one.missing).map((one) => one.id);
  const failed = found.filter((one) => one.failed).map((one) => one.id);
  const gone = found.filter((one) => one.retired);
  if (!missing.length && !failed.length && !gone.length) return null;
  return notice(
    ...gone.map(retired),
    missing.length ? make("p", { textContent: `No record here has ${missing.length === 1 ? "the name" : "the names"} ${missing.join(", ")}. The link may be mistyped, or the record may have been taken out.` }) : null,
    failed.length ? make("p", { textContent: `Could not be loaded just now: ${failed.join(", ")}. Check the connection and load the page again.` }) : null,
  );
}

/** The address of a list or comparison, for paper only. */
export const printedAddress = (address) => make("p", { className: "on-paper", textContent: `Printed from ${address}` });

/** Copy a link and say so in ``place``; where the browser refuses, show it for copying by hand. */
export async function copyLink(address, place) {
  try {
    await navigator.clipboard.writeText(address);
    place.replaceChildren("Link copied.");
  } catch {
    const field = make("input", { type: "text", readOnly: true, value: address, id: "hand-link" });
    place.replaceChildren(make("label", { for: field.id, textContent: "Copy this link: " }), field);
    field.select();
  }
}
