"""YAML text to nodes: every value as the text an editor typed, with its line and column.

PyYAML's ordinary loaders turn ``no`` into False, drop repeated keys and forget where a value stood, so records are
composed, not loaded. This is the only module that imports PyYAML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

import yaml

from .problems import Problem

MAX_BYTES = 200_000
MAX_DEPTH = 8
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in "str int float bool null timestamp map seq merge value".split()}

Value = Union[str, "list[Node]", "dict[str, Entry]"]


@dataclass(frozen=True)
class Node:
    """A value and where it starts (``line`` and ``column`` count from 1). ``quoted`` tells "" from nothing."""

    value: Value
    line: int
    column: int
    quoted: bool = False

    @property
    def is_missing(self) -> bool:
        """True when the key has nothing after it, or only the word for nothing."""
        return isinstance(self.value, str) and not self.quoted and self.value in ("", "~", "null", "Null", "NULL")

    @property
    def kind(self) -> str:
        """What an editor would call the value: text, a list or a group of fields."""
        return {str: "text", list: "a list", dict: "a group of fields"}[type(self.value)]


@dataclass(frozen=True)
class Entry:
    """One key of a group: where the key stands, and its value."""

    line: int
    column: int
    node: Node


def read_nodes(text: str, file: str, line_offset: int = 0) -> tuple[Node | None, list[Problem]]:
    """Compose YAML ``text`` into nodes. ``line_offset`` is added to each line (for front matter inside a page).

    Returns the top node (None when the text is not YAML that records may use) and the problems found.
    """
    problems = _text_problems(text, file, line_offset)
    if problems:
        return None, problems
    try:
        root = yaml.compose(text, Loader=_FAST)
    except (yaml.YAMLError, RecursionError) as error:
        return None, [_translate(text, file, line_offset, error)]
    if root is None:
        return None, [Problem(file, 1 + line_offset, 1, "", "the file is empty", mend="start from a copy of another record")]
    reader = _Reader(file, line_offset)
    node = reader.node(root, "", 1)
    return (None if reader.refused else node), reader.problems


class _Reader:
    """Turns PyYAML's nodes into ours and notes repeated keys, anchors and tags on the way."""

    def __init__(self, file: str, offset: int):
        self.file, self.offset, self.problems, self.seen, self.refused = file, offset, [], set(), False

    def note(self, mark: yaml.Mark, field: str, what: str, mend: str) -> None:
        self.problems.append(Problem(self.file, mark.line + 1 + self.offset, mark.column + 1, field, what, mend=mend))

    def node(self, raw: yaml.Node, path: str, depth: int) -> Node:
        mark = raw.start_mark
        at = (mark.line + 1 + self.offset, mark.column + 1)
        refusal = self._refusal(raw, depth)
        if refusal:
            self.refused = True
            self.note(mark, path, *refusal)
            return Node("", *at)
        self.seen.add(id(raw))
        if isinstance(raw, yaml.ScalarNode):
            return Node(raw.value.strip(), *at, quoted=raw.style in ("'", '"', "|", ">"))
        if isinstance(raw, yaml.SequenceNode):
            return Node([self.node(item, join(path, n), depth + 1) for n, item in enumerate(raw.value, 1)], *at)
        return Node(self._entries(raw, path, depth), *at)

    def _refusal(self, raw: yaml.Node, depth: int) -> tuple[str, str] | None:
        """Why records may not use a node, and the mend; a file with such a node is not read further."""
        if id(raw) in self.seen:
            return "points to another value with * and &", "write the value out"
        if raw.tag not in _PLAIN_TAGS:
            return f"has a tag ({raw.tag})", "take out the word that starts with !"
        if depth > MAX_DEPTH:
            return f"is nested more than {MAX_DEPTH} levels deep", "write it flatter"
        return None

    def _entries(self, raw: yaml.MappingNode, path: str, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for key, value in raw.value:
            if not isinstance(key, yaml.ScalarNode):
                self.note(key.start_mark, path, "a field name must be text", "write a name, a colon and a value")
                continue
            field = join(path, key.value)
            line, column = key.start_mark.line + 1 + self.offset, key.start_mark.column + 1
            node = self.node(value, field, depth + 1)
            if key.value in entries:
                first = entries[key.value].line
                self.note(key.start_mark, field, f"is written twice (first on line {first})", "keep one of the two")
                continue
            entries[key.value] = Entry(line, column, node)
        return entries


def join(path: str, part: object) -> str:
    """A field path with one more part: ``join("sources", 2)`` is ``sources.2``."""
    return f"{path}.{part}" if path else str(part)


def _text_problems(text: str, file: str, offset: int) -> list[Problem]:
    """Faults of the bare text, before YAML is read: too long, or tabs, which YAML does not allow to indent with."""
    if len(text) > MAX_BYTES:
        return [Problem(file, 1 + offset, 1, "", f"the file is longer than {MAX_BYTES:,} characters", mend="split it or shorten it")]
    return [
        Problem(file, number + offset, line.index("\t") + 1, "", "a tab character", mend="use spaces")
        for number, line in enumerate(text.splitlines(), 1)
        if "\t" in line
    ]


# PyYAML's own words (found in the error's text) and ours, with the mend. The first that fits is used.
_TRANSLATIONS = (
    ("mapping values are not allowed", "the text contains ': ', which YAML reads as a new field", "put the text in quotes"),
    ("cannot start any token", "a value may not start with this character", "put the text in quotes"),
    ("could not find expected ':'", "this line is not a field: it has no ': '", "write it as name: text, or indent it under the field above"),
    ("found unexpected end of stream", "a quotation mark or bracket is opened and not closed", "close it"),
    ("expected ',' or ']'", "a list in square brackets is not closed, or lacks a comma", "add the comma or the ]"),
    ("expected ',' or '}'", "a group in curly brackets is not closed, or lacks a comma", "add the comma or the }"),
    ("sequence entries are not allowed", "a list may not start here", "put the - on a line of its own below the field"),
    ("unknown escape character", "a backslash in double quotes has a special meaning", "use single quotes"),
    ("undefined alias", "a value may not start with *", "put the text in quotes"),
    ("expected alphabetic or numeric character", "a value may not start with * or &", "put the text in quotes"),
    ("a tag", "a value may not start with !", "put the text in quotes"),
    ("expected <block end>", "the indentation does not fit the lines above", "start it in the same column as its neighbours"),
    ("special characters are not allowed", "an invisible control character", "delete it and type the text again"),
    ("expected a single document", "a second document starts here with ---", "keep one record in a file"),
    ("did not find expected", "the indentation does not fit the lines above", "start it in the same column as its neighbours"),
)


def _translate(text: str, file: str, offset: int, error: Exception) -> Problem:
    """A YAML fault in an editor's words. The pure-Python parser is asked again, so that words do not depend on libyaml."""
    if isinstance(error, RecursionError):
        return Problem(file, 1 + offset, 1, "", "the file is nested too deeply", mend="write it flatter")
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as plain:
        error = plain
    except RecursionError:
        return Problem(file, 1 + offset, 1, "", "the file is nested too deeply", mend="write it flatter")
    parts = (getattr(error, name, None) for name in ("context", "problem", "reason"))
    said = " ".join(str(part) for part in parts if part) or str(error)
    what, mend = next(((ours, mend) for theirs, ours, mend in _TRANSLATIONS if theirs in said), ("the line cannot be read as YAML", "compare it with another record"))
    line, column = _place(text, error)
    return Problem(file, line + offset, column, "", what, mend=mend)


def _place(text: str, error: Exception) -> tuple[int, int]:
    """Line and column of a YAML fault, counted from 1."""
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        unclosed = "end of stream" in str(error) or "expected ','" in str(error)
        context = getattr(error, "context_mark", None)
        mark = context if unclosed and context is not None else mark
        return mark.line + 1, mark.column + 1
    position = getattr(error, "position", 0) or 0
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
