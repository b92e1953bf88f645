"""The pages of records and their list, which most readers look at: made by themselves for a quick look."""

from __future__ import annotations

from functools import partial
from typing import Callable, Iterable, Iterator, Sequence

from ..model import Record
from ..site import Site
from ..workers import batches
from . import lists, records
from .page import Page

# Records whose pages are made as one part of the site.
BATCH = 50
Part = Callable[[], Iterable[Page]]


def record_parts(site: Site) -> Iterator[Part]:
    """The page of each record and the list of all, in parts that can be made each by itself."""
    yield partial(lists.partnerships, site)
    yield from (partial(_records, site, some) for some in batches(site.ordered, BATCH))


def _records(site: Site, some: Sequence[Record]) -> Iterator[Page]:
    return (records.record_page(site, record) for record in some)
