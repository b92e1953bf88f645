// What the browser adds to every page: a button and the "/" key that open the search. The search itself is fetched when it is
// first opened, so a reader who does not search loads nothing of it.
const opener = document.querySelector(".search-open");
let search;

async function open(asked = "") {
  opener.setAttribute("aria-busy", "true");
  try {
    search ??= import("./search.js");
    await (await search).openSearch();
    if (asked) ask(asked);
  } catch {
    // Without its files the search gives way to the link that stands there without JavaScript.
    search = undefined;
    opener.hidden = true;
    document.querySelector(".search-link").hidden = false;
    document.querySelector(".search-link").focus();
  } finally {
    opener.removeAttribute("aria-busy");
  }
}

/** Put words into the open search as if they were typed. */
function ask(words) {
  const box = document.getElementById("site-search-query");
  box.value = words;
  box.dispatchEvent(new Event("input"));
}

if (opener) {
  document.querySelector(".search-link").hidden = true;
  opener.hidden = false;
  opener.addEventListener("click", () => open());
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]");
    if (event.key !== "/" || busy || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  // A search from the browser's address bar (opensearch.xml) comes as ?q=.
  const asked = new URLSearchParams(location.search).get("q")?.trim();
  if (asked) open(asked);
}
