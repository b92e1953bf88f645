"""A filled form of ``issue_form``, as GitHub gives it back in Markdown, to the file of a record.

The body is read as text only. Words become terms, lines become groups, and the same parser and the same checks as for every
file judge the result. Problems are told all at once, by question, as a comment for the person who filled the form in.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Iterator, Mapping

from ..checks import check, check_links
from ..fields import RECORD, Field
from ..load import RECORDS, load
from ..model import Landscape, Record
from ..nodes import MAX_BYTES, join, read_nodes
from ..parse import parse
from ..problems import Problem, ProblemsFound, report
from ..suggest import slug
from ..vocabulary import Vocabulary
from . import form_model
from .issue_form import COPY, EVERYTHING, NO_ANSWER, PROMISE, REMARKS, Question, columns, label, questions, supported
from .markdown import plain
from .record_yaml import record_text
from .schema import first_line

_HEADING = re.compile(r"### +(.+?) *\Z")
_BULLET = re.compile(r"\s*[-*•]\s+")
# How to mend in a form what a file mends otherwise, by words of the problem.
_MENDS = {
    "is missing": "missing", "no source stands behind it": "unsourced", "copies of documents published elsewhere": "copy", "stands behind nothing": "unused",
    "is not filled in this record": "unfilled", "is not the id of a source": "source", "is listed twice": "twice", "is not a field that a source": "supports", "holds signs that would be shown": "marks",
}
_CHOOSE = "use a tag from the list"  # how a file's mend of an unknown term begins
_OWN_MENDS = {
    "unsourced": "Choose it under “Source: what does it tell?”, name it in the line of the source that states it, or leave it out.",
    "copy": "Choose under “Source: original or copy?” that it is a copy, or give the address of the original.",
    "unfilled": "Fill it in, or take it out of what the source tells.", "source": "Write the number of the source: 1 is the first, 2 is the first line of “More sources”.",
    "supports": "Use the names of the questions.",
}


@dataclass(frozen=True)
class Converted:
    """A record's ``id`` and the ``text`` of its file, or the ``problems`` that stand in its way, each with the path of a field."""

    id: str
    text: str
    problems: tuple[Problem, ...]


def convert(body: str, landscape: Landscape, today: date) -> Converted:
    """The record that a filled form describes, checked as if it were in the landscape already. ``today`` becomes the day on
    which it was first listed and reviewed."""
    asked = questions(landscape.vocabularies)
    answers, problems = read_answers(body, asked)
    if problems:
        return Converted("", "", tuple(problems))
    values, problems = _values(answers, asked, landscape)
    values |= {"first_listed": today.isoformat(), "last_reviewed": today.isoformat()}
    text = record_text(values)
    return Converted(values["id"], text, (*problems, *_problems(text, values["id"], landscape)))


def read_answers(body: str, asked: tuple[Question, ...]) -> tuple[dict[str, str], list[Problem]]:
    """Answers by path. A line is a heading only if it is that of a question of the form; every question must stand there once,
    so a heading smuggled into an answer is refused and never taken for another answer."""
    if len(body) > MAX_BYTES:
        return {}, [_problem("", f"the form holds more than {MAX_BYTES:,} characters", "Shorten it.")]
    known = {question.label: question.path for question in asked} | {REMARKS: "remarks", PROMISE: "promise"}
    found: dict[str, list[str]] = {}
    problems, path = [], ""
    for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        heading = _HEADING.match(line)
        if heading and heading[1] in known:
            path = known[heading[1]]
            if path in found:
                problems.append(_problem(path, "stands twice in the form", "Take the line that starts with ### out of the answer."))
            found[path] = []
        elif path:
            found[path].append(line)
    lost = [question for question in asked if question.path not in found]
    problems += [_problem(question.path, "is not in the form any more", f"Bring back the line: ### {question.label}") for question in lost]
    answers = {path: "\n".join(lines).strip() for path, lines in found.items()}
    return {path: "" if text == NO_ANSWER else text for path, text in answers.items()}, problems


