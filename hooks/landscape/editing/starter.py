"""A starter for a new record: what is known filled in, what is needed marked TODO, and every other field as a comment to uncover.

The check refuses TODO wherever it stands, so a starter cannot be published by mistake.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import Any, Callable, Mapping

from .. import fields as f
from ..fields import KINDS, RECORD, SOURCE, Field
from ..load import RECORDS, read
from ..read_files import parse_yaml
from ..model import Landscape
from ..parse import ID, parse_one
from ..problems import Problem, report
from ..suggest import slug
from ..vocabulary import Vocabulary
from .record_yaml import record_text
from .schema import first_line

TODO = "TODO"
# Fields that are set and not asked for; groups are left to the file, but for the source.
_SET = ("id", "first_listed", "last_changed", "last_reviewed")
_ASKED = {field.name: field for field in RECORD if field.kind != "group" and field.name not in _SET}
_ASKED_OF_SOURCE = {f"source_{field.name}": field for field in SOURCE if field.name in ("title", "publisher", "date", "url")}
QUESTIONS: Mapping[str, Field] = {**_ASKED, **_ASKED_OF_SOURCE}
# What a terminal asks for; the rest is for flags and for the file.
_INTERVIEW = ("name", "kind", "summary", "status", "status_as_of", "nation", "region", "local_authorities", "settings", "issues", *_ASKED_OF_SOURCE)
_RARE = ("number_to", "scope", "rival", "date_as_written", "archived_url", "copy")  # parts that most records do without
_LIST_SIGN = ";"  # between the items of a list, in a flag and on a terminal

Answers = dict[str, Any]


def starter(id: str, answers: Answers, day: date, vocabularies: Mapping[str, Vocabulary]) -> str:
    """The text of a new record's file. ``answers`` hold texts, and lists of texts, by the names of ``QUESTIONS``. With nothing
    left to do it is a plain record, without comments."""
    values = _values(id, answers, day)
    if not is_unfinished(record_text(values)):
        return "\n".join([first_line(RECORDS), record_text(values)])
    chunks = [line for field in RECORD if field.name != "last_changed" for line in _chunk(field, values, vocabularies)]
    return "\n".join([first_line(RECORDS), *(f"# {line}".format(file=f"{RECORDS}/{id}.yml") for line in _ABOUT), *chunks]) + "\n"


_ABOUT = (
    "Write what a source says in place of each TODO. To use a field that stands behind a #, take the # away, and add",
    "its name under supports: of the source that states it. Delete the fields that you do not need.",
    "Then run: scripts/check-data {file}",
)


def is_unfinished(text: str) -> bool:
    return TODO in text


def _values(id: str, answers: Answers, day: date) -> dict[str, Any]:
    """What the record holds, with TODO for what it must hold and nobody has said."""
    values: dict[str, Any] = {name: answers[name] for name in _ASKED if answers.get(name)}
    values.setdefault("kind", "partnership")
    for name, field in _ASKED.items():
        if field.required and name not in values:
            values[name] = [TODO] if field.many else TODO
    if values["status"] in ("active", "ended") and not {"status_as_of", "ended"} & set(values):
        values["status_as_of"] = TODO
    source = {field.name: answers.get(name) or (TODO if field.required else "") for name, field in _ASKED_OF_SOURCE.items()}
    supports = [name for name in f.SOURCED_FIELDS if name in values]
    return {"id": id, **values, "sources": [{"id": "s1", **source, "supports": supports}], "first_listed": day.isoformat(), "last_reviewed": day.isoformat()}


def _chunk(field: Field, values: Mapping[str, Any], vocabularies: Mapping[str, Vocabulary]) -> list[str]:
    """The lines of one field: its value, with its meaning where something is to do, or an example to uncover."""
    value = values.get(field.name, _example(field))
    lines = record_text({field.name: value}).rstrip("\n").split("\n")
    if field.name not in values:
        return [*_meaning(field, vocabularies), *(f"# {line}" for line in lines)]
    return [*(_meaning(field, vocabularies) if any(map(is_unfinished, lines)) else ()), *lines]


def _meaning(field: Field, vocabularies: Mapping[str, Vocabulary]) -> list[str]:
    told = [f"# {field.meaning}"]
    if field.vocabulary:
        told.append(f"# Choose from: {vocabularies[field.vocabulary].allowed()}")
    return told


def _example(field: Field) -> Any:
    one = {part.name: _example(part) for part in field.parts if part.name not in _RARE} if field.kind == "group" else field.example
    return [one] if field.many else one


# --- where answers come from ----------------------------------------------------------------------------------------------


def wrong(name: str, text: str, vocabularies: Mapping[str, Vocabulary]) -> list[Problem]:
    """What is wrong with an answer."""
    field = QUESTIONS[name]
    return [problem for item in (_items(text) if field.many else [text]) for problem in parse_one(item, field, vocabularies)]


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(_LIST_SIGN) if item.strip()]


def no_id(id: str, landscape: Landscape) -> str:
    """Why an id cannot be taken, in an editor's words, or ""."""
    if not ID.match(id):
        return f'"{id}" is not {KINDS["id"]}. ' + (f"Did you mean {slug(id)}?" if slug(id) else "Write one, such as newham-welfare-hub.")
    if id in landscape.record_files:
        return f'"{id}" is the id of a record that is there already: {RECORDS}/{id}.yml. Correct that one, or choose another id.'
    if id in landscape.retired:
        return f'"{id}" was the id of a record that was retired on {landscape.retired[id].date}. No id is used twice: choose another.'
    return ""


