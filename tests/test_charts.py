"""Charts: each number is counted again here from the records, the drawing says what the table says, and nothing overlaps."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from math import pi
from xml.etree import ElementTree

import pytest

from conftest import ROOT
from landscape import charts, render, views
from landscape.charts import Bar, Bars, Columns, Dots, Spread
from landscape.exports import chart_tables
from landscape.model import Outcome
from landscape.site import Site
from landscape.views import landscape as view
from test_browser import address, chromium, open_page  # noqa: F401  (fixtures)

TODAY = date(2026, 11, 24)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def site(real):
    return Site(real, TODAY, "https://example.org/")


@pytest.fixture(scope="module")
def tables(site):
    return chart_tables.chart_tables(site)


@pytest.fixture(scope="module")
def pictures(site):
    return view.landscape_page(site).data["pictures"]


def with_records(landscape, *records):
    return Site(replace(landscape, records={**landscape.records, **{record.id: record for record in records}}), TODAY)


def cells(table) -> dict[str, tuple]:
    return {line.label: line.cells for line in table.lines}


def drawn(chart) -> ElementTree.Element:
    return ElementTree.fromstring(charts.svg(chart, "chart"))


def texts(chart) -> list[str]:
    return ["".join(text.itertext()) for text in drawn(chart).iter(f"{SVG}text")]


# --- the numbers -----------------------------------------------------------------------------------------------------

COUNTED = {
    "settings": ("settings", lambda record: record.settings, "Not recorded"),
    "providers": ("organisations", lambda record: record.provider_kinds, "Not recorded"),
    "issues": ("issues", lambda record: record.issues, "Not recorded"),
    "funders": ("funding-kinds", lambda record: {money.kind for money in record.funding}, "No funder recorded"),
}


@pytest.mark.parametrize("name", COUNTED)
def test_each_bar_is_the_number_of_records_that_name_it(real, tables, name):
    vocabulary, values, nothing = COUNTED[name]
    again = Counter(real.vocabularies[vocabulary].label(tag) for record in real.records.values() for tag in set(values(record)))
    again[nothing] = sum(not values(record) for record in real.records.values())
    assert {label: numbers[0] for label, numbers in cells(tables[name]).items() if numbers[0]} == dict(+again)
    assert all(numbers[0] == sum(numbers[1:]) for numbers in cells(tables[name]).values())


def test_the_regions_have_the_populations_of_their_source_and_its_total(real):
    (population,) = real.populations.values()
    stated = {real.vocabularies["regions"][one.region].code: int(one.people) for one in population.regions}
    assert set(stated) == {term.code for term in real.vocabularies["regions"]}
    assert f"{sum(stated.values()):,}" == re.search(r"figure for the UK, ([\d,]+\d)", " ".join(population.cautions))[1]
    assert stated["E12000007"] == 8866180 and stated["N92000002"] == 1910543


def test_a_rate_is_the_number_of_records_for_each_million_people(real, tables):
    (population,) = real.populations.values()
    people = {real.vocabularies["regions"].label(one.region): int(one.people) for one in population.regions}
    records = Counter(real.vocabularies["regions"].label(record.region) for record in real.records.values() if record.region)
    for label, (number, living, rate) in cells(tables["regions"]).items():
        if label in people:
            assert (number, living) == (records[label], people[label])
            assert rate == pytest.approx(number / (living / 1_000_000), abs=0.05)


def test_without_a_population_no_rate_is_shown_and_the_page_says_why(real):
    picture = next(one for one in view.landscape_page(Site(replace(real, populations={}), TODAY)).data["pictures"] if one.table.name == "regions")
    assert all(line.cells[1:] == ("", "") for line in picture.table.lines)
    assert "No population is on file" in picture.caveat and "million" not in picture.finding


def test_starts_and_ends_count_each_known_year_once_and_say_how_many_are_not_known(real, tables):
    records = real.records.values()
    found = cells(tables["starts-and-ends"])
    unknown = found.pop("Year not known")
    assert sum(started for started, _ in found.values()) == sum(bool(record.started) for record in records)
    assert sum(ended for _, ended in found.values()) == sum(bool(record.ended) for record in records)
    assert unknown == (sum(not record.started for record in records), sum(record.status == "ended" and not record.ended for record in records))


@pytest.mark.parametrize("name, values", [("starts-by-setting", lambda record: record.settings), ("starts-by-funder", lambda record: {money.kind for money in record.funding})])
def test_a_cell_of_a_grid_is_the_number_of_starts_of_its_group_in_its_years(real, site, tables, name, values):
    vocabulary = real.vocabularies["settings" if "setting" in name else "funding-kinds"]
    again = Counter((vocabulary.label(tag), int(record.started[:4]) // 5 * 5) for record in real.records.values() if record.started for tag in set(values(record)))
    spans = chart_tables.periods(site)
    found = {(line.label, span.last - 4): number for line in tables[name].known for span, number in zip(spans, line.cells)}
    assert {key: number for key, number in found.items() if number} == dict(again)


def test_years_before_the_last_six_spans_are_counted_together(small):
    first, second, *_ = small.records.values()
    site = with_records(small, replace(first, started="1950", ended=""), replace(second, started="2024-05", ended=""))
    spans = chart_tables.periods(site)
    assert [span.label for span in spans] == ["Before 2000", "2000 to 2004", "2005 to 2009", "2010 to 2014", "2015 to 2019", "2020 to 2024"]
    assert cells(chart_tables.starts_and_ends(site))["Before 2000"][0] == 1


def test_only_own_figures_are_counted_as_reported(real, tables):
    own = [(record.id, outcome.measure) for record in real.records.values() for outcome in record.outcomes if outcome.scope in ("", "this", "part")]
    labels = real.vocabularies["measures"].label
    assert {label: numbers[1] for label, numbers in cells(tables["figures-reported"]).items()} == Counter(labels(measure) for _, measure in own)
    assert {label: numbers[0] for label, numbers in cells(tables["figures-reported"]).items()} == Counter(labels(measure) for _, measure in set(own))


def test_a_range_ends_in_figures_that_partnerships_state_for_that_kind_of_time(real, tables):
    label = real.vocabularies["period-kinds"].label
    for line in tables["ranges"].lines:
        kind, records, figures, lowest, highest = line.cells
        alike = [
            (float(outcome.number), float(outcome.number_to or outcome.number), outcome.as_written, record.id)
            for record in real.records.values() if not record.is_programme for outcome in record.outcomes
            if real.vocabularies["measures"].label(outcome.measure) == line.label and label(outcome.period_kind) == kind and outcome.scope in ("", "this") and outcome.number
        ]
        assert (len({one[3] for one in alike}), len(alike)) == (records, figures)
        assert lowest in {one[2] for one in alike if one[0] == min(alike)[0]}
        assert highest in {one[2] for one in alike if one[1] == max(one[1] for one in alike)}


@pytest.mark.parametrize("scope", ["forerunner", "wider-programme", "part", "example", "target", "background"])
def test_a_figure_that_is_not_the_whole_partnerships_own_moves_no_range(real, tables, scope):
    record = next(record for record in real.records.values() if not record.is_programme)
    strange = Outcome("people-helped", "people", "9,999,999", "9999999", period_kind="annual", scope=scope, source=("s1",))
    assert chart_tables.ranges(with_records(real, replace(record, outcomes=(*record.outcomes, strange)))) == tables["ranges"]


def test_the_mapping_is_given_as_its_file_states_it(real, tables):
    stated = {figure.what: figure.as_written for figure in real.surveys["mapping-2018"].figures}
    assert [line.cells[0] for line in tables["mapping-2018"].lines] == [int(stated[what].rstrip("%")) for what, *_ in chart_tables.COMPARED]
    ours = [record for record in real.records.values() if not record.is_programme]
    debt = sum("debt" in record.issues for record in ours)
    assert cells(tables["mapping-2018"])["Debt"][1:4] == (round(100 * debt / len(ours)), debt, len(ours))


# --- tables, downloads and links ---------------------------------------------------------------------------------------


def test_each_download_holds_the_table_of_the_page(site, tables):
    files = dict(chart_tables.files(site))
    assert list(files) == [f"landscape/{name}.csv" for name in tables]
    for name, table in tables.items():
        head, *rows = csv.reader(io.StringIO(files[f"landscape/{name}.csv"].decode("utf-8-sig"), newline=""))
        assert head == [column.name for column in table.columns] and len(set(head)) == len(head)
        assert rows == [[str(cell) for cell in row] for row in table.rows]
    assert files == dict(chart_tables.files(Site(site.landscape, TODAY)))


def test_a_label_that_a_spreadsheet_would_run_is_made_harmless(real):
    settings = real.vocabularies["settings"]
    hostile = replace(settings, terms={**settings.terms, "hospital": replace(settings["hospital"], label="=HYPERLINK(1)")})
    files = dict(chart_tables.files(Site(replace(real, vocabularies={**real.vocabularies, "settings": hostile}), TODAY)))
    assert b"\n'=HYPERLINK(1)," in files["landscape/settings.csv"] and b"\n=" not in files["landscape/settings.csv"]


def test_each_line_leads_to_a_page_that_lists_as_many_records_as_it_says(site, tables):
    pages = {page.url: page for page in views.pages(site)}
    for table in tables.values():
        for line in table.known:
            page = pages[line.url]
            if table.name in ("settings", "providers", "regions", "issues", "funders"):
                assert len(page.data["rows"]) == line.cells[0], line
            elif table.name == "figures-reported":
                assert len(page.data["figures"]) == line.cells[1], line
            elif table.name == "starts-and-ends":
                assert len({row.record.id for row in page.data["rows"]}) >= max(line.cells), line


def test_every_part_of_the_page_has_a_sentence_a_caveat_and_its_table(site, pictures):
    assert len(pictures) == 11
    html = render.Renderer(ROOT / "theme" / "pages", site.landscape.vocabularies).render(view.landscape_page(site))
    for picture in pictures:
        assert picture.finding.endswith(".") and picture.caveat.endswith(".") and picture.charts
        section = html[html.index(f'aria-labelledby="{picture.id}"') :].partition('<section class="picture"')[0]
        assert section.count("<tr>") == len(picture.table.lines) + 1 and f'href="../landscape/{picture.table.name}.csv"' in section
    assert html.count("<svg") == sum(len(picture.charts) for picture in pictures)


def test_a_landscape_with_few_records_has_a_page_too(small):
    """The small site has no population and no mapping: those parts are left out or say so."""
    page = view.landscape_page(Site(small, TODAY))
    html = render.Renderer(ROOT / "theme" / "pages", small.vocabularies).render(page)
    assert "settings" in {picture.id for picture in page.data["pictures"]} and "mapping-2018" not in html
    empty = view.landscape_page(Site(replace(small, records={}, case_studies={}), TODAY))
    assert {picture.id for picture in empty.data["pictures"]} <= {"settings", "providers", "regions", "issues"}
    assert render.Renderer(ROOT / "theme" / "pages", small.vocabularies).render(empty)


# --- the drawings --------------------------------------------------------------------------------------------------------

SIMPLE = (
    Bars("Title", "Description", (Bar("One", (30.0,), ("30",)), Bar("Two", (15.0,), ("15",)), Bar("Not recorded", (60.0,), ("60",), True))),
    Bars("Title", "Description", (Bar("One", (40.0, 20.0), ("40%", "20%")), Bar("Two", (10.0, 80.0), ("10%", "80%")))),
    Columns("Title", "Description", (("2010–14", (4, 1)), ("2015–19", (8, 0)))),
    Dots("Title", "Description", (("2010", "–14"), ("2015", "–19")), (("One", (4, 16)), ("A label of many words", (0, 1)))),
    Spread("Title", "Description", (("One", (10.0, 50.0, 1000.0), ("10", "1,000")), ("Two", (100.0, 100000.0), ("100", "100,000"))), ((10.0, "10"), (1000.0, "1,000"))),
)


@pytest.mark.parametrize("chart", SIMPLE, ids=lambda chart: type(chart).__name__)
def test_a_drawing_is_an_image_with_words_and_nothing_that_the_site_forbids(chart):
    root = drawn(chart)
    assert root.get("role") == "img" and root.get("aria-labelledby") == "chart-title chart-description"
    assert [root.find(f"{SVG}{tag}").text for tag in ("title", "desc")] == ["Title", "Description"]
    allowed = {"svg", "title", "desc", "g", "text", "tspan", "rect", "circle", "path"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    names = {name for element in root.iter() for name in element.attrib}
    assert names <= {"class", "viewBox", "role", "aria-labelledby", "id", "x", "y", "dy", "width", "height", "cx", "cy", "r", "d", "transform", "text-anchor"}
    assert charts.svg(chart, "chart") == charts.svg(chart, "chart") and "<!--" not in charts.svg(chart, "chart")


def test_a_label_is_never_markup():
    svg = charts.svg(Bars("<b>", "&", (Bar("<script>alert(1)</script>", (1.0,), ("1",)),)), "chart")
    assert "<script>" not in svg and "&lt;script&gt;" in svg and "<b>" not in svg


def test_the_bytes_do_not_depend_on_lxml_being_there():
    assert charts.etree.lxml is False


def test_bars_are_as_long_as_their_numbers_and_stand_in_order():
    bars = sorted(drawn(SIMPLE[0]).iter(f"{SVG}rect"), key=lambda bar: float(bar.get("y")))
    lengths = [float(bar.get("width")) for bar in bars]
    assert lengths[1] == pytest.approx(lengths[0] / 2, abs=0.2) and lengths[2] == pytest.approx(lengths[0] * 2, abs=0.2)
    assert [bar.get("class") for bar in bars] == ["series-0", "series-0", "series-0 muted"]
    pairs = sorted(drawn(SIMPLE[1]).iter(f"{SVG}rect"), key=lambda bar: float(bar.get("y")))
    assert [bar.get("class") for bar in pairs] == ["series-0", "series-1"] * 2
    assert float(pairs[3].get("width")) == pytest.approx(2 * float(pairs[0].get("width")), abs=0.3)


def test_the_area_of_a_dot_is_its_number():
    areas = sorted(pi * float(dot.get("r", 0)) ** 2 for dot in drawn(SIMPLE[3]).iter(f"{SVG}circle"))
    assert areas[0] == 0 and areas[2] / areas[1] == pytest.approx(4, rel=0.05) and areas[3] / areas[1] == pytest.approx(16, rel=0.05)


def test_a_step_of_ten_is_as_wide_everywhere_on_the_scale_of_ranges():
    rows = [[float(dot.get("cx")) for dot in group.iter(f"{SVG}circle")] for group in drawn(SIMPLE[4]).iter(f"{SVG}g") if len(group.findall(f"{SVG}g/{SVG}circle")) > 1]
    second, first = sorted(rows, key=len)
    assert (first[2] - first[0]) / 2 == pytest.approx((second[1] - second[0]) / 3, abs=0.2)
    assert second[0] == pytest.approx((first[0] + first[2]) / 2, abs=0.2)


def test_each_chart_shows_the_numbers_and_labels_of_its_table(pictures):
    for picture in pictures:
        for chart in picture.charts:
            said = texts(chart)
            if isinstance(chart, Bars):
                assert set(said) == {bar.label for bar in chart.bars} | {shown for bar in chart.bars for shown in bar.shown}
                table = {line.label: {str(cell) for cell in line.cells} | {f"{cell}%" for cell in line.cells} for line in picture.table.lines}
                assert all(set(bar.shown) <= table[bar.label] for bar in chart.bars)
            elif isinstance(chart, Columns):
                assert [counts for _, counts in chart.columns] == [line.cells for line in picture.table.known]
            elif isinstance(chart, Dots):
                lines = {line.label: line.cells for line in picture.table.known}
                assert all(lines[label][: len(counts)] == counts for label, counts in chart.rows)
                assert sorted(words for words in said if words.isdigit()) == sorted(str(number) for _, counts in chart.rows for number in counts if number)
            else:
                assert {name for name, _, _ in chart.rows} <= {line.label for line in picture.table.lines} & set(said)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_what_is_drawn_stands_out_from_the_page(scheme):
    """WCAG 1.4.11: 3 to 1. Bars and dots are in the link colour, what is not known in the strong rule."""
    css = (ROOT / "theme" / "assets" / "landscape.css").read_text(encoding="utf-8")
    tokens = {name: re.findall(rf"--{name}: (#[0-9a-f]{{6}});", css)[scheme] for name in ("paper", "link", "rule-strong")}
    for name in ("link", "rule-strong"):
        high, low = sorted((luminance(tokens[name]), luminance(tokens["paper"])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 3, name


OVERLAPS = """() => [...document.querySelectorAll(".chart-drawing")].flatMap((drawing) => {
  const frame = drawing.getBoundingClientRect();
  const boxes = [...drawing.querySelectorAll("text")].filter((text) => text.textContent.trim()).map((text) => [text.textContent, text.getBoundingClientRect()]);
  const out = boxes.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).map(([words]) => "outside: " + words);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5;
  return out.concat(boxes.flatMap(([words, box], place) => boxes.slice(place + 1).filter(([, other]) => meet(box, other)).map(([others]) => words + " / " + others)));
})"""


@pytest.mark.parametrize("width", [390, 1280])
def test_no_words_of_a_chart_overlap_or_are_cut_off(open_page, width):
    page = open_page("landscape/", width)
    page.evaluate("document.fonts.ready")
    assert page.locator(".chart-drawing").count() == 12
    assert page.evaluate(OVERLAPS) == []


def test_charts_are_big_enough_to_read_on_a_phone_and_their_tables_open_by_keyboard(open_page):
    page = open_page("landscape/", 390, java_script_enabled=False)
    text = page.locator(".chart-drawing text").first
    assert text.evaluate("(text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a") >= 12
    page.locator(".picture summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".picture table").first.is_visible()


def test_on_paper_the_tables_are_open_and_fit(open_page):
    page = open_page("landscape/", 690)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 690
    assert all(page.locator(".picture table").nth(number).bounding_box()["height"] > 50 for number in range(11))
