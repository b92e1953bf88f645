"""Every computed page of the site, as data. A view decides what is on a page and in which order; a template how it looks."""

from __future__ import annotations

import json
from typing import Any, Iterable, Iterator

from .. import derive
from ..derive import FACETS
from ..editing import quality_files, schema, sheets
from ..editing.form_model import form_model
from ..editing.known_records import known_records
from ..site import Site
from . import api, case_studies, contribute_form, data, evidence, feeds, finder, hand_on, landscape, lists, maps, programmes, quality, records, research, retired
from .page import Page
from .search import Written, search_index

__all__ = ["Page", "Written", "data_files", "pages", "search_files"]


def pages(site: Site) -> Iterator[Page]:
    """All computed pages, in a fixed order. Addresses are permanent: see docs/contribute/architecture.md."""
    yield lists.home(site)
    yield from lists.partnerships(site)
    for record in site.ordered:
        yield records.record_page(site, record)
        yield hand_on.card(site, record)
    yield from retired.retired_pages(site)
    yield hand_on.shortlist(site)
    yield hand_on.compare(site)
    for facet in FACETS:
        yield lists.facet_index(site, facet)
        for term in derive.facet_terms(site.landscape, facet):
            yield lists.facet_page(site, facet, term)
    yield maps.map_page(site)
    yield landscape.landscape_page(site)
    yield from landscape.behind_pages(site)
    yield programmes.programme_index(site)
    for record in site.ordered:
        if record.is_programme:
            yield programmes.programme_page(site, record)
    yield programmes.scotland(site)
    yield case_studies.case_study_index(site)
    for id in sorted(site.landscape.case_studies):
        yield case_studies.case_study_page(site, site.landscape.case_studies[id])
    yield research.research_index(site)
    yield research.surveys(site)
    yield evidence.evidence_page(site)
    yield from evidence.behind_pages(site)
    for id in sorted(site.landscape.publications):
        yield research.publication_page(site, site.landscape.publications[id])
    yield data.data_page(site)
    yield data.fields_page(site)
    yield data.vocabularies_page(site)
    yield feeds.feeds_page(site)
    yield api.api_page(site)
    yield api.oruk_page(site)
    yield quality.quality_page(site)
    yield contribute_form.add_page(site)
    yield contribute_form.edit_page(site)


def data_files(site: Site) -> dict[str, str | bytes]:
    """Files of data that scripts of the site read, and the to-do list in other forms, by address."""
    summaries = {name: _json(one) for name, one in {**hand_on.summaries(site), **retired.retired_summaries(site)}.items()}
    lists_data = {"assets/list.json": finder.finder(site, site.ordered), "assets/sites.json": finder.sites(site), "assets/places.json": finder.places(site)}
    form_data = {"assets/form-model.json": form_model(site.vocabularies), "assets/known-records.json": known_records(site)}
    return {**{name: _json(data) for name, data in {**lists_data, **form_data}.items()}, **summaries, **dict(quality_files.files(site)), **dict(_for_editors(site))}


def _for_editors(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """The schemas of the files, and the empty sheet for many records."""
    for name, text in schema.files(site.vocabularies).items():
        yield f"{schema.ADDRESS}{name}", text
    yield f"contribute/{sheets.TEMPLATE}", sheets.template()


def search_files(site: Site, written: Iterable[Written], computed: Iterable[Page]) -> dict[str, str]:
    """What the site's search loads, by address: a document for each page, computed (as ``pages`` gave them) or hand-written."""
    first, texts = search_index(site, written, computed)
    return {"assets/search.json": _json(first), "assets/search-text.json": _json(texts)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
