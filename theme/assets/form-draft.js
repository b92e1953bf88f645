// The draft of a form: kept in this browser and nowhere else, until it is deleted. What is stored may be anything, so only
// values that fit the model's shape come back. Where the browser keeps nothing, the draft lasts as long as the page.

import { changes } from "./form-yaml.js";
import { tidyGroup } from "./form-values.js";

const KEY = "landscape-form";
export const keyOf = (id) => (id ? `${KEY}-edit-${id}` : `${KEY}-add`);

/** The draft under a key: {values, declined, base}, or null when there is none that can be used. */
export function restore(key, model) {
  try {
    const stored = JSON.parse(localStorage.getItem(key));
    const values = tidyGroup(stored.values, model.fields);
    if (!values) return null;
    return { values, declined: (Array.isArray(stored.declined) ? stored.declined : []).filter((one) => typeof one === "string"), base: tidyGroup(stored.base, model.fields) };
  } catch {
    return null;
  }
}

/** Keep the draft; false when the browser does not let the site keep anything. */
export function keep(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept, so there is nothing to delete.
  }
}

/** A draft of an edit on top of the record as it is now: only the fields that the draft changed are taken from it. */
export function onTop(current, draft, model) {
  const changed = changes(draft.base ?? {}, draft.values, model);
  const made = { ...current };
  for (const name of changed) {
    if (draft.values[name] === undefined) delete made[name];
    else made[name] = draft.values[name];
  }
  return made;
}
