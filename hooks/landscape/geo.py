"""Where things are: the points of a record, the outlines of areas, and the projection of our maps. Pure arithmetic.

Positions are (latitude, longitude) in degrees (WGS84); outlines are (longitude, latitude), as in their file. Drawn
positions are (x, y) in drawing units: ``UNITS`` to a degree of latitude, y downwards from the top of the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import Any, Iterable, Mapping, Sequence

from .model import Area, Record
from .vocabulary import Vocabulary

UNITS = 400
WIDTH, HEIGHT = 2480, 3860
_MIDDLE, _LEFT, _TOP = -3.5, -3.02, 59.52
# Nothing but Shetland lies north of this. It is drawn 1.4 degrees further south and 0.35 further east, in a frame.
SHETLAND_FROM, _SHETLAND_SOUTH, _SHETLAND_EAST = 59.45, 1.4, 0.35

Place = tuple[float, float]
Ring = Sequence[Place]


@dataclass(frozen=True)
class Point:
    """One place of a record. ``precision`` says what the position is: the middle of an "outcode" (postcode district, for
    a site) or of a "council" area, whose tag is ``council``. It is never an address."""

    lat: float
    lon: float
    name: str
    precision: str
    council: str = ""


def record_points(record: Record, outcodes: Mapping[str, Place], council_points: Mapping[str, Place], councils: Vocabulary) -> list[Point]:
    """Where a record is: each site with a known postcode district or, when there is none, each council area it serves.

    In the record's order. Empty when the record names neither: it then belongs to no place on a map.
    """
    sites = []
    for site in record.sites:
        outcode = site.postcode.split()[0] if site.postcode else ""
        if outcode in outcodes:
            sites.append(Point(*outcodes[outcode], site.name, "outcode"))
    return sites or [Point(*council_points[tag], councils.label(tag), "council", tag) for tag in record.local_authorities if tag in council_points]


def read_areas(topology: Mapping[str, Any]) -> dict[str, Area]:
    """Areas by GSS code from a TopoJSON topology with whole-number arcs.

    Raises KeyError, IndexError, TypeError, ValueError or AttributeError when it is no such topology.
    """
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [_unpacked(arc, scale, move) for arc in topology["arcs"]]
    areas = {}
    for layer in topology["objects"].values():
        for shape in layer["geometries"]:
            has = shape["properties"]
            lon, lat = has["at"]
            polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
            rings = tuple(_ring(indexes, arcs) for polygon in polygons for indexes in polygon)
            areas[has["code"]] = Area(has["code"], has["tag"], has["name"], (float(lon), float(lat)), rings)
    return areas


def _unpacked(arc: Iterable[Sequence[int]], scale: Sequence[float], move: Sequence[float]) -> list[Place]:
    """An arc in degrees; in the file each point is a step from the one before."""
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
    return points


def _ring(indexes: Iterable[int], arcs: Sequence[list[Place]]) -> tuple[Place, ...]:
    """A closed line from its arcs; the index ~n is arc n run backwards. Neighbouring arcs share an end point."""
    points: list[Place] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return tuple(points)


def drawn(lat: float, lon: float) -> Place:
    """A position on the drawing: the sinusoidal projection about 3.5 degrees west, where equal areas look equal."""
    if lat > SHETLAND_FROM:
        x = (lon - _MIDDLE) * cos(radians(lat)) + _SHETLAND_EAST
        lat -= _SHETLAND_SOUTH
    else:
        x = (lon - _MIDDLE) * cos(radians(lat))
    return (x - _LEFT) * UNITS, (_TOP - lat) * UNITS


@dataclass(frozen=True)
class Window:
    """A part of the drawing shown elsewhere and larger: a point goes to (x - left) * times + x0, and y likewise."""

    left: float = 0
    top: float = 0
    times: float = 1
    x0: float = 0
    y0: float = 0

    def show(self, place: Place) -> tuple[int, int]:
        x, y = place
        return round((x - self.left) * self.times + self.x0), round((y - self.top) * self.times + self.y0)


def bounds(areas: Iterable[Area]) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of areas on the drawing, in drawing units."""
    places = [drawn(lat, lon) for area in areas for ring in area.rings for lon, lat in ring]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return min(xs), min(ys), max(xs), max(ys)


def svg_path(area: Area, window: Window = Window()) -> str:
    """The outline of an area as the data of an SVG path, in whole units and relative steps, which are short."""
    parts = []
    for ring in area.rings:
        points = [window.show(drawn(lat, lon)) for lon, lat in ring]
        steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in zip(points, points[1:]) if (x, y) != (before_x, before_y)]
        if len(steps) > 2:
            parts.append(f"M{points[0][0]} {points[0][1]}l{_numbers(steps[:-1])}z")
    return "".join(parts)


def _numbers(steps: Iterable[tuple[int, int]]) -> str:
    """Numbers with no more between them than SVG needs: "3-4 5 6"."""
    text = " ".join(str(number) for step in steps for number in step)
    return text.replace(" -", "-")
