"""The pages about the data: what can be downloaded, what its fields mean, and the terms that fields hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Sequence
from urllib.parse import urlencode

from .. import fields as f
from ..exports import database, downloads, tables
from ..exports.linked import catalog_graph
from ..exports.hosting import OFFLINE_COPY
from ..exports.plain import LICENCE, attribution
from ..fields import KINDS, Field
from ..load import VOCABULARIES
from ..site import Site, totals
from .page import Head, Link, Page

# Files that hold more than one table: (name, what to call it, whom it is for).
WHOLE = (
    ("landscape.xlsx", "Excel workbook", "All tables, a sheet for each, and a sheet that explains the columns."),
    (database.FILE, "SQLite database", "All tables with the links between them, for questions in SQL."),
    ("metadata.json", "Metadata for Datasette", "Titles and meanings that Datasette shows beside the database."),
    ("partnerships.geojson", "GeoJSON", "Each record as points, for maps."),
    ("datapackage.json", "Data package", "Describes the CSV files to programs: types, keys and allowed terms (Frictionless Data Package 2)."),
)
TRAIL = (("Data", "data/"),)


def data_page(site: Site) -> Page:
    """What there is to download, how to use and cite it, and the editions."""
    sizes = {address.removeprefix(downloads.FOLDER): size_words(len(content)) for address, content in downloads.files(site)}
    data = {
        "totals": totals(site.ordered), "whole": WHOLE, "tables": tables.tables(site), "sizes": sizes,
        "attribution": attribution(site), "licence": LICENCE, "data_date": site.data_date, "editions": site.landscape.editions, "size_words": size_words,
        "numbers": {"case study": len(site.landscape.case_studies), "publication": len(site.landscape.publications)},
        "placeless": sum(not site.places(record) for record in site.ordered), "datasette": datasette_address(site),
        "offline_copy": OFFLINE_COPY if site.offline_copy else "",
    }
    head = Head(links=(Link("text/csv", "Partnerships as CSV", "data/partnerships.csv"), Link("application/geo+json", "Partnerships as GeoJSON", "data/partnerships.geojson"), Link("application/json", "Data package", "data/datapackage.json", "describedby")), json_ld=catalog_graph(site))
    return Page("data/", "Data", "Download all partnerships, figures and sources as CSV, Excel, GeoJSON, SQLite or a data package, with what each field means and the licence.", "data.html", data, head=head)


def size_words(size: int) -> str:
    """A number of bytes to two figures, such as "510 kB" (1,000 bytes) or "2.9 MB"."""
    rounded = float(f"{size:.2g}")
    if rounded < 1_000:
        return f"{rounded:.0f} bytes"
    unit, name = (1_000_000, "MB") if rounded >= 1_000_000 else (1_000, "kB")
    return f"{rounded / unit:.{0 if rounded >= 10 * unit else 1}f} {name}"


def datasette_address(site: Site) -> str:
    """The database opened in Datasette Lite, or "" when the site has no public address to load it from."""
    if not site.address.startswith("http"):
        return ""
    asked = {"url": f"{site.address}data/{database.FILE}", "metadata": f"{site.address}data/metadata.json"}
    return f"https://lite.datasette.io/?{urlencode(asked)}"


@dataclass(frozen=True)
class Section:
    """Fields under one heading. ``id`` begins their anchors."""

    id: str
    title: str
    about: str
    fields: tuple[Field, ...]
    parts: tuple["Section", ...] = ()


def fields_page(site: Site) -> Page:
    """Every field with its meaning, made from the list that the checks use."""
    data = {"sections": SECTIONS, "kinds": KINDS, "vocabularies": site.vocabularies}
    return Page("data/fields/", "Fields", "Every field of a record, publication, survey and case study: its name, what it means, what it may hold and an example.", "data_fields.html", data, trail=TRAIL)


def _section(id: str, title: str, about: str, spec: Sequence[Field]) -> Section:
    inside = tuple(Section(f"{id}-{field.name}", f"{field.name.capitalize()} of {title.lower()}", field.meaning, field.parts) for field in spec if field.parts)
    return Section(id, title, about, tuple(spec), inside)


_ONLY_IN_TABLES = (tables.PARTNERSHIP, tables.PUBLICATION, tables.SURVEY, tables.POSITION, *tables.RECORD_EXTRA, *tables.PUBLICATION_EXTRA[1:], tables.CASE_STUDY_EXTRA[0])
SECTIONS = (
    _section("record", "Partnerships and programmes", "One record for each. “Needs a source” means that a source in the record stands behind the field.", f.RECORD),
    _section("case-study", "Case studies", "The text follows these fields, in five sections.", f.CASE_STUDY),
    _section("publication", "Publications", "Names with a hyphen or in capitals are those of CSL, the Citation Style Language.", f.PUBLICATION),
    _section("survey", "Published surveys", "Surveys and reviews of the whole field.", f.SURVEY),
    _section("tables", "Columns that only the tables have", "CSV, Excel and SQLite have these too.", _ONLY_IN_TABLES),
    _section("provenance", "The table provenance", "Which source stands behind which field.", tables.PROVENANCE),
    _section("terms", "The tables partnership_tags and publication_tags", "Each term on a row of its own.", tables.TAGS),
    _section("vocabulary", "The table vocabularies", "The terms themselves.", tables.TERM),
)


def vocabularies_page(site: Site) -> Page:
    """Every vocabulary with its terms, and the fields that hold them."""
    held: Mapping[str, list[tuple[str, str]]] = {name: [] for name in site.vocabularies}
    for section in (inner for outer in SECTIONS for inner in (outer, *outer.parts)):
        for field in section.fields:
            if field.vocabulary:
                held[field.vocabulary].append((f"{section.id}-{field.name}", field.name))
    data = {"vocabularies": [site.vocabularies[name] for name in sorted(site.vocabularies)], "held": held}
    return Page("data/vocabularies/", "Vocabularies", "Every list of terms that fields are filled from, such as settings and issues, each term with its words and definition.", "data_vocabularies.html", data, edit=VOCABULARIES, trail=TRAIL)
