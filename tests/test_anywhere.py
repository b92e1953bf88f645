"""The site where it was not built for: under another path of a server, and as a copy opened from disk. In real Chromium."""

from __future__ import annotations

import os
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from conftest import ROOT
from landscape import offline, words
from landscape.derive import data_date
from landscape.exports.hosting import OFFLINE_COPY
from landscape.render import Renderer
from landscape.site import Site
from landscape.views import pages
from search_questions import open_search
from site_server import served
from test_browser import chromium, violations, wait_until  # noqa: F401  (a fixture)

pytestmark = pytest.mark.xdist_group("anywhere")  # one worker unpacks the copy
PUBLIC = "https://example.org/hjp/"


@dataclass(frozen=True)
class Place:
    """Where the site stands: the address of its home page, and what a page's address ends in."""

    root: str
    end: str

    def of(self, url: str) -> str:
        path, sign, rest = url.partition("?")
        return f"{self.root}{path}{self.end}{sign}{rest}"


@pytest.fixture(scope="module")
def copy(built, tmp_path_factory) -> Path:
    """The copy for reading from disk, unpacked in a folder whose name needs care in addresses."""
    folder = tmp_path_factory.mktemp("disk") / "100% mine, #1"
    for name, content in offline.files(built, PUBLIC):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture(scope="module", params=["under another path", "from disk"])
def place(request, built):
    if request.param == "from disk":
        yield Place(request.getfixturevalue("copy").as_uri() + "/", "index.html")
    else:
        with served(built, "/hjp/") as url:
            yield Place(url, "")


@pytest.fixture
def visit(chromium, place):  # noqa: F811
    """Opens a page. Afterwards nothing was asked for outside the site and nothing was told on the console."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)

    def open_(url: str):
        page.goto(place.of(url))
        return page

    yield open_
    context.close()
    assert [url for url in asked if not url.startswith((place.root, "data:", "blob:"))] == []
    assert told == []


def ready(page):
    page.wait_for_selector("html[data-finder=ready]")
    return page.locator(".finder__status").inner_text()


def test_home_to_list_to_record_and_back(visit, place, real):
    page = visit("")
    page.locator(".hero__count a").click()
    assert page.url == place.of("partnerships/") and ready(page).startswith(f"{len(real.records)} of {len(real.records)} match")
    page.locator(".record-row__name a").first.click()
    assert page.locator("h1").inner_text() and re.fullmatch(re.escape(place.root) + "partnerships/[a-z0-9-]+/" + place.end, page.url)
    page.go_back()
    assert page.url == place.of("partnerships/") and ready(page)


def test_filters_nearest_and_the_way_to_the_map(visit, place, real):
    page = visit("partnerships/?nation=scotland")
    in_scotland = sum(record.nation == "scotland" for record in real.records.values())
    assert ready(page).startswith(f"{in_scotland} of {len(real.records)} match")
    page.locator("#finder-near").fill("G31")
    page.keyboard.press("Enter")
    wait_until(page, "document.querySelector('.finder__status').textContent.includes('within')")
    assert "?nation=scotland#near=G31" in page.url
    page.locator(".finder__tools a", has_text="Map").click()
    page.wait_for_selector(".leaflet-container")
    assert page.url.startswith(place.of("map/?nation=scotland"))
    assert page.locator(".notice[role=status]").inner_text().endswith("show everything.")


def test_rows_of_a_later_page_lead_to_their_records(chromium, built):  # noqa: F811
    """A list cut in two, as it is with more than 250 records: what the second page brings has the right addresses."""
    html = (built / "partnerships/index.html").read_text(encoding="utf-8")
    start, end = html.index('<li class="record-row'), html.rindex("</ol>", 0, html.index('class="cite"'))
    rows = re.split(r'(?=<li class="record-row)', html[start:end])[1:]
    page = chromium.new_page()
    with served(built, "/hjp/") as root:
        page.route(f"{root}partnerships/?sort=started", lambda route: route.fulfill(content_type="text/html", body=html[:start] + "".join(rows[:100]) + html[end:]))
        page.route(f"{root}partnerships/page/2/", lambda route: route.fulfill(content_type="text/html", body=f'<ol class="records">{"".join(rows[100:]).replace("../", "../../../")}</ol>'))
        with page.expect_response(f"{root}partnerships/page/2/"):
            page.goto(f"{root}partnerships/?sort=started")
        ready(page)
        wait_until(page, "document.querySelectorAll('ol.records > li').length === 60")
        links = page.eval_on_selector_all(".record-row__name a", "(links) => links.map((link) => link.href)")
    page.close()
    later = set(re.findall(r'data-id="([^"]+)"', "".join(rows[100:])))
    assert len(links) == 60 and later & {link.split("/")[-2] for link in links}
    assert all(re.fullmatch(re.escape(root) + "partnerships/[a-z0-9-]+/", link) for link in links)


def test_search(visit, place):
    page = visit("guidance/funding/")
    open_search(page)
    page.keyboard.type("healthier wealthier children")
    page.locator("#site-search li a").first.click()
    page.wait_for_url(place.of("partnerships/hwc/"))


def test_shortlist_comparison_and_what_is_printed(visit, place):
    page = visit("shortlist/?id=hwc&id=wahp")
    page.get_by_role("button", name="Keep these").click()
    page.wait_for_url(place.of("shortlist/"))
    page.wait_for_selector(".shortlist-entry:nth-of-type(2) h2, .shortlist-entry ~ .shortlist-entry h2")
    assert page.locator(".shortlist-entry h2").count() == 2
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    printed = page.locator(".shortlist-entry .on-paper dd").first.text_content()
    assert printed == (PUBLIC if place.end else place.root) + "partnerships/hwc/"
    page.get_by_role("button", name="Compare the ticked ones").click()
    page.wait_for_selector("table.compare")
    assert page.url.startswith(place.of("compare/?"))


def test_the_forms_for_a_new_and_an_old_record(visit):
    page = visit("contribute/add/")
    page.wait_for_selector("#form h2, #form legend")
    page = visit("contribute/edit/?id=hwc")
    page.get_by_text("You are editing").wait_for()


# --- the copy ---------------------------------------------------------------------------------------------------------


def test_every_link_of_the_copy_leads_to_a_file_or_online(copy):
    """Also what pages load, from disk: no folder, no file that was left out."""
    dead = []
    for path in copy.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for link in set(re.findall(r'<(?:a|form|link|script|img)\b[^>]*?\s(?:href|src|action)="([^"]*)"', text)):
            address = urldefrag(urljoin(path.as_uri(), link))[0]
            if address.startswith("file:") and not Path(unquote(urlsplit(address).path)).is_file():
                dead.append((path.name, link))
    assert dead == []
    assert f'href="{PUBLIC}feeds/partnerships.xml"' in (copy / "partnerships/index.html").read_text(encoding="utf-8")


def test_the_copy_says_what_it_is(chromium, copy, real):  # noqa: F811
    page = chromium.new_page()
    page.goto((copy / "about/licence/index.html").as_uri())
    note = page.locator(".offline-note")
    assert note.inner_text() == f"A copy to read without the internet, with the data of {words.date_words(data_date(real).isoformat())}. See this page online."
    assert note.locator("a").get_attribute("href") == f"{PUBLIC}about/licence/"
    assert violations(page) == []
    page.emulate_media(media="print")
    assert not note.is_visible()
    page.close()


def test_a_browser_that_refuses_says_so_and_leaves_the_lists(chromium, copy, real):  # noqa: F811
    page = chromium.new_page()
    page.add_init_script("URL.createObjectURL = () => { throw new Error('refused') }")
    page.goto((copy / "partnerships/index.html").as_uri())
    page.get_by_text("Your browser does not run the search and the filters from disk").wait_for()
    assert page.locator(".search-link").is_visible() and not page.locator(".search-open").is_visible()
    assert page.locator(".record-row").count() == len(real.records)
    page.close()


def tiny_site(folder: Path, order: list[str]) -> Path:
    """The least that can be packed, its files made in an order of one's own."""
    frame = '<html><head><script type="module" src="assets/a.js"></script></head><body><header></header><a href="about/">About</a></body></html>'
    content = {
        "index.html": frame, "about/index.html": frame.replace("assets/", "../assets/"), "api/v1/index.json": '{"generated_at": "2026-11-24"}',
        "assets/a.js": 'import { b } from "./b.js";\nimport("./c.js");\nb(import.meta.url);\n', "assets/b.js": "export const b = 1;\n",
        "_headers": "", "404.html": "", "data/x.csv": "a\n", "data/x.csv.gz": "",
    }
    for name in order or content:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content[name], encoding="utf-8")
    return folder


