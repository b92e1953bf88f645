"""A record's file in its usual form: fields in the order of ``fields``, lines of a readable length, comments where they were.

Lines are moved whole, never written anew, because a comment belongs to the line below it: ruamel.yaml ties it to the value above,
and would leave it behind when a field moves. The values stay what they were; a file where they would not is left alone.
"""

from __future__ import annotations

import re
import textwrap
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any, Iterator, Sequence

from .. import fields as f
from ..fields import Field
from ..load import PUBLICATIONS, RECORDS, STATISTICS, SURVEYS
from ..read_files import read_text
from ..nodes import Entry, Node, read_nodes
from ..problems import Problem, count, report
from .schema import OF_FOLDER, first_line

FOLDERS = {RECORDS: f.RECORD, PUBLICATIONS: f.PUBLICATION, SURVEYS: f.SURVEY, STATISTICS: f.POPULATION}
_SCHEMA_LINE = "# yaml-language-server:"
WIDTH = 120  # columns, when a text is broken into lines
_TOO_LONG = 126  # a line up to here stays as its editor broke it


class _LeftAlone(Exception):
    """The file is written in a way that is not put in order."""


def formatted(text: str, spec: Sequence[Field], file: str = "", header: str = "") -> tuple[str, list[Problem]]:
    """The text of a file in its usual form, or with the problems that keep it from being read. ``header`` is its first line."""
    root, problems = read_nodes(text, file)
    if root is None or problems:
        return text, problems
    lines = [line.rstrip() for line in text.rstrip("\n").split("\n")]
    try:
        ordered = _ordered(lines, root, spec)
    except _LeftAlone:
        ordered = lines
    for made in (wrapped(ordered), ordered, lines):
        whole = _framed(made, header)
        if _values(read_nodes(whole, file)[0]) == _values(root):
            return whole, []
    return text, []


def _values(node: Node | None) -> Any:
    """What a file says, without places."""
    if node is None or isinstance(node.value, str):
        return node and (" ".join(node.value.split()), node.is_missing)
    if isinstance(node.value, list):
        return [_values(item) for item in node.value]
    return {name: _values(entry.node) for name, entry in node.value.items()}