def _values(answers: Mapping[str, str], asked: tuple[Question, ...], landscape: Landscape) -> tuple[dict[str, Any], list[Problem]]:
    """The record's values by field, and problems of lines that do not have the form's shape."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    source: dict[str, Any] = {"id": "s1"}
    for question in asked:
        answer = _answer(question, answers[question.path], landscape, problems)
        group, _, part = question.path.rpartition(".")
        if question.path == "sources":
            values["sources"] = [source, *({"id": f"s{number}", **row} for number, row in enumerate(answer, 2))]
        elif group == "sources":
            source[part] = answer
        elif answer and group:
            values.setdefault(group, {})[part] = answer
        elif answer:
            values[question.path] = answer
    values.setdefault("kind", "partnership")
    values.setdefault("id", proposed_id(values.get("name", "")))
    _link_sources(values)
    return values, problems


def proposed_id(name: str) -> str:
    """An id made from the first words of a name."""
    return "-".join(slug(name).split("-")[:8]) or "unnamed"


def _answer(question: Question, text: str, landscape: Landscape, problems: list[Problem]) -> Any:
    """An answer in the shape of its field."""
    if question.path == "sources.supports":
        return _told(text)
    if question.path == "programme":
        return _programme(text, landscape)
    if question.field.kind == "flag":
        return text == COPY
    if question.shape == "rows":
        return [row for number, line in enumerate(_lines(text), 1) if (row := _row(line, question, number, landscape, problems))]
    words = [part.strip() for part in text.split(",")] if question.shape == "menus" else _lines(text) if question.shape == "list" else [text]
    tags = [_tag(word, question.field, landscape.vocabularies) for word in words if word]
    return tags if question.field.many else (tags or [""])[0]


def _lines(text: str) -> list[str]:
    """Lines with something on them, without the bullets that people put before them."""
    return [line for raw in text.split("\n") if (line := _BULLET.sub("", raw, count=1).strip())]


def _row(line: str, question: Question, number: int, landscape: Landscape, problems: list[Problem]) -> dict[str, Any]:
    """One line of parts with | between as a group."""
    parts = list(columns(question))
    cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else [cell.strip() for cell in line.split("|")]
    if len(cells) > len(parts):
        problems.append(_problem(join(question.path, number), f"has {len(cells)} parts, but only {len(parts)} are asked for", "Take out a | too many."))
    return {part.name: value for part, cell in zip(parts, cells) if (value := _cell(cell, part, landscape.vocabularies))}


def _cell(text: str, part: Field, vocabularies: Mapping[str, Vocabulary]) -> Any:
    if part.name == "supports":
        return _told(text)
    if part.name == "source":
        return [f"s{word}" if word.isdigit() else word for word in re.split(r"[,\s]+", text) if word]
    words = [word.strip() for word in text.split(",")] if part.many else [text]
    tags = [_tag(word, part, vocabularies) for word in words if word]
    return tags if part.many else (tags or [""])[0]


def _tag(words: str, field: Field, vocabularies: Mapping[str, Vocabulary]) -> str:
    """The tag that belongs to a term's words, in any case; other words stay as they are, for the check to name them."""
    if not field.vocabulary:
        return words
    wanted = words.casefold()
    for term in vocabularies[field.vocabulary]:
        if wanted in (term.tag, term.label.casefold(), term.plural.casefold()):
            return term.tag
    return words


def _told(text: str) -> list[str]:
    """Names of the fields that a source stands behind, from the words of the form."""
    known = {words.casefold(): name for words, name in supported().items()}
    return [known.get(word.casefold(), word) for part in text.split(",") if (word := part.strip())]


def _programme(text: str, landscape: Landscape) -> str:
    named = {record.name.casefold(): record.id for record in landscape.records.values() if record.is_programme}
    return named.get(text.casefold(), text)


def _link_sources(values: dict[str, Any]) -> None:
    """Spell out "everything", and give items that name no source the only one there is."""
    sources = values["sources"]
    filled = [name for name in supported().values() if values.get(name)]
    for source in sources:
        if EVERYTHING.casefold() in (told.casefold() for told in source.get("supports", ())):
            source["supports"] = filled
    for name in ("outcomes", "timeline"):
        for item in values.get(name, ()) if len(sources) == 1 else ():
            item.setdefault("source", ["s1"])


