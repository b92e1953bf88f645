// Only in the copy for reading from disk (see hooks/landscape/offline.py). A browser lets a page from disk load styles, pictures
// and plain scripts, but no module and no data. So each module and each file of data also lies in offline/, as a plain script that
// hands over its text. This file brings the modules of the page that way, and answers what they fetch.
(() => {
  const own = document.currentScript;
  const root = new URL("../", own.src);
  const waiting = new Map(); // address inside the site: what to do with the file when it is there
  const files = new Map(); // address: promise of {text, needs}
  const modules = new Map(); // address: promise of an address that the browser imports from

  /** A file of offline/ calls this. ``needs`` are the modules that a module imports. */
  window.landscapeFile = (address, text, needs) => waiting.get(address)({ text, needs });
  /** What a module says in place of import.meta.url and import(). */
  window.landscapeAt = (address) => new URL(address, root).href;
  window.landscapeImport = async (address) => import(await moduleUrl(address));

  function remembered(store, address, make) {
    if (!store.has(address)) store.set(address, make());
    return store.get(address);
  }

  function read(address) {
    return remembered(files, address, () => new Promise((done, fail) => {
      const script = document.createElement("script");
      waiting.set(address, done);
      script.src = new URL(`offline/${address}.js`, root);
      script.addEventListener("error", () => fail(new Error(`${address} is not in this copy`)));
      document.head.append(script);
    }));
  }

  function moduleUrl(address) {
    return remembered(modules, address, async () => {
      const { text, needs } = await read(address);
      const urls = await Promise.all(needs.map(moduleUrl));
      const code = needs.reduce((left, need, number) => left.replaceAll(JSON.stringify(`offline:${need}`), JSON.stringify(urls[number])), text);
      return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    });
  }

  /** A page has its file name from disk: a folder alone would show its list of files. */
  function toFile(address) {
    const url = new URL(address, location.href);
    if (url.protocol === root.protocol && url.host === root.host && url.pathname.startsWith(root.pathname) && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url;
  }

  window.fetch = async (asked) => {
    const address = decodeURIComponent(toFile(asked).pathname.slice(root.pathname.length));
    const text = await read(address).then((file) => file.text, () => null);
    return new Response(text ?? "", { status: text === null ? 404 : 200 });
  };

  function mend(event) {
    const link = event.target.closest?.("a[href]");
    if (link instanceof HTMLAnchorElement) link.href = toFile(link.href).href;
  }

  /** A text with the public address of each page in place of its place on this disk. */
  const online = (text) => text.replaceAll(root.href, own.dataset.online).replaceAll("/index.html", "/");

  /** What is handed on, on paper or by copying a link, must lead somewhere for others. */
  function handOn() {
    const copy = navigator.clipboard?.writeText.bind(navigator.clipboard);
    if (copy) navigator.clipboard.writeText = (text) => copy(online(text));
    addEventListener("beforeprint", () => {
      const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) if (texts.currentNode.data.includes(root.href)) texts.currentNode.data = online(texts.currentNode.data);
    });
  }

  /** No filters, no search: say so where the reader would look for them. The pages are whole without. */
  function failed(error) {
    console.warn(error);
    document.querySelector(".offline-note [hidden]")?.removeAttribute("hidden");
    document.querySelector(".search-open").hidden = true;
    document.querySelector(".search-link").hidden = false;
  }

  async function start() {
    const urls = await Promise.all(own.dataset.modules.split(" ").map(moduleUrl));
    await Promise.all(urls.map((url) => import(url)));
  }

  addEventListener("click", mend, true);
  addEventListener("auxclick", mend, true);
  addEventListener("submit", ({ target }) => { target.action = toFile(target.action).href; }, true);
  handOn();
  start().catch(failed);
})();
