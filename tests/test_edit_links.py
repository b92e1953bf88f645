"""The pencil on each page: it leads to a file of the project that is there, and to the right one."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from conftest import ROOT
from landscape import views
from landscape.derive import data_date
from landscape.site import Site

REPOSITORY = re.search(r"^repo_url: (\S+)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE).group(1)
# Pages that no single file or folder stands behind: the program makes them from everything, or they repeat another page.
MADE = {
    "home.html", "landscape.html", "landscape_figures.html", "landscape_records.html", "evidence.html", "evidence_setting.html", "feeds.html", "api.html", "oruk.html", "data.html", "data_fields.html",
    "data_vocabularies.html", "card.html", "compare.html", "shortlist.html", "form_add.html", "form_edit.html", "data_quality.html", "software.html",
}


def doors(built: Path, url: str) -> set[tuple[str, str]]:
    """("edit" or "tree", path in the project) of every link on a page to its files."""
    html = (built / url / "index.html").read_text(encoding="utf-8")
    found = re.findall(rf'href="{re.escape(REPOSITORY)}/(edit|tree)/main/([^"]*)"', html)
    return {(verb, unquote(unescape(path)).rstrip("/")) for verb, path in found}


@pytest.fixture(scope="module")
def pages(real) -> list[views.Page]:
    return list(views.pages(Site(real, data_date(real), "https://example.org/")))


def test_every_address_of_a_file_leads_to_a_file_and_of_a_folder_to_a_folder(built):
    checked = set()
    for path in built.rglob("index.html"):
        for verb, name in doors(built, path.parent.relative_to(built).as_posix()):
            assert (ROOT / name).is_file() if verb == "edit" else (ROOT / name).is_dir(), (path, verb, name)
            checked.add(name.rpartition("/")[0])
    assert {"data/partnerships", "data/research", "data/vocabulary", "case_studies", "docs/guidance", "docs/contribute"} <= checked


def test_each_computed_page_leads_to_its_own_file(built, pages):
    for page in pages:
        if page.edit and (page.url == "partnerships/" or not page.url.startswith("partnerships/page/")):
            assert ("edit" if Path(page.edit).suffix else "tree", page.edit) in doors(built, page.url), page.url


def test_a_page_of_one_thing_names_that_thing(pages):
    wanted = {"record.html": "data/partnerships/{}.yml", "programme.html": "data/partnerships/{}.yml", "publication.html": "data/research/{}.yml", "case_study.html": "case_studies/{}.md"}
    seen = set()
    for page in pages:
        if page.template in wanted:
            assert page.edit == wanted[page.template].format(page.url.rstrip("/").rpartition("/")[2]), page.url
            seen.add(page.template)
    assert seen == set(wanted)


def test_every_kind_of_page_has_a_pencil_or_a_reason_for_none(pages):
    assert {page.template for page in pages if not page.edit} <= MADE


def test_each_hand_written_page_leads_to_its_markdown(built):
    for path in (ROOT / "docs").rglob("*.md"):
        name = path.relative_to(ROOT / "docs").with_suffix("").as_posix()
        url = name.removesuffix("index").rstrip("/") if name.endswith("index") else name
        assert ("edit", f"docs/{path.relative_to(ROOT / 'docs').as_posix()}") in doors(built, url), name
