"""How to cite each record, case study, publication and list: in words, and as BibTeX, RIS and CSL-JSON beside its page.

What the landscape wrote itself has the landscape as its author, as an organisation, and the day of its present wording as
its date. A publication is cited as the work that it is, with the authors that we saw and no others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Iterable, Iterator, Mapping

from .. import derive, words
from ..derive import FACETS
from ..model import CaseStudy, Name, Publication, Record
from ..site import Site
from .citation_formats import MORE_AUTHORS, Item, context_object, csl_json, csl_text
from .plain import TITLE

NO_AUTHORS = "The page we read did not show the authors."
OURSELVES = ({"literal": TITLE},)


@dataclass(frozen=True)
class Citation:
    """One thing as all the formats have it; ``page`` is the address of its page inside the site."""

    page: str
    csl: str
    bibtex: str
    ris: str


def record_item(site: Site, record: Record) -> dict[str, Any]:
    """A record as a page of the landscape, dated by its version."""
    return {
        "id": f"hjl-{record.id}", "type": "webpage", "title": record.name, "author": list(OURSELVES), "issued": _issued(record.changed),
        "version": record.changed, "URL": f"{site.address}partnerships/{record.id}/", "language": "en-GB",
    }


def case_study_item(site: Site, study: CaseStudy) -> dict[str, Any]:
    """A case study as a report of the landscape. Its number names the version: newham-hub@2026-11-24."""
    version = case_study_version(study)
    return {
        "id": f"hjl-case-study-{study.partnership}", "type": "report", "genre": "Case study", "title": study.title, "author": list(OURSELVES),
        "issued": _issued(version), "number": f"{study.partnership}@{version}", "publisher": TITLE, "abstract": study.summary,
        "URL": f"{site.address}case-studies/{study.partnership}/", "language": "en-GB",
    }


def case_study_version(study: CaseStudy) -> str:
    """The day of its present wording."""
    return study.updated or study.published


def work_item(work: Publication) -> dict[str, Any]:
    """A publication as itself, at its own address. What we did not see stays out."""
    shown = authors(work)
    note = "" if work.authors_complete and len(shown) == len(work.author) else MORE_AUTHORS if shown else NO_AUTHORS
    item = {
        "id": work.id, "type": work.type, "title": work.title,
        "author": [{"literal": name.literal} if name.literal else {"family": name.family, **({"given": name.given} if name.given else {})} for name in shown],
        "issued": _issued(work.issued), "container-title": work.container_title, "volume": work.volume, "issue": work.issue, "page": work.page,
        "publisher": work.publisher, "DOI": work.DOI, "URL": work_address(work), "note": note,
    }
    return {name: value for name, value in item.items() if value}


def work_address(work: Publication) -> str:
    """Where a publication can be read: its own address, else its DOI's, else the page that was read."""
    return work.URL or (f"https://doi.org/{work.DOI}" if work.DOI else work.source_url)


def authors(work: Publication) -> list[Name]:
    """The authors that are named. "and 24 others", as some pages write, is nobody's name."""
    return [name for name in work.author if not re.fullmatch(r"and \d+ others", name.literal)]


def _issued(date: str) -> dict[str, Any]:
    """A date of any length as CSL has it; empty when there is none."""
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else {}


def record_words(site: Site, record: Record) -> str:
    """The citation of a record as a page shows it. The day of reading is the reader's to add."""
    return f"{TITLE}. {record.name}. Version of {words.date_words(record.changed)}. {site.address}partnerships/{record.id}/"


def case_study_words(site: Site, study: CaseStudy) -> str:
    """The citation of a case study as its page shows it."""
    version = case_study_version(study)
    return f"{TITLE}. {study.title}. Case study {study.partnership}@{version}, version of {words.date_words(version)}. {site.address}case-studies/{study.partnership}/"


def work_words(work: Publication) -> str:
    """The citation of a publication as its page shows it."""
    shown = authors(work)
    parts = (words.author_words(shown, work.authors_complete and len(shown) == len(work.author)), work.title, ", ".join(filter(None, (words.publication_words(work), words.date_words(work.issued) if work.issued else ""))))
    return f"{'. '.join(part.rstrip('.') for part in parts if part)}. {f'https://doi.org/{work.DOI}' if work.DOI else work_address(work)}"


def list_words(site: Site, title: str, what: str, page: str) -> dict[str, str]:
    """The citation of a list as its page shows it, in four parts that follow each other: the browser changes ``what``, "12
    partnerships", and ``address`` when the list is filtered."""
    return {"words": f"{TITLE}. {title}: ", "what": what, "date": f". Data of {words.date_words(site.data_date)}. ", "address": f"{site.address}{page}"}


@lru_cache(maxsize=1)
def items(site: Site) -> Mapping[str, Item]:
    """The CSL item of each record, case study and publication, by the address of its page; made once, because every list
    that a record stands in reads it."""
    known = site.landscape
    return {
        **{f"partnerships/{record.id}/": record_item(site, record) for record in site.ordered},
        **{f"case-studies/{id}/": case_study_item(site, known.case_studies[id]) for id in sorted(known.case_studies)},
        **{f"research/{id}/": work_item(known.publications[id]) for id in sorted(known.publications)},
    }


@lru_cache(maxsize=1)
def context_objects(site: Site) -> Mapping[str, str]:
    """The COinS of each row of a list, by the address of the page that the row leads to."""
    return {page: context_object(item) for page, item in items(site).items()}


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """cite.bib, cite.ris and cite.json beside each page, and list.bib, list.ris and list.json beside each list."""
    from .citation_files import bibtex_entry, ris_entry  # brings two libraries, which no page needs

    made = {page: Citation(page, csl_text(item), bibtex_entry(item), ris_entry(item)) for page, item in items(site).items()}
    for page, citation in made.items():
        yield from _formats(f"{page}cite", [citation])
    for page, pages in lists(site):
        yield from _formats(f"{page}list", [made[one] for one in pages])


def _formats(address: str, citations: list[Citation]) -> Iterator[tuple[str, bytes]]:
    """The three files of some citations. The entries of each stand in the same order: the browser picks them by number."""
    yield f"{address}.bib", "\n".join(citation.bibtex for citation in citations).encode()
    yield f"{address}.ris", "\r\n".join(citation.ris for citation in citations).encode()
    yield f"{address}.json", csl_json(citation.csl for citation in citations).encode()


def lists(site: Site) -> Iterator[tuple[str, list[str]]]:
    """(address of a list, addresses of what it lists), in the order in which its page shows them; empty lists are left out."""
    yield "partnerships/", _pages(site.ordered)
    for facet in FACETS:
        for term in derive.facet_terms(site.landscape, facet):
            if records := site.by_facet[facet.name].get(term.tag):
                yield f"{facet.name}/{term.tag}/", _pages(records)
    for record in site.ordered:
        if record.is_programme and site.members.get(record.id):
            yield f"programmes/{record.id}/", _pages(site.members[record.id])
    yield "case-studies/", [f"case-studies/{study.partnership}/" for study in derive.case_studies_in_order(site.landscape)]
    yield "research/", [f"research/{work.id}/" for work in derive.publications_in_order(site.landscape)]


def _pages(records: Iterable[Record]) -> list[str]:
    return [f"partnerships/{record.id}/" for record in records]
