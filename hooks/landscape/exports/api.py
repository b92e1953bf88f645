"""The JSON API under ``api/v1/``: collections whole and by item, a list for each value of each facet, and an index of it all.

An answer is a file. Within v1 a field is never removed or renamed and never changes its meaning; fields may be added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterable, Iterator, Mapping

from .. import derive
from ..derive import FACETS, Facet
from ..model import Record
from ..site import Site
from ..vocabulary import Term, Vocabulary
from . import openapi, plain
from .plain import envelope, to_json

ROOT = openapi.ROOT

Result = dict[str, Any]


@dataclass(frozen=True)
class Collection:
    """Results of one kind. ``schema`` names the kind in the OpenAPI document; each result is also a file of its own, named
    by its field ``key``, unless that is empty. The list holds every result in full, in the order of the keys."""

    name: str
    about: str
    schema: str
    key: str
    results: Callable[[Site], Iterable[Result]]


def _records(site: Site) -> Iterator[Result]:
    return (plain.record(site, record) for record in plain.in_order(site.landscape.records))


def _programmes(site: Site) -> Iterator[Result]:
    """Programmes with the ids of the records that belong to each directly, in reading order."""
    for record in plain.in_order(site.landscape.records):
        if record.is_programme:
            yield {**plain.record(site, record), "members": [member.id for member in site.members.get(record.id, [])]}


def _publications(site: Site) -> Iterator[Result]:
    return (plain.publication(site, work) for work in plain.in_order(site.landscape.publications))


def _case_studies(site: Site) -> Iterator[Result]:
    return (plain.case_study(site, study) for study in plain.in_order(site.landscape.case_studies))


def _surveys(site: Site) -> Iterator[Result]:
    return (plain.survey(site, one) for one in plain.in_order(site.landscape.surveys))


def _vocabularies(site: Site) -> Iterator[Result]:
    return (_vocabulary(vocabulary) for vocabulary in plain.in_order(site.vocabularies))


def _vocabulary(vocabulary: Vocabulary) -> Result:
    """A vocabulary with its terms in the editors' order."""
    return {"name": vocabulary.name, "title": vocabulary.title, "about": vocabulary.about, "terms": [plain.plain(term) for term in vocabulary]}


COLLECTIONS = (
    Collection("partnerships", "Every record in full: the partnerships, and the programmes that several belong to.", "Record", "id", _records),
    Collection("programmes", "The programmes only, each with the ids of the records that belong to it.", "Programme", "", _programmes),
    Collection("publications", "The bibliography: what each study did and found.", "Publication", "id", _publications),
    Collection("case-studies", "The case studies, with their text as Markdown and their sources.", "CaseStudy", "partnership", _case_studies),
    Collection("surveys", "Published surveys of the field and the figures they state.", "Survey", "", _surveys),
    Collection("vocabularies", "The lists of terms that fields are filled from, with their definitions.", "Vocabulary", "name", _vocabularies),
)


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of the API: (address inside the site, bytes)."""
    totals = {}
    for collection in COLLECTIONS:
        results = list(collection.results(site))
        totals[collection.name] = len(results)
        yield f"{ROOT}/{collection.name}.json", to_json(envelope(site, results))
        if collection.key:
            for result in results:
                yield f"{ROOT}/{collection.name}/{result[collection.key]}.json", to_json(envelope(site, result))
    for facet in FACETS:
        terms = derive.facet_terms(site.landscape, facet)
        totals[facet.name] = len(terms)
        yield from _facet_files(site, facet, terms)
    yield f"{ROOT}/index.json", to_json(envelope(site, _index(site, totals)))
    yield f"{ROOT}/openapi.json", to_json(openapi.document(site, COLLECTIONS))


def _facet_files(site: Site, facet: Facet, terms: list[Term]) -> Iterator[tuple[str, bytes]]:
    """A facet's terms with their counts, and for each term the records under it in reading order."""
    by_tag = site.by_facet[facet.name]
    counted = [_facet_term(site, facet, term, len(by_tag.get(term.tag, ()))) for term in terms]
    yield f"{ROOT}/{facet.name}.json", to_json(envelope(site, counted))
    for term in terms:
        found = [_summary(site, record) for record in by_tag.get(term.tag, ())]
        yield f"{ROOT}/{facet.name}/{term.tag}.json", to_json(envelope(site, found))


def _facet_term(site: Site, facet: Facet, term: Term, count: int) -> Result:
    words = {"definition": term.definition} if term.definition else {}
    return {
        "tag": term.tag, "label": term.label, **words, "count": count,
        "url": f"{site.address}{facet.name}/{term.tag}/", "api_url": f"{site.address}{ROOT}/{facet.name}/{term.tag}.json",
    }


def _summary(site: Site, record: Record) -> Result:
    """A record as a list names it; ``api_url`` leads to the whole."""
    return {
        "id": record.id, "name": record.name, "status": record.status, "place": site.place(record),
        "url": f"{site.address}partnerships/{record.id}/", "api_url": f"{site.address}{ROOT}/partnerships/{record.id}.json",
    }


def _index(site: Site, totals: Mapping[str, int]) -> list[Result]:
    """What there is: each list with its address and how many results it has, and the description of the API itself."""
    lists = [(one.name, one.about) for one in COLLECTIONS] + [(facet.name, openapi.facet_about(facet)) for facet in FACETS]
    named = [{"name": name, "about": about, "total": totals[name], "api_url": f"{site.address}{ROOT}/{name}.json"} for name, about in lists]
    return [*named, {"name": "openapi", "about": "This API described as an OpenAPI 3.1 document.", "api_url": f"{site.address}{ROOT}/openapi.json"}]
