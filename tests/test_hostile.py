"""Hostile text in every field of every kind of file: it is refused at its line, or shown as text wherever it goes.

The files are made from ``fields`` (tests/filled_files.py). What the check lets pass is built into a site twice, once with
hostile text and once with harmless words of the same length; the two may differ in nothing but those words.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import bibtexparser
import jinja2
import openpyxl
import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from conftest import HERE, ROOT, make_site
from filled_files import KINDS, paths, write_all, write_vocabularies
from landscape import exports, fields as f, nodes, parse, views
from landscape.editing import review
from landscape.exports import csv_files
from landscape.load import load, load_vocabularies, read
from landscape.nodes import read_nodes
from landscape.parse import parse_one
from landscape.problems import Problem, report
from landscape.render import Renderer
from landscape.site import Site
from landscape.words import date_words

SITE, TODAY = "https://example.com/site/", date(2026, 6, 1)

# Every way out of a text that we know, in one: HTML and its attributes, script and other raw elements, comments, CDATA, Jinja,
# Markdown, headers, calendars, spreadsheets, TeX; and letters that are rare but right.
MARKUP = (
    "Tidy \"'`><script>alert(1)</script></title></textarea></style></noscript>--><!--]]><img src=x onerror=alert(1)>"
    "<svg/onload=alert(2)><iframe srcdoc=x></iframe><base href=//evil.example><meta http-equiv=refresh> {{ 7 * 7 }} {% raw %}{# x #} ${7*7} "
    "javascript:alert(1) data:text/html,x &unknown; <?xml version='1.0'?> <!DOCTYPE x> \\u003cb\\u003e \\ %0d%0aSet-Cookie:a=1 ;,: BEGIN:VEVENT "
    "[x](javascript:alert(1)) ![x](y) *b* _i_ ~~s~~ | a # b ^ $ % } { \\input{x} TY  - ER  - e\u0301 שלום مرحبا 😀 /partnerships/* /evil 301"
)
SHOWN = " ".join(MARKUP.split())  # a record's text has single spaces
ADDRESS = "https://example.org/a;b=(javascript:alert(1))/*/$x@y?q=%22%3E%3Cscript%3E&lt=&amp;data:[1]#]]--!"
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# Texts that no field may hold, each with what it is for.
REFUSED = {
    "turned round": "a\u202eb", "isolated": "a\u2066b", "zero width": "a\u200bb", "joined": "a\u200db", "marked": "a\ufeffb", "soft hyphen": "a\u00adb", "a tag": "a\U000e0041b",
    "filled": "a\u3164b", "varied": "a\ufe0fb", "no character": "a\uffffb", "escape": "a\x1b[2Jb", "a bell": "a\x07b", "private": "a\ue000b",
    "a page": "<p onclick=alert(1)>a</p>", "an entity": "a&#60;script&#62;", "too long": "a" * 4001, "far too long": "a" * 150_000, "an address": "a.b@example.org",
}


def harmless(text: str) -> str:
    """Words of the same lengths without a sign that could mean anything; hyphens stay, because lines break there."""
    return re.sub(r"[^\s-]", "x", text)


# --- the files cover the fields -------------------------------------------------------------------------------------------


def test_every_field_of_the_project_is_in_a_file():
    groups = [value for value in vars(f).values() if isinstance(value, tuple) and value and isinstance(value[0], f.Field)]
    reached = {id(group) for kind in KINDS for group in _groups(kind.spec)}
    assert len(groups) > 15 and [group[0].name for group in groups if id(group) not in reached] == []
    assert {id(kind.spec) for kind in KINDS} >= {id(spec) for spec in parse._TYPES if spec in (f.RECORD, f.PUBLICATION, f.SURVEY, f.POPULATION, f.RETIRED_LIST, f.EXCLUSION_LIST, f.CASE_STUDY)}


def _groups(spec):
    yield spec
    for field in spec:
        if field.parts:
            yield from _groups(field.parts)


def test_the_plain_files_pass(folder, vocabularies):
    write_all(folder, vocabularies, lambda *_: None)
    assert read(folder)[1] == []


@pytest.fixture
def folder(tmp_path) -> Path:
    return make_site(tmp_path / "site")


@pytest.fixture(scope="module")
def vocabularies():
    return load_vocabularies(ROOT)[0]


# --- refused at its line ----------------------------------------------------------------------------------------------------


def told(folder: Path, vocabularies, text: str) -> tuple[set, set]:
    """With a text in every field at once: the fields at whose line there is a problem, and the other fields."""
    every, refused, rounds = set(), set(), 1 + len(text) // 2000  # a file has a limit of its own, so long texts take turns
    for turn in range(rounds):
        made = write_all(folder, vocabularies, lambda file, path, _: text if len(path) % rounds == turn else None)
        found = {(problem.file, problem.line) for problem in read(folder)[1]}
        wanted = {(file, path) for file, one in made.items() for path in one.places if len(path) % rounds == turn}
        every |= wanted
        refused |= {(file, path) for file, path in wanted if all((file, line) in found for line in made[file].places[path])}
    return refused, every - refused


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_no_field_may_hold_is_refused_at_its_line(folder, vocabularies, text):
    if len(text) > 4001:  # once in a file, which has a limit of its own
        assert _one_too_long(folder, vocabularies, text)
        return
    refused, passed = told(folder, vocabularies, text)
    assert passed == set() and len(refused) > 100


def _one_too_long(folder, vocabularies, text) -> bool:
    made = write_all(folder, vocabularies, lambda file, path, _: text if path == "summary" and "partnerships" in file else None)
    file, one = next((file, one) for file, one in made.items() if "summary" in one.places and "partnerships" in file)
    return [(problem.file, problem.line, problem.what) for problem in read(folder)[1]] == [(file, one.places["summary"][0], "is longer than 4,000 characters")]


@pytest.mark.parametrize("text", [
    "javascript:alert(1)", "JaVaScRiPt://example.org/%0aalert(1)", "data:text/html,<script>", "vbscript:x", "//evil.example/", "/\\evil.example", "https://user@evil.example/", "https:///evil.example",
    "https://example.org/\"onclick=\"x", "https://example.org/<script>", "https://example.org/a b", "https://example.org/\nSet-Cookie: a", "https://g\u03bfv.uk/", "https://example\u3002org/", "file:///etc/passwd", "https://example.org/`x`", "https://example.org\\@evil.example/",
])
def test_an_address_that_is_none_or_hides_where_it_leads(text):
    assert parse_one(text, f.Field("url", "url", ""), {})


@pytest.mark.parametrize("text", ["../x", "a/../../x", "/etc/passwd", "a\\b", "a%2fb", ".", "..", "a.yml", "A", "a_b", "-a", "a--b", "a ", "a\n", "p\u0430th", "\uff41bc", "a" * 101, "a\x00b"])
def test_an_id_is_never_a_path(text):
    assert parse_one(text, f.Field("id", "id", ""), {})


@pytest.mark.parametrize("kind, text", [("year", "20\u0661\u0669"), ("any-date", "20\u0661\u0669-01"), ("number", "9" * 16), ("number", "9" * 5000), ("number", "1e9"), ("number", "\u0661"), ("postcode", "E\u0662 0AA"), ("date", "2019-01-01\n")])
def test_figures_are_short_and_in_our_own_digits(kind, text):
    assert parse_one(text, f.Field("it", kind, ""), {})


def test_a_file_that_is_a_link_is_refused(folder):
    (folder / "data/partnerships/elsewhere.yml").symlink_to("/etc/hostname")
    assert [(problem.file, problem.what) for problem in read(folder)[1] if "link" in problem.what] == [("data/partnerships/elsewhere.yml", "is a link to another file, which may lie outside the project")]


def test_an_edition_cannot_read_or_write_outside_its_folder(folder):
    edition = folder / "data/editions/2026-11"
    edition.mkdir(parents=True)
    (folder / "secret").write_bytes(b"secret")
    (edition / "edition.json").write_text('{"name": "2026-11", "date": "2026-11-01", "previous": null, "counts": {}, "changes": {}}')
    sums = {name: sha256((edition / name).read_bytes()).hexdigest() for name in ("edition.json", "../../../secret")}
    (edition / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))
    landscape, problems = read(folder)
    assert [problem.what for problem in problems] == ["is not the file that was frozen"] and landscape.editions == ()


def test_a_missing_vocabulary_is_told(folder):
    (folder / "data/vocabulary/settings.yml").unlink()
    assert [str(problem).split("\n")[0] for problem in read(folder)[1]] == ["data/vocabulary/settings.yml:1:1: is missing"]


# --- the work is bounded ------------------------------------------------------------------------------------------------------

BOMBS = {
    "an anchor bomb": "a: &-a [x]\n" + "".join(f"b{n}: &-{n} [{', '.join([f'*-{n - 1}' if n else '*-a'] * 9)}]\n" for n in range(9)),
    "an anchor after a quoted key": '{"a":&b [x, x], "c":&d [*b, *b], "e": [*d, *d]}',
    "brackets": "a: " + "[" * 190_000, "closed brackets": "a: " + "[" * 90_000 + "]" * 90_000, "spaced brackets": "a: " + "[ " * 90_000, "braces": "a: " + "{a: " * 45_000,
    "hyphens": "- " * 95_000 + "x", "questions": "? " * 95_000 + "x", "ten megabytes": 'a: "' + "x" * 10_000_000 + '"', "a number without end": "%YAML 1." + "9" * 5000 + "\n---\na: b",
    "a sign beyond all": 'a: "\\UFFFFFFFF"', "half a sign": 'a: "\\ud800"',
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_in_plain_words_before_it_is_unfolded(text, monkeypatch):
    made = []
    monkeypatch.setattr(nodes, "Node", lambda *a, **k: made.append(a))
    root, problems = read_nodes(text, "x.yml")
    assert root is None and len(problems) >= 1 and made == []
    assert not re.search("Error|recursion|scann|anchor", report(problems))


def test_a_file_of_faults_costs_a_hundred_of_them(monkeypatch, vocabularies):
    """Each wrong term is compared with hundreds of words; a file could hold tens of thousands."""
    asked = []
    monkeypatch.setattr(parse.Vocabulary, "nearest", lambda self, value: asked.append(value) or "")
    text = "local_authorities: [" + ", ".join(f"a{n}" for n in range(20_000)) + "]\n"
    parsed, problems = parse.parse("x.yml", read_nodes(text, "x.yml")[0], f.RECORD, vocabularies)
    assert len(asked) == len(problems) == 101 and parsed.value is None
    assert "more than 100 problems" in problems[-1].what


def test_a_long_word_is_searched_once_for_an_address():
    """The pattern must not start again at each letter of a word: what it starts at is the start of a word."""
    assert [match.start() for match in re.finditer(parse.EMAIL.pattern.partition("@<>]+@")[0] + "@<>]", "aaaa bbb")] == [0, 5]


# --- shown as text --------------------------------------------------------------------------------------------------------------


class Built:
    """A site built from a folder: pages by address, files by address."""

    def __init__(self, folder: Path):
        landscape = load(folder)
        site = Site(landscape, TODAY, SITE)
        pages = list(views.pages(site))
        renderer = Renderer(ROOT / "theme" / "pages", landscape.vocabularies, "https://example.com/repo", SITE)
        self.pages = {page.url: document(renderer, page) for page in pages}
        made = [*exports.files(site), *views.data_files(site).items(), *views.search_files(site, [], pages).items()]
        self.addresses = [f"{page.url}index.html" for page in pages] + [address for address, _ in made]
        self.files = {address: content.encode() if isinstance(content, str) else content for address, content in made}


FRAME = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "theme"))  # as MkDocs makes it: nothing is escaped by itself
FRAME.filters.update(url=lambda address: f"/site/{address}", date_words=date_words)


def document(renderer: Renderer, page: views.Page) -> str:
    """The whole document of a page. Where the renderer gives only what belongs into the frame, the frame is put round it here."""
    html = renderer.render(page)
    if "<!doctype" in html.lower() or not (ROOT / "theme/main.html").is_file():
        return html
    shown = SimpleNamespace(url=page.url, title=page.title, content=html, canonical_url=SITE + page.url, edit_url="", is_homepage=not page.url, meta=SimpleNamespace(title=page.title, description=page.description, computed=True, assets=page.assets, noindex=page.noindex, head=page.head))
    return FRAME.get_template("main.html").render(page=shown, config={"site_url": SITE, "site_name": "A name", "site_description": ""}, nav=None)


def passing(folder: Path, vocabularies, text) -> dict[tuple[str, str], str]:
    """The fields that may hold a text, each with it: ``text`` gives one for a field and its number, or None."""
    every = [(kind.file, path, field) for kind in KINDS for path, field in paths(kind.spec)]
    wanted = {(file, path): made for number, (file, path, field) in enumerate(every) if (made := text(field, number)) is not None}
    made = write_all(folder, vocabularies, lambda file, path, _: wanted.get((file, path)))
    found = {(problem.file, problem.line) for problem in read(folder)[1]}
    return {(file, path): value for (file, path), value in wanted.items() if not any((file, line) in found for line in made[file].places[path])}


def build(folder: Path, vocabularies, texts, words) -> Built:
    write_vocabularies(folder, vocabularies, words)
    write_all(folder, vocabularies, lambda file, path, _: texts.get((file, path)))
    return Built(folder)


@pytest.fixture(scope="module")
def pair(tmp_path_factory, vocabularies):
    """(fields with their hostile texts, the hostile site, the harmless one)."""
    folder = make_site(tmp_path_factory.mktemp("hostile") / "site")
    texts = passing(folder, vocabularies, lambda field, _: {"text": MARKUP, "url": ADDRESS}.get(field.kind))
    hostile = build(folder, vocabularies, texts, lambda text: MARKUP)
    calm = {place: text if text == ADDRESS else harmless(text) for place, text in texts.items()}
    return texts, hostile, build(folder, vocabularies, calm, lambda text: harmless(MARKUP))


def test_nearly_every_text_field_is_in_the_hostile_site(pair):
    """What is refused is refused for another reason: ``supports`` names fields."""
    texts, *_ = pair
    every = {(kind.file, path) for kind in KINDS for path, field in paths(kind.spec) if field.kind in ("text", "url")}
    assert every - texts.keys() == {("data/partnerships/hostile-record.yml", "sources.supports")}


def elements(html: str):
    return (node for node in LexborHTMLParser(html).root.traverse(include_text=False))


def shape(html: str) -> Counter:
    """The elements of a document, each by its name and the names of its attributes. Lines of a label in a chart are left out:
    where it breaks depends on its signs."""
    return Counter(made for node in elements(html) if (made := (node.tag, *sorted(node.attributes))) != ("tspan", "dy", "x"))


def test_no_page_has_an_element_or_attribute_more_than_with_harmless_words(pair):
    _, hostile, calm = pair
    assert hostile.pages.keys() == calm.pages.keys() and len(hostile.pages) > 100
    for url, html in hostile.pages.items():
        found, wanted = shape(html), shape(calm.pages[url])
        assert found == wanted, f"{url}: {found - wanted} {wanted - found}"


def test_the_text_stands_on_the_page_as_it_was_written(pair):
    _, hostile, _ = pair
    for url in ("partnerships/hostile-record/", "case-studies/hostile-record/", "research/hostile-work/", "partnerships/hostile-record/card/"):
        assert LexborHTMLParser(hostile.pages[url]).css_first("h1").text() == SHOWN, url


_LEADING = ("href", "src", "action", "formaction", "data", "poster", "srcset", "srcdoc", "xlink:href", "background", "ping", "cite")


def test_no_address_on_a_page_runs_anything(pair):
    _, hostile, _ = pair
    seen = 0
    for url, html in hostile.pages.items():
        for node in elements(html):
            for name in _LEADING:
                address = node.attributes.get(name)
                if address:
                    seen += 1
                    assert not re.match(r"\s*(?!https?:)[a-z][a-z0-9+.-]*:|\s*//", address, re.IGNORECASE), (url, name, address)
            assert not any(name.startswith("on") or name == "style" for name in node.attributes), url
    assert seen > 1000


def test_data_inside_a_page_is_json(pair):
    _, hostile, _ = pair
    found = [node.text() for html in hostile.pages.values() for node in LexborHTMLParser(html).css("script[type*=json]")]
    assert len(found) > 5
    for text in found:
        json.loads(text)


def test_no_id_stands_twice_on_a_page(pair):
    _, hostile, _ = pair
    for url, html in hostile.pages.items():
        ids = Counter(node.attributes["id"] for node in elements(html) if node.attributes.get("id"))
        assert [id for id, number in ids.items() if number > 1] == [], url


def test_every_file_has_an_address_of_its_own_inside_the_site(pair):
    _, hostile, calm = pair
    assert [address for address, number in Counter(hostile.addresses).items() if number > 1] == []
    uuid = re.compile(r"[0-9a-f-]{36}\.json")  # made from names
    assert [uuid.sub("", address) for address in hostile.addresses] == [uuid.sub("", address) for address in calm.addresses]
    for address in hostile.addresses:
        assert re.fullmatch(r"[\w-][\w.-]*(/[\w-][\w.-]*)*", address, re.ASCII), address


def of(site: Built, *endings: str) -> dict[str, bytes]:
    found = {address: content for address, content in site.files.items() if address.endswith(endings)}
    assert found, endings
    return found


def test_json_is_json(pair):
    for address, content in of(pair[1], ".json", ".geojson").items():
        json.loads(content, parse_constant=lambda name: pytest.fail(f"{address} holds {name}"))


def test_xml_is_strict_xml_with_no_element_more(pair):
    _, hostile, calm = pair
    for address, content in of(hostile, ".xml").items():
        found, wanted = (ElementTree.fromstring(site.files[address]) for site in (hostile, calm))
        assert Counter(one.tag for one in found.iter()) == Counter(one.tag for one in wanted.iter()), address
        for text in found.iter("{http://www.w3.org/2005/Atom}content"):
            assert {node.tag for node in LexborHTMLParser(text.text or "").body.traverse(include_text=False)} <= {"body", "p"}


def test_drawings_are_strict_xml(pair):
    found = [node.html for html in pair[1].pages.values() for node in LexborHTMLParser(html).css("svg.chart-drawing")]
    assert len(found) > 5
    for drawing in found:
        ElementTree.fromstring(drawing)


def test_a_calendar_has_no_line_more(pair):
    _, hostile, calm = pair
    for address, content in of(hostile, ".ics").items():
        assert all(len(line) <= 75 for line in content.split(b"\r\n")) and b"\n" not in content.replace(b"\r\n", b"")
        names = [[line.partition(b":")[0] for line in site.files[address].replace(b"\r\n ", b"").split(b"\r\n")] for site in (hostile, calm)]
        assert names[0] == names[1] and any(SHOWN in str(event["description"]) for event in Calendar.from_ical(content).walk("VEVENT"))


def test_citations_have_no_field_or_entry_more(pair):
    _, hostile, calm = pair
    for address, content in of(hostile, ".ris").items():
        lines = [[line[:6] for line in site.files[address].decode().split("\r\n")] for site in (hostile, calm)]
        assert lines[0] == lines[1] and all(re.fullmatch(r"[A-Z][A-Z0-9]  - |", line) for line in lines[0]), address
    for address in ("partnerships/hostile-record/cite.bib", "research/hostile-work/cite.bib", "research/list.bib", "case-studies/hostile-record/cite.bib"):
        found, wanted = (bibtexparser.parse_string(site.files[address].decode()) for site in (hostile, calm))
        assert not found.failed_blocks and [sorted(field.key for field in entry.fields) for entry in found.entries] == [sorted(field.key for field in entry.fields) for entry in wanted.entries]
        assert not re.search(r"(?<!\\)\\input", hostile.files[address].decode())


def test_what_a_host_reads_holds_no_text_of_ours(pair):
    _, hostile, calm = pair
    for address in ("_redirects", "_headers", "robots.txt", "opensearch.xml"):
        assert hostile.files[address] == calm.files[address]


def test_the_database_holds_what_was_written(pair):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(pair[1].files["data/landscape.db"])
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT name FROM partnerships WHERE id = 'hostile-record'").fetchone() == (SHOWN,)


# --- spreadsheets ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sheets_of_formulas(tmp_path_factory, vocabularies):
    """A site in which each text starts like a formula, each field with a sign of its own."""
    folder = make_site(tmp_path_factory.mktemp("formulas") / "site")

    def text(field, number):
        return f"{FORMULA_STARTS[number % len(FORMULA_STARTS)]}HYPERLINK(\"https://evil.example\";\"x\")|cmd" if field.kind == "text" else None

    texts = passing(folder, vocabularies, text)
    assert len(texts) > 60
    return build(folder, vocabularies, texts, lambda word: f"={word}")


def test_no_cell_of_a_csv_file_is_a_formula(sheets_of_formulas):
    cells = 0
    for address, content in of(sheets_of_formulas, ".csv").items():
        if address.endswith("partnerships-template.csv"):
            continue  # names of columns and their meaning, which are ours
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True):
            for cell in row:
                for part in cell.split(csv_files.BETWEEN.strip()):
                    cells += part.startswith("'")
                    number = re.fullmatch(r"-?\d+(\.\d+)?", part.strip())
                    assert number or part.lstrip("\"'").startswith('x")|cmd') or not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r]", part), (address, part)
    assert cells > 100


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(sheets_of_formulas):
    book = openpyxl.load_workbook(io.BytesIO(sheets_of_formulas.files["data/landscape.xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 500 and sum(str(cell.value).startswith("=") for cell in cells) > 5
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


# --- what a terminal and GitHub read ------------------------------------------------------------------------------------------------

NASTY = "a%0A::error::x\r\n::set-output name=x::y\n##[add-mask]a\x1b]0;x\x07\u202e\u2028::warning::z\udc80"


def test_a_problem_is_shown_and_not_obeyed():
    told = report([Problem(f"data/{NASTY}.yml", 1, 1, NASTY, NASTY, allowed=NASTY, nearest=NASTY, mend=NASTY)])
    assert not re.search(r"^\s*::|##\[|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028\ud800-\udfff]", told, re.MULTILINE)
    assert "<U+202E>" in told and "<U+001B>" in told and told.encode()


def test_an_annotation_is_one_command_about_one_place():
    made = Problem(f"data/{NASTY},line=9,title=x:y.yml", 1, 2, NASTY, NASTY, mend=NASTY).annotation()
    head, said = re.fullmatch(r"::error file=([^\n\r]*?),line=1,col=2::([^\n\r]*)", made).groups()
    assert "," not in head and ":" not in head and not re.search(r"%(?!25|0A|3A|2C)", head + said) and made.encode()


def test_a_review_has_no_link_element_or_item_more(tmp_path, vocabularies, small, pair):
    """The Markdown of a review of the hostile files, read as GitHub reads it, against that of harmless ones."""
    texts, *_ = pair
    made = []
    for name, change in (("hostile", str), ("calm", harmless)):
        root = make_site(tmp_path / name)
        write_all(root, vocabularies, lambda file, path, _: change(texts[file, path]) if texts.get((file, path)) == MARKUP else texts.get((file, path)))
        made.append(review.review(review.compare(small, *read(root))))
    tokens = [[token.type for outer in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text) for token in (outer, *(outer.children or ()))] for text in made]
    assert [kind for kind in tokens[0] if kind != "text"] == [kind for kind in tokens[1] if kind != "text"]
    assert not {"link_open", "image", "html_inline", "html_block", "table_open"} & set(tokens[0]) and "code_inline" in tokens[0]
    assert len(made[0]) > 3000 and "Tidy" in made[0]


@pytest.mark.parametrize("case", ["everything-at-once", "wrong-types", "programmes-in-a-circle", "names-of-something-else", "vocabulary-that-leads-elsewhere", "too-many-problems", "a-list-instead-of-a-record"])
def test_a_review_of_broken_files_is_written_all_the_same(folder, small, case):
    shutil.copytree(HERE / "golden" / case, folder, dirs_exist_ok=True)
    told = review.review(review.compare(small, *read(folder)))
    assert "## Problems" in told
