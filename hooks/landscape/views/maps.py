"""The map: regions and council areas as outlines with counts, and every place of a record as a point with a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from .. import derive, geo
from ..load import RECORDS
from ..model import Record
from ..site import Row, Site, totals
from ..vocabulary import Term
from .page import Page

# The frame of the drawing in drawing units: left, top, width, height.
FRAME = (60, 0, 2480, 3880)
# London's boroughs are too small to read or press in the whole, so they are drawn again in the North Sea, 3.4 times as large.
LONDON = "london"
_LONDON_FRAME = (1760, 930, 760, 640)
_LONDON_TIMES = 3.4
# Shetland stands further south than it lies, within this frame.
_SHETLAND_FRAME = (1590, 10, 340, 580)

# (lowest count, words of the key) of each class, from the lightest; class 0 is for none.
REGION_CLASSES = ((1, "1 to 5"), (6, "6 to 10"), (11, "11 to 20"), (21, "21 or more"))
COUNCIL_CLASSES = ((1, "1"), (2, "2"), (3, "3 to 5"), (6, "6 or more"))

NOWHERE = Term("no-region", "No region recorded")


@dataclass(frozen=True)
class Shape:
    """An area as drawn. ``level`` is its class, 0 for none; ``url`` is "" when it leads nowhere; ``x``, ``y`` is for its number."""

    name: str
    url: str
    number: int
    level: int
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Inset:
    """A frame on the drawing, with areas drawn in it. ``ground`` is the path of areas that have no record."""

    frame: tuple[int, int, int, int]
    label: str
    ground: str = ""
    shapes: tuple[Shape, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A map as a template draws it. ``classes`` are those of the key; ``numbers`` says whether each area shows its own."""

    frame: tuple[int, int, int, int]
    shapes: tuple[Shape, ...]
    classes: tuple[tuple[int, str], ...]
    ground: str = ""
    insets: tuple[Inset, ...] = ()
    numbers: bool = False


SHETLAND = Inset(_SHETLAND_FRAME, "Shetland")


@dataclass(frozen=True)
class Place:
    """A place with the records there. ``url`` is its council's page, for the middle of a council area."""

    name: str
    url: str
    precision: str
    x: int
    y: int
    rows: list[Row]


def map_page(site: Site) -> Page:
    """Address map/. Without outlines in the data it holds the lists alone."""
    placed = [record for record in site.ordered if site.places(record)]
    groups = places(site)
    data = {
        "totals": totals(site.ordered), "placed": len(placed),
        "regions": region_map(site), "councils": council_map(site),
        "region_counts": [(term, len(site.by_facet["regions"].get(term.tag, ()))) for term in site.vocabularies["regions"]],
        "no_region": sum(not record.region for record in site.ordered),
        "council_counts": _council_counts(site), "groups": groups,
        "with_outcode": any(place.precision == "outcode" for _, inside in groups for place in inside),
        "not_placed": site.rows(record for record in site.ordered if not site.places(record)),
    }
    return Page("map/", "Map", f"Where {totals(site.ordered)} work: by region, by council area and place by place, each with a list that says the same.", "map.html", data, edit=RECORDS, assets=("map",))


def level(number: int, classes: Iterable[tuple[int, str]]) -> int:
    """The class of a count: 0 for none, then 1, 2 and so on."""
    return sum(number >= lowest for lowest, _ in classes)


def _shape(site: Site, term: Term, folder: str, number: int, classes, window: geo.Window = geo.Window()) -> Shape | None:
    """The shape of a term's area, or None when the data has no outline of it."""
    area = site.landscape.areas.get(term.code)
    if area is None:
        return None
    lon, lat = area.at
    x, y = window.show(geo.drawn(lat, lon))
    return Shape(term.label, f"{folder}/{term.tag}/", number, level(number, classes), geo.svg_path(area, window), x, y)


def region_map(site: Site) -> Drawing | None:
    """The twelve regions. None when the data has no outlines."""
    counts = site.by_facet["regions"]
    shapes = [_shape(site, term, "regions", len(counts.get(term.tag, ())), REGION_CLASSES) for term in site.vocabularies["regions"]]
    drawn = tuple(shape for shape in shapes if shape)
    return Drawing(FRAME, drawn, REGION_CLASSES, insets=(SHETLAND,), numbers=True) if drawn else None


def council_map(site: Site) -> Drawing | None:
    """All council areas of today; those with a record are links. An area that serves as a whole, such as a county, lies
    under the districts that have records of their own. None when the data has no outlines."""
    if not site.landscape.areas:
        return None
    terms = list(site.vocabularies["local-authorities"])
    counts = {tag: len(records) for tag, records in site.by_facet["local-authorities"].items()}
    listed = [term for term in terms if term.tag in counts]
    listed.sort(key=lambda term: (_is_base(term), term.label.casefold()))
    shapes = tuple(shape for term in listed if term.region != LONDON and (shape := _council_shape(site, term, counts)))
    empty = [term for term in terms if _is_base(term) and (term.tag not in counts or term.region == LONDON)]
    return Drawing(FRAME, shapes, COUNCIL_CLASSES, _outlines(site, empty), (SHETLAND, *_london(site, terms, counts)))


