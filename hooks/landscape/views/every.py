"""All views together: the pages in parts that workers share, and the data that scripts of the site read."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, Callable, Iterable, Iterator, Sequence

from .. import derive
from ..derive import FACETS, Facet
from ..editing import quality_files, schema, sheets
from ..editing.form_model import form_model
from ..editing.known_records import known_records
from ..model import Record
from ..site import Site
from ..vocabulary import Term
from ..workers import batches
from . import api, case_studies, contribute_form, data, evidence, feeds, finder, hand_on, landscape, lists, maps, programmes, quality, research, retired, software
from . import NOT_FOUND
from .page import Page, Part
from .quick import BATCH, record_parts
from .search import search_index
from .search_page import Written


def pages(site: Site) -> Iterator[Page]:
    """All computed pages, in a fixed order. Addresses are permanent: see docs/contribute/architecture.md."""
    for part in parts(site):
        yield from part.make()


def parts(site: Site) -> Iterator[Part]:
    """The computed pages in parts, each made by itself, in a fixed order: so that several processes can share them."""
    yield Part(lambda: [data.data_page(site), data.fields_page(site), data.vocabularies_page(site)])
    yield Part(lambda: [lists.home(site), *retired.retired_pages(site), hand_on.shortlist(site), hand_on.compare(site)])
    yield from record_parts(site)
    yield from (Part(partial(_cards, site, some), partial(_cards_key, site, some)) for some in batches(site.ordered, BATCH))
    for facet in FACETS:
        yield Part(partial(_facet_index, site, facet))
        yield from (Part(partial(_facet_pages, site, facet, some)) for some in batches(derive.facet_terms(site.landscape, facet), 10))
    yield Part(lambda: [maps.map_page(site), programmes.programme_index(site), *_programmes(site), programmes.scotland(site)])
    yield Part(lambda: [landscape.landscape_page(site), *landscape.behind_pages(site)])
    yield Part(lambda: [case_studies.case_study_index(site), *(case_studies.case_study_page(site, study) for _, study in sorted(site.landscape.case_studies.items()))])
    yield Part(lambda: [research.research_index(site), research.surveys(site), *(research.publication_page(site, work) for _, work in sorted(site.landscape.publications.items()))])
    yield Part(lambda: [evidence.evidence_page(site), *evidence.behind_pages(site)])
    yield Part(lambda: [feeds.feeds_page(site), api.api_page(site), api.oruk_page(site)])
    yield Part(lambda: [quality.quality_page(site), contribute_form.add_page(site), contribute_form.edit_page(site), *software.software_pages(site)])


def _cards(site: Site, some: Sequence[Record]) -> Iterator[Page]:
    return (hand_on.card(site, record) for record in some)


def _cards_key(site: Site, some: Sequence[Record]) -> str:
    return repr([site.file_word(record) for record in some])


def _facet_index(site: Site, facet: Facet) -> list[Page]:
    return [lists.facet_index(site, facet)]


def _facet_pages(site: Site, facet: Facet, some: Sequence[Term]) -> Iterator[Page]:
    return (lists.facet_page(site, facet, term) for term in some)


def _programmes(site: Site) -> Iterator[Page]:
    return (programmes.programme_page(site, record) for record in site.ordered if record.is_programme)


def not_found() -> Page:
    """The page that hosts show at a wrong address. It is not among ``pages``: nobody looks for it."""
    return Page(NOT_FOUND, "Page not found", "", "not_found.html", noindex=True)


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


def search_files(site: Site, written: Iterable[Written], computed: Iterable[Any]) -> dict[str, str]:
    """What the site's search loads, by address: a document for each page, hand-written or computed (of which ``url``, ``title``
    and ``description`` are read)."""
    first, texts = search_index(site, written, computed)
    return {"assets/search.json": _json(first), "assets/search-text.json": _json(texts)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
