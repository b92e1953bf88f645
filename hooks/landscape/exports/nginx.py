"""What nginx must be told about the site: ``_nginx.conf``, to be included in a server block of one's own.

It says what ``hosting`` tells other hosts, made from the same lists, and besides what those hosts do by themselves: types, the
page for addresses that are not there, and files that were packed beforehand by ``scripts/compress``.
"""

from __future__ import annotations

from typing import Iterator

from ..site import Site
from .hosting import EVERYWHERE, KEPT, REWRITES, moved

# Type by the end of a file's name. Those of citations are the ones that reference managers open.
TYPES = {
    "text/html": "html", "text/css": "css", "text/javascript": "js", "text/csv": "csv", "text/calendar": "ics", "text/plain": "txt yml",
    "application/json": "json map", "application/geo+json": "geojson", "application/xml": "xml", "application/x-bibtex": "bib",
    "application/x-research-info-systems": "ris", "application/vnd.sqlite3": "db", "image/svg+xml": "svg", "image/png": "png",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx", "font/woff2": "woff2",
}
# What is text, so has a character set and shrinks when packed. nginx counts text/html in by itself and complains of a second time.
_TEXT = [name for name in TYPES if name != "text/html" and (name.startswith("text/") or name.endswith(("json", "xml", "bibtex", "info-systems")))]
_OURS = ("_headers", "_redirects", "_nginx.conf")


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The one file: (address inside the site, bytes)."""
    yield "_nginx.conf", "".join(f"{line}\n" for line in (*_ABOUT, *_files(), *_packing(), *_headers(), *_addresses(site))).encode()


_ABOUT = (
    "# How nginx serves this site. Put this line into the server block: include /where/the/site/is/_nginx.conf;",
    "# The build writes this file anew, so let nginx read it again after a publication. Make changes in hooks/landscape/exports.",
)


def _files() -> Iterator[str]:
    """What a file is, and what stands for one that is not there. Only licences have names without an end."""
    yield from ("", "index index.html;", "error_page 404 /404.html;", "absolute_redirect off;", "server_tokens off;")
    yield from ("default_type text/plain;", "types {", *(f"    {name} {ends};" for name, ends in TYPES.items()), "}")
    yield from ("charset utf-8;", f"charset_types {' '.join(_TEXT)};")


def _packing() -> Iterator[str]:
    """The .gz file beside a file where there is one; else nginx packs while it sends. Brotli is a module that not every nginx
    has, so it is for the server block to ask for."""
    yield from ("", "gzip_static on;", "gzip on;", "gzip_vary on;", "gzip_min_length 1024;", f"gzip_types {' '.join(_TEXT)};")


def _headers() -> Iterator[str]:
    """The headers of every answer, that of an error too; but an error is never kept."""
    yield ""
    yield from (f'add_header {name} "{value}" always;' for name, value in EVERYWHERE)
    yield "set $kept no-cache;"
    yield from (f'if ($uri ~ "^{asked.removesuffix("*")}") {{ set $kept "{kept}"; }}' for asked, kept in KEPT)
    yield "add_header Cache-Control $kept;"


def _addresses(site: Site) -> Iterator[str]:
    """Addresses that another file answers, old addresses of records, and the files for hosts, which are nobody's to read."""
    yield ""
    for asked, answer in REWRITES:
        yield f'rewrite "^{asked.replace("*", "(.+)")}$" "{answer.replace(":splat", "$1")}" last;'
    yield from (f'rewrite "^{old}(.*)$" "{new}$1" permanent;' for old, new in moved(site))
    yield from (f"location = /{name} {{ return 404; }}" for name in _OURS)
