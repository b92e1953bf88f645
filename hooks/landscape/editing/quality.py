"""What the records lack: how complete they are, and a to-do list for volunteers. Counted from the data and the date of the build.

A task is something that one person can do for one record with a source in hand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Iterator

from .. import derive, words
from ..checks import filled_fields, sources_behind
from ..load import PUBLICATIONS, RECORDS
from ..model import Record
from ..problems import count
from ..site import Site
from ..vocabulary import Term

# Fields that nearly every partnership could have, so that an empty one is a gap, with what a reader misses. Others, such as a
# region (empty for work in several), the end of a partnership that runs, or former names, are rightly empty in many records.
WANTED = {
    "status_as_of": "year of the status", "started": "start", "local_authorities": "councils", "area": "place in words", "coverage": "size of the area",
    "sites": "named places", "partners": "partners", "issues": "issues", "delivery": "how help is given", "advice_level": "level of help",
    "referral": "how to refer", "funding": "funding", "outcomes": "figures", "website": "its own web page",
}
NOT_RECORDED = Term("not-recorded", "Not recorded")


@dataclass(frozen=True)
class Kind:
    """A kind of task: ``todo`` tells a volunteer what to do."""

    id: str
    title: str
    todo: str


REVIEW = Kind("review", "Due for review", "Compare the record with its sources, correct what has changed, and confirm it.")
UNDATED = Kind("undated", "Status without a year", "Find the year in which a source says whether it runs.")
LINK = Kind("link", "Links that failed", "Find where the page is now, or an archived copy.")
COPY = Kind("copy", "Copies instead of originals", "Find the document where it was first published.")
SINGLE = Kind("single", "Resting on one source", "Find a second source for the facts that only one states.")
GAP = Kind("gap", "Gaps", "Find a source that states it.")
KINDS = (REVIEW, UNDATED, LINK, COPY, SINGLE, GAP)


@dataclass(frozen=True)
class Task:
    """Something to do. ``file`` is where; ``record`` is the record's id, or "" for a publication; ``since`` is a day or ""."""

    kind: Kind
    record: str
    name: str
    file: str
    field: str
    detail: str
    since: str = ""


@lru_cache(maxsize=1)
def tasks(site: Site) -> tuple[Task, ...]:
    """All tasks, by kind, and within a kind in order of urgency or of records; made once for a site."""
    return tuple(task for find in (_reviews, _undated, _failed_links, _copies, _single, _gaps) for task in find(site))


def _task(kind: Kind, record: Record, field: str, detail: str, since: str = "") -> Task:
    return Task(kind, record.id, record.name, f"{RECORDS}/{record.id}.yml", field, detail, since)


def _reviews(site: Site) -> Iterator[Task]:
    """Records due for review on the date of the build, the longest unreviewed first."""
    due = sorted((one for one in site.ordered if derive.is_review_due(one, site.today)), key=lambda one: (one.last_reviewed, one.id))
    return (_task(REVIEW, one, "last_reviewed", f"last reviewed {words.date_words(one.last_reviewed)}", derive.review_due_on(one).isoformat()) for one in due)


def _undated(site: Site) -> Iterator[Task]:
    return (_task(UNDATED, one, "status_as_of", words.sentence(site.label(one.status, "statuses"))) for one in site.ordered if not one.status_as_of and not one.ended)


def _failed_links(site: Site) -> Iterator[Task]:
    """Failed addresses of the last report that still stand in a record or publication, the oldest failure first."""
    report, used = site.landscape.link_report, _addresses(site)
    for failed in sorted(report.failed if report else (), key=lambda one: (one.first_failed, one.url)):
        detail = f"{failed.url}: {failed.reason}" + (f"; an archived copy may be {failed.archived}" if failed.archived else "")
        for id, name, file, field in used.get(failed.url, ()):
            yield Task(LINK, id, name, file, field, detail, failed.first_failed)


