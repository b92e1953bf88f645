"""Tables as CSV that opens rightly in a spreadsheet: UTF-8 with a byte order mark, CRLF, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import re
from typing import Iterable, Protocol, Sequence

from .tables import Cell

BETWEEN = "; "
# What spreadsheets take for the start of a formula (OWASP, "CSV Injection"), also behind spaces and in full width.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z")


class Named(Protocol):
    name: str


class Tabular(Protocol):
    """What can be written: a table of the data, or the table behind a chart."""

    @property
    def columns(self) -> Sequence[Named]: ...

    @property
    def rows(self) -> Iterable[Sequence[Cell]]: ...


def write(table: Tabular) -> bytes:
    """A table as CSV: a line of column names, then a line for each row. Lists are joined with "; "."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([cell(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def cell(value: Cell) -> str:
    """A cell as text. Each item of a list is made harmless by itself, because some spreadsheets split cells at a semicolon."""
    if isinstance(value, tuple):
        return BETWEEN.join(harmless(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else str(value)


def harmless(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would run it as a formula. A number stays as it is."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text
