"""Taking a record out: its file goes, and an entry in ``data/retired.yml`` tells readers of its old address why, and where to go.

To rename a record, copy its file under the new id first, then retire the old one with ``--became``.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import Iterator

from .. import fields as f
from ..checks import links
from ..load import CASE_STUDIES, PUBLICATIONS, RECORDS, RETIRED, load
from ..model import Landscape
from ..nodes import read_nodes
from ..parse import parse
from ..problems import Problem, ProblemsFound, report
from .record_yaml import record_text

_EMPTY = re.compile(r"^retired:[ \t]*\[[ \t]*\][ \t]*$", re.MULTILINE)


def with_entry(text: str, entry: dict[str, str]) -> str:
    """The text of ``data/retired.yml`` with one more entry at its end; everything before it stays as it is."""
    body = _EMPTY.sub("retired:", text) if text.strip() else "retired:\n"
    lines = record_text(entry, f.RETIRED).rstrip("\n").replace("\n", "\n    ")
    return f"{body.rstrip()}\n  - {lines}\n"


def who_names(landscape: Landscape, id: str) -> Iterator[str]:
    """Files that still name a record, each with the field."""
    folders = ((RECORDS, "yml", landscape.records), (PUBLICATIONS, "yml", landscape.publications), (CASE_STUDIES, "md", landscape.case_studies))
    for folder, ending, items in folders:
        for name, item in sorted(items.items()):
            for path, named in links(item):
                if named == id and not (folder == RECORDS and name == id):
                    yield f"{folder}/{name}.{ending}: {path}"


def hindrance(landscape: Landscape, id: str, became: str) -> str:
    """Why a record cannot be taken out now, in an editor's words, or ""."""
    if id not in landscape.records:
        return f"There is no record {id!r} in {RECORDS}."
    if became and (became not in landscape.records or became == id):
        return f"There is no other record {became!r} in {RECORDS}, so nothing can stand in its place."
    named = list(who_names(landscape, id))
    if named:
        return "\n".join(["These still name it. Take it out there first, or write the id of the record in its place:", *(f"    {line}" for line in named)])
    return ""


def _problems(text: str, landscape: Landscape) -> list[Problem]:
    """What the check will say of the list, apart from the records it names."""
    node, problems = read_nodes(text, RETIRED)
    return problems if node is None else problems + parse(RETIRED, node, f.RETIRED_LIST, landscape.vocabularies)[1]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="the id of the record, such as newham-hub")
    parser.add_argument("--why", required=True, help="why it is taken out, in a sentence that readers of its old address see")
    parser.add_argument("--became", default="", help="the id of the record that stands in its place, if there is one")
    parser.add_argument("--date", type=date.fromisoformat, default=None, help="the day, such as 2026-11-24; today unless told")


def run(options: Namespace, root: Path) -> int:
    """Take the record's file out and add its entry, or say why not and change nothing."""
    try:
        landscape = load(root)
    except ProblemsFound as found:
        print(report(found.problems))
        return 1
    wrong = hindrance(landscape, options.id, options.became)
    if wrong:
        print(wrong)
        return 1
    day = (options.date or date.today()).isoformat()
    entry = {"id": options.id, "name": landscape.records[options.id].name, "became": options.became, "date": day, "why": options.why}
    file = root / RETIRED
    text = with_entry(file.read_text(encoding="utf-8") if file.is_file() else "", entry)
    problems = _problems(text, landscape)
    if problems:
        print(report(problems))
        return 1
    file.write_text(text, encoding="utf-8")
    (root / RECORDS / f"{options.id}.yml").unlink()
    leads = f" Its old address leads to {options.became}." if options.became else " Its old address says why."
    print(f"Retired {options.id}: its file is gone and {RETIRED} has an entry.{leads}")
    return 0
