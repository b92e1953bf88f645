"""What the browser needs to filter a list: the facets with their options, and for each row the options it has.

The list itself is the server's HTML. This adds numbers, no markup: ``theme/assets/finder.js`` hides and orders the rows
that are there. What only "near" and the map need, ids and points, is in files of its own, fetched when they are asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Callable, Iterable

from .. import derive
from ..model import Record
from ..site import Site

# The option for records that have no value: "Not recorded" must be reachable too.
NONE = "none"


@dataclass(frozen=True)
class Filter:
    """One filter: ``name`` is its parameter in the address, ``options`` are (tag, label), ``values`` reads a record or other item."""

    name: str
    legend: str
    options: tuple[tuple[str, str], ...]
    values: Callable[[Any], tuple[str, ...]]
    renamed: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1)
def filters(site: Site) -> list[Filter]:
    """All filters, in the order in which they are shown; made once for a site, because every list has them."""
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


def finder(site: Site, records: Iterable[Record], fixed: str = "") -> dict[str, Any]:
    """The data of one list, ready for JSON. ``fixed`` names the filter that the page itself is, which is not offered.

    It holds columns and no rows, because columns of like values pack to half the bytes. Each has one entry for each record
    in the list's order, which must be the reading order: ``options`` has a column for each filter, with the number of the
    record's option, or several; ``started`` is year and month (202011, 0 for not known) and ``reviewed`` the days since
    the first; ``sinks`` has a digit for how far a record sinks. ``by_name`` has the digit of each record's status in the order
    of names: the reading order is by name within each status, so these digits are enough to find the order by name.
    """
    chosen = list(records)
    offered = [(number, one) for number, one in enumerate(filters(site)) if one.name != fixed]
    options = _options(site)
    days = [date.fromisoformat(record.last_reviewed).toordinal() for record in chosen]
    first = min(days, default=0)
    return {
        "filters": [as_json(one) for _, one in offered],
        "options": [[options[record.id][number] for record in chosen] for number, _ in offered],
        "started": [_year_and_month(record.started) for record in chosen],
        "reviewed": [day - first for day in days],
        "sinks": "".join(str(_sinks(site, record)) for record in chosen),
        "by_name": "".join(str(derive.STATUS_ORDER[record.status]) for record in sorted(chosen, key=lambda record: (record.name.casefold(), record.id))),
    }


def as_json(one: Filter) -> dict[str, Any]:
    return {"name": one.name, "legend": one.legend, "options": [list(option) for option in (*one.options, (NONE, "Not recorded"))], "renamed": dict(one.renamed)}


@lru_cache(maxsize=1)
def _options(site: Site) -> dict[str, list[int | list[int]]]:
    """For each record and filter the number of the record's option, or a list of several; the last one is "Not recorded"."""
    columns = [option_column(one, site.ordered) for one in filters(site)]
    return {record.id: row for record, *row in zip(site.ordered, *columns)}


def option_column(one: Filter, items: Iterable[Any]) -> list[int | list[int]]:
    """For each item the number of its option in a filter, or a list of several; the last one is "Not recorded"."""
    numbers = {tag: number for number, (tag, _) in enumerate(one.options)}
    column = [[numbers[tag] for tag in one.values(item)] or [len(numbers)] for item in items]
    return [found[0] if len(found) == 1 else found for found in column]


def _sinks(site: Site, record: Record) -> int:
    """2 for what has ended, 1 for what is due for review, 0 for the rest."""
    return 2 if record.status == "ended" else 1 if derive.is_review_due(record, site.today) else 0


def _year_and_month(started: str) -> int:
    """"2020-11" is 202011, "2020" 202000, "" 0."""
    return int(started[:7].replace("-", "").ljust(6, "0")) if started else 0


def sites(site: Site) -> dict[str, Any]:
    """Where the records are, for "near": ``ids`` in reading order, ``points`` each once as [latitude, longitude, name, tag of
    the council area whose middle it is or ""] in degrees, and ``at``: for each record the numbers of its points."""
    numbers: dict[tuple, int] = {}
    at = [[numbers.setdefault((point.lat, point.lon, point.name, point.council), len(numbers)) for point in site.places(record)] for record in site.ordered]
    return {"ids": [record.id for record in site.ordered], "points": [list(point) for point in numbers], "at": at}


def places(site: Site) -> dict[str, Any]:
    """The table that "near" looks a place up in: postcode districts, councils, the towns that records name, and larger areas.

    ``outcodes`` and ``towns`` are [latitude, longitude, numbers of the council areas …] in degrees; ``councils`` are [tag,
    label, region, latitude, longitude, other names]; ``areas`` are regions and nations as [tag, label, folder, nation].
    """
    known, councils = site.landscape, site.vocabularies["local-authorities"]
    listed = [term for term in councils if term.tag in known.council_points]
    numbers = {term.tag: number for number, term in enumerate(listed)}
    return {
        "outcodes": {outcode: [*point, *(numbers[tag] for tag in known.outcode_councils.get(outcode, ()) if tag in numbers)] for outcode, point in known.outcodes.items()},
        "councils": [[term.tag, term.label, term.region, *known.council_points[term.tag], list(term.synonyms)] for term in listed],
        "towns": dict(sorted(_towns(site, numbers).items())),
        "areas": [[term.tag, term.label, folder, term.nation or term.tag] for folder in ("nations", "regions") for term in site.vocabularies[folder]],
    }


def _towns(site: Site, numbers: dict[str, int]) -> dict[str, list[float]]:
    """Towns of the sites of records that serve one council area, at the point of the site or else of the council."""
    towns: dict[str, list[float]] = {}
    for record in sorted(site.ordered, key=lambda record: record.id):
        inside = [numbers[tag] for tag in record.local_authorities if tag in numbers]
        for point in site.places(record) if len(inside) == 1 else ():
            names = [one.town for one in record.sites if one.town and point.name in (one.name, site.label(record.local_authorities[0], "local-authorities"))]
            for name in names:
                towns.setdefault(name, [point.lat, point.lon, *inside])
    return towns
