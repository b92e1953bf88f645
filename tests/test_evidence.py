"""The evidence maps: counts against the data, the lists behind each cell, their downloads, and the filters of publications."""

from __future__ import annotations

import csv
import io
import random
import re

import pytest

from landscape.derive import data_date
from landscape.exports import evidence_tables
from landscape.site import Site
from landscape.views import evidence
from test_browser import address, chromium, open_page, violations  # noqa: F401  (fixtures)

PARTNERSHIPS = {"partnerships-by-issue": lambda record: record.issues, "partnerships-by-nation": lambda record: (record.nation,) if record.nation else ()}


@pytest.fixture(scope="module")
def site(real) -> Site:
    return Site(real, data_date(real), "https://example.org/")


def independent(items, rows, columns) -> dict[tuple[str, str], set[str]]:
    """Ids by pair of terms, worked out here from the items alone."""
    found: dict[tuple[str, str], set[str]] = {}
    for item in items:
        for row in rows(item) or ("not-recorded",):
            for column in columns(item) or ("not-recorded",):
                found.setdefault((row, column), set()).add(item.id)
    return found


@pytest.mark.parametrize("name", PARTNERSHIPS)
def test_a_map_of_partnerships_counts_what_the_records_say(site, real, name):
    expected = independent(real.records.values(), lambda record: record.settings, PARTNERSHIPS[name])
    matrix = evidence_tables.matrices(site)[name]
    assert {pair: {item.id for item in inside} for pair, inside in matrix.inside.items()} == expected
    assert {pair for pair in expected} <= {(row.tag, column.tag) for row in matrix.rows for column in matrix.columns}


def test_a_map_of_studies_counts_what_the_publications_say(site, real):
    expected = independent(real.publications.values(), lambda work: work.settings, lambda work: work.outcomes_studied)
    matrix = evidence_tables.matrices(site)["studies-by-outcome"]
    assert {pair: {item.id for item in inside} for pair, inside in matrix.inside.items()} == expected


def test_directions_of_a_cell_add_up_to_its_works(site, real):
    for (_, outcome), works in evidence_tables.matrices(site)["studies-by-outcome"].inside.items():
        if outcome != "not-recorded":
            assert sum(many for _, many in evidence_tables.directions(site, works, outcome)) == len(works)


def test_a_result_that_is_not_recorded_is_not_called_untested(site, real):
    work = next(work for work in real.publications.values() if any(outcome not in work.direction for outcome in work.outcomes_studied))
    outcome = next(outcome for outcome in work.outcomes_studied if outcome not in work.direction)
    assert [(term.label, many) for term, many in evidence_tables.directions(site, [work], outcome)] == [("Result not recorded", 1)]


def test_every_filled_cell_leads_to_a_list_of_as_many_and_every_empty_one_says_so(site, real):
    pages = {page.url: page for page in evidence.behind_pages(site)}
    for drawn in evidence.evidence_page(site).data["maps"]:
        for row, cells in drawn.lines:
            for column, cell in zip(drawn.matrix.columns, cells):
                url, _, anchor = cell.url.partition("#")
                parts = [part for parts in pages[url].data["parts"].values() for part in parts if part.id == anchor] if url in pages else []
                assert sum(len(part.items) for part in parts) == cell.number == drawn.matrix.count(row, column)


def test_the_page_shows_the_counts_and_none_recorded(built, site):
    html = (built / "research/map/index.html").read_text(encoding="utf-8")
    empty = sum(matrix.count(row, column) == 0 for matrix in evidence_tables.matrices(site).values() for row in matrix.rows for column in matrix.columns)
    assert empty and html.count("none recorded</span>") == empty
    hospice = evidence_tables.matrices(site)["partnerships-by-issue"].inside["hospice", "benefits"]
    assert f'aria-label="Hospice or palliative care, welfare benefits: {len(hospice)}"' in html


def test_the_downloads_say_the_same(site):
    files = dict(evidence_tables.files(site))
    for name, matrix in evidence_tables.matrices(site).items():
        rows = list(csv.reader(io.StringIO(files[f"research/map/{name}.csv"].decode("utf-8-sig"))))
        assert [[int(cell) for cell in row[1:]] for row in rows[1:]] == [[matrix.count(row, column) for column in matrix.columns] for row in matrix.rows]
    long = list(csv.DictReader(io.StringIO(files["research/map/studies.csv"].decode("utf-8-sig"))))
    assert {(row["setting"], row["outcome"], row["publication"]) for row in long} == {(*pair, work.id) for pair, works in evidence_tables.matrices(site)["studies-by-outcome"].inside.items() for work in works}


