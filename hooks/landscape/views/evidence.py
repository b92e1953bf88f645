"""The evidence maps: what is listed, and what has been studied, for each pair of terms; and the lists behind their cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

from ..exports.evidence_tables import NOT_RECORDED, Matrix, directions, matrices
from ..problems import count
from ..site import Site
from ..vocabulary import Term
from ..words import listed, lower_first
from .page import Page

# Lowest count of each shade, from the lightest; shade 0 is for none.
SHADES = (1, 3, 6, 11, 21)
TRAIL = (("Research", "research/"), ("Evidence maps", "research/map/"))
# The part of a setting's page that holds the items of a matrix, and the filter of the list of all that asks the same.
FILTERS = {"partnerships-by-issue": "issue", "partnerships-by-nation": "nation"}


@dataclass(frozen=True)
class Cell:
    """``words`` say what the works found, for studies; ``shade`` is 0 for none."""

    number: int
    shade: int
    url: str
    words: str = ""


@dataclass(frozen=True)
class Drawn:
    """A matrix as the page shows it."""

    id: str
    title: str
    about: str
    matrix: Matrix
    lines: tuple[tuple[Term, tuple[Cell, ...]], ...]


def evidence_page(site: Site) -> Page:
    """Address research/map/."""
    found = matrices(site)
    drawn = [
        _drawn(site, found["partnerships-by-issue"], "partnerships-by-issue", "Partnerships: setting and issue", "How many records name both the setting and the issue."),
        _drawn(site, found["partnerships-by-nation"], "partnerships-by-nation", "Partnerships: setting and nation", "How many records name both the setting and the nation. Records that work across nations are under “Not recorded”."),
        _drawn(site, found["studies-by-outcome"], "studies-by-outcome", "Studies: setting and outcome", "How many publications looked at the outcome in the setting, and what each found. “Result not recorded” means that the text we read did not show it, or that we have not recorded it. A result says nothing of how sure it is: look at the design."),
        _drawn(site, found["studies-by-design"], "studies-by-design", "Studies: setting and design", "How many publications of each design there are for the setting, so that you can see where the stronger kinds of study are missing."),
    ]
    data = {"maps": drawn, "shades": SHADES, "records": len(site.ordered), "works": len(site.landscape.publications)}
    return Page("research/map/", "Evidence maps", "Where partnerships and studies are, and where none is recorded: by setting, issue, nation, outcome, design and direction of effect.", "evidence.html", data, trail=TRAIL[:1])


def _drawn(site: Site, matrix: Matrix, id: str, title: str, about: str) -> Drawn:
    return Drawn(id, title, about, matrix, tuple((row, tuple(_cell(site, matrix, row, column) for column in matrix.columns)) for row in matrix.rows))


def _cell(site: Site, matrix: Matrix, row: Term, column: Term) -> Cell:
    number = matrix.count(row, column)
    words = ""
    if number and matrix.name == "studies-by-outcome":
        words = listed(f"{many} {lower_first(term.label)}" for term, many in directions(site, matrix.inside[row.tag, column.tag], column.tag))
    return Cell(number, sum(number >= lowest for lowest in SHADES), f"research/map/{row.tag}/#{_anchor(matrix, column)}", words)


def _anchor(matrix: Matrix, column: Term) -> str:
    return f"{matrix.name}-{column.tag}"


@dataclass(frozen=True)
class Part:
    """What one cell counts: its anchor, heading and items. ``query`` asks the list of all partnerships the same; "" for studies."""

    id: str
    heading: str
    items: tuple
    query: str = ""


def behind_pages(site: Site) -> Iterator[Page]:
    """A page for each setting of the maps, with a part for each cell: research/map/hospice/."""
    found = matrices(site)
    settings = [*site.vocabularies["settings"], *([NOT_RECORDED] if any(NOT_RECORDED in matrix.rows for matrix in found.values()) else [])]
    for setting in settings:
        parts = {name: list(_parts(site, matrix, setting)) for name, matrix in found.items()}
        if any(parts.values()):
            title = f"{setting.plural or setting.label}: what is behind the evidence maps" if setting is not NOT_RECORDED else "No setting recorded: what is behind the evidence maps"
            data = {"setting": setting, "parts": parts, "recorded": setting is not NOT_RECORDED}
            yield Page(f"research/map/{setting.tag}/", title, f"The partnerships and studies that the evidence maps count for one setting: {lower_first(setting.label)}.", "evidence_setting.html", data, trail=TRAIL, crumb=setting.label)


def _parts(site: Site, matrix: Matrix, setting: Term) -> Iterator[Part]:
    for column in matrix.columns:
        items = matrix.inside.get((setting.tag, column.tag), ())
        if items:
            asked = FILTERS.get(matrix.name, "")
            query = f"?setting={_choice(setting)}&{asked}={_choice(column)}" if asked else ""
            shown = tuple(site.rows(items)) if asked else items
            yield Part(_anchor(matrix, column), f"{column.label}: {count(len(items), 'record' if asked else 'publication')}", shown, query)


def _choice(term: Term) -> str:
    return "none" if term is NOT_RECORDED else term.tag
