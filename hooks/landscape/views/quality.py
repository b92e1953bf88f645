"""The page on the quality of the data, which is the volunteers' to-do list."""

from __future__ import annotations

from dataclasses import dataclass

from ..editing import quality
from ..editing.quality import KINDS, Kind, Share, Table, Task
from ..site import Site
from .page import Head, Link, Page

# Tasks of one kind on the page; the CSV has all.
MOST = 50
# Lowest percentage of each shade, from the lightest; shade 0 is for none.
SHADES = (1, 25, 50, 75, 100)


@dataclass(frozen=True)
class Group:
    """The tasks of one kind: the first of them, and how many there are."""

    kind: Kind
    shown: tuple[Task, ...]
    number: int


def quality_page(site: Site) -> Page:
    """Address data-quality/."""
    found: dict[str, list[Task]] = {kind.id: [] for kind in KINDS}
    for task in quality.tasks(site):
        found[task.kind.id].append(task)
    groups = [Group(kind, tuple(found[kind.id][:MOST]), len(found[kind.id])) for kind in KINDS]
    tables = [_drawn("region", "By region", quality.completeness(site, "region", "regions")), _drawn("setting", "By setting", quality.completeness(site, "settings", "settings"))]
    data = {"groups": groups, "tables": tables, "shades": SHADES, "most": MOST, "records": len(site.ordered), "links": site.landscape.link_report, "today": site.today.isoformat()}
    head = Head(links=(Link("text/csv", "To-do list as CSV", "data-quality/to-do.csv"), Link("text/calendar", "Reviews due", "data-quality/reviews.ics")))
    return Page("data-quality/", "Data quality", "How complete the records are, and what is left to do: reviews due, facts with one source, copies instead of originals, links that failed.", "data_quality.html", data, trail=(("Data", "data/"),), head=head)


def _drawn(id: str, title: str, table: Table) -> dict:
    lines = [(name, [(share, _shade(share)) for share in shares]) for name, shares in table.lines]
    return {"id": id, "title": title, "columns": table.columns, "lines": lines}


def _shade(share: Share) -> int:
    return sum(share.percent >= lowest for lowest in SHADES)
