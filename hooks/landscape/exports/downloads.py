"""The files under data/: the tables as CSV with a data package, as a workbook and as a database, and the points as GeoJSON."""

from __future__ import annotations

from functools import lru_cache

from ..site import Site
from . import csv_files, database, geojson, package, plain, workbook
from .tables import tables

FOLDER = "data/"


@lru_cache(maxsize=1)
def files(site: Site) -> tuple[tuple[str, bytes], ...]:
    """(address, bytes) of each file. Made once for a site: the page about the data tells their sizes."""
    made = tables(site)
    texts = {table.name: csv_files.write(table) for table in made}
    found = {
        **{f"{name}.csv": content for name, content in texts.items()},
        "datapackage.json": plain.to_json(package.describe(site, made, texts)),
        "partnerships.geojson": plain.to_json(geojson.collection(site)),
        "landscape.xlsx": workbook.write(site, made),
        database.FILE: database.write(made),
        "metadata.json": plain.to_json(database.metadata(site, made)),
    }
    return tuple((FOLDER + name, content) for name, content in found.items())
