"""Writes docs/contribute/performance.md: what stands between its two marks is generated, the rest is by hand and stays."""

from __future__ import annotations

import math
import re
from typing import Iterable, Mapping, Sequence

from .bars import Verdict
from .results import REAL, SERVE, Result, Results

BEGIN, END = "<!-- scripts/bench writes from here -->", "<!-- to here -->"


class NoPlace(Exception):
    """The page has lost the marks between which the figures stand."""


def place(text: str, figures: str, date: str) -> str:
    """The page with new figures, and the date as the day on which it was last checked."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoPlace(f"docs/contribute/performance.md must hold the lines {BEGIN} and {END}")
    head = re.sub(r"^checked: .*$", f"checked: {date}", before, count=1, flags=re.MULTILINE)
    return f"{head}{begin}\n\n{figures.strip()}\n\n{end}{after}"


def figures(results: Results, verdicts: Sequence[Verdict], about: Mapping[str, str], names: Mapping[str, str], date: str) -> str:
    """Everything that is generated: the bars, a table for each size, and what it was measured with."""
    parts = [f"Measured on {date}.", "### Bars", bars_table(verdicts)]
    for size, at in results.items():
        if size not in (REAL, SERVE):
            runs = max((len(one.cold) for one in at.values()), default=0)
            parts += [f"### {int(size):,} records", f"Each time is the middle one of {runs}.", size_table(at, names), *_failures(at, names)]
    parts += _real(results) + _serve(results)
    return "\n\n".join([*parts, "### Measured with", table(["What", "Which"], about.items())])


def bars_table(verdicts: Iterable[Verdict]) -> str:
    """Each bar with what was asked, what was measured, and the verdict."""
    rows = [(one.what, f"at most {_number(one.limit)}{_unit(one)}", _value(one), one.words()) for one in verdicts]
    return table(["Bar", "Asked", "Measured", "Verdict"], rows)


def size_table(at: Mapping[str, Result], names: Mapping[str, str]) -> str:
    """A row for each tool: medians in seconds and, beside them, as ratios with Hugo = 1."""
    head = ["", "Cold build, s", "fastest to slowest", "Hugo = 1", "One record changed, s", "Hugo = 1", "Peak memory, MB", "Hugo = 1", "Bytes of a record’s page"]
    hugo = at.get("hugo", Result())
    return table(head, [_row(names[key], one, hugo) for key, one in at.items()])


def _row(name: str, one: Result, hugo: Result) -> Sequence[str]:
    if one.failed:
        return [name, "failed", *["–"] * 7]
    cold, rebuild = one.median("cold"), one.median("rebuild")
    spread = f"{_number(min(one.cold))} to {_number(max(one.cold))}" if one.cold else "–"
    return [
        name, _number(cold), spread, _ratio(cold, hugo.median("cold")), _number(rebuild), _ratio(rebuild, hugo.median("rebuild")),
        f"{one.peak / 1e6:.0f}" if one.peak else "–", _ratio(one.peak, hugo.peak), f"{one.page:,}",
    ]


def _failures(at: Mapping[str, Result], names: Mapping[str, str]) -> list[str]:
    return [f"{names[key]} failed: `{one.failed.replace('`', '')}`." for key, one in at.items() if one.failed]


def _real(results: Results) -> list[str]:
    one = results.get(REAL, {}).get(REAL)
    if not one:
        return []
    words = f"failed: `{one.failed}`" if one.failed else f"{_number(one.median('cold'))} s, at most {one.peak / 1e6:.0f} MB"
    return ["### The real data", f"The whole site, cold: {words}."]


def _serve(results: Results) -> list[str]:
    rows = [(f"{int(size):,}", *(["failed", "–"] if one.failed else [_number(one.median("rebuild")), f"{_number(min(one.rebuild))} to {_number(max(one.rebuild))}"])) for size, one in results.get(SERVE, {}).items()]
    return ["### scripts/serve", "From the change of a record’s file to the changed page, asked for without pause:", table(["Records", "Median, s", "fastest to slowest"], rows)] if rows else []


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *rows])


def _number(value: float | None) -> str:
    """Two figures after the point up to ten, then one, then none: no more than a timing is worth."""
    if value is None:
        return "–"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _ratio(one: float | None, hugo: float | None) -> str:
    return f"{one / hugo:.2f}" if one and hugo else "–"


def _value(one: Verdict) -> str:
    return "–" if one.value is None or one.value == math.inf else f"{_number(one.value)}{_unit(one)}"


def _unit(one: Verdict) -> str:
    return f" {one.unit}" if one.unit else ""
