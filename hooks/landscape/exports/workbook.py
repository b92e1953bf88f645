"""The tables as one Excel workbook: a sheet about it, a sheet for each table, and a sheet that explains the columns.

XlsxWriter writes every text as text, so that no cell is ever a formula or a link, and gives each part of the file the same
date. The bytes are the same wherever zlib packs the same way. This is the only module that imports XlsxWriter.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Sequence

import xlsxwriter

from ..fields import KINDS, Field
from ..site import Site
from . import plain
from .csv_files import BETWEEN
from .tables import Cell, Table

# Excel's own limit, in characters (support.microsoft.com, "Excel specifications and limits").
CELL_LIMIT = 32_767
CUT = " … (cut: Excel holds no more in one cell; the CSV file has it all)"
_WIDTHS = {"text": 30, "url": 30, "number": 12, "year": 8, "flag": 8, "date": 12}


def write(site: Site, tables: Sequence[Table]) -> bytes:
    """The workbook's bytes. A date that is whole is an Excel date; "2019-06" stays text, because Excel has no such date."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": plain.TITLE, "author": plain.TITLE, "comments": plain.attribution(site), "created": datetime.fromisoformat(site.data_date)})
    styles = {"head": book.add_format({"bold": True, "bottom": 1}), "date": book.add_format({"num_format": "yyyy-mm-dd"})}
    _lines(book, styles, "about", ("", ""), _about(site, tables))
    for table in tables:
        _sheet(book, styles, table)
    _lines(book, styles, "columns", ("table", "column", "meaning", "kind", "list", "vocabulary"), _explained(tables))
    book.close()
    return content.getvalue()


def _sheet(book, styles, table: Table) -> None:
    sheet = book.add_worksheet(table.name)
    last = len(table.rows), len(table.columns) - 1
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, _WIDTHS.get(column.kind, 18))
        sheet.write_string(0, number, column.name, styles["head"])
    for line, row in enumerate(table.rows, 1):
        for number, (column, value) in enumerate(zip(table.columns, row)):
            _write(sheet, line, number, column, value, styles)
    sheet.freeze_panes(1, len(table.key))
    sheet.autofilter(0, 0, *last)
    # A year such as 2019 in a column of dates as the source gives them is a text on purpose.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _write(sheet, line: int, number: int, column: Field, value: Cell, styles) -> None:
    if value == "" or value == ():
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, number, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(line, number, value)
    elif column.kind == "date":
        sheet.write_datetime(line, number, date.fromisoformat(value), styles["date"])
    else:
        sheet.write_string(line, number, fitted(BETWEEN.join(value) if isinstance(value, tuple) else value))


def fitted(text: str) -> str:
    """The text, cut with a word about it where Excel would refuse the file."""
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(CUT)] + CUT


def _lines(book, styles, name: str, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """A sheet of texts with a line of headings."""
    sheet = book.add_worksheet(name)
    for number, head in enumerate(heads):
        sheet.set_column(number, number, 60 if head == "meaning" else 24)
        sheet.write_string(0, number, head, styles["head"])
    for line, texts in enumerate(lines, 1):
        for number, text in enumerate(texts):
            sheet.write_string(line, number, text)


def _about(site: Site, tables: Sequence[Table]) -> list[tuple[str, str]]:
    return [
        ("title", plain.TITLE), ("data of", site.data_date), ("licence", f"{plain.LICENCE['name']}, {plain.LICENCE['url']}"), ("credit", plain.attribution(site)),
        ("lists", f"Items of a list are joined with “{BETWEEN.strip()}”."), ("empty cells", "Nothing is recorded. That does not mean none or zero."), ("", ""),
        *((table.name, f"{table.about} Rows: {len(table.rows)}.") for table in tables),
    ]


def _explained(tables: Sequence[Table]) -> list[tuple[str, ...]]:
    return [(table.name, column.name, column.meaning, KINDS[column.kind], "yes" if column.many else "", column.vocabulary) for table in tables for column in table.columns]
