"""The pages as Markdown: three engines that are not ours build them, and every page holds what our own build shows."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from conftest import ROOT, copy_project, make_site
from landscape import derive, views, write_docs
from landscape.__main__ import main
from landscape.load import load
from landscape.render import Renderer
from landscape.site import Site

pytestmark = pytest.mark.xdist_group("write-docs")  # one worker writes the folder and builds it
ADDRESS = "https://example.org/hjp/"
REPOSITORY = "https://github.com/health-justice-landscape/landscape"
ENGINES = {
    "mkdocs": ["mkdocs", "build", "--strict"],  # --quiet would switch --strict off
    "properdocs": ["properdocs", "build", "--strict"],
    "zensical": ["zensical", "build", "--strict", "--config-file", "zensical.yml"],
}
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Inside(HTMLParser):
    """What the reader and the scripts find inside the computed part of a page: elements with all attributes, and words."""

    def __init__(self, html: str):
        super().__init__()
        self.found, self.depth = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        # Zensical takes this word for its own search and leaves it out.
        has = sorted(pair for pair in attributes if pair[0] != "data-search-exclude")
        if self.depth:
            self.found.append((tag, has))
        if tag not in VOID and (self.depth or ("class", "landscape page") in has):
            self.depth += 1

    def handle_startendtag(self, tag, attributes):
        if self.depth:
            self.found.append((tag, sorted(attributes)))

    def handle_endtag(self, tag):
        if self.depth and tag not in VOID:
            self.depth -= 1
            self.found.append(f"/{tag}")

    def handle_data(self, data):
        if self.depth and data.strip():
            self.found.append(" ".join(data.split()))


def inside(html: str) -> list:
    """Elements and words, with words in one piece wherever the parser cut them."""
    found: list = []
    for part in Inside(html).found:
        if isinstance(part, str) and not part.startswith("/") and found and isinstance(found[-1], str) and not found[-1].startswith("/"):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """The project with the small invented site for its data, and a link of its documents that needs a real record bent."""
    folder = tmp_path_factory.mktemp("small-project")
    copy_project(folder, data=False)
    make_site(folder)
    shutil.copytree(ROOT / "data/software", folder / "data/software")
    about = folder / "docs/about/index.md"
    about.write_text(re.sub(r"\.\./partnerships/[a-z-]+\.md", "../partnerships/thin-clinic.md", about.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def rendered(project) -> dict[str, str]:
    """Each computed page as the core gives it, by its file in a built site."""
    landscape = load(project)
    renderer = Renderer(project / "theme/pages", landscape.vocabularies, REPOSITORY, ADDRESS)
    return {f"{page.url}index.html": renderer.render(page) for page in views.pages(Site(landscape, derive.data_date(landscape), ADDRESS))}


@pytest.fixture(scope="module")
def written(project, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "docs of any engine"
    assert main(["write-docs", str(folder), "--root", str(project), "--address", ADDRESS]) == 0
    return folder


@pytest.fixture(scope="module", params=ENGINES.values(), ids=ENGINES.keys())
def engine(request, written) -> Path:
    """The folder as one engine builds it."""
    done = subprocess.run([sys.executable, "-m", *request.param], cwd=written, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return written / "site"


def document_pages(docs: Path) -> set[str]:
    """The pages of the hand-written documents, by their file in a built site."""
    names = (path.relative_to(docs).with_suffix("").as_posix() for path in docs.rglob("*.md"))
    return {f"{name.removesuffix('index').rstrip('/')}/index.html".lstrip("/") for name in names}


def test_an_engine_makes_every_page_with_what_ours_holds(engine, rendered, project):
    made = {path.relative_to(engine).as_posix() for path in engine.rglob("*.html")} - {"404.html"}
    assert made == set(rendered) | document_pages(project / "docs")
    for name, html in rendered.items():
        there = inside((engine / name).read_text(encoding="utf-8"))
        ours = inside(f'<div class="landscape page">{html}</div>')
        loads = [part for part in there if part[0] in ("link", "script")]
        assert ours and there[-len(ours) - 1 : -1] == ours, name
        assert ("link", [("href", f"{'../' * name.count('/')}assets/landscape.css"), ("rel", "stylesheet")]) in loads, name


def test_links_and_files_of_an_engine_are_there(engine, rendered):
    """Links between pages, those from hand-written pages to computed ones included, and the data that scripts ask for."""
    for name in [*rendered, "contribute/index.html", "about/index.html"]:
        body = (engine / name).read_text(encoding="utf-8").partition("<body")[2]
        for link in re.findall(r'<a [^>]*?href="(?!https?:|#|mailto:|/)([^"#?]+)', body):
            there = (engine / name).parent / link
            assert there.is_file() or (there / "index.html").is_file(), (name, link)
    assert all((engine / name).is_file() for name in ("assets/list.json", "data/landscape.xlsx", "api/v1/partnerships.json", "assets/finder.js", "_headers"))


def test_the_folder_has_the_pages_of_the_real_build(built, real):
    """With the test above: an engine makes the same set of pages as scripts/build."""
    ours = {path.relative_to(built).as_posix() for path in built.rglob("*.html")} - {"404.html"}
    computed = {write_docs.source_name(page.url).replace(".md", ".html") for page in views.pages(Site(real, derive.data_date(real), ADDRESS))}
    assert ours == computed | document_pages(ROOT / "docs")


def test_a_computed_page_is_one_block_of_html_in_any_markdown(written, rendered):
    """By the rules of CommonMark, which most generators follow; and nothing in it looks like a template."""
    commonmark = MarkdownIt("commonmark", {"html": True})
    for name in rendered:
        _, matter, text = (written / "docs" / name).with_suffix(".md").read_text(encoding="utf-8").split("---\n", 2)
        assert [token.type for token in commonmark.parse(text)] == ["html_block"], name
        assert not re.search(r"\{[{%#]", text), name


def test_what_a_markdown_would_change_is_written_otherwise():
    html = '<p>{{ x }}</p>\n\n    <p>far in</p>\n<pre>a\n\n\tb</pre>\n<script type="application/json" id="d">{"a":"{{b"}</script>'
    assert write_docs.one_block(html) == '<p>&#123;{ x }}</p>\n<p>far in</p>\n<pre>a&#10;&#10;&#9;b</pre>\n<script type="application/json" id="d">{"a":"\\u007b{b"}</script>'


def test_a_folder_with_something_else_in_it_stays(tmp_path, project, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["write-docs", str(tmp_path), "--root", str(project)]) == 1
    assert "Name a new folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_folder_is_replaced_whole_or_not_at_all(tmp_path):
    folder = tmp_path / "docs"
    write_docs.replace_folder(folder, iter([("mkdocs.yml", write_docs.MARK.encode()), ("docs/old.md", b"old")]))

    def half():
        yield "mkdocs.yml", write_docs.MARK.encode()
        raise OSError("the disk is full")

    with pytest.raises(OSError):
        write_docs.replace_folder(folder, half())
    assert (folder / "docs/old.md").read_bytes() == b"old"
    write_docs.replace_folder(folder, iter([("mkdocs.yml", write_docs.MARK.encode())]))
    assert [path.name for path in folder.rglob("*")] == ["mkdocs.yml"] and [path.name for path in tmp_path.iterdir()] == ["docs"]
