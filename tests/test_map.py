"""The map: outlines, projection and points by arithmetic; the page's counts against the data; and the page in real Chromium."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest

from conftest import ROOT
from landscape import geo
from landscape.load import load_areas
from landscape.model import Record, Site as RecordSite
from landscape.views import maps
from landscape.site import Site
from test_browser import address, chromium, open_page, violations  # noqa: F401

OUTCODES = {"E20": (51.543, -0.007), "G31": (55.857, -4.212)}
COUNCILS = {"newham": (51.525, 0.034), "glasgow-city": (55.862, -4.264)}


@pytest.fixture(scope="module")
def site(real) -> Site:
    return Site(real, date(2026, 11, 24))


@pytest.fixture(scope="module")
def text(built) -> str:
    return (built / "map/index.html").read_text(encoding="utf-8")


def points(real, **fields) -> list[geo.Point]:
    return geo.record_points(Record(**fields), OUTCODES, COUNCILS, real.vocabularies["local-authorities"])


# Points

def test_a_site_with_a_postcode_stands_in_its_district_and_not_in_the_council(real):
    found = points(real, sites=(RecordSite(name="A practice", postcode="E20 1AS"), RecordSite(name="No postcode")), local_authorities=("newham",))
    assert found == [geo.Point(51.543, -0.007, "A practice", "outcode")]


def test_a_record_without_a_known_postcode_stands_in_the_middle_of_each_council_in_its_order(real):
    found = points(real, sites=(RecordSite(name="A hospital", postcode="BT1 1AA"),), local_authorities=("newham", "glasgow-city"))
    assert found == [geo.Point(51.525, 0.034, "Newham", "council", "newham"), geo.Point(55.862, -4.264, "Glasgow City", "council", "glasgow-city")]


def test_a_record_without_a_place_has_no_point(real):
    assert points(real, region="london") == []


# Outlines

def test_every_region_and_council_of_the_vocabulary_has_its_outline_under_its_own_name(real):
    terms = [*real.vocabularies["regions"], *real.vocabularies["local-authorities"]]
    assert {(term.code, term.tag, term.label) for term in terms} == {(area.code, area.tag, area.name) for area in real.areas.values()}


def test_outlines_are_closed_and_hold_their_inner_point(real):
    for area in real.areas.values():
        assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in area.rings), area.tag
        assert sum(holds(ring, area.at) for ring in area.rings) % 2 == 1, area.tag


def holds(ring, point) -> bool:
    """True when a ray from the point to the east crosses the ring an odd number of times."""
    lon, lat = point
    crossings = [x1 + (lat - y1) * (x2 - x1) / (y2 - y1) for (x1, y1), (x2, y2) in zip(ring, ring[1:]) if (y1 > lat) != (y2 > lat)]
    return sum(x > lon for x in crossings) % 2 == 1


def test_everything_lies_on_the_drawing_and_shetland_in_its_frame(real):
    left, top, width, height = maps.FRAME
    west, north, east, south = geo.bounds(real.areas.values())
    assert left <= west and top <= north and east <= left + width and south <= top + height
    shetland = real.areas[real.vocabularies["local-authorities"]["shetland-islands"].code]
    left, top, width, height = maps._SHETLAND_FRAME
    west, north, east, south = geo.bounds([shetland])
    assert left <= west and top <= north and east <= left + width and south <= top + height


def test_a_path_runs_the_same_way_as_its_outline(real):
    """Relative steps added up come back to the absolute positions, so nothing drifts."""
    area = real.areas["N92000002"]
    first = re.match(r"M(-?\d+) (-?\d+)l([^z]*)z", geo.svg_path(area))
    x, y = int(first[1]), int(first[2])
    numbers = [int(number) for number in re.findall(r"-?\d+", first[3])]
    reached = {(x, y)}
    for dx, dy in zip(numbers[::2], numbers[1::2]):
        x, y = x + dx, y + dy
        reached.add((x, y))
    assert reached == {geo.Window().show(geo.drawn(lat, lon)) for lon, lat in area.rings[0]}


@pytest.mark.parametrize("content, said", [(None, "is missing"), ("{", "is not JSON"), ("[]", "is not a TopoJSON"), ('{"transform":{"scale":[1,1],"translate":[0,0]},"arcs":[],"objects":{"a":{"geometries":[{"type":"Polygon","properties":{"code":"x","tag":"x","name":"x","at":[0,0]},"arcs":[[7]]}]}}}', "is not a TopoJSON")])
def test_a_missing_or_broken_file_of_outlines_is_a_problem_and_not_a_traceback(tmp_path, content, said):
    (tmp_path / "data/geo").mkdir(parents=True)
    if content is not None:
        (tmp_path / "data/geo/areas.json").write_text(content)
    areas, problems = load_areas(tmp_path)
    assert areas == {} and len(problems) == 1
    assert problems[0].file == "data/geo/areas.json" and said in problems[0].what


def test_a_project_without_places_has_a_map_page_with_its_lists(small):
    page = maps.map_page(Site(small, date(2026, 11, 24)))
    assert page.data["regions"] is None and page.data["councils"] is None
    assert page.data["region_counts"]


# Counts

def test_the_numbers_of_the_region_map_are_those_of_the_records(text, real):
    drawing = text[text.index("Map of regions"):text.index("</svg>", text.index("Map of regions"))]
    shown = dict(re.findall(r'regions/([a-z-]+)/" aria-label="[^"]*: (\d+) listed"', drawing))
    counted = {term.tag: str(sum(record.region == term.tag for record in real.records.values())) for term in real.vocabularies["regions"]}
    assert shown == {tag: number for tag, number in counted.items() if number != "0"}


def test_the_numbers_of_the_council_map_are_those_of_the_records(text, real):
    drawing = text[text.index("Map of council areas"):text.index("</svg>", text.index("Map of council areas"))]
    shown = re.findall(r'local-authorities/([a-z-]+)/" aria-label="[^"]*: (\d+) listed"', drawing)
    tags = [tag for record in real.records.values() for tag in record.local_authorities]
    assert sorted(shown) == sorted((tag, str(tags.count(tag))) for tag in set(tags))


def test_the_list_of_places_and_what_is_not_on_the_map_hold_every_record(text, real):
    places = text[text.index('id="place-by-place"'):text.index('id="not-on-the-map"')]
    rest = text[text.index('id="not-on-the-map"'):text.index("</article>")]
    here, there = (set(re.findall(r"partnerships/([a-z0-9-]+)/", part)) for part in (places, rest))
    assert here | there == set(real.records) and not here & there
    assert f"{len(here)} of them name" in text and f"{len(there)} name none" in text


def test_a_site_in_a_postcode_district_is_shown_as_such_with_royal_mails_line(real):
    first = next(record for record in real.records.values() if record.local_authorities and record.region)
    record = replace(first, sites=(RecordSite(name="A practice", postcode="E20 1AS"),))
    page = maps.map_page(Site(replace(real, records={**real.records, record.id: record}), date(2026, 11, 24)))
    found = [place for _, inside in page.data["groups"] for place in inside if place.precision == "outcode"]
    assert page.data["with_outcode"] and [(place.name, [row.record.id for row in place.rows]) for place in found] == [("A practice", [record.id])]


@pytest.mark.parametrize("number, expected", [(0, 0), (1, 1), (2, 2), (3, 3), (5, 3), (6, 4), (99, 4)])
def test_a_count_falls_in_the_class_that_the_key_names(number, expected):
    assert maps.level(number, maps.COUNCIL_CLASSES) == expected


def test_the_attribution_stands_on_the_map_and_on_the_licence_page(text, built):
    line = "Contains National Statistics and OS data © Crown copyright and database right 2025"
    assert text.count(line) >= 3
    assert line in (built / "about/licence/index.html").read_text(encoding="utf-8")


# In the browser

def ready(open_page, width=1280, **options):  # noqa: F811
    page = open_page("map/", width, **options)
    page.wait_for_selector(".mark-place")
    return page


def numbers(page) -> int:
    return page.evaluate("Number(document.querySelector('.explore [role=status]').textContent.split(' ')[0])")


def choose(page, selector: str) -> None:
    page.locator(selector).first.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_with_the_map_and_a_list_open(open_page, scheme, width):  # noqa: F811
    page = ready(open_page, width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details.group').forEach((group) => { group.open = true; })")
    choose(page, ".mark-place:not(.mark-place--many)")
    assert page.locator(".explore__panel").is_visible()
    assert violations(page) == []
    assert page.faults == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_a_region_with_its_map(open_page, scheme, width):  # noqa: F811
    page = open_page("regions/scotland/", width, color_scheme=scheme)
    assert page.locator(".area-map svg.map-drawing a").count() > 5
    assert violations(page) == []


@pytest.mark.parametrize("path", ["map/", "regions/london/"])
def test_nothing_of_the_map_is_cut_off_at_320_pixels(open_page, path):  # noqa: F811
    page = open_page(path, 320, bypass_csp=True)  # a reader's own style sheet is not the page's
    page.add_style_tag(content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_map_shows_every_placed_record_and_no_other(open_page, real, site):  # noqa: F811
    page = ready(open_page)
    placed = {record.id for record in real.records.values() if site.places(record)}
    assert numbers(page) == len(placed)


def test_with_the_keyboard_alone_a_number_comes_closer_and_a_place_opens_and_closes(open_page, real):  # noqa: F811
    page = ready(open_page, reduced_motion="reduce")
    page.locator(".explore__bar button").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('explore__map')")
    page.keyboard.press("Tab")
    for _ in range(8):
        assert page.evaluate("document.activeElement.classList.contains('mark-place')")
        page.keyboard.press("Enter")
        if page.locator(".explore__panel").is_visible():
            break
    panel = page.locator(".explore__panel")
    assert page.evaluate("document.activeElement.classList.contains('explore__panel')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.explore__panel') !== null")
    ids = {re.search(r"partnerships/([^/]+)/", link.get_attribute("href"))[1] for link in panel.locator("li a").all()}
    assert ids and ids <= set(real.records)
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.classList.contains('mark-place')")


def test_a_place_opens_the_same_list_as_stands_beside_the_map(open_page):  # noqa: F811
    page = ready(open_page)
    choose(page, ".mark-place:not(.mark-place--many)")
    name, number = page.evaluate("[document.querySelector('.explore__panel').getAttribute('aria-label'), document.querySelectorAll('.explore__panel li').length]")
    beside = page.locator(f'.place[data-name="{name}"] li')
    assert beside.count() == number
    assert page.locator(f'.mark-place[aria-label="{name}: {number} listed"]').count() == 1


def test_arrow_keys_and_buttons_move_and_zoom_without_dragging(open_page):  # noqa: F811
    page = ready(open_page, reduced_motion="reduce")
    whole = numbers(page)
    for _ in range(2):
        page.get_by_role("button", name="Zoom in").click()
    closer = numbers(page)
    assert closer < whole
    page.locator(".explore__map").focus()
    moved = "document.querySelector('.leaflet-map-pane').style.transform"
    before = page.evaluate(moved)
    page.keyboard.press("ArrowUp")
    assert page.evaluate(moved) != before
    page.get_by_role("button", name="Whole map").click()
    assert numbers(page) == whole


def test_a_disabled_zoom_button_keeps_its_focus(open_page):  # noqa: F811
    page = ready(open_page, reduced_motion="reduce")
    page.get_by_role("button", name="Zoom in").focus()
    for _ in range(8):
        page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Zoom in")
    assert button.get_attribute("aria-disabled") == "true"
    assert button.evaluate("(it) => it === document.activeElement")


def test_with_less_motion_nothing_glides(open_page):  # noqa: F811
    page = ready(open_page, reduced_motion="reduce")
    assert page.locator(".leaflet-marker-icon.leaflet-zoom-animated").count() == 0
    assert ready(open_page).locator(".leaflet-marker-icon.leaflet-zoom-animated").count() > 0


def test_numbers_on_the_map_are_large_enough_to_press(open_page):  # noqa: F811
    page = ready(open_page, 390)
    sizes = page.evaluate("[...document.querySelectorAll('.explore button')].filter((it) => it.offsetParent).map((it) => it.getBoundingClientRect()).map((box) => Math.min(box.width, box.height))")
    assert min(sizes) >= 24


def test_without_javascript_the_drawings_are_links_and_no_dead_control_shows(open_page, real):  # noqa: F811
    page = open_page("map/", java_script_enabled=False)
    assert not page.locator(".explore").is_visible()
    assert page.locator("#content button:visible").count() == 0
    page.locator('svg a[aria-label^="North East:"]').click()
    assert urlsplit(page.url).path.endswith("/regions/north-east/")


def test_the_map_is_on_paper_with_its_lists(open_page):  # noqa: F811
    page = ready(open_page)
    page.emulate_media(media="print")
    assert not page.locator(".explore").is_visible()
    assert page.locator("svg.map-drawing").first.is_visible()
    assert page.locator(".place li a").first.is_visible()


def test_the_map_asks_nobody_else_for_anything(open_page, address):  # noqa: F811
    page = ready(open_page)
    choose(page, ".mark-place--many")
    choose(page, ".mark-place")
    page.wait_for_load_state("networkidle")
    assert {urlsplit(url).netloc for url in page.requested} == {urlsplit(address).netloc}
