// What the browser adds to pages that already work: opening and closing the search. No state, no storage, no requests.
const toggle = document.getElementById("__search");
const dialog = document.getElementById("site-search");
const opener = document.querySelector(".search-open");

if (toggle && dialog && opener) {
  const query = dialog.querySelector("input");
  const close = () => {
    if (toggle.checked) toggle.click();
    opener.focus();
  };
  const sync = () => {
    dialog.inert = !toggle.checked;
    opener.setAttribute("aria-expanded", String(toggle.checked));
  };
  const open = () => {
    if (!toggle.checked) toggle.click();
    sync();
    query.focus();
  };
  opener.hidden = false;
  opener.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  dialog.querySelector(".search-close").addEventListener("click", close);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Tab") keepInside(event);
  });
  toggle.addEventListener("change", sync);
  sync();

  // Tab goes round inside the open dialog; Material would close it instead, so the key goes no further.
  const keepInside = (event) => {
    event.stopPropagation();
    const stops = [...dialog.querySelectorAll("input, button, a[href], [tabindex='0']")].filter((stop) => stop.tabIndex >= 0 && stop.offsetParent);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
    if (!leaving) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  };
}
