"""The field in pictures: counts of our records as charts, each with its table, and the lists behind their bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

from ..charts import Bar, Bars, Chart, Columns, Dots, Spread
from ..exports import chart_tables as numbers
from ..exports.chart_tables import ChartTable, Line, Stated
from ..model import Population
from ..problems import count
from ..site import Site
from ..words import date_words, listed, lower_first
from .page import Head, Link, Page

TRAIL = (("The field in pictures", "landscape/"),)
STYLE = Head(links=(Link("text/css", "", "assets/charts.css", "stylesheet"),))


@dataclass(frozen=True)
class Picture:
    """A part of the page: what the chart shows in one sentence, the chart, what it cannot say, and its table.

    ``key`` names the series, solid and hollow. A second ``charts`` entry is a chart of the same table.
    """

    id: str
    title: str
    finding: str
    charts: tuple[Chart, ...]
    measured: str
    caveat: str
    table: ChartTable
    key: tuple[str, ...] = ()
    population: Population | None = None


def landscape_page(site: Site) -> Page:
    """Address landscape/."""
    tables = numbers.chart_tables(site)
    pictures = [picture for picture in _pictures(site, tables) if picture and picture.table.known]
    data = {"pictures": pictures, "total": len(site.ordered), "as_of": site.data_date}
    description = "Charts of our records: settings, advice providers, regions, issues, starts and ends, funders and reported figures. Each with its numbers."
    return Page("landscape/", "The field in pictures", description, "landscape.html", data, head=STYLE)


def behind_pages(site: Site) -> Iterator[Page]:
    """The lists behind the bars that no other page shows: by funder, by years of start, and the figures of each measure."""
    for group in numbers.funder_groups(site):
        if group.known:
            yield _records_page(site, group.url, f"Funding from: {lower_first(group.label)}", f"Records that name this kind of funder ({group.label}), now or in the past.", group.records)
    for period in numbers.periods(site):
        chosen = [record for record in site.ordered if period.holds(record.started) or period.holds(record.ended)]
        title = f"Started or ended {lower_first(period.label)}" if not period.first else f"Started or ended in {period.label}"
        yield _records_page(site, f"landscape/started/{period.tag}/", title, "Records that give a year of start or end in this time.", chosen)
    for measure, figures in sorted(numbers.own_figures(site).items()):
        yield _figures_page(site, measure, figures)


def _records_page(site: Site, url: str, title: str, about: str, records) -> Page:
    return Page(url, title, about, "landscape_records.html", {"rows": site.rows(records), "about": about}, trail=TRAIL, noindex=True)


def _figures_page(site: Site, measure: str, figures: list[Stated]) -> Page:
    """All own figures on a measure, the comparable ones together: by kind of period, then by number."""
    order = {term.tag: place for place, term in enumerate(site.vocabularies["period-kinds"])}
    listed = sorted(figures, key=lambda one: (order[one.outcome.period_kind], one.low if one.outcome.number else -1, one.record.id))
    term = site.vocabularies["measures"][measure]
    about = f"{count(len(figures), 'figure')} that partnerships and programmes report of themselves. They count different things and are never added up."
    return Page(f"landscape/figures/{measure}/", f"Figures reported: {lower_first(term.label)}", about, "landscape_figures.html", {"figures": listed, "about": about, "term": term}, trail=TRAIL, noindex=True)


def _pictures(site: Site, tables: dict[str, ChartTable]) -> Iterator[Picture | None]:
    """All parts in order; None for one that has nothing to draw."""
    total = len(site.ordered)
    yield _counted(tables["settings"], "Health settings", total, "A record counts once in each setting that it names.", "Cancer care and hospitals appear more often than they should, because charities and trusts write about their work.")
    yield _counted(tables["providers"], "Who gives the advice", total, "A record counts once for each kind of organisation that advises.", "Several offices of one kind in one record count once. Organisations that write about their work appear more often than they should.")
    yield _regional(site, tables["regions"])
    yield _counted(tables["issues"], "What people get help with", total, "A record counts once in each issue that it names.", "A page may name only the main issues. A short bar does not mean that advisers turn such problems away.")
    yield _starts(site, tables["starts-and-ends"], total)
    yield _grid(site, tables["starts-by-setting"], "Starts by health setting")
    yield _counted(tables["funders"], "Who pays", total, "Kinds of funder, not money. A record counts once for each kind that it names, now or in the past.", "Grants may be written about more often than ordinary budgets. Amounts are not added up: they cover different times and kinds of work.")
    yield _grid(site, tables["starts-by-funder"], "Starts by kind of funder")
    yield _reported(tables["figures-reported"], total)
    yield _ranged(site, tables["ranges"])
    yield _compared(tables["mapping-2018"]) if tables["mapping-2018"].known else None


# --- counts ----------------------------------------------------------------------------------------------------------


def _counted(table: ChartTable, title: str, total: int, measured: str, caveat: str) -> Picture:
    finding = f"Named most often: {_leaders(table, total)}"
    return Picture(table.name, title, finding, (_bars(title, table, 0, finding),), f"Number of records. {measured}", caveat, table)


def _leaders(table: ChartTable, total: int) -> str:
    """"Hospital, in 70 of 174 records. Next: Cancer care (66), GP practice (47)." Lines that lead together are all named."""
    most = table.known[0].cells[0] if table.known else 0
    first = [line.label for line in table.known if line.cells[0] == most]
    then = [f"{line.label} ({line.cells[0]})" for line in table.known[len(first) : len(first) + 2] if line.cells[0]]
    return f"{listed(first)}, {'each ' if len(first) > 1 else ''}in {most} of {count(total, 'record')}." + (f" Next: {', '.join(then)}." if then else "")


def _bars(title: str, table: ChartTable, column: int, finding: str) -> Bars:
    bars = [Bar(line.label, (line.cells[column],), (str(line.cells[column]),), not line.known) for line in table.lines if line.cells[column] != ""]
    return Bars(f"{title}: bar chart", f"{finding} The table below gives every number.", tuple(bars))


def _regional(site: Site, table: ChartTable) -> Picture:
    rated = [line for line in table.known if line.cells[2] != ""]
    if not rated:
        return _counted(table, "Regions", len(site.ordered), "", "No population is on file, so large and small regions cannot be compared.")
    most, least = rated[0].cells[2], rated[-1].cells[2]
    ends = [listed(line.label for line in rated if line.cells[2] == rate) for rate in (most, least)]
    finding = f"Most records for each million people: {ends[0]}, {most}. Fewest: {ends[1]}, {least}."
    placed, total = sum(line.cells[0] for line in table.known), len(site.ordered)
    caveat = f"This shows what is written down, not what exists: one programme that lists all its services can lift a region. {total - placed} of {count(total, 'record')} work in several regions or name none."
    measured = f"Records for each million people who live there, all statuses. Population: {date_words(numbers.latest_population(site).date)}."
    return Picture(table.name, "Regions", finding, (_bars("Regions", table, 2, finding),), measured, caveat, table, population=numbers.latest_population(site))


# --- time -------------------------------------------------------------------------------------------------------------


def _starts(site: Site, table: ChartTable, total: int) -> Picture:
    unknown = table.lines[-1]
    ended = sum(line.cells[1] for line in table.lines)
    finding = f"{total - unknown.cells[0]} of {count(total, 'record')} say when the work started. Of {count(ended, 'record')} of work that has ended, {ended - unknown.cells[1]} {'says' if ended - unknown.cells[1] == 1 else 'say'} in which year."
    columns = tuple((period.short, line.cells) for period, line in zip(numbers.periods(site), table.known))
    chart = Columns("Starts and ends: column chart", f"{finding} The table below gives every number.", columns)
    caveat = "A short column is not a quiet time: what has no known year stands in no column, and sources seldom tell of an end. Do not read survival from it."
    return Picture(table.name, "Starts and ends", finding, (chart,), "Number of records with a known year, in spans of five years.", caveat, table, ("Started", "Ended"))


def _grid(site: Site, table: ChartTable, title: str) -> Picture | None:
    spans = numbers.periods(site)
    lines = [line for line in table.known if any(line.cells[: len(spans)])]
    if not lines:
        return None
    most = max(start for line in lines for start in line.cells[: len(spans)])
    where = [f"{line.label}, {lower_first(span.label)}" for line in lines for span, start in zip(spans, line.cells) if start == most]
    finding = f"The largest number of known starts is {most}: {listed(where)}."
    chart = Dots(f"{title}: grid of dots", f"{finding} The table below gives every number.", tuple(span.lines for span in spans), tuple((line.label, line.cells[: len(spans)]) for line in lines))
    caveat = "Only records that tell both are counted. Ends are in the table."
    return Picture(table.name, title, finding, (chart,), "Number of records that started, in spans of five years. The area of a dot shows the number.", caveat, table)


# --- figures that records report --------------------------------------------------------------------------------------


def _reported(table: ChartTable, total: int) -> Picture:
    finding = f"Reported most often: {_leaders(table, total)}"
    caveat = "Services may count what they are asked to count. A short bar does not mean that little was gained. Targets, background and figures of forerunners and wider programmes are left out."
    return Picture(table.name, "What is reported", finding, (_bars("What is reported", table, 0, finding),), "Number of records with at least one figure of their own on each measure.", caveat, table)


# Fewer figures than this make no range.
_ENOUGH = 3
_MONEY = tuple((10.0**power, words) for power, words in ((2, "£100"), (3, "£1,000"), (4, "£10,000"), (5, "£100,000"), (6, "£1m"), (7, "£10m"), (8, "£100m"), (9, "£1bn")))
_COUNTS = tuple((10.0**power, f"{10**power:,}") for power in range(8))


def _ranged(site: Site, table: ChartTable) -> Picture:
    yearly = [(site.vocabularies["measures"][measure], alike) for measure, kind, alike in numbers.ranged(site) if kind == "annual" and len(alike) >= _ENOUGH]
    widest = max(yearly, key=lambda pair: len(pair[1]), default=None)
    finding = "Too few figures for one year are known to show a range."
    if widest:
        term, alike = widest
        highest = max(alike, key=lambda one: one.high)
        finding = f"{term.label} in one year: from {alike[0].outcome.as_written} to {highest.outcome.as_written}, among {count(len(alike), 'figure')} of {count(len({one.record.id for one in alike}), 'partnership')}."
    charts = (
        _spread("Money in one year", [pair for pair in yearly if pair[0].unit == "gbp"], _MONEY, _pounds),
        _spread("People and contacts in one year", [pair for pair in yearly if pair[0].unit not in ("gbp", "gbp-per-gbp")], _COUNTS, lambda number: f"{number:,.0f}"),
    )
    measured = "Each dot is one figure for one year that a partnership reports of itself; each line on the scale is ten times the last. “Over” and “about” are drawn at the number they go with."
    caveat = "Services differ in size and count in different ways, so a dot further right is not a better service. Figures are never added up or averaged. Programmes, forerunners, targets and running totals are not drawn; running totals of partnerships are in the table."
    return Picture(table.name, "How far the figures reach", finding, tuple(chart for chart in charts if chart), measured, caveat, table)


def _spread(title: str, yearly, ticks, words) -> Spread | None:
    if not yearly:
        return None
    rows = []
    for term, alike in yearly:
        values = tuple(sorted({end for one in alike for end in (one.low, one.high) if end > 0}))
        rows.append((term.label, values, (words(values[0]), words(values[-1]))))
    said = "; ".join(f"{name}: {ends[0]} to {ends[1]}" for name, _, ends in rows)
    return Spread(f"{title}: ranges of reported figures", f"{said}. The table below gives the figures in the words of their sources.", tuple(rows), ticks)


def _pounds(number: float) -> str:
    return f"£{number / 1_000_000:.3g}m" if number >= 1_000_000 else f"£{number:,.0f}"


# --- the mapping of 2018 -----------------------------------------------------------------------------------------------


def _compared(table: ChartTable) -> Picture:
    first = table.known[0]
    finding = f"{first.label}: {first.cells[0]}% of partnerships in the mapping of 2018, {first.cells[1]}% of ours."
    bars = tuple(Bar(line.label, line.cells[:2], tuple(f"{share}%" for share in line.cells[:2])) for line in table.known)
    chart = Bars("The mapping of 2018 beside our list: bar chart in pairs", f"{finding} The table below gives every number.", bars)
    caveat = "The two are not the same count. The mapping found more than 380 partnerships; our list holds what public pages tell, in all years and also what has ended, and a page may not name every issue. The mapping's title says England and Wales, the article we read says UK; the table gives our share for both."
    return Picture(table.name, "The 2018 mapping beside ours", finding, (chart,), "Per cent of partnerships, each list in its own terms.", caveat, table, ("Mapping of 2018", "Our list"))
