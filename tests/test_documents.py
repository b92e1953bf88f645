"""What the hand-written documents name is there."""

from __future__ import annotations

import os
import re
from html import escape

import pytest

from conftest import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / ".github").rglob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.relative_to(ROOT).as_posix() for path in DOCUMENTS])
def test_every_script_that_is_named_can_be_run(path):
    named = set(re.findall(r"(?<![\w/.])scripts/[a-z-]+", path.read_text(encoding="utf-8")))
    assert [name for name in named if not os.access(ROOT / name, os.X_OK)] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_links_of_the_documents_at_the_top_lead_to_files(name):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert links and [link for link in links if not (ROOT / link).exists()] == []


def test_every_script_is_in_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in (ROOT / "scripts").iterdir() if f"scripts/{path.name}" not in text and path.name not in ("chromium", "nginx")] == []


@pytest.mark.parametrize("section", ["about", "contribute", "guidance"])
def test_each_page_of_a_section_names_its_neighbours_by_their_titles(section, built):
    for path in (ROOT / "docs" / section).glob("*.md"):
        title = re.search(r"^title: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)[1].strip("'\"")
        for page in (one for one in (built / section).rglob("index.html") if "policy" not in one.parts):  # a section of its own
            beside = re.search(r'<nav class="section-nav".*?</nav>', page.read_text(encoding="utf-8"), re.DOTALL)
            assert beside is None or ">None<" not in beside[0] and escape(title, quote=False) in beside[0], f"{title} on {page.relative_to(built)}"
