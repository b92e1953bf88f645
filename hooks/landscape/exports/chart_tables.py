"""The numbers behind the charts of landscape/, as tables: the page draws and shows them, and each can be downloaded as CSV.

They are counts of records, never sums of what records state. A record that names two settings stands in both lines.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Iterable, Iterator

from .. import derive
from ..model import Outcome, Population, Record, Survey
from ..site import Site
from . import csv_files
from .tables import Cell


@dataclass(frozen=True)
class Column:
    """A column: ``name`` heads it in the file, ``label`` on the page."""

    name: str
    label: str


@dataclass(frozen=True)
class Line:
    """A line of a table. ``url`` is the page that lists the records behind it; ``known`` is False for "Not recorded"."""

    label: str
    url: str
    cells: tuple[Cell, ...]
    known: bool = True


@dataclass(frozen=True)
class ChartTable:
    """A table with the columns and rows that ``csv_files.write`` reads. Its file is landscape/``name``.csv."""

    name: str
    head: Column
    measures: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return (self.head, *self.measures)

    @property
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        return ((line.label, *line.cells) for line in self.lines)

    @property
    def known(self) -> list[Line]:
        return [line for line in self.lines if line.known]


@dataclass(frozen=True)
class Group:
    """Records that share a value. ``url`` is the page that lists them."""

    tag: str
    label: str
    url: str
    records: tuple[Record, ...]
    known: bool = True


@dataclass(frozen=True)
class Period:
    """Years from ``first`` to ``last``, or all years up to ``last`` when ``first`` is 0."""

    first: int
    last: int

    @property
    def label(self) -> str:
        return f"{self.first} to {self.last}" if self.first else f"Before {self.last + 1}"

    @property
    def short(self) -> str:
        return "".join(self.lines) if self.first else " ".join(self.lines)

    @property
    def lines(self) -> tuple[str, str]:
        return (str(self.first), f"–{self.last % 100:02}") if self.first else ("before", str(self.last + 1))

    @property
    def tag(self) -> str:
        return f"{self.first}-{self.last}" if self.first else f"before-{self.last + 1}"

    def holds(self, date: str) -> bool:
        """True for a date ("2019", "2019-06") of these years; False for none."""
        return bool(date) and self.first <= int(date[:4]) <= self.last


@dataclass(frozen=True)
class Stated:
    """A figure with its record. ``low`` and ``high`` are its number, or the two ends of its range, in the measure's unit."""

    record: Record
    outcome: Outcome

    @property
    def low(self) -> float:
        return float(self.outcome.number)

    @property
    def high(self) -> float:
        return float(self.outcome.number_to or self.outcome.number)


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    for table in chart_tables(site).values():
        yield f"landscape/{table.name}.csv", csv_files.write(table)


@lru_cache(maxsize=1)
def chart_tables(site: Site) -> dict[str, ChartTable]:
    """All tables by name, in the order of the page. Made once for a site, in time that grows with its records."""
    settings, funders = facet_groups(site, "settings"), funder_groups(site)
    found = [
        counts("settings", "Setting", settings),
        counts("providers", "Advice from", facet_groups(site, "providers")),
        per_million(site),
        counts("issues", "Issue", facet_groups(site, "issues")),
        starts_and_ends(site),
        over_time(site, "starts-by-setting", "Setting", settings),
        counts("funders", "Kind of funder", funders),
        over_time(site, "starts-by-funder", "Kind of funder", funders),
        reported(site),
        ranges(site),
        mapping_2018(site),
    ]
    return {table.name: table for table in found}


# --- groups of records ---------------------------------------------------------------------------------------------


def facet_groups(site: Site, name: str) -> list[Group]:
    """Records by the values of a facet, the most frequent first, and last those that have none."""
    facet = next(facet for facet in derive.FACETS if facet.name == name)
    found = site.by_facet[name]
    groups = [Group(term.tag, term.label, f"{name}/{term.tag}/", tuple(found.get(term.tag, ()))) for term in derive.facet_terms(site.landscape, facet)]
    return _ordered(groups, [record for record in site.ordered if not derive.values(record, facet.field)], "Not recorded")


def funder_groups(site: Site) -> list[Group]:
    """Records by the kinds of funder that they name, the most frequent first, and last those that name none."""
    found: dict[str, list[Record]] = {}
    for record in site.ordered:
        for kind in dict.fromkeys(money.kind for money in record.funding):
            found.setdefault(kind, []).append(record)
    groups = [Group(term.tag, term.label, f"landscape/funders/{term.tag}/", tuple(found[term.tag])) for term in site.vocabularies["funding-kinds"] if term.tag in found]
    return _ordered(groups, [record for record in site.ordered if not record.funding], "No funder recorded")


