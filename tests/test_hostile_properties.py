"""Whatever is written, the readers answer with values or with problems at a line and column, and the writers write text.

hypothesis makes the texts. It is told to make the same ones each time, so that a change of the program is judged and not luck;
scripts/fuzz looks for new ones.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import fields as parts_of, is_dataclass, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from conftest import HERE, ROOT
from landscape import fields as f, prose, views
from landscape.checks import check, check_links, prose_is_clean
from landscape.editing import formatting, issue_record, sheets
from landscape.editing.issue_form import questions
from landscape.editing.markdown import plain
from landscape.editing.record_yaml import record_text
from landscape.exports import csv_files
from landscape.load import load_vocabularies
from landscape.model import CaseStudy
from landscape.nodes import read_nodes
from landscape.parse import Parsed, parse
from landscape.problems import Problem
from landscape.render import Renderer
from landscape.site import Site
from landscape.views import hand_on, records, retired

TODAY = date(2026, 6, 1)


def seen(number: int) -> settings:
    """So many examples, the same ones each time."""
    return settings(max_examples=number, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


RECORDS = [path.read_text(encoding="utf-8") for path in sorted((HERE / "small_site/data/partnerships").glob("*.yml"))]
# Pieces that mean something to YAML, Markdown, HTML or a terminal, beside any text.
PIECES = st.sampled_from((
    "\n", "\n  ", ": ", "- ", "? ", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a", "&-a", "!!x ", "!", "|", ">-\n", "'", '"', "%", "@", "`", "---", "...", "<<: ", "~", "\\", "\\U", "\\x", "\t", "\r", "\x85", "\u2028",
    "id: ", "sources:\n", "name: ", "<b>", "</script>", "<!--", "[x](y)", "[^s1]", "](javascript:x)", "![", "| a |\n|---|\n", "```\n", "    ", "## ", "&#106;", "&lt;", "{{ x }}", "\x00", "\x1b[", "\u202e", "\u200b", "\ud800", "\uffff", "😀", "::error::", "##[",
))
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join)
FILES = TEXTS.map(lambda text: text.replace("\r", "\n"))  # as ``load`` reads them


@st.composite
def mutated(draw) -> str:
    """A right file with a few passages taken out, doubled, swapped or replaced."""
    text = draw(st.sampled_from(RECORDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        new = draw(st.one_of(PIECES, TEXTS, st.just(text[start:end] * 2), st.just("")))
        text = text[:start] + new + text[end:]
    return text.replace("\r", "\n")


@pytest.fixture(scope="module")
def vocabularies():
    return load_vocabularies(ROOT)[0]


def is_inside(problem: Problem, text: str) -> bool:
    lines = text.split("\n")
    return 1 <= problem.line <= len(lines) and 1 <= problem.column <= len(lines[problem.line - 1]) + 1 and bool(problem.what) and len(str(problem).split("\n")) <= 4


# --- readers -------------------------------------------------------------------------------------------------------------------


@seen(200)
@given(st.one_of(FILES, mutated()))
def test_yaml_becomes_nodes_or_problems_inside_the_text(text):
    root, problems = read_nodes(text, "x.yml")
    assert root is not None or problems
    assert [problem for problem in problems if not is_inside(problem, text)] == []


@seen(150)
@given(text=st.one_of(mutated(), FILES), spec=st.sampled_from((f.RECORD, f.RECORD, f.PUBLICATION, f.SURVEY, f.POPULATION, f.RETIRED_LIST, f.EXCLUSION_LIST)))
def test_nodes_become_a_value_or_problems_inside_the_text(text, spec, vocabularies):
    root, problems = read_nodes(text, "x.yml")
    if root is not None:
        parsed, more = parse("x.yml", root, spec, vocabularies)
        problems = [*problems, *more, *(check(parsed, vocabularies) if spec not in (f.RETIRED_LIST, f.EXCLUSION_LIST) else ())]
        assert parsed.value is not None or problems
    assert [problem for problem in problems if not is_inside(problem, text)] == []


@seen(120)
@given(values=st.fixed_dictionaries({name: TEXTS for name in ("name", "summary", "area")}), aliases=st.lists(TEXTS, max_size=3), note=TEXTS)
def test_a_record_that_is_written_is_read_as_it_was(values, aliases, note, vocabularies):
    """Any text goes through the writer of record files unchanged but for its spaces, or is refused as a value; it never becomes YAML."""
    given_values = {**values, "aliases": aliases, "partners": [{"name": "A", "note": note}]}
    root, problems = read_nodes(record_text(given_values), "x.yml")
    if root is None:
        assert problems
        return
    written = {name for name, value in given_values.items() if value}
    assert set(root.value) == written
    for name, value in values.items():
        if value:
            assert " ".join(root.value[name].node.value.split()) == " ".join(value.split())
    if note:
        assert set(root.value["partners"].node.value[0].value) == {"name", "note"}


@seen(100)
@given(mutated())
def test_putting_a_file_in_order_changes_no_value(text):
    root, problems = read_nodes(text, "x.yml")
    ordered, found = formatting.formatted(text, f.RECORD, "x.yml")
    assert found == problems
    if root is not None and not problems:
        assert formatting._values(read_nodes(ordered, "x.yml")[0]) == formatting._values(root)


@seen(200)
@given(FILES)
def test_prose_is_refused_or_becomes_harmless_html(text):
    study = Parsed("x.md", CaseStudy("a", "b", "c", "2026-01-01", text=text, first_line=3))
    for problem in prose_is_clean(study):
        assert problem.line >= 3 and problem.column >= 1
    for line, column, _ in (*prose.unmarked_figures(text), *prose.marks(text)):
        assert line >= 1 and column >= 1
    numbers = {id: 1 for _, _, id in prose.marks(text)}
    for node in LexborHTMLParser(prose.render(text, numbers)).root.traverse(include_text=False):
        assert node.tag in _PROSE, node.tag
        assert set(node.attributes) <= {"href", "id", "class", "aria-label", "title", "tabindex", "role", "start", "style"}, node.attributes
        assert re.match(r"\Z|https?://|[.#]|[\w-]+/", node.attributes.get("href") or "", re.IGNORECASE)
        assert node.attributes.get("style", "text-align:left") in ("text-align:left", "text-align:right", "text-align:center")


_PROSE = {"html", "head", "body", *"p h1 h2 h3 h4 h5 h6 ul ol li a em strong code pre blockquote hr br sup table thead tbody tr th td div".split()}


@seen(60)
@given(st.dictionaries(st.integers(0, 60), TEXTS, max_size=12))
def test_a_filled_form_becomes_a_record_or_a_comment(small, answers):
    asked = questions(small.vocabularies)
    body = "\n\n".join(f"### {question.label}\n\n{answers.get(number, '_No response_')}" for number, question in enumerate(asked))
    made = issue_record.convert(body, small, TODAY)
    assert made.problems or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made.id)
    if made.problems:
        assert is_only_text(issue_record.comment(made.problems).encode(errors="replace").decode())


@seen(60)
@given(st.lists(st.lists(TEXTS, min_size=1, max_size=6), min_size=1, max_size=4), st.booleans())
def test_a_sheet_becomes_records_or_problems(small, rows, named):
    names = ["id", "name", "summary", "partner_1_name", "source_1_url", "started"]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(([names] if named else []) + rows)
    sheet, problems = sheets.read_sheet(out.getvalue().encode("utf-8", "surrogatepass"), "x.csv")
    made, more = sheets.convert(sheet, small, TODAY) if not problems else ([], problems)
    assert more or made
    assert all(problem.line >= 1 and problem.column >= 1 for problem in more)


@seen(100)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_sheet_or_problems(content):
    sheet, problems = sheets.read_sheet(content, "x.csv")
    assert sheet.rows or problems


# --- writers -------------------------------------------------------------------------------------------------------------------


def is_only_text(markdown: str) -> bool:
    """Whether Markdown has no link, picture, code fence, HTML or mention; **bold** and lists are ours."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    inside = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inside)}
    shown = "".join(child.content for child in inside if child.type == "text")
    return not kinds & {"link_open", "image", "html_inline", "html_block", "fence", "code_block", "table_open", "heading_open", "hr"} and not re.search(r"@\w|#\d|\bGH-\d|://(?!\u2060)|www\.", shown, re.IGNORECASE)


