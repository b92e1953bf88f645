"""Handing an answer on: likeness, referral cards and their QR codes, print, shortlist and comparison."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
import segno

from conftest import ROOT
from landscape import qr
from landscape.render import Renderer
from landscape.similar import Likeness
from landscape.site import Site
from landscape.views import data_files, pages
from test_browser import address, chromium, open_page, violations  # noqa: F401  (fixtures)

TODAY = date(2026, 6, 1)
THREE = ("hwc", "stewarts-legal-service-nhs-trusts", "gateshead-cab-primary-care")
QUERY = "&".join(f"id={id}" for id in THREE)
# Records from the shortest to the longest.
LENGTHS = ("wigan-council-welfare-rights-primary-care", "angus-midwifery-pilot", "liverpool-advice-on-prescription", "deep-end-money-advice-glasgow", "hwc")


# --- likeness -------------------------------------------------------------------------------------------------------


def test_a_rare_setting_counts_more_than_a_common_one(real):
    """A hospice is like other hospices, not like the many that share benefits advice."""
    found = Likeness(real).related(real.records["royal-trinity-hospice-welfare-rights"])
    assert len(found) == 5 and all("hospice" in record.settings for record, _ in found)
    assert all(reason.startswith("hospice or palliative care; ") for _, reason in found)


def test_a_record_is_not_similar_to_its_own_programme_or_members(real):
    likeness = Likeness(real)
    for record in real.records.values():
        ids = {other.id for other, _ in likeness.related(record)}
        assert record.id not in ids and record.programme not in ids
        assert not any(real.records[id].programme == record.id for id in ids)


def test_an_ended_record_comes_after_its_like_that_runs(real):
    """The same record twice, once ended: the one that can still be asked comes first, whatever its name."""
    model = real.records["royal-trinity-hospice-welfare-rights"]
    twins = {"twin-a": replace(model, id="twin-a", name="A twin", status="ended"), "twin-b": replace(model, id="twin-b", name="B twin", status="active")}
    found = Likeness(replace(real, records={**real.records, **twins})).related(model)
    assert [record.id for record, _ in found][:2] == ["twin-b", "twin-a"]


def test_likeness_does_not_depend_on_the_order_of_files(real):
    turned = Likeness(replace(real, records=dict(reversed(list(real.records.items())))))
    assert all(Likeness.related(turned, real.records[id]) == Likeness(real).related(real.records[id]) for id in THREE)


def test_a_reason_names_only_what_both_records_have(real):
    councils, regions = real.vocabularies["local-authorities"], real.vocabularies["regions"]
    likeness, told = Likeness(real), 0
    for record in real.records.values():
        for other, reason in likeness.related(record):
            shared = {councils.label(tag) for tag in set(record.local_authorities) & set(other.local_authorities)} | ({regions.label(record.region)} if record.region and record.region == other.region else set())
            for place in re.findall(r"also in ([^;]*)", reason):
                told += 1
                assert any(place.startswith(name) for name in shared), (record.id, other.id, reason)
            assert "same programme" not in reason or record.programme == other.programme
    assert told > 100


def test_a_record_page_shows_what_is_similar_with_the_reason(built, real):
    html = (built / "partnerships/royal-trinity-hospice-welfare-rights/index.html").read_text(encoding="utf-8")
    section = html[html.index("Similar partnerships") :]
    for other, reason in Likeness(real).related(real.records["royal-trinity-hospice-welfare-rights"]):
        assert f"{other.id}/" in section and reason.split(";")[0][1:] in section


# --- referral card and QR code --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cards(small) -> dict[str, str]:
    renderer = Renderer(ROOT / "theme" / "pages", small.vocabularies, "https://example.com/repo", "https://example.com/site/")
    return {page.data["record"].id: renderer.render(page) for page in pages(Site(small, TODAY)) if page.template == "card.html"}


def drawn(svg: str) -> list[list[int]]:
    """The dark modules of a drawn QR code as rows of 0 and 1, read from its path and without the white border."""
    root = ElementTree.fromstring(svg)
    size = int(root.get("viewBox").split()[2])
    rows, x, y = [[0] * size for _ in range(size)], 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", [path for path in root.iter("path") if path.get("stroke")][0].get("d")):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "h":
            for column in range(int(x), int(x + values[0])):
                rows[int(y)][column] = 1
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    assert not any(rows[edge][column] or rows[column][edge] for edge in (*range(4), *range(size - 4, size)) for column in range(size)), "the border is not white"
    return [row[4:-4] for row in rows[4:-4]]


def test_the_qr_code_of_a_card_holds_the_address_of_its_record(cards):
    for id, html in cards.items():
        svg = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", html, re.S).group(0)
        expected = segno.make_qr(f"https://example.com/site/partnerships/{id}/", error="m", mask=0)
        assert drawn(svg) == [[int(module) for module in row] for row in expected.matrix], id


def test_a_qr_code_of_a_hostile_address_is_still_only_text():
    root = ElementTree.fromstring(qr.svg("https://example.com/<script>&"))
    assert {element.tag for element in root.iter()} == {"svg", "title", "path"}


def test_a_card_warns_when_the_partnership_is_not_known_to_run(cards):
    assert "Do not refer people to it." in cards["old-elderfield-desk"]
    assert "We do not know whether this still runs." in cards["thin-clinic"]
    assert "notice--" not in cards["elderfield-surgery-advice"]


def test_text_of_a_record_is_only_text_on_a_card(cards):
    assert "advice on Tuesdays &lt;b&gt;&amp; Thursdays&lt;/b&gt;" in cards["elderfield-surgery-advice"]
    assert "<script" not in cards["elderfield-surgery-advice"]


def test_without_an_address_of_the_site_a_card_has_no_code(small):
    renderer = Renderer(ROOT / "theme" / "pages", small.vocabularies)
    html = next(renderer.render(page) for page in pages(Site(small, TODAY)) if page.template == "card.html")
    assert 'class="qr"' not in html and "https://example.com/site" not in html


def test_each_record_has_a_card_that_search_engines_leave_out(built, real):
    sitemap = (built / "sitemap.xml").read_text(encoding="utf-8")
    for id in real.records:
        assert '<meta name="robots" content="noindex">' in (built / f"partnerships/{id}/card/index.html").read_text(encoding="utf-8")
    assert "/card/" not in sitemap and "/shortlist/" not in sitemap and "/compare/" not in sitemap and "/partnerships/hwc/" in sitemap
    assert "noindex" not in (built / "partnerships/hwc/index.html").read_text(encoding="utf-8")


# --- the files that the browser reads -------------------------------------------------------------------------------


def test_each_record_has_a_file_with_all_its_figures(small):
    files = data_files(Site(small, TODAY))
    for id, record in small.records.items():
        one = json.loads(files[f"shortlist/records/{id}.json"])
        assert one["name"] == record.name and one["sources"] == len(record.sources)
        assert [figure["figure"] for figure in one["outcomes"]] == [outcome.as_written for outcome in record.outcomes]


# --- print ----------------------------------------------------------------------------------------------------------


def sheets(page) -> int:
    """How many sheets of paper the page prints on, counted in the PDF that Chromium makes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("id", LENGTHS)