def _addresses(site: Site) -> dict[str, list[tuple[str, str, str, str]]]:
    """(record id or "", name, file, field) of each place where an address stands."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for one in site.ordered:
        for field, url in record_links(one):
            found.setdefault(url, []).append((one.id, one.name, f"{RECORDS}/{one.id}.yml", field))
    for work in derive.publications_in_order(site.landscape):
        for field, url in (("URL", work.URL), ("source_url", work.source_url)):
            if url:
                found.setdefault(url, []).append(("", work.title, f"{PUBLICATIONS}/{work.id}.yml", field))
    return found


def record_links(record: Record) -> Iterator[tuple[str, str]]:
    """(field path, address) of each outside link of a record."""
    if record.website:
        yield "website", record.website
    for number, source in enumerate(record.sources, 1):
        for part in ("url", "archived_url"):
            if getattr(source, part):
                yield f"sources.{number}.{part}", getattr(source, part)


def _copies(site: Site) -> Iterator[Task]:
    for one in site.ordered:
        for number, source in enumerate(one.sources, 1):
            if source.copy:
                yield _task(COPY, one, f"sources.{number}.url", f"{source.title}, {source.publisher}")
    for work in derive.publications_in_order(site.landscape):
        if work.source_is_copy:
            yield Task(COPY, "", work.title, f"{PUBLICATIONS}/{work.id}.yml", "source_url", f"read at {work.source_url}")


def single_source_facts(record: Record) -> tuple[str, ...]:
    """The filled fields of a record behind which one source stands."""
    return tuple(name for name in filled_fields(record) if len(sources_behind(record, name)) == 1)


def _single(site: Site) -> Iterator[Task]:
    """Records all of whose facts rest on one source each, those with the most facts first."""
    found = [(single, one) for one in site.ordered if (single := single_source_facts(one)) and len(single) == len(filled_fields(one))]
    for single, one in sorted(found, key=lambda pair: (-len(pair[0]), pair[1].id)):
        yield _task(SINGLE, one, "sources", f"{count(len(single), 'fact')}, {count(len(one.sources), 'source')} in all")


def gaps(record: Record) -> tuple[str, ...]:
    """The wanted fields that are empty, in order."""
    return tuple(name for name in WANTED if not getattr(record, name))


def _gaps(site: Site) -> Iterator[Task]:
    """One task for each record with a gap, those that say least first: a person looks for all of it in one go."""
    found = sorted(((missing, one) for one in site.ordered if (missing := gaps(one))), key=lambda pair: (-len(pair[0]), pair[1].id))
    for missing, one in found:
        yield _task(GAP, one, " ".join(missing), words.listed(WANTED[name] for name in missing))


# --- completeness -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """How many of ``of`` records have a field filled."""

    filled: int
    of: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return 100 * self.filled // self.of if self.of else 0


@dataclass(frozen=True)
class Table:
    """Completeness of the wanted fields, by a group of records. ``lines`` have a share for each column."""

    columns: tuple[Term, ...]
    lines: tuple[tuple[str, tuple[Share, ...]], ...]


ALL = Term("all", "All records")


def completeness(site: Site, field: str, vocabulary: str) -> Table:
    """Completeness by the terms of a field that any record has, after a column of all records. One pass over the records."""
    numbers: Counter[str] = Counter()
    filled: Counter[tuple[str, str]] = Counter()
    for record in site.ordered:
        groups = (ALL.tag, *(derive.values(record, field) or (NOT_RECORDED.tag,)))
        numbers.update(groups)
        filled.update((name, group) for name in WANTED if getattr(record, name) for group in groups)
    columns = tuple(term for term in (ALL, *site.vocabularies[vocabulary], NOT_RECORDED) if numbers[term.tag])
    lines = tuple((words.sentence(WANTED[name]), tuple(Share(filled[name, term.tag], numbers[term.tag]) for term in columns)) for name in WANTED)
    return Table(columns, lines)