def _problems(text: str, id: str, landscape: Landscape) -> Iterator[Problem]:
    """What every record is checked for, as far as it is about this one."""
    file = f"{RECORDS}/{id}.yml"
    node, problems = read_nodes(text, file)
    yield from problems
    if id in landscape.retired:
        yield _problem("id", f'"{id}" was the id of a record that was taken out, and ids are never used again', "Choose another short name.")
    if id in landscape.records:
        yield _problem("id", f'"{id}" is the id of a record that is listed already', "If it is the same partnership, report a mistake in that record instead. If not, choose another short name.")
    if node is None:
        return
    parsed, problems = parse(file, node, RECORD, landscape.vocabularies)
    yield from problems
    if isinstance(parsed.value, Record):
        yield from check(parsed, landscape.vocabularies)
        yield from check_links(parsed, {**landscape.records, id: parsed.value})


def _problem(path: str, what: str, mend: str) -> Problem:
    return Problem("", 1, 1, path, what, mend=mend)


# --- what the person reads --------------------------------------------------------------------------------------------


def comment(problems: tuple[Problem, ...]) -> str:
    """All problems as a Markdown comment, by question in the order of the form. Nothing that was typed becomes markup."""
    order = [field.name for field in RECORD]
    ordered = sorted(set(problems), key=lambda problem: (order.index(first) if (first := problem.field.partition(".")[0]) in order else -1, problem))
    return "\n".join([
        "Thank you for this. A few answers need a change before they can become a record:", "",
        *(f"- {_told_plainly(problem)}" for problem in ordered), "",
        "To mend it, choose “Edit” at the top of this issue, change the answers below their headings, and save. Then tell us in a comment. An editor starts the check again.", "",
    ])


def _told_plainly(problem: Problem) -> str:
    hint = f" Did you mean: {plain(problem.nearest)}." if problem.nearest else ""
    what = plain(problem.what.rstrip("."))
    return f"**{_question_of(problem.field)}** {what}.{hint} {plain(_mend(problem))}".rstrip()


def _question_of(path: str) -> str:
    """The question that a path belongs to, with the line: ``partners.2.kind`` is "Partners, line 2, kind of organisation"."""
    if not path:
        return "The form"
    group, *rest = path.split(".")
    if group == "sources" and rest[:1] == ["1"]:
        return plain(label(".".join([group, *rest[1:2]])) if rest[1:] else "Source")
    number = [f"line {int(rest[0]) - 1 if group == 'sources' else rest[0]}"] if rest and rest[0].isdigit() else []
    part = [label(path).removeprefix("Source: ").lower()] if rest and not rest[-1].isdigit() else []
    return plain(", ".join([label(group), *number, *part]))


def _mend(problem: Problem) -> str:
    key = next((key for words, key in _MENDS.items() if words in problem.what), "term" if problem.mend.startswith(_CHOOSE) else "")
    own = _OWN_MENDS.get(key) or form_model.MENDS.get(key)
    mend = problem.mend[:1].upper() + problem.mend[1:].rstrip(".")
    return own or (f"{mend}." if mend else "")


# --- the command ------------------------------------------------------------------------------------------------------


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("body", help="a file with the text of the issue; - reads it from the input")
    parser.add_argument("--number", type=int, required=True, help="the number of the issue")
    parser.add_argument("--date", type=date.fromisoformat, default=None, help="the day on which the record is listed, such as 2026-11-24; today unless told")


def run(options: Namespace, root: Path) -> int:
    """Write the record's file and print its path (0), or print a comment for the issue and write nothing (1). With faults in
    the files that are there already, nothing can be said of a new one (2)."""
    raw = sys.stdin.buffer.read() if options.body == "-" else Path(options.body).read_bytes()
    try:
        made = convert(raw.decode("utf-8", errors="replace"), load(root), options.date or date.today())
    except ProblemsFound as found:
        print(report(found.problems), file=sys.stderr)
        return 2
    if made.problems:
        print(comment(made.problems))
        return 1
    file = root / RECORDS / f"{made.id}.yml"
    file.write_text(f"{first_line(RECORDS)}\n# From issue {options.number}.\n{made.text}", encoding="utf-8")
    print(file.relative_to(root).as_posix())
    return 0
