"""The page of a record."""

from __future__ import annotations

from typing import NamedTuple

from .. import derive, words
from ..checks import sources_behind
from ..fields import RECORD, SOURCED_FIELDS
from ..load import RECORDS
from ..model import CaseStudy, Publication, Record
from ..site import Site, short
from .cite import record_cite, record_head
from .page import Page


FIELD_LABELS = {
    "describes_itself_as": "what it calls itself", "status_as_of": "year of the status", "local_authorities": "councils",
    "health_boards": "health board", "advice_level": "level of advice", "former_names": "former names", "aliases": "other names",
    "outcomes": "figures", "started": "start", "ended": "end", "timeline": "history", "area": "place", "partners": "partners",
}


def behind(record: Record) -> dict[str, tuple[str, ...]]:
    """For each filled field, the ids of the sources behind it."""
    return {name: sources_behind(record, name) for name in SOURCED_FIELDS if getattr(record, name)}


def stands_behind(record: Record) -> dict[str, str]:
    """For each source, the fields it stands behind, in plain words."""
    order = [field.name for field in RECORD]
    found = {source.id: [] for source in record.sources}
    for name in order:
        if name in SOURCED_FIELDS and getattr(record, name):
            for id in sources_behind(record, name):
                found[id].append(FIELD_LABELS.get(name, name.replace("_", " ")))
    return {id: words.listed(names) for id, names in found.items()}


class Around(NamedTuple):
    """What the page of a record shows of other records, case studies and publications."""

    chain: list[Record]
    members: list[Record]
    before: list[Record]
    after: list[Record]
    related: list[tuple[Record, str]]
    case_study: CaseStudy | None
    publications: list[Publication]


def around(site: Site, record: Record) -> Around:
    known = site.landscape
    return Around(
        derive.programme_chain(known, record), site.members.get(record.id, []), site.named(site.before.get(record.id, [])), site.named(site.after.get(record.id, [])),
        site.related(record), known.case_studies.get(record.id), site.publications_about.get(record.id, []),
    )


def record_page(site: Site, record: Record) -> Page:
    others = around(site, record)
    data = {
        **others._asdict(),
        "record": record,
        "row": site.row(record),
        "numbers": words.numbered(record.sources),
        "behind": behind(record),
        "stands_behind": stands_behind(record),
        "rivals": list(derive.rival_groups(record)),
        "members": site.rows(others.members),
        "data_date": site.data_date,
        "thin": derive.is_thin(record),
        "cite": record_cite(site, record),
    }
    trail = (("Partnerships", "partnerships/"),)
    return Page(f"partnerships/{record.id}/", record.name, short(record.summary), "record.html", data, edit=f"{RECORDS}/{record.id}.yml", updated=derive.last_touched(record), trail=trail, head=record_head(site, record, trail))


def ingredients(site: Site, record: Record) -> tuple:
    """Everything that decides the page of a record besides the program, the vocabularies and the date of the data, in short:
    each record that it shows stands for the content of its file. While these are the same, so is the page."""
    others = around(site, record)
    files = [site.file_word(one) for one in (record, *others.chain, *others.members, *others.before, *others.after, *(one for one, _ in others.related))]
    return (*files, *map(len, others[:5]), *(reason for _, reason in others.related), others.case_study, others.publications)
