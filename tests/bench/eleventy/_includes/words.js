// What both templates need: escaping, and lists of labels. JavaScript templates are the fastest that Eleventy offers.
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => SIGNS[sign]);
export const named = (labels, tags, between = ", ") => tags.map((tag) => escape(labels[tag])).join(between);
export const linked = (labels, tags, folder) => tags.map((tag) => `<a href="/${folder}/${tag}/">${escape(labels[tag])}</a>`).join(", ");