@seen(120)
@given(st.one_of(TEXTS, st.sampled_from(("- x", "1. x", "1) x", "---", "===", "+ x", "@team", "a#12", "GH-12", "gh-1", "www.evil.example", "https://evil.example", "![x](y)", "<img src=x>", "`x`", "~~~", "| a | b |"))))
def test_a_text_in_a_review_is_only_text(text):
    """Inside a line, and at the start of an item."""
    told = plain(text).encode(errors="replace").decode()
    assert "\n" not in told
    for line in (f"- **{told}** is it", f"- {told}", f"  - x {told}"):
        assert is_only_text(line), line
    items = [token.type for token in MarkdownIt("commonmark").parse(f"- {told}") if token.type == "list_item_open"]
    assert len(items) == 1


@seen(120)
@given(TEXTS)
def test_an_annotation_is_one_command(text):
    made = Problem(f"data/{text}.yml", 1, 1, text, text, text, text, text)
    assert re.fullmatch(r"::error file=[^\r\n:,]*,line=1,col=1::[^\r\n]*", made.annotation())
    assert not re.search(r"^\s*::|##\[|\x1b", str(made), re.MULTILINE)


@seen(120)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_a_csv_cell_is_never_a_formula(texts):
    for cell in (csv_files.cell(tuple(texts)), csv_files.cell(texts[0])):
        assert re.match(r"[+-]?\d+(\.\d+)?\Z", cell) or not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r]", cell)