def _ordered(groups: list[Group], without: list[Record], name: str) -> list[Group]:
    rest = [Group("", name, "", tuple(without), known=False)] if without else []
    return sorted(groups, key=lambda group: (-len(group.records), group.label)) + rest


def periods(site: Site) -> list[Period]:
    """The last six spans of five years in which something started or ended; the first takes in all before."""
    years = [int(date[:4]) for record in site.ordered for date in (record.started, record.ended) if date]
    if not years:
        return []
    first, last = min(years) // 5 * 5, max(years) // 5 * 5
    shown = range(max(first, last - 25), last + 5, 5)
    return [Period(0 if year == shown[0] and first < year else year, year + 4) for year in shown]


def is_own(outcome: Outcome) -> bool:
    """True for a figure of the partnership or of a part of it: not a forerunner's, a wider programme's, a target or background."""
    return outcome.scope in ("", "this", "part")


def own_figures(site: Site) -> dict[str, list[Stated]]:
    """Own figures of all records by measure, in reading order."""
    found: dict[str, list[Stated]] = {}
    for record in site.ordered:
        for outcome in filter(is_own, record.outcomes):
            found.setdefault(outcome.measure, []).append(Stated(record, outcome))
    return found


def comparable(figures: Iterable[Stated]) -> list[Stated]:
    """Those that may share a scale: numbers of whole partnerships. Programmes and parts are another size, and the scale, on
    which each line is ten times the last, has no nought."""
    chosen = [one for one in figures if one.outcome.number and one.low > 0 and one.outcome.scope != "part" and not one.record.is_programme]
    return sorted(chosen, key=lambda one: (one.low, one.high, one.record.id))


# --- tables --------------------------------------------------------------------------------------------------------

RECORDS = Column("records", "Records")
STATUSES = (Column("active", "Active when last heard of"), Column("not_known", "Not known"), Column("ended", "Ended"))


def counts(name: str, head: str, groups: list[Group]) -> ChartTable:
    """How many records are in each group, also by status."""
    lines = [Line(group.label, group.url, (len(group.records), *derive.status_counts(group.records).values()), group.known) for group in groups]
    return ChartTable(name, Column(head.lower().replace(" ", "_"), head), (RECORDS, *STATUSES), tuple(lines))


def latest_population(site: Site) -> Population | None:
    return max(site.landscape.populations.values(), key=lambda found: (found.date, found.id), default=None)


def per_million(site: Site) -> ChartTable:
    """Records by region for each million people who live there, to a tenth; empty where no population is known."""
    population = latest_population(site)
    people = {one.region: int(one.people) for one in population.regions} if population else {}
    lines = []
    for group in facet_groups(site, "regions"):
        number, living = len(group.records), people.get(group.tag, 0)
        rate = round(number * 1_000_000 / living, 1) if living else ""
        lines.append(Line(group.label, group.url, (number, living or "", rate), group.known))
    lines.sort(key=lambda line: (not line.known, -(line.cells[2] or 0), line.label))
    year = population.date[:4] if population else ""
    columns = (RECORDS, Column("people", f"People, middle of {year}"), Column("records_per_million_people", "Records for each million people"))
    return ChartTable("regions", Column("region", "Region"), columns, tuple(lines))


def starts_and_ends(site: Site) -> ChartTable:
    lines = [Line(period.label, f"landscape/started/{period.tag}/", (_in(period, site.ordered, "started"), _in(period, site.ordered, "ended"))) for period in periods(site)]
    unknown = (sum(not record.started for record in site.ordered), _ended_undated(site.ordered))
    lines.append(Line("Year not known", "", unknown, known=False))
    return ChartTable("starts-and-ends", Column("years", "Years"), (Column("started", "Started"), Column("ended", "Ended")), tuple(lines))


def over_time(site: Site, name: str, head: str, groups: list[Group]) -> ChartTable:
    """Starts in each span of years by group, then the starts not known and the ends."""
    spans = periods(site)
    columns = [Column(f"started_{span.tag.replace('-', '_')}", span.label) for span in spans]
    columns += [Column("start_not_known", "Start not known"), Column("ended_year_known", "Ended, year known"), Column("ended_year_not_known", "Ended, year not known")]
    lines = []
    for group in groups:
        starts = [_in(span, group.records, "started") for span in spans]
        ends = (sum(bool(record.ended) for record in group.records), _ended_undated(group.records))
        lines.append(Line(group.label, group.url, (*starts, sum(not record.started for record in group.records), *ends), group.known))
    return ChartTable(name, Column(head.lower().replace(" ", "_"), head), tuple(columns), tuple(lines))


