"""The pages of records and their list, which most readers look at: made by themselves for a quick look."""

from __future__ import annotations

from functools import partial
from typing import Iterator, Sequence

from ..model import Record
from ..site import Site
from ..workers import batches
from . import lists, records
from .page import Page, Part

# Records whose pages are made as one part of the site.
BATCH = 50


def record_parts(site: Site) -> Iterator[Part]:
    """The page of each record and the list of all, in parts that can be made each by itself."""
    for number in range(1, lists.last_page(site) + 1):
        yield Part(partial(_list_page, site, number), partial(_list_key, site, number))
    yield from record_pages(site)


def record_pages(site: Site) -> Iterator[Part]:
    for some in batches(site.ordered, BATCH):
        yield Part(partial(pages_of_records, site, some), partial(_key, site, some))


def _list_page(site: Site, number: int) -> list[Page]:
    return [lists.partnerships_page(site, number)]


def _list_key(site: Site, number: int) -> str:
    return repr(lists.ingredients(site, number))


def pages_of_records(site: Site, some: Sequence[Record]) -> Iterator[Page]:
    return (records.record_page(site, record) for record in some)


def _key(site: Site, some: Sequence[Record]) -> str:
    return repr([records.ingredients(site, record) for record in some])
