"""The evidence maps of research/map/ as tables: which partnerships and studies there are for each pair of terms.

A cell counts records or publications that carry both terms, so one may stand in several cells and rows do not add up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Callable, Iterable, Iterator, Sequence

from .. import derive
from ..model import Publication, Record
from ..site import Site
from ..vocabulary import Term
from . import csv_files
from .chart_tables import ChartTable, Column, Line

Item = Record | Publication
NOT_RECORDED = Term("not-recorded", "Not recorded")


@dataclass(frozen=True)
class Matrix:
    """Items by two lists of terms. ``inside`` has the items of each (row tag, column tag) that has any."""

    name: str
    row_head: str
    rows: tuple[Term, ...]
    columns: tuple[Term, ...]
    inside: dict[tuple[str, str], tuple[Item, ...]]

    def count(self, row: Term, column: Term) -> int:
        return len(self.inside.get((row.tag, column.tag), ()))

    def as_table(self) -> ChartTable:
        lines = [Line(row.label, "", tuple(self.count(row, column) for column in self.columns)) for row in self.rows]
        columns = tuple(Column(column.tag.replace("-", "_"), column.label) for column in self.columns)
        return ChartTable(self.name, Column(self.row_head.lower(), self.row_head), columns, tuple(lines))


def _matrix(name: str, head: str, items: Iterable[Item], rows: Sequence[Term], columns: Sequence[Term], row_tags: Callable[[Item], Iterable[str]], column_tags: Callable[[Item], Iterable[str]]) -> Matrix:
    found: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        for row in row_tags(item) or (NOT_RECORDED.tag,):
            for column in column_tags(item) or (NOT_RECORDED.tag,):
                found.setdefault((row, column), []).append(item)
    rest_of = lambda index: (NOT_RECORDED,) if any(pair[index] == NOT_RECORDED.tag for pair in found) else ()  # noqa: E731
    return Matrix(name, head, (*rows, *rest_of(0)), (*columns, *rest_of(1)), {pair: tuple(inside) for pair, inside in found.items()})


@lru_cache(maxsize=1)
def matrices(site: Site) -> dict[str, Matrix]:
    """All four by name; made once for a site, in time that grows with what is listed."""
    terms = {name: tuple(site.vocabularies[name]) for name in ("settings", "issues", "nations", "study-outcomes", "designs")}
    works = derive.publications_in_order(site.landscape)
    settings, issues, nations = (lambda one: one.settings), (lambda one: one.issues), (lambda one: derive.values(one, "nation"))
    made = [
        _matrix("partnerships-by-issue", "Setting", site.ordered, terms["settings"], terms["issues"], settings, issues),
        _matrix("partnerships-by-nation", "Setting", site.ordered, terms["settings"], terms["nations"], settings, nations),
        _matrix("studies-by-outcome", "Setting", works, terms["settings"], terms["study-outcomes"], settings, lambda work: work.outcomes_studied),
        _matrix("studies-by-design", "Setting", works, terms["settings"], terms["designs"], settings, lambda work: (work.design,)),
    ]
    return {matrix.name: matrix for matrix in made}


NO_DIRECTION = Term("", "Result not recorded")


def directions(site: Site, works: Iterable[Publication], outcome: str) -> list[tuple[Term, int]]:
    """How many works found what on an outcome, in the order of the vocabulary. Last those whose result we have not recorded:
    that is not the same as a work that did not test it."""
    found = Counter(work.direction.get(outcome, NO_DIRECTION.tag) for work in works)
    return [(term, found[term.tag]) for term in (*site.vocabularies["directions"], NO_DIRECTION) if found[term.tag]]


@dataclass(frozen=True)
class _Long:
    """The studies as a long table, one line for each work, setting and outcome: what a reader needs to count anew."""

    rows: tuple[tuple[str, ...], ...]
    columns = tuple(Column(name, name) for name in ("setting", "outcome", "direction", "design", "country", "year", "publication", "title"))


def _long(site: Site, matrix: Matrix) -> _Long:
    lines = []
    for row in matrix.rows:
        for column in matrix.columns:
            for work in matrix.inside.get((row.tag, column.tag), ()):
                lines.append((row.tag, column.tag, work.direction.get(column.tag, ""), work.design, work.country, work.issued[:4], work.id, work.title))
    return _Long(tuple(lines))


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    found = matrices(site)
    for name, matrix in found.items():
        yield f"research/map/{name}.csv", csv_files.write(matrix.as_table())
    yield "research/map/studies.csv", csv_files.write(_long(site, found["studies-by-outcome"]))
