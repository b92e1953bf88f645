"""Records that were taken out: their old addresses, and what the shortlist says of them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from landscape.editing import retire
from landscape.exports import hosting
from landscape.load import load
from landscape.site import Site
from landscape.views import data_files
from test_browser import address, chromium, open_page, violations  # noqa: F401  (fixtures)
from test_small_site import rendered


@pytest.fixture(scope="module")
def site(small) -> Site:
    return Site(small, date(2026, 6, 1), "https://example.com/site/")


def test_an_old_address_says_why_and_leads_on(small):
    pages = rendered(small)
    page = pages["partnerships/elderfield-hospital-desk/index.html"]
    assert "It was listed twice." in page and '/partnerships/elderfield-surgery-advice/">' in page and "1 February 2026" in page
    assert "<b>friends" not in page and "&lt;b&gt;friends" in page
    assert '/partnerships/elderfield-surgery-advice/card/">' in pages["partnerships/elderfield-hospital-desk/card/index.html"]
    assert "No other record stands in its place" in pages["partnerships/never-was/index.html"]


def test_search_engines_are_led_to_the_record_in_its_place(site):
    from landscape.views import pages

    found = {page.url: page for page in pages(site)}
    assert found["partnerships/elderfield-hospital-desk/"].head.canonical == "partnerships/elderfield-surgery-advice/"
    assert found["partnerships/never-was/"].head.canonical == "" and found["partnerships/never-was/"].noindex


def test_hosts_that_can_send_readers_on(site):
    rules = dict(hosting.files(site))["_redirects"].decode()
    assert "/partnerships/elderfield-hospital-desk/* /partnerships/elderfield-surgery-advice/:splat 301\n" in rules
    assert "never-was" not in rules


def test_the_shortlist_is_told(site):
    told = json.loads(data_files(site)["shortlist/records/elderfield-hospital-desk.json"])
    assert told["retired"] == "1 February 2026" and told["became_name"] == site.landscape.records["elderfield-surgery-advice"].name
    assert "name" not in told  # what has a name is shown as a record


@pytest.mark.parametrize("path", ["shortlist/", "compare/"])
def test_the_shortlist_and_the_comparison_say_that_a_record_was_retired(open_page, path):  # noqa: F811
    told = {"id": "gone", "retired": "1 February 2026", "was": "Gone <b>desk</b>", "why": "It was listed twice.", "became": "hwc", "became_name": "Healthier, Wealthier Children"}
    page = open_page("about/")
    page.route("**/shortlist/records/gone.json", lambda route: route.fulfill(json=told))
    page.goto(f"{page.url.removesuffix('about/')}{path}?id=gone&id=wahp")
    notice = page.locator(".notice", has_text="Gone <b>desk</b> was retired on 1 February 2026. It was listed twice.")
    notice.wait_for()
    assert notice.get_by_role("link", name="See Healthier, Wealthier Children").get_attribute("href").endswith("/partnerships/hwc/")
    assert violations(page) == [] and page.faults == []


def test_a_retired_record_can_be_taken_off_the_list(open_page):  # noqa: F811
    page = open_page("about/")
    page.evaluate("localStorage.setItem('landscape-shortlist', '[\"gone\", \"wahp\"]')")
    page.route("**/shortlist/records/gone.json", lambda route: route.fulfill(json={"id": "gone", "retired": "1 February 2026", "was": "Gone desk", "why": "It ended", "became": "", "became_name": ""}))
    page.goto(f"{page.url.removesuffix('about/')}shortlist/")
    page.get_by_text("Gone desk was retired on 1 February 2026. It ended. No other record stands in its place.").wait_for()
    page.get_by_role("button", name="Take it off the list").click()
    page.get_by_text("1 partnership on your shortlist.").wait_for()
    assert page.evaluate("localStorage.getItem('landscape-shortlist')") == '["wahp"]'


def test_an_entry_is_added_and_the_rest_stays(small_site):
    before = (small_site / "data/retired.yml").read_text()
    after = retire.with_entry(before, {"id": "thin-clinic", "name": "Thin: clinic", "became": "", "date": "2026-05-01", "why": "No: it is # gone."})
    assert after.startswith(before.rstrip())
    (small_site / "data/retired.yml").write_text(after)
    (small_site / "data/partnerships/thin-clinic.yml").unlink()
    gone = load(small_site).retired["thin-clinic"]
    assert (gone.name, gone.why, gone.became) == ("Thin: clinic", "No: it is # gone.", "")
    assert load(small_site).retired.keys() == {"elderfield-hospital-desk", "never-was", "thin-clinic"}


def test_the_first_entry_of_an_empty_list():
    text = retire.with_entry("# A comment.\nretired: []\n", {"id": "a", "name": "A", "date": "2026-05-01", "why": "B."})
    assert text == "# A comment.\nretired:\n  - id: a\n    name: A\n    date: 2026-05-01\n    why: B.\n"
