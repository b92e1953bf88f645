"""The whole site as files in a folder, made in parts that worker processes share.

No part needs another, and each writes files of its own: so the bytes are the same with any number of workers, in any order.
Only the sitemap and the search index come last, because they name the hand-written pages too.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Iterable, NamedTuple, Sequence

from . import exports, similar, views
from .link_check import DeadLink, Look, judge, look, without_repeats
from .model import Record
from .render import Renderer
from .site import Site
from .store import NOTHING_KEPT, Kept, Store
from .views import Page, Part, Written, quick
from .workers import Task, Workers, batches


class Listed(NamedTuple):
    """What the sitemap and the search need to know of a page that was written."""

    url: str
    title: str
    description: str
    updated: str
    noindex: bool


class Made(NamedTuple):
    """A page that was written, and what its links and names are."""

    listed: Listed
    look: Look


def listed(page: Page) -> Listed:
    return Listed(page.url, page.title, page.description, page.updated, page.noindex)


def parts(site: Site, renderer: Renderer, folder: Path, kept: Kept = NOTHING_KEPT) -> list[Task]:
    """Tasks that together write every computed page and every file for machines below ``folder``; each answers with the
    pages that it wrote. The longest come first, so that no worker is left with one at the end."""
    from .exports import downloads

    files = [partial(_write_files, family, site, folder) for family in exports.FAMILIES if family is not downloads]
    about_data, *others = (partial(_write_pages, part, renderer, folder, kept) for part in views.parts(site))
    return [partial(_write_downloads, about_data, site, folder), *files, partial(_write_data, site, folder), *others]


def record_parts(site: Site, renderer: Renderer, folder: Path, kept: Kept = NOTHING_KEPT) -> list[Task]:
    """The parts that write the page of each record and the list of all: the quick look of ``scripts/build --only pages``."""
    return [partial(_write_pages, part, renderer, folder, kept) for part in quick.record_parts(site)]


def find_related(site: Site, workers: int, store: Store) -> None:
    """Let the workers find which records are alike, unless nothing that decides it has changed, and tell the site."""
    records = site.ordered
    basis = similar.basis(records)
    found = store.get("similar", basis)
    if found is None:
        likeness = site.likeness
        tasks = [partial(_related, likeness, some) for some in batches(records, 250)]
        found = {id: related for answer in Workers(tasks, workers).answers() for id, related in answer.items()}
        store.put("similar", basis, found)
    site.known_related = found


def _related(likeness: similar.Likeness, some: Sequence[Record]) -> dict[str, similar.Related]:
    return {record.id: [(other.id, reason) for other, reason in likeness.related(record)] for record in some}


def _write_pages(part: Part, renderer: Renderer, folder: Path, kept: Kept) -> list[Made]:
    """Write the pages of a part, as they were kept or else made now."""
    key = part.key() if part.key and kept.folder else ""
    pages = kept.get(key) if key else None
    if pages is None:
        pages = _make(part, renderer)
        kept.put(key, pages) if key else None
    for made, content in pages:
        _write(folder / f"{made.listed.url}index.html", content)
    return [made for made, _ in pages]


def _make(part: Part, renderer: Renderer) -> list[tuple[Made, bytes]]:
    pages = [(page, renderer.whole(page)) for page in part.make()]
    looks = without_repeats(look(page.url, html, renderer.site_address) for page, html in pages)
    return [(Made(listed(page), seen), html.encode()) for (page, html), seen in zip(pages, looks)]


def _write_files(family, site: Site, folder: Path) -> list[Made]:
    for address, content in family.files(site):
        _write(folder / address, content)
    return []


def _write_downloads(about_data: Task, site: Site, folder: Path) -> list[Made]:
    """The downloads and the page that tells their sizes, by one worker, so that they are made once."""
    from .exports import downloads

    _write_files(downloads, site, folder)
    return about_data()


def _write_data(site: Site, folder: Path) -> list[Made]:
    for address, content in views.data_files(site).items():
        _write(folder / address, content.encode() if isinstance(content, str) else content)
    return []


def finish(site: Site, renderer: Renderer, folder: Path, computed: Iterable[Made], written: Iterable[tuple[Made, Written]]) -> list[DeadLink]:
    """What needs all pages to be known: the sitemap, the search index, and the check of the links between them, whose faults are
    given back; and the page for wrong addresses."""
    from .exports import discovery

    computed, written = list(computed), list(written)
    not_found, pages = renderer.whole(views.not_found()), [made.listed for made in computed]
    _write(folder / views.NOT_FOUND, not_found.encode())
    _write(folder / "sitemap.xml", discovery.sitemap(site, [*pages, *(made.listed for made, _ in written)]))
    for address, text in views.search_files(site, [own for _, own in written], pages).items():
        _write(folder / address, text.encode())
    looks = [made.look for made in (*computed, *(made for made, _ in written))]
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return judge([*looks, look(views.NOT_FOUND, not_found, renderer.site_address)], files, renderer.site_address)


# Where a preview finds what the search needs of the hand-written pages.
KEPT = "_written.json"


def keep_written(folder: Path, written: Iterable[Written]) -> None:
    """Keep what the search needs of the hand-written pages beside them, for a preview that makes the rest."""
    _write(folder / KEPT, json.dumps([asdict(one) for one in written]).encode())


def _write(path: Path, content: bytes) -> None:
    """Write a file. Its folder is made when it is missing, which is asked only then: most files share one with the last."""
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