def _in(period: Period, records: Iterable[Record], field: str) -> int:
    return sum(period.holds(getattr(record, field)) for record in records)


def _ended_undated(records: Iterable[Record]) -> int:
    return sum(record.status == "ended" and not record.ended for record in records)


def reported(site: Site) -> ChartTable:
    """How many records report a figure of their own on each measure; measures without one are left out."""
    found = own_figures(site)
    lines = [
        Line(term.label, f"landscape/figures/{term.tag}/", (len({one.record.id for one in found[term.tag]}), len(found[term.tag])))
        for term in site.vocabularies["measures"] if term.tag in found
    ]
    lines.sort(key=lambda line: (-line.cells[0], line.label))
    return ChartTable("figures-reported", Column("measure", "What is counted"), (RECORDS, Column("figures", "Figures")), tuple(lines))


# A range says something only where the figures count the same kind of thing.
RANGED_UNITS = ("people", "households", "referrals", "enquiries", "contacts", "gbp", "gbp-per-gbp")


def ranged(site: Site) -> Iterator[tuple[str, str, list[Stated]]]:
    """(measure, kind of period, comparable figures from the lowest) for each pair that has some."""
    found = own_figures(site)
    for term in site.vocabularies["measures"]:
        figures = comparable(found.get(term.tag, ())) if term.unit in RANGED_UNITS and term.tag != "study-participants" else []
        for kind in site.vocabularies["period-kinds"]:
            alike = [one for one in figures if one.outcome.period_kind == kind.tag]
            if alike:
                yield term.tag, kind.tag, alike


def ranges(site: Site) -> ChartTable:
    """The lowest and the highest figure of partnerships by measure and kind of period, in the words of their sources."""
    lines = []
    for measure, kind, alike in ranged(site):
        highest = max(alike, key=lambda one: one.high)
        cells = (site.label(kind, "period-kinds"), len({one.record.id for one in alike}), len(alike), alike[0].outcome.as_written, highest.outcome.as_written)
        lines.append(Line(site.label(measure, "measures"), f"landscape/figures/{measure}/", cells))
    columns = (Column("kind_of_period", "Time covered"), RECORDS, Column("figures", "Figures"), Column("lowest", "Lowest as written"), Column("highest", "Highest as written"))
    return ChartTable("ranges", Column("measure", "What is counted"), columns, tuple(lines))


MAPPING = "mapping-2018"
# What a figure of the mapping counts, in the words of its file, and the field and tag that say the same in our records.
COMPARED = (
    ("partnerships that work with GP practices", "GP practices", "settings", "gp-practice", "settings/gp-practice/"),
    ("partnerships that advise on welfare benefits", "Benefits", "issues", "benefits", "issues/benefits/"),
    ("partnerships that advise on housing", "Housing", "issues", "housing", "issues/housing/"),
    ("partnerships that advise on debt", "Debt", "issues", "debt", "issues/debt/"),
)


def mapping_2018(site: Site) -> ChartTable:
    """Shares that the mapping of 2018 states beside shares of our partnerships, in whole per cent; programmes are left out."""
    ours = [record for record in site.ordered if not record.is_programme]
    theirs: Survey | None = site.landscape.surveys.get(MAPPING)
    stated = {figure.what: figure.as_written for figure in theirs.figures} if theirs else {}
    nearer = [record for record in ours if _is_near(record)]
    lines = []
    for what, label, field, tag, url in COMPARED:
        share = re.fullmatch(r"(\d+)%", stated.get(what, ""))
        if share and ours:
            holding = [record for record in ours if tag in getattr(record, field)]
            lines.append(Line(label, url, (int(share[1]), _percent(len(holding), len(ours)), len(holding), len(ours), _percent(sum(map(_is_near, holding)), len(nearer)))))
    columns = (
        Column("mapping_2018_percent", "Mapping of 2018, per cent"), Column("ours_percent", "Our partnerships, per cent"), Column("ours_records", "Our partnerships, number"),
        Column("ours_total", "Our partnerships in all"), Column("ours_england_and_wales_percent", "Ours in England and Wales, per cent"),
    )
    return ChartTable(MAPPING, Column("named", "Named by partnerships"), columns, tuple(lines))


def _is_near(record: Record) -> bool:
    """True in the area that the mapping's title names."""
    return record.nation in ("england", "wales")


def _percent(part: int, whole: int) -> Cell:
    return round(100 * part / whole) if whole else ""
