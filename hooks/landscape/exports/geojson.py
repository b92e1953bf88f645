"""The records as points: GeoJSON as RFC 7946 has it, longitude first, in degrees (WGS84).

A point is never an address. It is the middle of a postcode district (of a site that a source names) or, where no site is
known, of a council area; ``precision`` says which. A record that names neither keeps its feature, with geometry null, which
RFC 7946 (3.2) provides for what has no place, so that the file has one feature for each record.
"""

from __future__ import annotations

from typing import Any, Sequence

from .. import geo
from ..model import Record
from ..site import Site
from . import plain

PRECISION = {"outcode": "middle of postcode district", "council": "middle of council area"}
DECIMALS = 5


def collection(site: Site) -> dict[str, Any]:
    """All records as a FeatureCollection, by id. What surrounds an answer of the API stands here as foreign members."""
    features = [feature(site, one) for one in plain.in_order(site.landscape.records)]
    around = plain.envelope(site, features)
    del around["result"]
    return {"type": "FeatureCollection", **around, "features": features}


def feature(site: Site, record: Record) -> dict[str, Any]:
    """One record. ``places`` names its points, in their order."""
    points = site.places(record)
    properties = {
        "name": record.name, "kind": record.kind, "status": record.status, "nation": record.nation or None, "region": record.region or None,
        "settings": list(record.settings), "issues": list(record.issues), "place": site.place(record),
        "precision": PRECISION[points[0].precision] if points else None, "places": [point.name for point in points],
        "url": f"{site.address}partnerships/{record.id}/",
    }
    return {"type": "Feature", "id": record.id, "geometry": _geometry(points), "properties": properties}


def _geometry(points: Sequence[geo.Point]) -> dict[str, Any] | None:
    positions = [[round(point.lon, DECIMALS), round(point.lat, DECIMALS)] for point in points]
    if not positions:
        return None
    return {"type": "Point", "coordinates": positions[0]} if len(positions) == 1 else {"type": "MultiPoint", "coordinates": positions}
