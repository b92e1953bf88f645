"""The site's pages and files by address, each made when it is first asked for: what a preview shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Iterator

from . import exports, publish, views
from .render import Renderer
from .site import Site
from .views import Page, quick, records

Found = tuple[bytes, str]


class Made:
    """One state of the site. ``written`` is the folder into which MkDocs builds the hand-written pages; ``theme`` has what browsers load."""

    def __init__(self, site: Site, renderer: Renderer, theme: Path, written: Path):
        self.site, self.renderer, self.theme, self.written = site, renderer, theme, written
        self.pages: dict[str, Page] = {}
        self.files: dict[str, bytes] = {}
        self.more_pages, self.more_files = self._other_pages(), self._all_files()

    def find(self, address: str) -> Found | None:
        """The content at an address inside the site, and the name of the file that holds it; None when nothing is there."""
        if address == views.NOT_FOUND:
            return self.renderer.whole(views.not_found()).encode(), address
        for look in (self._asset, self._page, self._written, self._file):
            if found := look(address):
                return found
        return None

    def _asset(self, address: str) -> Found | None:
        return self._from(self.theme, address) if address.startswith("assets/") else None

    def _page(self, address: str) -> Found | None:
        if address and not address.endswith("/"):
            return None
        page = self._record_page(address) or self.pages.get(address)
        while page is None and (page := next(self.more_pages, None)):
            self.pages[page.url] = page
            page = page if page.url == address else None
        return (self.renderer.whole(page).encode(), "index.html") if page else None

    def _record_page(self, address: str) -> Page | None:
        """The page of a record, without making any other: this is what an editor looks at."""
        folder, _, id = address.rstrip("/").partition("/")
        record = self.site.landscape.records.get(id) if folder == "partnerships" else None
        return records.record_page(self.site, record) if record else None

    def _other_pages(self) -> Iterator[Page]:
        for part in views.parts(self.site):
            if getattr(part.make, "func", None) is not quick.pages_of_records:
                yield from part.make()

    def _written(self, address: str) -> Found | None:
        return self._from(self.written, f"{address}index.html" if address.endswith("/") else address)

    def _file(self, address: str) -> Found | None:
        while address not in self.files and (made := next(self.more_files, None)):
            self.files[made[0]] = made[1]
        return (self.files[address], address) if address in self.files else None

    def _all_files(self) -> Iterator[tuple[str, bytes]]:
        for name, content in views.data_files(self.site).items():
            yield name, content.encode() if isinstance(content, str) else content
        for name, text in views.search_files(self.site, self._written_for_search(), map(publish.listed, views.pages(self.site))).items():
            yield name, text.encode()
        yield from exports.files(self.site)

    def _written_for_search(self) -> list[views.Written]:
        kept = self.written / publish.KEPT
        return [views.Written(**one) for one in json.loads(kept.read_text(encoding="utf-8"))] if kept.is_file() else []

    @staticmethod
    def _from(folder: Path, name: str) -> Found | None:
        """A file below a folder, and nothing outside it."""
        path = (folder / name).resolve()
        return (path.read_bytes(), name) if path.is_relative_to(folder.resolve()) and path.is_file() else None
