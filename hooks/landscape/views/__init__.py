"""Every computed page of the site, as data. A view decides what is on a page and in which order; a template how it looks."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Iterable, Iterator

from .. import derive
from ..derive import FACETS
from ..model import Landscape
from . import case_studies, finder, hand_on, lists, maps, programmes, records, research
from .search import Written, search_index
from .site import Page, Site

__all__ = ["Page", "Written", "data_files", "pages", "search_file"]


def pages(landscape: Landscape, today: date) -> Iterator[Page]:
    """All computed pages, in a fixed order. Addresses are permanent: see docs/contribute/architecture.md."""
    site = Site(landscape, today)
    yield lists.home(site)
    yield from lists.partnerships(site)
    for record in site.ordered:
        yield records.record_page(site, record)
        yield hand_on.card(site, record)
    yield hand_on.shortlist(site)
    yield hand_on.compare(site)
    for facet in FACETS:
        yield lists.facet_index(site, facet)
        for term in derive.facet_terms(landscape, facet):
            yield lists.facet_page(site, facet, term)
    yield maps.map_page(site)
    yield programmes.programme_index(site)
    for record in site.ordered:
        if record.is_programme:
            yield programmes.programme_page(site, record)
    yield programmes.scotland(site)
    yield case_studies.case_study_index(site)
    for id in sorted(landscape.case_studies):
        yield case_studies.case_study_page(site, landscape.case_studies[id])
    yield research.research_index(site)
    yield research.surveys(site)
    for id in sorted(landscape.publications):
        yield research.publication_page(site, landscape.publications[id])


def data_files(landscape: Landscape, today: date) -> dict[str, str]:
    """Files of data that scripts of the site read, by address."""
    site = Site(landscape, today)
    summaries = {name: _json(one) for name, one in hand_on.summaries(site).items()}
    return {"assets/places.json": _json(finder.places(site)), **summaries}


def search_file(landscape: Landscape, today: date, written: Iterable[Written], computed: Iterable[Page]) -> str:
    """What the site's search loads: a document for each page, computed (as ``pages`` gave them) or hand-written."""
    return _json(search_index(Site(landscape, today), written, computed))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
