"""The built site, read as HTML: links, headings, titles, and what must never be on a page."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from site_server import BASE

ORIGIN = "https://health-justice-landscape.github.io"


class Reader(HTMLParser):
    """What a page holds: its links, anchors, headings, title, and the files it makes the browser load."""

    def __init__(self, text: str):
        super().__init__()
        self.links, self.ids, self.headings, self.loads, self.title, self.lang, self._in_title = [], [], [], [], "", "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if has.get("id"):
            self.ids.append(has["id"])
        if tag == "a" and has.get("href"):
            self.links.append(has["href"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("script", "img", "iframe", "source") and has.get("src"):
            self.loads.append(has["src"])
        if tag == "link" and has.get("rel") in ("stylesheet", "icon", "preload"):
            self.loads.append(has["href"])
        self._in_title = tag == "title" or (self._in_title and tag != "svg")
        if tag == "html":
            self.lang = has.get("lang", "")

    def handle_endtag(self, tag):
        if tag == "title":
            self._in_title = False

    def handle_data(self, data):
        if self._in_title:
            self.title += data


@pytest.fixture(scope="module")
def site(built) -> dict[str, Reader]:
    """Every page by its address below the site."""
    pages = {}
    for path in sorted(built.rglob("*.html")):
        name = path.relative_to(built).as_posix()
        pages[re.sub(r"(^|/)index\.html$", r"\1", name)] = Reader(path.read_text(encoding="utf-8"))
    return pages


def inside(page: str, link: str) -> tuple[str, str] | None:
    """(page, anchor) that a link leads to inside the site, or None when it leads elsewhere."""
    address, anchor = urldefrag(urljoin(f"{ORIGIN}{BASE}{page}", link))
    if not address.startswith(ORIGIN + BASE):
        return None
    return unquote(urlsplit(address).path[len(BASE):]), anchor


def test_every_link_inside_the_site_leads_to_a_page_and_an_anchor(site, built):
    dead = []
    for name, page in site.items():
        for link in page.links:
            target = inside(name, link)
            if target is None:
                continue
            there = site.get(target[0])
            if there is None and not (built / target[0]).is_file():
                dead.append((name, link))
            elif there is not None and target[1] and target[1] not in there.ids:
                dead.append((name, link))
    assert dead == []


def test_no_page_loads_anything_from_elsewhere(site):
    for name, page in site.items():
        assert [address for address in page.loads if inside(name, address) is None] == [], name


def test_styles_load_nothing_from_elsewhere(built):
    for path in (built / "assets").rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", path.read_text(encoding="utf-8")), path


def test_each_page_has_a_title_of_its_own(site):
    doubles = [title for title, times in Counter(page.title.strip() for page in site.values()).items() if times > 1]
    assert doubles == []


def test_each_page_has_one_h1_and_no_gap_between_heading_levels(site):
    for name, page in site.items():
        assert page.headings.count(1) == 1, name
        assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:])), (name, page.headings)


def test_no_id_stands_twice_on_a_page(site):
    for name, page in site.items():
        assert [id for id, times in Counter(page.ids).items() if times > 1] == [], name


def test_each_page_says_its_language(site):
    assert {page.lang for page in site.values()} == {"en"}


def test_the_counts_on_a_facet_page_are_those_of_its_list(built):
    for path in built.glob("settings/*/index.html"):
        text = path.read_text(encoding="utf-8")
        said = sum(int(number) for number in re.findall(r"(\d+) (?:partnership|programme)s?", re.search(r"<strong>(.*?) listed here", text).group(1)))
        assert said == text.count('<li class="record-row'), path


def test_every_record_is_within_three_links_of_home(site, real):
    reached, edge = {""}, {""}
    for _ in range(3):
        edge = {target[0] for name in edge for link in site[name].links if (target := inside(name, link)) and target[0] in site} - reached
        reached |= edge
    assert {f"partnerships/{id}/" for id in real.records} <= reached


def test_the_sitemap_gives_each_record_its_own_date(built, real):
    text = (built / "sitemap.xml").read_text(encoding="utf-8")
    for id, record in real.records.items():
        assert re.search(rf"<loc>[^<]*/partnerships/{id}/</loc>\s*<lastmod>{record.last_reviewed}</lastmod>", text), id


def test_no_e_mail_address_or_phone_number_is_on_a_record(built, real):
    for id in real.records:
        body = (built / f"partnerships/{id}/index.html").read_text(encoding="utf-8")
        text = re.sub(r"<[^>]+>", " ", body[body.index("<article"):])
        text = re.sub(r"https?://\S+", " ", text)
        assert not re.search(r"[\w.]+@[\w.]+\.\w", text), id
        assert not re.search(r"(?<![\d£.,/-])(\+44|0)\d[\d ()-]{8,}\d", text), id


def test_every_other_form_that_a_head_names_is_there(built):
    """JSON, feeds and citations of a page, by the links of its head."""
    for page in ("partnerships/hwc/", "case-studies/hwc/", "research/sinclair-2017-deep-end-advice-worker/", "settings/hospice/", "partnerships/", "data/"):
        head = (built / page / "index.html").read_text(encoding="utf-8").partition("</head>")[0]
        found = re.findall(r'<link rel="(?:alternate|describedby)" type="([^"]+)" title="[^"]+" href="([^"]+)"', head)
        assert "application/json" in dict(found), page
        assert [address for _, address in found if not (built / page / address).resolve().is_file()] == []