def test_a_record_prints_on_one_or_two_sheets_with_address_dates_and_licence(open_page, id):  # noqa: F811
    page = open_page(f"partnerships/{id}/")
    assert 1 <= sheets(page) <= 2
    page.emulate_media(media="print")
    said = page.locator("body").inner_text()
    for needed in (f"/partnerships/{id}/", "Last reviewed ", "Data of ", "Creative Commons Attribution 4.0", "How to refer"):
        assert needed in said, needed
    for gone in (".hand-button", ".record-tools", "#sources", "#similar"):
        assert not page.locator(gone).first.is_visible(), gone


def test_print_everything_prints_the_sources_too(open_page):  # noqa: F811
    page = open_page("partnerships/hwc/")
    short = sheets(page)
    page.evaluate("window.print = () => { window.printed = document.documentElement.className; }")
    page.get_by_role("button", name="Print everything").click()
    assert "print-whole" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert page.locator("#sources").is_visible() and page.locator(".timeline").is_visible()
    assert sheets(page) > short
    assert "print-whole" not in page.evaluate("document.documentElement.className")  # printing is over
    assert not page.locator("#sources").is_visible()


@pytest.mark.parametrize("id", LENGTHS)
def test_a_card_prints_on_exactly_one_sheet(open_page, id):  # noqa: F811
    page = open_page(f"partnerships/{id}/card/")
    assert sheets(page) == 1
    page.emulate_media(media="print")
    assert page.locator("svg.qr").is_visible() and page.get_by_text("How to refer").is_visible()


