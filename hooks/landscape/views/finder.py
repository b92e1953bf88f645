"""What the browser needs to filter a list: the facets with their options, and for each row the options it has.

The list itself is the server's HTML. This adds numbers, no markup: ``theme/assets/finder.js`` hides and orders the rows
that are there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterable

from .. import derive
from ..model import Record
from .site import Site

# The option for records that have no value: "Not recorded" must be reachable too.
NONE = "none"


@dataclass(frozen=True)
class Filter:
    """One filter: ``name`` is its parameter in the address, ``options`` are (tag, label), ``values`` reads a record."""

    name: str
    legend: str
    options: tuple[tuple[str, str], ...]
    values: Callable[[Record], tuple[str, ...]]
    renamed: tuple[tuple[str, str], ...] = ()


def filters(site: Site) -> list[Filter]:
    """All filters, in the order in which they are shown."""
    studied = frozenset(site.landscape.case_studies)
    programmes = tuple((record.id, record.name) for record in sorted(site.ordered, key=lambda record: record.name) if record.is_programme)
    return [
        _of_facet(site, "settings", "setting", "Setting"),
        _of_facet(site, "nations", "nation", "Nation"),
        _of_facet(site, "regions", "region", "Region"),
        _of_facet(site, "local-authorities", "council", "Council"),
        _of_facet(site, "issues", "issue", "Issue"),
        _of_facet(site, "providers", "provider", "Advice from"),
        Filter("programme", "Programme", programmes, lambda record: _programmes(site, record)),
        _of_vocabulary(site, "delivery", "delivery", "How advice is given", lambda record: record.delivery),
        _of_vocabulary(site, "statuses", "status", "Status", lambda record: (record.status,)),
        Filter("case-study", "Case study", _YES_NO, lambda record: ("yes" if record.id in studied else "no",)),
        Filter("figures", "Figures reported", _YES_NO, lambda record: ("yes" if record.outcomes else "no",)),
    ]


_YES_NO = (("yes", "Yes"), ("no", "No"))


def _of_facet(site: Site, facet_name: str, name: str, legend: str) -> Filter:
    facet = next(facet for facet in derive.FACETS if facet.name == facet_name)
    terms = derive.facet_terms(site.landscape, facet)
    if facet_name == "local-authorities":
        terms = sorted(terms, key=lambda term: term.label.casefold())
    renamed = tuple((old, term.tag) for term in terms for old in term.formerly)
    return Filter(name, legend, tuple((term.tag, term.label) for term in terms), lambda record: derive.values(record, facet.field), renamed)


def _of_vocabulary(site: Site, vocabulary: str, name: str, legend: str, values: Callable[[Record], tuple[str, ...]]) -> Filter:
    terms = list(site.vocabularies[vocabulary])
    renamed = tuple((old, term.tag) for term in terms for old in term.formerly)
    return Filter(name, legend, tuple((term.tag, term.label) for term in terms), values, renamed)


def _programmes(site: Site, record: Record) -> tuple[str, ...]:
    """A record belongs to the programmes above it, and a programme to itself."""
    above = tuple(programme.id for programme in derive.programme_chain(site.landscape, record))
    return ((record.id,) if record.is_programme else ()) + above


def finder(site: Site, records: Iterable[Record], page_size: int, fixed: str = "") -> dict[str, Any]:
    """The data of one list, ready for JSON. ``fixed`` names the filter that the page itself is, which is not offered.

    ``records`` holds one array for each row in the list's order: id, option numbers (over all filters in turn), rank by
    name, year and month of the start, day of the last review, how far it sinks, and its points (latitude, longitude,
    name).
    """
    chosen = list(records)
    offered = [one for one in filters(site) if one.name != fixed]
    numbers = _option_numbers(offered)
    ranks = {record.id: rank for rank, record in enumerate(sorted(chosen, key=lambda record: (record.name.casefold(), record.id)))}
    return {
        "filters": [
            {"name": one.name, "legend": one.legend, "options": [list(option) for option in (*one.options, (NONE, "Not recorded"))], "renamed": dict(one.renamed)}
            for one in offered
        ],
        "records": [_row(site, record, offered, numbers, ranks) for record in chosen],
        "page_size": page_size,
    }


def _option_numbers(offered: list[Filter]) -> dict[tuple[str, str], int]:
    """A running number for each option of each filter, "Not recorded" last in each."""
    pairs = [(one.name, tag) for one in offered for tag in (*(tag for tag, _ in one.options), NONE)]
    return {pair: number for number, pair in enumerate(pairs)}


def _row(site: Site, record: Record, offered: list[Filter], numbers: dict, ranks: dict[str, int]) -> list:
    options = [numbers[one.name, tag] for one in offered for tag in one.values(record) or (NONE,)]
    started = int(record.started.replace("-", "").ljust(6, "0")) if record.started else 0
    sinks = 2 if record.status == "ended" else 1 if derive.is_review_due(record, site.today) else 0
    return [record.id, options, ranks[record.id], started, int(record.last_reviewed.replace("-", "")), sinks, site.points(record)]


def places(site: Site) -> dict[str, Any]:
    """The table that "near" looks a place up in: postcode districts, councils and the towns that records name.

    Points are [latitude, longitude] in degrees. A town has the point of its record's site, or of its council.
    """
    councils = site.vocabularies["local-authorities"]
    points = site.landscape.council_points
    towns: dict[str, list[float]] = {}
    for record in sorted(site.ordered, key=lambda record: record.id):
        for lat, lon, name in site.points(record):
            towns.update({one.town: [lat, lon] for one in record.sites if one.town and one.town not in towns and (one.name == name or len(record.local_authorities) == 1)})
    return {
        "outcodes": {outcode: list(point) for outcode, point in site.landscape.outcodes.items()},
        "councils": [[term.tag, term.label, term.region, *points[term.tag], list(term.synonyms)] for term in councils if term.tag in points],
        "towns": dict(sorted(towns.items())),
    }