def interview(given: Answers, landscape: Landscape, ask: Callable[[str], str], say: Callable[[str], None]) -> Answers:
    """Answers to the questions that the flags left open. An empty answer leaves the field to the file."""
    answers = dict(given)
    say("Press Enter to leave a question to the file. Several items have a ; between them.")
    for name in _INTERVIEW:
        needless = name == "status_as_of" and answers.get("status") not in ("active", "ended")
        if not answers.get(name) and not needless:
            answers[name] = _asked(name, landscape.vocabularies, ask, say)
    return answers


def _asked(name: str, vocabularies: Mapping[str, Vocabulary], ask: Callable[[str], str], say: Callable[[str], None]) -> str:
    field = QUESTIONS[name]
    choose = f" One of: {vocabularies[field.vocabulary].allowed()}." if field.vocabulary else ""
    say(f"\n{field.meaning}{choose}" + (f" Such as: {field.example}" if field.example else ""))
    while True:
        text = ask(f"{name.replace('_', ' ')}: ").strip()
        problems = wrong(name, text, vocabularies) if text else []
        if not problems:
            return text
        for problem in problems:
            say(_told(problem))


def _told(problem: Problem) -> str:
    return f"{problem.what}. " + (f"Did you mean {problem.nearest}?" if problem.nearest else f"To mend it: {problem.mend}.")


def _ask_id(answers: Answers, given: str, landscape: Landscape, ask: Callable[[str], str], say: Callable[[str], None]) -> str:
    """The id that was given, or one proposed from the name, until it can be taken."""
    proposed = given or slug(str(answers.get("name") or ""))
    shown = f" [{proposed}]" if proposed else ", such as newham-welfare-hub"
    while True:
        id = ask(f"\nThe record's permanent id, also its file name{shown}: ").strip() or proposed
        why = no_id(id, landscape)
        if not why:
            return id
        say(why)


# --- the command ----------------------------------------------------------------------------------------------------------


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", default="", help="the record's permanent id; unless given, it is made from the name")
    for name, field in QUESTIONS.items():
        several = f" Put {_LIST_SIGN} between several." if field.many else ""
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, default="", help=(field.meaning + several).replace("%", "%%"))
    parser.add_argument("--date", type=date.fromisoformat, default=None, help="the day on which it is first listed and was compared with its sources; today unless told")


def run(options: Namespace, root: Path, ask: Callable[[str], str] = input, terminal: bool | None = None) -> int:
    """Write the starter, or say why not and write nothing."""
    landscape, problems = read(root)
    if not landscape.record_files and problems:
        print(report(problems))
        return 1
    given = {name: getattr(options, name) for name in QUESTIONS}
    faults = [(name, problem) for name, text in given.items() if text for problem in wrong(name, text, landscape.vocabularies)]
    for name, problem in faults:
        print(f"--{name.replace('_', '-')}: {_told(problem)}")
    if faults:
        return 1
    try:
        answers, id = _answers(options.id, given, landscape, ask, sys.stdin.isatty() if terminal is None else terminal)
    except (EOFError, KeyboardInterrupt):
        print("\nNothing was written.")
        return 1
    why = no_id(id, landscape) if id else "Give an id, or a name to make it from: scripts/new --name \"Newham Welfare Hub\"."
    if why:
        print(why)
        return 1
    return _write(root, id, answers, options.date or date.today(), landscape)


def _answers(id: str, given: Answers, landscape: Landscape, ask: Callable[[str], str], terminal: bool) -> tuple[Answers, str]:
    """All answers, with lists as lists, and the id."""
    complete = all(given[name] for name, field in QUESTIONS.items() if field.required)
    if terminal and not complete:
        given = interview(given, landscape, ask, print)
        id = _ask_id(given, id, landscape, ask, print)
    answers = {name: _items(text) if QUESTIONS[name].many else text for name, text in given.items() if text}
    return answers, id or slug(given["name"])


def _write(root: Path, id: str, answers: Answers, day: date, landscape: Landscape) -> int:
    path = root / RECORDS / f"{id}.yml"
    text = starter(id, answers, day, landscape.vocabularies)
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"Wrote {RECORDS}/{id}.yml.")
    if is_unfinished(text):
        print(f"Fill in what says {TODO}, then run: scripts/check-data {RECORDS}/{id}.yml")
        return 0
    problems = parse_yaml(path, root, RECORD, landscape.vocabularies)[1]
    print(report(problems) if problems else "It passes the check.")
    return 1 if problems else 0