def region_councils(site: Site, region: Term) -> Drawing | None:
    """The council areas of one region, to the same size whatever the region's. None without outlines or records."""
    terms = [term for term in site.vocabularies["local-authorities"] if term.region == region.tag]
    counts = {tag: len(records) for tag, records in site.by_facet["local-authorities"].items()}
    listed = sorted((term for term in terms if term.tag in counts), key=lambda term: (_is_base(term), term.label.casefold()))
    if region.code not in site.landscape.areas or not listed:
        return None
    left, top, right, bottom = geo.bounds([site.landscape.areas[region.code]])
    window = geo.Window(left, top, 1800 / max(right - left, bottom - top), 20, 20)
    frame = (0, 0, round((right - left) * window.times) + 40, round((bottom - top) * window.times) + 40)
    shapes = tuple(shape for term in listed if (shape := _council_shape(site, term, counts, window)))
    empty = [term for term in terms if _is_base(term) and term.tag not in counts]
    return Drawing(frame, shapes, COUNCIL_CLASSES, _outlines(site, empty, window))


def _is_base(term: Term) -> bool:
    """True for the districts and unitary authorities of today, which cover the country without overlap."""
    return not term.end and term.tier != "county"


def _council_shape(site: Site, term: Term, counts: dict[str, int], window: geo.Window = geo.Window()) -> Shape | None:
    return _shape(site, term, "local-authorities", counts[term.tag], COUNCIL_CLASSES, window)


def _outlines(site: Site, terms: Iterable[Term], window: geo.Window = geo.Window()) -> str:
    """One path for all areas that have no record: they lead nowhere."""
    areas = site.landscape.areas
    return "".join(geo.svg_path(areas[term.code], window) for term in terms if term.code in areas)


def _london(site: Site, terms: list[Term], counts: dict[str, int]) -> list[Inset]:
    """The larger drawing of London's boroughs, as a list of one, or of none when the data has no outlines of them."""
    areas = [site.landscape.areas[term.code] for term in terms if term.region == LONDON and term.code in site.landscape.areas]
    if not areas:
        return []
    left, top, _, _ = geo.bounds(areas)
    window = geo.Window(left, top, _LONDON_TIMES, _LONDON_FRAME[0] + 25, _LONDON_FRAME[1] + 25)
    listed = [term for term in terms if term.region == LONDON and term.tag in counts]
    shapes = tuple(shape for term in listed if (shape := _council_shape(site, term, counts, window)))
    empty = [term for term in terms if term.region == LONDON and term.tag not in counts and _is_base(term)]
    return [Inset(_LONDON_FRAME, "London, larger", _outlines(site, empty, window), shapes)]


def _council_counts(site: Site) -> list[tuple[Term, list[tuple[Term, int]]]]:
    """Council areas with their counts, by region and then by name."""
    councils = site.by_facet["local-authorities"]
    terms = sorted((site.vocabularies["local-authorities"][tag] for tag in councils), key=lambda term: term.label.casefold())
    grouped = [(region, [(term, len(councils[term.tag])) for term in terms if term.region == region.tag]) for region in site.vocabularies["regions"]]
    return [(region, pairs) for region, pairs in grouped if pairs]


def places(site: Site) -> list[tuple[Term, list[Place]]]:
    """Every place of every record, by region and then by name. A record with several places stands at each."""
    found: dict[tuple, list[Record]] = {}
    for record in site.ordered:
        for point in dict.fromkeys(site.places(record)):
            found.setdefault((_region(site, record, point), point), []).append(record)
    grouped: dict[str, list[Place]] = {}
    for (region, point), records in sorted(found.items(), key=lambda item: (item[0][1].name.casefold(), item[0][1].lat, item[0][1].lon)):
        x, y = geo.Window().show(geo.drawn(point.lat, point.lon))
        url = f"local-authorities/{point.council}/" if point.council else ""
        grouped.setdefault(region, []).append(Place(point.name, url, point.precision, x, y, site.rows(records)))
    return [(region, grouped[region.tag]) for region in (*site.vocabularies["regions"], NOWHERE) if region.tag in grouped]


def _region(site: Site, record: Record, point: geo.Point) -> str:
    """The region a place is listed under: its council's; for a site, the record's or that of the nearest council's middle."""
    councils = site.vocabularies["local-authorities"]
    if point.council:
        return councils[point.council].region
    middles = site.landscape.council_points
    nearest = min(middles, key=lambda tag: ((middles[tag][0] - point.lat) ** 2 + ((middles[tag][1] - point.lon) * 0.58) ** 2, tag), default="")
    return record.region or (councils[nearest].region if nearest in councils else NOWHERE.tag)