def test_a_shortlist_prints_each_record_with_its_address(open_page):  # noqa: F811
    page = open_shortlist(open_page)
    assert sheets(page) <= 2
    page.emulate_media(media="print")
    said = page.locator("#content").inner_text()
    for id in THREE:
        assert f"/partnerships/{id}/" in said
    for needed in ("Data of ", "Last reviewed", "Who can refer", "How to refer", "Ended by 2000"):
        assert needed in said, needed
    assert not page.locator("button").first.is_visible()


# --- shortlist ------------------------------------------------------------------------------------------------------


def open_shortlist(open_page, width: int = 1280, **options):  # noqa: F811
    page = open_page(f"shortlist/?{QUERY}", width, **options)
    page.wait_for_selector(".shortlist-entry")
    return page


def stored(page) -> list[str]:
    return json.loads(page.evaluate("localStorage.getItem('landscape-shortlist')") or "[]")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_a_shortlist_of_three(open_page, scheme, width):  # noqa: F811
    page = open_shortlist(open_page, width, color_scheme=scheme)
    assert violations(page) == []
    page.get_by_role("button", name="Keep these").click()
    page.get_by_text("3 partnerships on your shortlist.").wait_for()
    page.get_by_role("button", name="Clear all").click()
    page.get_by_role("button", name="Undo").wait_for()
    assert violations(page) == [] and page.faults == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [f"compare/?{QUERY}", "partnerships/gateshead-cab-primary-care/card/", "shortlist/", "compare/"])
