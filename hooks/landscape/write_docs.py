"""Every page as a Markdown file, for any generator of sites from Markdown: ``scripts/write-docs DIR``.

This is the way out when an engine ends. A computed page becomes a file with front matter and its finished HTML as one block,
a hand-written page stays as it is, and everything else (data, downloads, styles, scripts) stands beside them under the
addresses of the site. Nothing here knows an engine but the three short settings files at the top of the folder.
docs/contribute/leaving-material.md says how it is used and what an engine must do itself.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any, Callable, Collection, Iterator

from . import derive, exports, views
from .load import load
from .problems import ProblemsFound, count, report
from .render import Renderer, relative, way_up
from .settings import addresses
from .site import Site
from .swap import put_in_place
from .views import Page

MARK = "# Written by scripts/write-docs, which replaces this whole folder: keep files of your own elsewhere."
# Pages with this many signs of HTML are no place to search in: they are lists that repeat what their records say, and they make
# up a third of the index. A version of Zensical stopped at a page of more than 16,384 words; 0.0.73 does not.
LONG = 60_000
# The classes that our styles ask for around a page.
OPEN, CLOSE = '<div class="landscape page"><div class="md-typeset">', "</div></div>"
# Styles and scripts of every page. Search is left out: it belongs to the frame, and each engine brings its own.
STYLES, PRINT, SCRIPTS = ("landscape", "hand-on"), "print", ("shortlist",)
# Sections that stand in the menu beside the hand-written pages.
SECTIONS = ("partnerships", "settings", "regions", "issues", "scotland", "case-studies", "research", "data")
# The settings of each engine, by file. MkDocs reads mkdocs.yml by itself, ProperDocs properdocs.yml; Zensical is told with --config-file.
ENGINES = {
    "mkdocs.yml": "theme: {name: mkdocs, highlightjs: false}",
    "properdocs.yml": "INHERIT: mkdocs.yml",
    "zensical.yml": "INHERIT: mkdocs.yml\ntheme: {name: zensical, font: false}",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Where to write, and what the pages need to know of the world."""
    parser.add_argument("folder", type=Path, help="the folder to write: a new or empty one, or one that this command wrote")
    parser.add_argument("--address", help="the public address of the site; without it, that of mkdocs.yml")
    parser.add_argument("--date", type=date.fromisoformat, help="the date of the build, such as 2026-11-24; without it, that of the data")


def run(options: Namespace, root: Path) -> int:
    """Write the folder, whole or not at all."""
    try:
        landscape = load(root)
    except ProblemsFound as found:
        print(report(found.problems))
        return 1
    address, repository = addresses(root)
    address = address if options.address is None else options.address
    site = Site(landscape, options.date or derive.data_date(landscape), address)
    try:
        number = replace_folder(options.folder.absolute(), files(root, site, address, repository))
    except FileExistsError as error:
        print(f"Nothing was written: {error}", file=sys.stderr)
        return 1
    print(f"Wrote {count(number, 'file')} into {options.folder}. Build them there with one of: mkdocs build, properdocs build, zensical build --config-file zensical.yml")
    return 0


def replace_folder(folder: Path, made: Iterator[tuple[str, bytes]]) -> int:
    """Write files beside ``folder`` and put them in its place when all are there. Says how many. A folder with something else in it stays."""
    if folder.exists() and any(folder.iterdir()) and not _is_ours(folder):
        raise FileExistsError(f"{folder} holds files that this command did not write. Name a new folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as work:
        new, number = Path(work) / "new", 0
        for number, (name, content) in enumerate(made, 1):
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        put_in_place(new, folder)
    return number


def _is_ours(folder: Path) -> bool:
    settings = folder / "mkdocs.yml"
    return settings.is_file() and settings.read_text(encoding="utf-8").startswith(MARK)


def files(root: Path, site: Site, address: str, repository: str) -> Iterator[tuple[str, bytes]]:
    """(path inside the folder, content) of everything: settings of the engines, pages, data, styles and scripts."""
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    pages = list(views.pages(site))
    yield from _settings(settings, address, {page.url for page in pages})
    renderer = Renderer(root / "theme" / "pages", site.vocabularies, repository, address)
    for page in pages:
        yield f"docs/{source_name(page.url)}", computed(page, renderer.render(page)).encode()
    yield from _hand_written(root / "docs", {page.url for page in pages})
    for name, content in views.data_files(site).items():
        yield f"docs/{name}", content.encode() if isinstance(content, str) else content
    for name, content in exports.files(site):
        yield f"docs/{name}", content
    for path in _below(root / "theme" / "assets"):
        yield f"docs/assets/{path.relative_to(root / 'theme' / 'assets').as_posix()}", path.read_bytes()


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def source_name(url: str) -> str:
    """The file of a computed page: one name for every page, so that no engine's rules about addresses matter."""
    return f"{url}index.md"


# --- pages ------------------------------------------------------------------------------------------------------------


def computed(page: Page, html: str) -> str:
    """A computed page: front matter, and one block of HTML that also names the styles and scripts that the page needs."""
    matter: dict[str, Any] = {"title": page.title, "description": page.description}
    if page.updated:
        matter["updated"] = page.updated
    if page.noindex or len(html) > LONG:
        matter["search"] = {"exclude": True}  # the word of Material and Zensical; others index the page
    matter["head"] = {"noindex": page.noindex, "metas": page.head.metas, "links": [vars(link) for link in page.head.links], "json_ld": page.head.json_ld, "canonical": page.head.canonical}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in matter.items()]
    return "\n".join(["---", *lines, "---", "", OPEN, one_block(_loads(page) + html), CLOSE, ""])


