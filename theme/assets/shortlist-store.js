// The shortlist: ids of records, kept in this browser and nowhere else. When the browser keeps nothing (a private window,
// a setting, a full store), the list lasts as long as the page, and whoever asks is told so.

const KEY = "landscape-shortlist";
const EVENT = "shortlist-change";
export const NOT_KEPT = "This browser does not let the site keep a list (perhaps a private window or a setting). It will be gone when you leave this page. To keep it, open the shortlist here and copy its link.";

let unkept = null; // the ids of this page when the browser kept none

/** True when a text can be the id of a record. */
export const isId = (text) => /^[a-z0-9][a-z0-9-]{0,99}$/.test(text);

/** Whether the last change was kept by the browser. */
export const isKept = () => unkept === null;

/** The ids, in the order in which they were added. What is stored may be anything: only a list of ids counts. */
export function ids() {
  if (unkept) return [...unkept];
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? [...new Set(stored.filter((id) => typeof id === "string" && isId(id)))] : [];
  } catch {
    return [];
  }
}

export const has = (id) => ids().includes(id);

/** Replace the list, keep it if the browser allows, and tell everyone on the page. */
export function replace(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
    unkept = null;
  } catch {
    unkept = [...list];
  }
  document.dispatchEvent(new CustomEvent(EVENT));
}

export const add = (...more) => replace([...new Set([...ids(), ...more])]);
export const remove = (id) => replace(ids().filter((other) => other !== id));

/** Call ``act`` after each change, also one made in another tab or before the Back key brought this page again. */
export function onChange(act) {
  document.addEventListener(EVENT, act);
  addEventListener("storage", (event) => (event.key === KEY || event.key === null) && act());
  addEventListener("pageshow", (event) => event.persisted && act());
}