def test_axe_finds_no_fault_on_the_other_pages(open_page, path, scheme, width):  # noqa: F811
    page = open_page(path, width, color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    assert violations(page) == [] and page.faults == []


@pytest.mark.parametrize("path", [f"shortlist/?{QUERY}", f"compare/?{QUERY}", "partnerships/hwc/card/", "partnerships/hwc/"])
def test_nothing_is_cut_off_at_320_pixels(open_page, path):  # noqa: F811
    page = open_page(path, 320)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def reach(page, name: str, role: str = "button", exact: bool = False) -> None:
    """Press Tab until the control with this name has the focus."""
    wanted = page.get_by_role(role, name=name, exact=exact).first
    wanted.wait_for()
    for _ in range(80):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached with Tab")


def test_adding_two_records_and_comparing_them_needs_only_the_keyboard(open_page, address):  # noqa: F811
    page = open_page("partnerships/hwc/")
    reach(page, "Add to shortlist")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Remove from shortlist"
    page.goto(address + "settings/hospice/")
    reach(page, "Add to shortlist")
    page.keyboard.press("Space")
    assert len(stored(page)) == 2
    page.keyboard.press("Control+Home")
    page.evaluate("document.activeElement.blur()")
    reach(page, "Shortlist (2)", "link")
    page.keyboard.press("Enter")
    page.get_by_text("2 partnerships on your shortlist.").wait_for()
    reach(page, "Compare the ticked ones")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.compare")
    assert page.locator("table.compare thead th").count() == 2
    reach(page, "Comparison", "region")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_each_row_of_a_list_has_one_button_also_after_the_filters_draw_it_anew(open_page):  # noqa: F811
    page = open_page("settings/hospice/")
    page.wait_for_selector(".shortlist-button")
    rows = page.locator(".record-row")
    page.evaluate("document.querySelectorAll('ol.records').forEach((list) => list.replaceChildren(...[...list.children].reverse()))")
    page.wait_for_function("[...document.querySelectorAll('.record-row')].every((row) => row.querySelectorAll('.shortlist-button').length === 1)")
    assert page.locator(".shortlist-button").count() == rows.count() > 1


def test_a_link_shows_the_list_in_a_fresh_profile_and_changes_nothing_until_kept(open_page, address):  # noqa: F811
    page = open_page("partnerships/wahp/")
    page.get_by_role("button", name="Add to shortlist").click()
    page.goto(f"{address}shortlist/?{QUERY}")
    page.wait_for_selector(".shortlist-entry")
    assert page.locator(".shortlist-entry").count() == 3 and stored(page) == ["wahp"]
    assert "Your own shortlist (1) has not changed." in page.locator("#shortlist").inner_text()
    page.get_by_role("button", name="Keep these").click()
    page.get_by_text("4 partnerships on your shortlist.").wait_for()
    assert stored(page) == ["wahp", *THREE]


def test_the_copied_link_carries_the_list(open_page, address):  # noqa: F811
    page = open_shortlist(open_page, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy a link to this list").click()
    page.get_by_text("Link copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}shortlist/?{QUERY}"


def test_where_the_browser_refuses_to_copy_the_link_is_shown(open_page, address):  # noqa: F811
    page = open_shortlist(open_page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    page.get_by_role("button", name="Copy a link to this list").click()
    assert page.get_by_label("Copy this link:").input_value() == f"{address}shortlist/?{QUERY}"


def test_removing_and_clearing_can_be_undone_and_keep_the_focus(open_page):  # noqa: F811
    page = open_shortlist(open_page)
    page.get_by_role("button", name="Keep these").click()
    page.get_by_text("3 partnerships on your shortlist.").wait_for()
    page.get_by_role("button", name="Remove The Legal Service, Stewarts").click()
    page.get_by_text("2 partnerships on your shortlist.").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Undo"
    page.keyboard.press("Enter")
    page.get_by_text("3 partnerships on your shortlist.").wait_for()
    assert stored(page) == list(THREE)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"
    page.get_by_role("button", name="Clear all").click()
    page.get_by_text("Nothing is on your shortlist yet.").wait_for()
    assert stored(page) == [] and page.locator(".shortlist-link").inner_text() == "Shortlist (0)"


def test_names_that_are_no_record_are_told_in_words(open_page):  # noqa: F811
    page = open_page("shortlist/?id=hwc&id=no-such-record&id=../../x")
    page.wait_for_selector(".shortlist-entry")
    said = page.locator("#shortlist").inner_text()
    assert "No record here has the name no-such-record." in said
    assert "1 of the names in this link cannot be the name of a record" in said
    page.get_by_role("button", name="Keep these").click()
    page.get_by_text("1 partnership on your shortlist.").wait_for()
    assert stored(page) == ["hwc"]


def test_a_browser_that_keeps_nothing_says_so(open_page, address):  # noqa: F811
    page = open_page("")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    page.goto(f"{address}partnerships/hwc/")
    page.get_by_role("button", name="Add to shortlist").click()
    assert "does not let the site keep a list" in page.locator(".shortlist-problem").inner_text()
    assert page.locator(".shortlist-link").inner_text() == "Shortlist (1)"
    page.goto(f"{address}shortlist/?{QUERY}")
    page.get_by_role("button", name="Keep these").click()
    page.locator("#shortlist").get_by_text("does not let the site keep a list").wait_for()
    assert page.faults == []


@pytest.mark.parametrize("rubbish", ["{", '{"a":1}', '[1,null,"../x","hwc"]', '"hwc"'])
def test_a_spoiled_store_harms_nothing(open_page, address, rubbish):  # noqa: F811
    page = open_page("")
    page.evaluate("(text) => localStorage.setItem('landscape-shortlist', text)", rubbish)
    page.goto(address + "shortlist/")
    page.wait_for_function("document.querySelector('.shortlist-status')?.textContent")
    assert page.locator(".shortlist-entry").count() == (1 if rubbish.startswith("[") else 0)
    assert page.faults == []


# --- comparison -----------------------------------------------------------------------------------------------------


def test_the_comparison_is_a_table_with_headers_both_ways(open_page):  # noqa: F811
    page = open_page(f"compare/?{QUERY}")
    page.wait_for_selector("table.compare")
    assert [text.split("Leave out")[0].strip() for text in page.locator("table.compare thead th[scope=col]").all_text_contents()] == ["Healthier Wealthier Children (HWC)", "The Legal Service, Stewarts", "Gateshead Citizens Advice service in primary care"]
    heads = page.locator("table.compare tbody th[scope=row]").all_text_contents()
    assert {"Status", "Where", "Health side", "Advice side", "Help with", "Who can refer", "How to refer", "Funding", "Reported figures", "Sources"} <= set(heads)
    row = page.locator("table.compare tbody tr", has=page.get_by_role("rowheader", name="Reported figures")).inner_text()
    assert "over 6,000" in row and "2004 to late 2023" in row


@pytest.mark.parametrize("ids, said, columns", [
    ((), "No partnership is chosen yet.", 0),
    (("hwc",), "One partnership alone cannot be compared.", 1),
    (("hwc", "no-such-record"), "One partnership alone cannot be compared.", 1),
    (("hwc", "wahp", "icj", "icj-glasgow", "icj-inverclyde"), "This link names 5 partnerships.", 4),
])
def test_too_few_or_too_many_are_explained(open_page, ids, said, columns):  # noqa: F811
    page = open_page("compare/?" + "&".join(f"id={id}" for id in ids))
    page.locator("#compare").get_by_text(said).wait_for()
    assert page.locator("table.compare thead th").count() == columns


def test_text_of_a_record_stays_text_in_the_browser(open_page, address):  # noqa: F811
    """Every text of a record's file is markup here; none of it becomes an element."""
    def hostile(value):
        if isinstance(value, str):
            return '<img src=x onerror="window.harmed = 1"><b>' + value
        if isinstance(value, list):
            return [hostile(one) for one in value]
        return {name: hostile(one) for name, one in value.items()} if isinstance(value, dict) else value

    page = open_page("about/")
    loaded = page.evaluate("(url) => fetch(url).then((answer) => answer.json())", f"{address}shortlist/records/hwc.json")
    page.route("**/shortlist/records/hwc.json", lambda route: route.fulfill(json={**hostile(loaded), "id": "hwc"}))
    for path, ready in ((f"shortlist/?{QUERY}", ".shortlist-entry"), (f"compare/?{QUERY}", "table.compare")):
        page.goto(address + path)
        page.wait_for_selector(ready)
        assert page.locator("#content img, #content b").count() == 0
        assert '<img src=x onerror="window.harmed = 1"><b>' in page.locator("#content").inner_text()
        assert page.evaluate("window.harmed") is None


@pytest.mark.parametrize("path", [f"shortlist/?{QUERY}", f"compare/?{QUERY}", "partnerships/hwc/card/", "partnerships/hwc/"])
def test_without_javascript_no_dead_control_shows_and_the_page_says_what_to_do(open_page, path):  # noqa: F811
    page = open_page(path, java_script_enabled=False)
    assert page.locator("button:visible, input:visible, .shortlist-link:visible").count() == 0
    if path.startswith(("shortlist", "compare")):
        assert "needs JavaScript" in page.locator("#content").inner_text()
        assert page.locator("#content a", has_text="list of all partnerships").is_visible()
    else:
        assert page.get_by_role("link", name="Referral card to print" if "card" not in path else "The whole record").is_visible()


def test_shortlist_and_comparison_ask_only_our_own_origin(open_page, address):  # noqa: F811
    page = open_shortlist(open_page)
    page.goto(f"{address}compare/?{QUERY}")
    page.wait_for_selector("table.compare")
    assert all(url.startswith(address) for url in page.requested)