def _framed(lines: list[str], header: str) -> str:
    """Lines under the first line that belongs there, without empty ones at both ends or two in a row."""
    if header and header not in lines[:1]:
        lines = [header, *lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


# --- order ------------------------------------------------------------------------------------------------------------


def _ordered(lines: list[str], root: Node, spec: Sequence[Field]) -> list[str]:
    if not isinstance(root.value, dict) or _is_flow(lines, root):
        raise _LeftAlone
    first = next(iter(root.value.values())).line - 1
    while first and lines[first - 1].startswith("#") and not lines[first - 1].startswith(_SCHEMA_LINE):
        first -= 1  # a comment on the first field; what stands above it belongs to the file
    return lines[:first] + _group(lines, root, first, len(lines), 0, spec)


def _group(lines: list[str], node: Node, start: int, end: int, indent: int, spec: Sequence[Field]) -> list[str]:
    """The lines of a group from ``start`` to before ``end``, with its fields in order and each name at ``indent``."""
    names = [field.name for field in spec]
    known = {field.name: field for field in spec}
    blocks = []
    entries = list(node.value.items())
    begins = [lead(lines, entry.line - 1, entry.column - 1, start) for _, entry in entries] + [end]
    for number, (name, entry) in enumerate(entries):
        above = [" " * indent + line.strip() if line.strip() else "" for line in lines[begins[number] : entry.line - 1]]
        body = _entry(lines, entry, begins[number + 1], indent, known.get(name))
        blocks.append((names.index(name) if name in known else len(names), above + body))
    return [line for _, block in sorted(blocks, key=lambda one: one[0]) for line in block]


def lead(lines: list[str], line: int, column: int, start: int) -> int:
    """The first of the comment lines that stand directly above a line, in its column."""
    while line > start and (not lines[line - 1].strip() or re.match(rf" {{{column}}}#", lines[line - 1])):
        line -= 1
    return line


def _entry(lines: list[str], entry: Entry, end: int, indent: int, field: Field | None) -> list[str]:
    """The lines of one field from its name on, moved to ``indent``, and those of its value put in order too."""
    own, column, node = entry.line - 1, entry.column - 1, entry.node
    nested = isinstance(node.value, (dict, list)) and not _is_flow(lines, node) and node.line - 1 > own
    if not nested or field is None:
        return _moved(lines, own, end, column, indent)
    begin = lead(lines, node.line - 1, _left(lines, node), own + 1)
    head = _moved(lines, own, begin, column, indent)
    if isinstance(node.value, list):
        return head + _list(lines, node, begin, end, indent + 2, field)
    return head + _group(lines, node, begin, end, indent + 2, field.parts)


def _list(lines: list[str], node: Node, start: int, end: int, indent: int, field: Field) -> list[str]:
    """The lines of a list with each hyphen at ``indent``."""
    column = _left(lines, node)
    if any(not re.fullmatch(rf" {{{column}}}- +", lines[item.line - 1][: item.column - 1]) for item in node.value):
        raise _LeftAlone
    begins = [lead(lines, item.line - 1, column, start) for item in node.value] + [end]
    made: list[str] = []
    for number, item in enumerate(node.value):
        made += _moved(lines, begins[number], item.line - 1, column, indent)
        made += _item(lines, item, begins[number + 1], column, indent, field)
    return made


def _item(lines: list[str], item: Node, end: int, column: int, indent: int, field: Field) -> list[str]:
    own = item.line - 1
    if not isinstance(item.value, dict) or _is_flow(lines, item):
        return _moved(lines, own, end, column, indent)
    bare = [*lines[:own], lines[own][:column] + " " + lines[own][column + 1 :], *lines[own + 1 :]]  # the hyphen becomes a space
    body = _group(bare, item, own, end, indent + 2, field.parts)
    first = next(number for number, line in enumerate(body) if line.strip() and not line.strip().startswith("#"))
    above = [" " * indent + line.strip() if line.strip() else "" for line in body[:first]]
    return [*above, " " * indent + "- " + body[first].lstrip(), *body[first + 1 :]]


def _moved(lines: list[str], start: int, end: int, column: int, indent: int) -> list[str]:
    """Lines as they are, but with what stood in ``column`` at ``indent``. A name after a hyphen loses what is before it."""
    made = []
    for line in lines[start:end]:
        text = line[column:] if not line[:column].strip(" -") else line.lstrip()
        made.append(" " * indent + text if text.strip() else "")
    return made


def _is_flow(lines: list[str], node: Node) -> bool:
    """True for [a, b] and {a: b}."""
    return lines[node.line - 1][node.column - 1 : node.column] in ("[", "{")


def _left(lines: list[str], node: Node) -> int:
    """The column, from 0, in which a nested group or list starts."""
    return node.column - 1


# --- length of lines ----------------------------------------------------------------------------------------------------

_TEXT_BELOW = re.compile(r"( *(?:- )*(?:[\w-]+: )?)>-?\Z")
_LONG_LIST = re.compile(r"( *)((?:- )*[\w-]+: )\[(.*)\]\Z")
_LONG_TEXT = re.compile(r"( *)((?:- )*)((?:[\w-]+: )?)([^\s\"'\[{>|&*!#%@`?-].*)\Z")


def wrapped(lines: Sequence[str]) -> list[str]:
    """Lines of which none is longer than it may be, as far as words allow."""
    made: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if _TEXT_BELOW.match(line):
            body = list(_body(lines, number))
            made += [line, *_refolded(body)]
            number += 1 + len(body)
            continue
        made += _list_lines(line) or _text_lines(line) or [line]
        number += 1
    return made


def _body(lines: Sequence[str], number: int) -> Iterator[str]:
    """The lines of a text below >-."""
    outer = len(lines[number]) - len(lines[number].lstrip(" "))
    for line in lines[number + 1 :]:
        if line.strip() and len(line) - len(line.lstrip(" ")) <= outer:
            return
        yield line


def _refolded(body: list[str]) -> list[str]:
    """A folded text in new lines when one is too long. One with paragraphs or deeper lines is left as it is."""
    indent = len(body[0]) - len(body[0].lstrip(" ")) if body else 0
    plain = all(len(line) - len(line.lstrip(" ")) == indent for line in body)
    return _fold(" ".join(line.strip() for line in body), indent) if plain and any(len(line) > _TOO_LONG for line in body) else body


def _list_lines(line: str) -> list[str]:
    """A list in brackets that is too long, broken after commas; [] for any other line."""
    match = _LONG_LIST.match(line) if len(line) > _TOO_LONG else None
    if not match or re.search(r"[\"'\[\]{}#]", match[3]):
        return []
    inner = len(match[1]) + len(match[2]) - len(match[2].lstrip("- ")) + 2
    text = f"{match[2]}[{match[3]}]"
    return textwrap.wrap(text, WIDTH, initial_indent=match[1], subsequent_indent=" " * inner, break_long_words=False, break_on_hyphens=False)


def _text_lines(line: str) -> list[str]:
    """A text that is too long for its line, folded below it; [] for any other line."""
    match = _LONG_TEXT.match(line) if len(line) > _TOO_LONG else None
    if not match or not (match[2] or match[3]) or " " not in match[4] or " #" in match[4]:
        return []
    indent, hyphens, name, text = match.groups()
    return [f"{indent}{hyphens}{name}>-", *_fold(text, len(indent) + len(hyphens) + (2 if name else 0))]


def _fold(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


# --- the command ----------------------------------------------------------------------------------------------------------


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", help="the files to put in order; without any, all records, publications and surveys")
    parser.add_argument("--check", action="store_true", help="change nothing, and say which files are not in order")


def run(options: Namespace, root: Path) -> int:
    """Put files in order. 1 means that some could not be read, or with ``--check`` that some are not in order."""
    changed, problems = [], []
    for path in _chosen(options.files, root):
        folder = path.parent.relative_to(root).as_posix()
        file = path.relative_to(root).as_posix()
        old, unread = read_text(path, file)
        new, found = ("", [unread]) if unread else formatted(old, FOLDERS[folder], file, first_line(folder) if folder in OF_FOLDER else "")
        problems += found
        if not found and new.encode() != path.read_bytes():
            changed.append(file)
            if not options.check:
                path.write_text(new, encoding="utf-8", newline="\n")
    print(_told(changed, problems, options.check))
    return 1 if problems or (options.check and changed) else 0


def _chosen(files: Sequence[str], root: Path) -> list[Path]:
    """The files named, or all that have an order."""
    if not files:
        return [path for folder in FOLDERS for path in sorted((root / folder).glob("*.yml"))]
    chosen = [(Path.cwd() / file).resolve() for file in files]
    return [path for path in chosen if path.is_file() and path.is_relative_to(root) and path.parent.relative_to(root).as_posix() in FOLDERS]


def _told(changed: list[str], problems: list[Problem], check: bool) -> str:
    if problems:
        return report(problems)
    if not changed:
        return "Every file is in order."
    return "\n".join([*changed, f"{count(len(changed), 'file')} {'to put' if check else 'put'} in order." + (" Run scripts/format." if check else "")])