def with_text(value, text: str):
    """A record, or a group in it, with ``text`` in each of its text fields; ids, tags, dates and addresses stay."""
    spec = next((group for group in vars(f).values() if isinstance(group, tuple) and group and isinstance(group[0], f.Field) and {field.name.replace("-", "_") for field in group} == {part.name for part in parts_of(value)}), ())
    changed = {}
    for field in spec:
        name = field.name.replace("-", "_")
        old = getattr(value, name)
        if field.kind == "text" and field.name not in ("supports", "rival") and old:
            changed[name] = (text,) * len(old) if isinstance(old, tuple) else text
        elif field.kind == "group" and old:
            changed[name] = tuple(with_text(item, text) for item in old) if isinstance(old, tuple) else with_text(old, text) if is_dataclass(old) else old
    return replace(value, **changed)


@pytest.fixture(scope="module")
def renderer(small):
    return Renderer(ROOT / "theme/pages", small.vocabularies, "https://example.com/repo", "https://example.com/site/")


def shape(html: str) -> Counter:
    return Counter((node.tag, *sorted(node.attributes)) for node in LexborHTMLParser(html).root.traverse(include_text=False))


@seen(40)
@given(TEXTS.map(str.strip).filter(bool))
def test_no_text_becomes_an_element(small, renderer, text):
    """The page, the card and the place of a retired record with a text and with harmless words of the same shape."""
    text = text.encode(errors="replace").decode()
    made = []
    for words in (text, re.sub(r"[^\s-]", "x", text)):
        record = with_text(small.records["elderfield-surgery-advice"], words)
        gone = {id: with_text(one, words) for id, one in small.retired.items()}
        site = Site(replace(small, records={**small.records, record.id: record}, retired=gone), TODAY)
        pages = [records.record_page(site, record), hand_on.card(site, record), *retired.retired_pages(site)]
        made.append([shape(renderer.render(page)) for page in pages])
    assert made[0] == made[1]
