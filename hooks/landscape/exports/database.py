"""The tables as one SQLite database with keys, foreign keys and indexes, and the metadata that Datasette shows beside it.

Lists are JSON arrays, which SQLite's ``json_each`` and Datasette's facets read. What is empty is NULL.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Sequence

from ..fields import Field
from ..site import Site
from . import plain
from .tables import Cell, Table

FILE = "landscape.db"
_TYPES = {"number": "NUMERIC", "year": "INTEGER", "flag": "INTEGER"}
# Columns that queries choose rows by, beyond the keys.
_CHOSEN_BY = {"partnerships": ("kind", "status", "nation", "region"), "outcomes": ("measure",), "partnership_tags": ("tag",), "publications": ("design", "country")}
# What Datasette offers to filter by: columns of one term, and columns of lists.
_FACETS: dict[str, list[str | dict[str, str]]] = {
    "partnerships": ["kind", "status", "nation", "region", {"array": "settings"}, {"array": "issues"}],
    "outcomes": ["measure", "scope"], "partners": ["kind", "side"], "funding": ["kind"], "sites": ["type"], "publications": ["design", "country"], "vocabularies": ["vocabulary"],
}


def write(tables: Sequence[Table]) -> bytes:
    """The database file's bytes: the same for the same tables."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statement in ("PRAGMA page_size = 4096", "PRAGMA encoding = 'UTF-8'", "BEGIN"):
            connection.execute(statement)
        for table in tables:
            connection.execute(_creation(table))
            connection.executemany(f"INSERT INTO {_name(table.name)} VALUES ({', '.join('?' * len(table.columns))})", ([stored(value) for value in row] for row in table.rows))
        for table in tables:
            for columns in _indexed(table):
                connection.execute(f"CREATE INDEX {_name('_'.join((table.name, *columns)))} ON {_name(table.name)} ({_names(columns)})")
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        return _without_version(connection.serialize())
    finally:
        connection.close()


def _without_version(content: bytes) -> bytes:
    """The file without the number of the SQLite library that wrote it (bytes 96 to 99 of its header, which nothing reads:
    sqlite.org/fileformat2.html, 1.3.17), so that another machine writes the same bytes."""
    return content[:96] + bytes(4) + content[100:]


def stored(value: Cell) -> str | int | float | None:
    """A cell as SQLite holds it."""
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False) if value else None
    return int(value) if isinstance(value, bool) else None if value == "" else value


def _creation(table: Table) -> str:
    parts = [_column(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({_names(table.key)})")
    parts += [f"FOREIGN KEY ({_names(link.columns)}) REFERENCES {_name(link.table)} ({_names(link.to)})" for link in table.links]
    # Where the key is most of the row, a table of its own for the rows would hold everything twice.
    keyed = " WITHOUT ROWID" if 2 * len(table.key) >= len(table.columns) else ""
    return f"CREATE TABLE {_name(table.name)} (\n  " + ",\n  ".join(parts) + f"\n){keyed}"


def _column(column: Field) -> str:
    kind = "TEXT" if column.many else _TYPES.get(column.kind, "TEXT")
    return f"{_name(column.name)} {kind}{' NOT NULL' if column.required else ''}"


def _indexed(table: Table) -> list[tuple[str, ...]]:
    """Columns to index: foreign keys that do not begin the primary key, and what queries choose by."""
    links = [link.columns for link in table.links if link.columns != table.key[: len(link.columns)]]
    return links + [(name,) for name in _CHOSEN_BY.get(table.name, ())]


def _name(name: str) -> str:
    """A name of ours, which holds letters and underscores only, as an SQL identifier."""
    return f'"{name}"'


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(_name, names))


def metadata(site: Site, tables: Sequence[Table]) -> dict[str, Any]:
    """Datasette's metadata (docs.datasette.io, "Metadata"): titles, licence, what each column means, and facets."""
    shown = {
        table.name: {
            "title": table.title, "description": table.about, "columns": {column.name: column.meaning for column in table.columns},
            **({"facets": _FACETS[table.name]} if table.name in _FACETS else {}), **({"label_column": _LABELS[table.name]} if table.name in _LABELS else {}),
        }
        for table in tables
    }
    about = {"title": plain.TITLE, "license": plain.LICENCE["name"], "license_url": plain.LICENCE["url"], "source": plain.TITLE, "source_url": site.address}
    return {**about, "databases": {FILE.removesuffix(".db"): {"description": plain.attribution(site), "tables": shown}}}


# The column that stands for a row where another table points to it.
_LABELS = {"partnerships": "name", "publications": "title", "surveys": "title", "vocabularies": "label"}
