"""The bibliography and the published surveys of the field."""

from __future__ import annotations

from .. import derive
from ..exports.citations import context_objects
from ..exports.linked import list_graph
from ..load import PUBLICATIONS, SURVEYS
from ..model import Publication
from ..problems import count
from ..site import Site, short
from ..vocabulary import Term
from .cite import list_cite, work_cite, work_head
from .page import Head, Page
from .work_filters import work_filters


def research_index(site: Site) -> Page:
    works = derive.publications_in_order(site.landscape)
    number = count(len(works), "publication")
    data = {
        "works": works,
        "by_design": _grouped(works, site.vocabularies["designs"], lambda work: (work.design,)),
        "by_setting": _tallied(works, site.vocabularies["settings"], lambda work: work.settings),
        "by_outcome": _tallied(works, site.vocabularies["study-outcomes"], lambda work: work.outcomes_studied),
        "by_country": _tallied(works, site.vocabularies["countries"], lambda work: (work.country,)),
        "names": {record.id: record.name for record in site.ordered},
        "cite": list_cite(site, "Research", number, "research/"), "coins": context_objects(site),
        "filters": work_filters(site, works),
        "copies": sum(work.source_is_copy for work in works),
    }
    return Page("research/", "Research", f"{number} on health justice partnerships: what each did and found, by design, setting and outcome.", "research.html", data, edit=PUBLICATIONS, assets=("finder.css", "works.js"), head=Head(json_ld=list_graph(site, "research/", "Research", len(works), ())))


def _grouped(works: list[Publication], vocabulary, tags) -> list[tuple[Term, list[Publication]]]:
    grouped = [(term, [work for work in works if term.tag in tags(work)]) for term in vocabulary]
    return [(term, inside) for term, inside in grouped if inside]


def _tallied(works: list[Publication], vocabulary, tags) -> list[tuple[Term, list[Publication]]]:
    return sorted(_grouped(works, vocabulary, tags), key=lambda pair: (-len(pair[1]), pair[0].label))


def surveys(site: Site) -> Page:
    found = sorted(site.landscape.surveys.values(), key=lambda survey: (survey.year, survey.id), reverse=True)
    return Page("research/surveys/", "Published surveys of the field", "What surveys and reviews say about how many health justice partnerships there are, who runs them and how they are paid for.", "surveys.html", {"surveys": found}, edit=SURVEYS, trail=(("Research", "research/"),))


def publication_page(site: Site, work: Publication) -> Page:
    data = {"work": work, "partnerships": site.rows(site.named(work.partnerships)), "year": work.issued[:4], "cite": work_cite(work)}
    trail = (("Research", "research/"),)
    return Page(f"research/{work.id}/", work.title, short(work.finding), "publication.html", data, edit=f"{PUBLICATIONS}/{work.id}.yml", trail=trail, head=work_head(site, work, trail))
