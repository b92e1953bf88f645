"""What follows from the records: who belongs to which programme, what came before, who is in which facet, what is stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Iterable, Iterator, Mapping

from .model import CaseStudy, Landscape, Outcome, Publication, Record
from .vocabulary import Term

# A record not compared with its sources for this long is marked as due for review (the 13 months of a yearly round).
REVIEW_AFTER_DAYS = 396


@dataclass(frozen=True)
class Facet:
    """One way to browse: ``name`` is the folder of its pages, ``field`` the record's field, ``vocabulary`` its terms."""

    name: str
    field: str
    vocabulary: str
    singular: str
    plural: str


FACETS = (
    Facet("settings", "settings", "settings", "Setting", "Settings"),
    Facet("nations", "nation", "nations", "Nation", "Nations"),
    Facet("regions", "region", "regions", "Region", "Regions"),
    Facet("local-authorities", "local_authorities", "local-authorities", "Council area", "Council areas"),
    Facet("issues", "issues", "issues", "Issue", "Issues"),
    Facet("providers", "provider_kinds", "organisations", "Advice provider", "Advice providers"),
)


def values(record: Record, field: str) -> tuple[str, ...]:
    """A record's values in a facet's field, always as a tuple."""
    value = getattr(record, field)
    return value if isinstance(value, tuple) else (value,) if value else ()


def facet_terms(landscape: Landscape, facet: Facet) -> list[Term]:
    """The terms that have a page: all of a short vocabulary, and of the councils only those with a record."""
    terms = list(landscape.vocabularies[facet.vocabulary])
    if facet.name == "providers":
        terms = [term for term in terms if term.gives_advice]
    if facet.name == "local-authorities":
        used = {tag for record in landscape.records.values() for tag in record.local_authorities}
        terms = [term for term in terms if term.tag in used]
    return terms


def by_facet(records: Iterable[Record], facet: Facet) -> dict[str, list[Record]]:
    """Records by tag, in their order. A record stands under each of its values."""
    found: dict[str, list[Record]] = {}
    for record in records:
        for tag in values(record, facet.field):
            found.setdefault(tag, []).append(record)
    return found


STATUS_ORDER = {"active": 0, "unknown": 1, "ended": 2}


def in_reading_order(records: Iterable[Record]) -> list[Record]:
    """Active first, then not known, then ended; by name within each."""
    return sorted(records, key=lambda record: (STATUS_ORDER[record.status], record.name.casefold(), record.id))


def members(landscape: Landscape) -> dict[str, list[Record]]:
    """Records that belong to each programme directly, in reading order."""
    found: dict[str, list[Record]] = {}
    for record in in_reading_order(landscape.records.values()):
        if record.programme:
            found.setdefault(record.programme, []).append(record)
    return found


def programme_chain(landscape: Landscape, record: Record) -> list[Record]:
    """The programmes above a record, nearest first."""
    chain = []
    above = landscape.records.get(record.programme)
    while above is not None:
        chain.append(above)
        above = landscape.records.get(above.programme)
    return chain


def lineage(landscape: Landscape) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """(predecessors, successors) of each record by id. A link written on one record holds on the other too."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for record in landscape.records.values():
        pairs = [(id, record.id) for id in record.predecessors] + [(record.id, id) for id in record.successors]
        for earlier, later in pairs:
            _add(before, later, earlier)
            _add(after, earlier, later)
    return before, after


def _add(found: dict[str, list[str]], key: str, value: str) -> None:
    listed = found.setdefault(key, [])
    if value not in listed:
        listed.append(value)


def publications_about(landscape: Landscape) -> dict[str, list[Publication]]:
    """Publications about each record, oldest first."""
    found: dict[str, list[Publication]] = {}
    for publication in sorted(landscape.publications.values(), key=lambda work: (work.issued or "9999", work.id)):
        for id in publication.partnerships:
            found.setdefault(id, []).append(publication)
    return found


def case_studies_in_order(landscape: Landscape) -> list[CaseStudy]:
    """Case studies by title."""
    return sorted(landscape.case_studies.values(), key=lambda study: (study.title.casefold(), study.partnership))


def publications_in_order(landscape: Landscape) -> list[Publication]:
    """Publications, newest first; those without a date come last."""
    return sorted(landscape.publications.values(), key=lambda work: (work.issued or "0000", work.title), reverse=True)


def rival_groups(record: Record) -> Iterator[tuple[str, list[Outcome]]]:
    """Outcomes in order, those that disagree gathered under their rival word; single ones under an empty word."""
    done = set()
    for outcome in record.outcomes:
        if not outcome.rival:
            yield "", [outcome]
        elif outcome.rival not in done:
            done.add(outcome.rival)
            yield outcome.rival, [other for other in record.outcomes if other.rival == outcome.rival]


def review_due_on(record: Record) -> date:
    """The first day on which the record was last compared with its sources more than REVIEW_AFTER_DAYS ago."""
    return date.fromisoformat(record.last_reviewed) + timedelta(days=REVIEW_AFTER_DAYS + 1)


def is_review_due(record: Record, today: date) -> bool:
    """True from the day on which a review is due."""
    return today >= review_due_on(record)


def last_touched(record: Record) -> str:
    """The day of its last change or review, whichever is later: when its page last said something new."""
    return max(record.changed, record.last_reviewed)


def data_date(landscape: Landscape) -> date:
    """The latest day on which a record was reviewed or changed: the date of a build that is given none, so that no clock
    is asked."""
    return max((date.fromisoformat(last_touched(record)) for record in landscape.records.values()), default=date(2000, 1, 1))


def is_thin(record: Record) -> bool:
    """True when the record says little more than that the partnership exists."""
    told = (record.referral, record.funding, record.outcomes, record.sites, record.timeline, record.started)
    return sum(bool(part) for part in told) <= 1


def status_counts(records: Iterable[Record]) -> Mapping[str, int]:
    """How many records have each status; every status is there."""
    counts = dict.fromkeys(STATUS_ORDER, 0)
    for record in records:
        counts[record.status] += 1
    return counts
