"""The page of a record."""

from __future__ import annotations

from .. import derive, words
from ..checks import sources_behind
from ..fields import RECORD, SOURCED_FIELDS
from ..load import RECORDS
from ..model import Record
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


def record_page(site: Site, record: Record) -> Page:
    landscape = site.landscape
    numbers = words.numbered(record.sources)
    data = {
        "record": record,
        "row": site.row(record),
        "numbers": numbers,
        "behind": behind(record),
        "stands_behind": stands_behind(record),
        "rivals": list(derive.rival_groups(record)),
        "chain": derive.programme_chain(landscape, record),
        "members": site.rows(site.members.get(record.id, [])),
        "before": site.named(site.before.get(record.id, [])),
        "after": site.named(site.after.get(record.id, [])),
        "related": site.likeness.related(record),
        "data_date": site.data_date,
        "case_study": landscape.case_studies.get(record.id),
        "publications": site.publications_about.get(record.id, []),
        "thin": derive.is_thin(record),
        "cite": record_cite(site, record),
    }
    trail = (("Partnerships", "partnerships/"),)
    return Page(f"partnerships/{record.id}/", record.name, short(record.summary), "record.html", data, edit=f"{RECORDS}/{record.id}.yml", updated=derive.last_touched(record), trail=trail, head=record_head(site, record, trail))
