"""What is fuzzed: each reader of what people send, given any bytes. It answers with a value or with problems at a line and column
inside the text; anything else is a fault, and so is whatever it raises."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from landscape import fields as f, prose
from landscape.checks import check, prose_is_clean
from landscape.editing import formatting, issue_record, sheets
from landscape.editing.markdown import plain
from landscape.load import load, load_vocabularies, parse_case_study, read_text
from landscape.model import CaseStudy
from landscape.nodes import read_nodes
from landscape.parse import Parsed, parse
from landscape.problems import Problem

ROOT = Path(__file__).parents[2]
DAY = date(2026, 6, 1)


@cache
def vocabularies():
    return load_vocabularies(ROOT)[0]


@cache
def landscape():
    """The small invented site."""
    from conftest import make_site
    with tempfile.TemporaryDirectory() as folder:
        return load(make_site(Path(folder)))


def as_text(content: bytes) -> str:
    return content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def judge(problems: list[Problem], text: str | None = None) -> None:
    """Every problem is in words and, when ``text`` is given, at a place inside it."""
    for problem in problems:
        assert problem.what and not str(problem).lstrip().startswith("::") and "\n" not in problem.annotation() and plain(str(problem))
        assert problem.line >= 1 and problem.column >= 1, problem
        if text is not None:
            lines = text.split("\n")
            assert problem.line <= len(lines) and problem.column <= len(lines[problem.line - 1]) + 1, problem


def yaml_of(spec):
    def reader(content: bytes) -> None:
        text = as_text(content)
        root, problems = read_nodes(text, "x.yml")
        if root is not None:
            parsed, more = parse("x.yml", root, spec, vocabularies())
            problems = [*problems, *more, *(check(parsed, vocabularies()) if spec in (f.RECORD, f.PUBLICATION, f.SURVEY) else ())]
        assert root is not None or problems
        judge(problems, text)
        formatting.formatted(text, spec, "x.yml")
    return reader


def case_study(content: bytes) -> None:
    """A case study's file, and its prose as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.md"
        path.write_bytes(content)
        item, problems = parse_case_study(path, Path(folder), vocabularies())
        text, unread = read_text(path, "x.md")
    assert item or problems
    judge(problems, None if unread else text)
    text = as_text(content)
    judge(list(prose_is_clean(Parsed("x.md", CaseStudy("a", "b", "c", "2026-01-01", text=text)))), text)
    prose.unmarked_figures(text)
    prose.render(text, {id: 1 for _, _, id in prose.marks(text)})


def sheet(content: bytes) -> None:
    """A spreadsheet with records."""
    read, problems = sheets.read_sheet(content, "x.csv")
    assert read.rows or problems
    if not problems:
        problems = sheets.convert(read, landscape(), DAY)[1]
    judge(problems)


def form(content: bytes) -> None:
    """A filled issue form."""
    made = issue_record.convert(content.decode("utf-8", "replace"), landscape(), DAY)
    assert made.problems or made.text
    judge(list(made.problems))
    issue_record.comment(made.problems)


READERS = {"record": yaml_of(f.RECORD), "publication": yaml_of(f.PUBLICATION), "retired": yaml_of(f.RETIRED_LIST), "case-study": case_study, "sheet": sheet, "form": form}