# The filters of the list of publications


def values_of(work) -> dict[str, set[str]]:
    return {
        "design": {work.design}, "setting": set(work.settings), "outcome": set(work.outcomes_studied), "country": {work.country}, "issue": set(work.issues),
        "found": {f"{outcome}.{direction}" for outcome, direction in work.direction.items() if direction != "not-applicable"},
        "partnership": {"yes" if work.partnerships else "no"}, "free": {work.open_access} & {"yes", "no"},
    }


def ready(page):
    page.wait_for_function("document.documentElement.dataset.finder === 'ready'")
    return page


def shown(page) -> set[str]:
    return {link.rstrip("/").split("/")[-1] for link in page.eval_on_selector_all("ol.works > li h3 a", "(links) => links.map((link) => link.href)")}


def test_filters_of_publications_show_and_count_what_the_data_say(open_page, real):
    page = ready(open_page("research/"))
    options = page.evaluate("JSON.parse(document.getElementById('works-data').textContent).filters.map((f) => [f.name, f.options.map((o) => o[0])])")
    has = {id: values_of(work) for id, work in real.publications.items()}
    holds = lambda id, choices, ignoring="": all((has[id][name] or {"none"}) & tags for name, tags in choices.items() if name != ignoring)  # noqa: E731
    chance = random.Random(20261124)
    for _ in range(15):
        choices = {name: set(chance.sample(tags, min(len(tags), chance.randint(1, 3)))) for name, tags in chance.sample(options, chance.randint(1, 3))}
        page.evaluate("(search) => { history.pushState(null, '', search); dispatchEvent(new PopStateEvent('popstate')); }", "?" + "&".join(f"{name}={tag}" for name, tags in choices.items() for tag in sorted(tags)))
        expected = {id for id in has if holds(id, choices)}
        assert shown(page) == expected, choices
        assert page.locator(".finder__status").inner_text() == f"{len(expected)} of {len(has)} publications match."
        counts = page.evaluate("[...document.querySelectorAll('.filter input')].map((box) => [box.name, box.value, Number(box.closest('label').querySelector('.number').textContent)])")
        assert all(number == sum(1 for id in has if tag in (has[id][name] or {"none"}) and holds(id, choices, ignoring=name)) for name, tag, number in counts)


def test_a_choice_of_publications_stands_in_the_address_and_can_be_taken_back(open_page, real):
    page = ready(open_page("research/?found=mental-health.positive"))
    assert shown(page) == {id for id, work in real.publications.items() if work.direction.get("mental-health") == "positive"} != set()
    page.locator(".chip").click()
    assert page.url.endswith("/research/") and len(shown(page)) == len(real.publications)
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.chip').length === 1")


def test_a_reference_manager_is_offered_the_works_shown_and_no_others(open_page):
    page = ready(open_page("research/?design=rct"))
    assert page.locator("span.Z3988").count() == len(shown(page)) > 0


def test_paper_holds_every_column(open_page):
    """On A4 turned on its side less its margins: 277 mm are 1047 px."""
    page = open_page("research/map/", 1047)
    page.emulate_media(media="print")
    assert page.evaluate("[...document.querySelectorAll('.evidence table')].map((table) => table.scrollWidth <= 1047)") == [True] * 4


def test_publications_and_partnerships_lead_to_each_other(built, real):
    for work in real.publications.values():
        html = (built / f"research/{work.id}/index.html").read_text(encoding="utf-8")
        for id in work.partnerships:
            assert f'href="../../partnerships/{id}/"' in html
            record = (built / f"partnerships/{id}/index.html").read_text(encoding="utf-8")
            assert re.search(rf'href="../../research/{re.escape(work.id)}/"', record), (work.id, id)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(open_page, scheme, width):
    for path in ("research/map/", "research/map/gp-practice/"):
        assert violations(open_page(path, width, color_scheme=scheme)) == []
    page = ready(open_page("research/?setting=hospice", width, color_scheme=scheme))
    page.evaluate("document.querySelectorAll('.finder details').forEach((details) => { details.open = true; })")
    assert violations(page) == []
