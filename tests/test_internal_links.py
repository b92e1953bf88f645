"""Every link, file and place inside the built site is there: in pages, styles, scripts, feeds and everything for machines."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html as parser

from conftest import ROOT
from landscape.link_check import dead_links, look

SITE = re.search(r'SITE_URL, "([^"]+)"', (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))[1]
# What other programs read. The frozen editions keep the addresses of their day.
BASES = {"api/v1"}  # the OpenAPI document adds its paths to this
MACHINES = (".xml", ".json", ".geojson", ".ics", ".txt", ".yml", ".bib", ".ris", ".csv", ".svg")


def site_address(path: str) -> str:
    """The address of a file below the site: a page's folder, or the file itself."""
    return path[: -len("index.html")] if path.rpartition("/")[2] == "index.html" else path


@pytest.fixture(scope="module")
def pages(built) -> dict[str, str]:
    return {site_address(path.relative_to(built).as_posix()): path.read_text(encoding="utf-8") for path in sorted(built.rglob("*.html"))}


@pytest.fixture(scope="module")
def files(built) -> set[str]:
    return {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file() and path.suffix != ".html"}


def test_every_link_leads_somewhere_and_no_name_stands_twice(pages, files):
    assert len(pages) > 700
    assert list(map(str, dead_links(pages.items(), files, SITE))) == []


def test_a_parser_of_html_finds_no_link_and_no_name_more(pages):
    """The check of the build finds links by their look. One page of each kind and section is read properly to hold it against."""
    kinds = {(page.split("/")[0], page.count("/"), html.count("<table") > 0): page for page, html in pages.items()}
    for page in kinds.values():
        tree = parser.fromstring(pages[page].encode())
        links = {url.replace("&", "&amp;") for element, name, url, _ in tree.iterlinks() if name in ("href", "src", "srcset", "action", "data", "poster", "cite") and not re.match(r"[a-z]+:", url)}
        found = look(page, pages[page])
        assert links - set(found.links) == set(), page
        assert sorted(tree.xpath("//@id")) == sorted(found.ids.split("\n")[1:-1]), page


def test_what_machines_read_names_only_addresses_that_are_there(built, pages, files):
    wrong = []
    for path in sorted(built.rglob("*")):
        name = path.relative_to(built).as_posix()
        if path.suffix in (*MACHINES, ".html") and not name.startswith(("data/editions/", "assets/vendor/")):
            text = path.read_text(encoding="utf-8")
            unfolded = text.replace("\n ", "") if path.suffix == ".ics" else text
            for link in set(re.findall(re.escape(SITE) + r"[^\s\"'<>\\)\]},|]*", unfolded)):
                target = link[len(SITE) :].partition("#")[0].partition("?")[0].rstrip(".;:")
                if target not in pages and target not in files | BASES and "{" not in link:
                    wrong.append(f"{name}: {link}")
    assert wrong == [], "\n".join(wrong)


def test_styles_and_scripts_ask_for_files_that_are_there(built, files):
    found, wrong = 0, []
    for name in sorted(file for file in files if file.startswith("assets/") and file.endswith((".css", ".js")) and "/vendor/" not in file):
        text = (built / name).read_text(encoding="utf-8")
        asked = re.findall(r'url\("?([^")]+)"?\)' if name.endswith(".css") else r'(?:from|import) ?\(?"(\.[^"]+)"', text)
        found += len(asked)
        wrong += [f"{name}: {link}" for link in asked if not link.startswith(("data:", "#")) and urljoin(f"/{name}", link)[1:] not in files]
    assert found > 30 and wrong == []


def test_what_the_search_and_the_map_lead_to_is_there(built, pages):
    """Scripts make links from these files, so no page shows them."""
    found = json.loads((built / "assets/search.json").read_text(encoding="utf-8"))["documents"]
    ids = json.loads((built / "assets/sites.json").read_text(encoding="utf-8"))["ids"]
    assert len(found) > 500 and {one["url"].partition("#")[0] for one in found} - set(pages) == set()
    assert len(ids) > 100 and {f"partnerships/{id}/" for id in ids} - set(pages) == set()