def _loads(page: Page) -> str:
    """Styles and scripts of a page, by relative addresses."""
    to = lambda name: relative(way_up(page.url), f"assets/{name}")  # noqa: E731
    styles = [f'<link rel="stylesheet" href="{to(f"{name}.css")}">' for name in (*STYLES, *page.assets)]
    scripts = [f'<script type="module" src="{to(f"{name}.js")}"></script>' for name in (*SCRIPTS, *page.assets)]
    return "\n".join([*styles, f'<link rel="stylesheet" media="print" href="{to(f"{PRINT}.css")}">', *scripts, ""])


_AS_TYPED = re.compile(r"(<pre\b.*?</pre>|<textarea\b.*?</textarea>)", re.DOTALL)
_DATA = re.compile(r"(<script type=\"application/json\"[^>]*>.*?</script>)", re.DOTALL)


def one_block(html: str) -> str:
    """The same page in lines that every Markdown takes for one block of HTML. A blank line would end the block, four spaces would
    start a block of code, and two braces may be read as a template, so none is left. Where line ends count, they are written as numbers."""
    parts = _AS_TYPED.split(html)
    plain = [re.sub(r"\s*\n\s*", "\n", part) for part in parts[::2]]
    kept = [part.replace("\n", "&#10;").replace("\t", "&#9;") for part in parts[1::2]] + [""]
    return _without_templates("".join(text for pair in zip(plain, kept) for text in pair).strip())


def _without_templates(html: str) -> str:
    """No ``{{``, ``{%`` or ``{#``: their first sign as a number, in data for scripts as JSON writes it."""
    parts = _DATA.split(html)
    return "".join(re.sub(r"\{(?=[{%#])", r"\\u007b" if number % 2 else "&#123;", part) for number, part in enumerate(parts))


_LINK = re.compile(r"(?<=\]\()([^)\s#:]+\.md)(?=[)#])")


def _hand_written(docs: Path, computed: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Hand-written pages and their pictures as they are, but for links to computed pages, which name the file written here."""
    for path in _below(docs):
        name = path.relative_to(docs).as_posix()
        if path.suffix != ".md":
            yield f"docs/{name}", path.read_bytes()
            continue
        yield f"docs/{name}", _LINK.sub(_to_computed(docs, name, computed), path.read_text(encoding="utf-8")).encode()


def _to_computed(docs: Path, name: str, computed: Collection[str]) -> Callable[[re.Match], str]:
    here = PurePosixPath(name).parent.as_posix()

    def link(match: re.Match) -> str:
        target = normpath(f"{here}/{match[1]}")
        url = target.removesuffix("index.md") if target.endswith("index.md") else f"{target.removesuffix('.md')}/"
        return match[1] if (docs / target).is_file() or url not in computed else relpath(source_name(url), here)

    return link


# --- settings of the engines ------------------------------------------------------------------------------------------


def _settings(ours: str, address: str, urls: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """The settings files: names, menu and Markdown extensions from the project's own settings, no hook and no
    template. Without ``repo_url``, because Zensical's pages then ask GitHub how many stars the project has."""
    menu = ["  - Home: index.md", *(f"  - {source_name(f'{name}/')}" for name in SECTIONS if f"{name}/" in urls), *_block(ours, "nav").splitlines()[1:]]
    shared = [
        _block(ours, "site_name"), _block(ours, "site_description"), *([f"site_url: {json.dumps(address)}"] if address else []),
        "use_directory_urls: true", "plugins: [search]", _block(ours, "markdown_extensions"), "validation: {nav: {omitted_files: ignore}}", "nav:", *menu,
    ]
    for name, own in ENGINES.items():
        yield name, "\n".join([MARK, own, *(shared if name == "mkdocs.yml" else []), ""]).encode()


def _block(settings: str, name: str) -> str:
    """A setting as it stands in the file, with the lines that belong to it. The core reads no YAML with tags such as !ENV."""
    found = re.search(rf"^{name}:.*(\n[ #].*)*", settings, re.MULTILINE)
    return found[0] if found else ""
