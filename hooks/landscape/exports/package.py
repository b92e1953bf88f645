"""The description of the CSV files as a Frictionless Data Package, version 2 (datapackage.org)."""

from __future__ import annotations

import hashlib
from typing import Any, Mapping, Sequence

from ..fields import Field
from ..site import Site
from ..vocabulary import Vocabulary
from . import plain
from .csv_files import BETWEEN
from .tables import Link, Table

PROFILES = "https://datapackage.org/profiles/2.0"
# Types of Table Schema by the kinds of our fields. A date that may be a year or a month is a text with a pattern.
_TYPES = {"number": "number", "year": "year", "date": "date", "flag": "boolean"}
_PATTERNS = {"year-month": r"\d{4}(-\d{2})?", "any-date": r"\d{4}(-\d{2}(-\d{2})?)?", "id": r"[a-z0-9]+(-[a-z0-9]+)*"}
_FORMATS = {"url": "uri"}


def describe(site: Site, tables: Sequence[Table], files: Mapping[str, bytes]) -> dict[str, Any]:
    """The package's descriptor. ``files`` holds each table's CSV, by table name, for its size and checksum."""
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "health-justice-landscape", "title": plain.TITLE, "homepage": site.address,
        "description": f"UK partnerships between health services and welfare rights advisers, with case studies and research. {plain.attribution(site)}.",
        "version": site.data_date, "created": f"{site.data_date}T00:00:00Z",
        "keywords": ["health justice partnerships", "social welfare law", "advice", "United Kingdom"],
        "licenses": [{"name": plain.LICENCE["id"], "title": plain.LICENCE["name"], "path": plain.LICENCE["url"]}],
        "contributors": [{"title": plain.TITLE, "path": site.address, "roles": ["publisher"]}],
        "sources": [
            {"title": "The pages and documents that the table sources lists, record by record", "path": f"{site.address}data/sources.csv"},
            {"title": "Names and codes of areas: Office for National Statistics, Open Government Licence v3.0. Contains National Statistics and OS data © Crown copyright and database right 2025", "path": "https://geoportal.statistics.gov.uk/"},
        ],
        "resources": [_resource(table, files[table.name], site.vocabularies) for table in tables],
    }


def _resource(table: Table, content: bytes, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name, "type": "table", "path": f"{table.name}.csv", "title": table.title, "description": table.about,
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"$schema": f"{PROFILES}/tabledialect.json", "lineTerminator": "\r\n"},
        "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "schema": _schema(table, vocabularies),
    }


def _schema(table: Table, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column, vocabularies) for column in table.columns],
        "primaryKey": list(table.key), "missingValues": [""],
        **({"foreignKeys": [_link(link, table.name) for link in table.links]} if table.links else {}),
    }


def _field(column: Field, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    """A column. A list of texts is a text here: its items may hold semicolons, so it cannot be split for certain."""
    splits = column.many and column.kind in ("term", "id")
    kind = "list" if splits else "string" if column.many else _TYPES.get(column.kind, "string")
    described = {"name": column.name, "type": kind, "description": column.meaning if not column.many else f"{column.meaning} Several are joined with “{BETWEEN.strip()}”."}
    if splits:
        described |= {"delimiter": BETWEEN, "itemType": "string"}
    elif column.kind in _FORMATS and not column.many:
        described["format"] = _FORMATS[column.kind]
    if column.example:
        described["example"] = column.example
    constraints = _constraints(column, vocabularies)
    if column.vocabulary:
        described["categories"] = [{"value": term.tag, "label": term.label} for term in vocabularies[column.vocabulary]]
    return described | ({"constraints": constraints} if constraints else {})


def _constraints(column: Field, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    found: dict[str, Any] = {"required": True} if column.required else {}
    if column.many:
        return found
    if column.kind in _PATTERNS:
        found["pattern"] = _PATTERNS[column.kind]
    if column.vocabulary:
        found["enum"] = list(vocabularies[column.vocabulary].terms)
    return found


def _link(link: Link, here: str) -> dict[str, Any]:
    """A foreign key. Version 2 leaves the name of the resource out where a table points to itself."""
    there = {} if link.table == here else {"resource": link.table}
    return {"fields": list(link.columns), "reference": {**there, "fields": list(link.to)}}