def test_the_same_site_gives_the_same_zip(tmp_path):
    one = tiny_site(tmp_path / "one", [])
    two = tiny_site(tmp_path / "two", sorted(path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file())[::-1])
    for path in two.rglob("*"):
        os.utime(path, (10**9, 10**9))
        path.chmod(0o700)
    for site in (one, two):
        offline.pack(site, PUBLIC, site / OFFLINE_COPY)
    assert (one / OFFLINE_COPY).read_bytes() == (two / OFFLINE_COPY).read_bytes()
    before = (one / OFFLINE_COPY).read_bytes()
    offline.pack(one, PUBLIC, one / OFFLINE_COPY)  # the old zip is no part of the new one
    assert (one / OFFLINE_COPY).read_bytes() == before
    names = zipfile.ZipFile(one / OFFLINE_COPY).namelist()
    assert names == [f"health-justice-landscape/{name}" for name in ("READ-ME.txt", "about/index.html", "offline/assets/a.js.js", "offline/assets/b.js.js", "data/x.csv", "index.html")]


def test_a_module_names_what_it_imports(tmp_path):
    made = dict(offline.files(tiny_site(tmp_path, []), PUBLIC))["offline/assets/a.js.js"].decode()
    assert made == 'landscapeFile("assets/a.js", "import { b } from \\"offline:assets/b.js\\";\\nlandscapeImport(\\"assets/c.js\\");\\nb(landscapeAt(\\"assets/a.js\\"));\\n", ["assets/b.js"]);\n'


def test_a_frame_that_is_not_known_stops_the_packing(tmp_path):
    site = tiny_site(tmp_path, [])
    (site / "index.html").write_text("<html><head></head><body></body></html>")
    with pytest.raises(ValueError, match="index.html does not have the frame"):
        offline.pack(site, PUBLIC, site / OFFLINE_COPY)
    assert not list(site.rglob("*.zip*"))


def test_the_page_of_the_data_names_the_zip_when_the_build_makes_it(small):
    renderer = Renderer(ROOT / "theme/pages", small.vocabularies)
    for made in (True, False):
        page = next(page for page in pages(Site(small, date(2026, 6, 1), PUBLIC, offline_copy=made)) if page.url == "data/")
        assert (f'href="../{OFFLINE_COPY}"' in renderer.render(page)) is made
