"""The whole site as one zip, to be opened from disk: ``scripts/build --offline``.

A page from disk differs from one on a server in three ways, and this mends each: a link to a folder shows a list of files, so
links name index.html; modules are refused, and so is fetching data, so both also lie in the zip as plain scripts that
``theme/assets/offline.js`` puts together. The pages themselves are those of the built site. Same site, same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from posixpath import join, normpath, relpath
from typing import Collection, Iterator

from . import words
from .exports.hosting import OFFLINE_COPY
from .problems import count
from .settings import addresses

FOLDER = OFFLINE_COPY.rpartition("/")[2].removesuffix("-offline.zip")
SCRIPT = "assets/offline.js"
# What only a server, a robot or a browser's address bar has a use for, what is packed for a server, and unfinished files.
_NO_USE = re.compile(r"404\.html|_headers|_redirects|robots\.txt|opensearch\.xml|sitemap\.xml.*|.+\.(?:gz|br|map)|(?:.+/)?\..+")
# What programs read over the internet: links lead to it there. It would be half of the files.
_ONLINE = re.compile(r"(?:api|oruk)/.+\.json|feeds/.+\.(?:xml|json)|" + re.escape(OFFLINE_COPY))
# What scripts load from offline/ and no page links to; and what scripts fetch that pages link to as well.
_LOADED = re.compile(r"assets/[a-z-]+\.json|shortlist/records/[^/]+\.json|(?!assets/offline\.js)assets/.+\.js")
_FETCHED = re.compile(r"partnerships/[^/]+/record\.yml|partnerships/page/\d+/index\.html|[a-z-]+/cite\.[a-z]+")
_WHEN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name: the day of packing would change the bytes

README = """Health Justice Landscape, a copy for reading without the internet
Data of {date}.

Open index.html in this folder with a browser.

If the search or the filters do not work in your browser, start a server in this folder and open http://localhost:8000/:

    python3 -m http.server

The site itself: {address}
Text and data: Creative Commons Attribution 4.0. Code: MIT. See about/licence/index.html.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Which site to pack."""
    parser.add_argument("site", type=Path, help="the folder of a built site")
    parser.add_argument("--address", help="the public address of the site; without it, that of mkdocs.yml")
    parser.add_argument("--into", type=Path, help=f"the zip to write; without it, {OFFLINE_COPY} in the site")


def run(options: Namespace, root: Path) -> int:
    """Pack the site into a zip."""
    target = options.into or options.site / OFFLINE_COPY
    try:
        number = pack(options.site, addresses(root)[0] if options.address is None else options.address, target)
    except ValueError as error:
        print(f"Nothing was packed: {error}.", file=sys.stderr)
        return 1
    print(f"Packed {count(number, 'file')} into {target.name}, {target.stat().st_size / 1_000_000:.1f} MB.")
    return 0


def pack(site: Path, address: str, target: Path) -> int:
    """Write the zip, whole or not at all. Gives the number of its files."""
    new = target.with_name(f".{target.name}.new")
    number = 0
    try:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, (name, content) in enumerate(files(site, address), 1):
                archive.writestr(_entry(f"{FOLDER}/{name}"), content)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    return number


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry that is the same on every system: day, permissions (a file that all may read) and kind of system."""
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
    return entry


def files(site: Path, address: str) -> Iterator[tuple[str, bytes]]:
    """(name, content) of everything in the copy, by name."""
    if not address:
        raise ValueError("the site has no public address (site_url), and pages from disk must say where the present ones are")
    names = sorted(name for path in site.rglob("*") if path.is_file() and not _NO_USE.fullmatch(name := path.relative_to(site).as_posix()) and not _ONLINE.fullmatch(name))
    pages = {name for name in names if name.endswith(".html")}
    told = date_words(site)
    yield "READ-ME.txt", README.format(date=told, address=address).encode()
    for name in names:
        content = (site / name).read_bytes()
        if name in pages:
            content = page(content.decode(), name, pages, address, told).encode()
        if not _LOADED.fullmatch(name):
            yield name, content
        if name.endswith(".js") and name != SCRIPT:
            yield f"offline/{name}.js", module(content.decode(), name).encode()
        elif _LOADED.fullmatch(name) or _FETCHED.fullmatch(name):
            yield f"offline/{name}.js", _call(name, content.decode(), []).encode()


