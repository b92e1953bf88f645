"""What machines find: robots.txt, the sitemap and its dates, the search for browsers, and the links in each page's head."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, urljoin
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
import yaml

from conftest import ROOT
from landscape import derive, publish, views
from landscape.exports import discovery
from landscape.site import Site
from test_browser import address, chromium, open_page  # noqa: F401  (fixtures)

TODAY = date(2026, 11, 24)
ADDRESS = "https://health-justice-landscape.github.io/landscape/"
OPENSEARCH = f"{{{discovery.NAMESPACE}}}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def pages_of(built: Path) -> dict[str, str]:
    """HTML of every page by its address inside the site."""
    return {path.relative_to(built).as_posix().removesuffix("index.html"): path.read_text(encoding="utf-8") for path in built.rglob("index.html")}


@pytest.fixture(scope="module")
def sitemap(built) -> dict[str, str]:
    """Days by address inside the site."""
    root = ET.parse(built / "sitemap.xml").getroot()
    return {one.findtext(f"{SITEMAP}loc").removeprefix(ADDRESS): one.findtext(f"{SITEMAP}lastmod") for one in root}


def test_robots_may_read_everything_and_find_the_sitemap(built):
    robots = RobotFileParser()
    robots.parse((built / "robots.txt").read_text().splitlines())
    assert robots.can_fetch("*", f"{ADDRESS}partnerships/hwc/")
    assert robots.site_maps() == [f"{ADDRESS}sitemap.xml"]


def test_the_sitemap_has_every_page_but_those_that_ask_to_be_left_out(built, sitemap):
    wanted = {url for url, html in pages_of(built).items() if '<meta name="robots" content="noindex">' not in html}
    assert set(sitemap) == wanted and "shortlist/" not in wanted


def test_the_sitemap_dates_each_page_by_what_it_shows(real, sitemap):
    for id, record in real.records.items():
        assert sitemap[f"partnerships/{id}/"] == max(record.changed, record.last_reviewed)
    for id, study in real.case_studies.items():
        assert sitemap[f"case-studies/{id}/"] == (study.updated or study.published)
    for path in (ROOT / "docs").rglob("*.md"):
        url = f"{path.relative_to(ROOT / 'docs').with_suffix('').as_posix()}/".replace("index/", "")
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
        assert sitemap[url] == str(front["checked"])
    assert {sitemap[f"research/{id}/"] for id in real.publications} == {derive.data_date(real).isoformat()}


def test_changing_or_reviewing_a_record_moves_its_own_dates_and_those_of_its_lists(real):
    def dates(landscape):
        return {page.url: page.updated for page in views.pages(Site(landscape, TODAY))}

    def touched(**days):
        return dates(replace(real, records={**real.records, "hwc": replace(real.records["hwc"], **days)}))

    before, record = dates(real), real.records["hwc"]
    for after in (touched(last_changed="2027-02-03"), touched(last_reviewed="2027-02-03")):
        moved = {url for url in before if before[url] != after[url] and not url.endswith("/card/")}
        assert {after[url] for url in moved} == {"2027-02-03"}
        assert {"partnerships/hwc/", "programmes/hwc/", *(f"settings/{tag}/" for tag in record.settings)} <= moved
        assert not [url for url in moved if url.startswith(("partnerships/", "case-studies/", "research/")) and url != "partnerships/hwc/"]


def test_a_page_without_a_date_has_that_of_the_data_in_the_sitemap(real):
    pages = [publish.Listed("x/", "X", "", "2025-04-05", False), publish.Listed("y/", "Y", "", "", False), publish.Listed("z/", "Z", "", "", True)]
    root = ET.fromstring(discovery.sitemap(Site(real, date(2030, 1, 1), ADDRESS), pages))
    assert [(one.findtext(f"{SITEMAP}loc"), one.findtext(f"{SITEMAP}lastmod")) for one in root] == [(f"{ADDRESS}x/", "2025-04-05"), (f"{ADDRESS}y/", "2026-11-24")]


def test_no_file_depends_on_the_packer_of_the_machine(built):
    assert [path.name for path in built.rglob("*.gz")] == []


def test_the_search_description_keeps_the_rules_of_opensearch(built):
    """OpenSearch 1.1, draft 6: ShortName at most 16 characters, LongName 48, Description 1024, all without markup."""
    root = ET.parse(built / "opensearch.xml").getroot()
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    for name, most in (("ShortName", 16), ("LongName", 48), ("Description", 1024)):
        assert [0 < len(one.text) <= most for one in root.findall(f"{OPENSEARCH}{name}")] == [True]
    search, itself = root.findall(f"{OPENSEARCH}Url")
    assert (search.get("type"), search.get("template")) == ("text/html", f"{ADDRESS}?q={{searchTerms}}")
    assert (itself.get("rel"), itself.get("template")) == ("self", f"{ADDRESS}opensearch.xml")
    assert (built / root.findtext(f"{OPENSEARCH}Image").removeprefix(ADDRESS)).is_file()


def test_every_page_leads_to_the_search_and_to_feeds_that_are_there(built):
    for url, html in pages_of(built).items():
        links = re.findall(r'<link rel="(alternate|search|service-desc)" type="[^"]+" title="[^"]*" href="([^"]+)">', html)
        found = {rel: [urljoin(ADDRESS + url, href).removeprefix(ADDRESS) for kind, href in links if kind == rel] for rel, _ in links}
        assert found["search"] == ["opensearch.xml"], url
        assert {"feeds/changes.xml", "feeds/changes.json"} <= set(found["alternate"]), url
        assert [one for ones in found.values() for one in ones if not (built / one).is_file()] == [], url


@pytest.mark.parametrize("words", ["maternity Glasgow", 'debt & "rent" <b>'])
def test_a_search_from_the_address_bar_opens_the_search_with_its_words(open_page, words):  # noqa: F811
    page = open_page(f"?q={quote(words)}")
    page.wait_for_selector("#site-search[data-ready]")
    assert page.locator("#site-search-query").input_value() == words
    if words.startswith("maternity"):
        page.wait_for_selector("#site-search li a")
    assert page.locator("#site-search b").count() == 0 and page.faults == []


def test_without_words_in_the_address_no_search_opens_and_nothing_of_it_loads(open_page):  # noqa: F811
    page = open_page("?q=")
    page.wait_for_load_state("networkidle")
    assert page.locator("#site-search").count() == 0
    assert not [url for url in page.requested if "search.js" in url]