def date_words(site: Path) -> str:
    """The date of the site's data in words, as the API of the built site says it."""
    return words.date_words(json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))["generated_at"])


# --- pages ------------------------------------------------------------------------------------------------------------

_ADDRESS = re.compile(r'(<(?:a|form|link)\b[^>]*?\s(?:href|action)=")([^"]*)"')
_MODULE = re.compile(r'[ \t]*<script type="module" src="([^"]+)"></script>\n?')
# A preloaded font is refused from disk, the search of the address bar has no server to ask, and a policy knows no disk.
_NOT_FROM_DISK = re.compile(r'[ \t]*<(?:link rel="(?:preload|modulepreload|search)"|meta http-equiv="Content-Security-Policy")[^>]*>\n?')


def page(html: str, name: str, pages: Collection[str], address: str, told: str) -> str:
    """A page of the copy: links name files, scripts come by way of offline.js, and a line says that this is a copy."""
    here = name.rpartition("/")[0]
    modules = [normpath(join(here, src)) for src in _MODULE.findall(html)]
    if not modules or "</head>" not in html or "</header>" not in html:
        raise ValueError(f"{name} does not have the frame that the copy is made from")
    to = lambda target: relpath(target, here or ".")  # noqa: E731
    html = _ADDRESS.sub(lambda match: f'{match[1]}{_to_file(match[2], here, pages, address)}"', _NOT_FROM_DISK.sub("", _MODULE.sub("", html)))
    loads = f'<link rel="stylesheet" href="{to("assets/offline.css")}">\n<script defer src="{to(SCRIPT)}" data-online="{address}" data-modules="{" ".join(dict.fromkeys(modules))}"></script>\n'
    return html.replace("</head>", f"{loads}</head>", 1).replace("</header>", f"</header>\n{_note(name, address, told)}", 1)


def _to_file(link: str, here: str, pages: Collection[str], address: str) -> str:
    """A link with the file name of its page. Links to elsewhere, to files and within the page stay as they are."""
    path, sign, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", link, re.DOTALL).groups()
    if not path or re.match(r"[a-z]+:|/", path):
        return link
    target = normpath(join(here, path))
    if _ONLINE.fullmatch(target):
        return f"{address}{target}{sign}{rest}"
    folder = f"{target}/index.html" if target != "." else "index.html"
    return f"{path.rstrip('/')}/index.html{sign}{rest}" if folder in pages else link


def _note(name: str, address: str, told: str) -> str:
    online = f"{address}{name.removesuffix('index.html')}"
    return f"""<aside class="offline-note" aria-label="About this copy">
<p>A copy to read without the internet, with the data of {told}. <a href="{online}" rel="noopener">See this page online</a>.</p>
<p role="status" hidden>Your browser does not run the search and the filters from disk. All lists and pages are here to read. To search and filter, use the site online, or run <code>python3 -m http.server</code> in the folder of this copy and open http://localhost:8000/.</p>
</aside>
"""


# --- modules ----------------------------------------------------------------------------------------------------------

_STATIC = re.compile(r'(\bfrom\s*|\bimport\s*)"(\.{1,2}/[^"]+)"')
_DYNAMIC = re.compile(r'\bimport\(\s*"(\.{1,2}/[^"]+)"\s*\)')


def module(code: str, name: str) -> str:
    """A module as a plain script that hands over its text, in which imports and its own address are left to offline.js."""
    here, needs = name.rpartition("/")[0], []

    def static(match: re.Match) -> str:
        needs.append(normpath(join(here, match[2])))
        return f'{match[1]}"offline:{needs[-1]}"'

    code = _DYNAMIC.sub(lambda match: f"landscapeImport({json.dumps(normpath(join(here, match[1])))})", _STATIC.sub(static, code))
    return _call(name, code.replace("import.meta.url", f"landscapeAt({json.dumps(name)})"), list(dict.fromkeys(needs)))


def _call(name: str, text: str, needs: list[str]) -> str:
    return f"landscapeFile({', '.join(json.dumps(value, ensure_ascii=False) for value in (name, text, needs))});\n"
