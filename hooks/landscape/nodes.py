"""YAML text to nodes: every value as the text an editor typed, with its line and column.

PyYAML's ordinary loaders turn ``no`` into False, drop repeated keys and forget where a value stood, so records are
composed, not loaded. Only this module and ``yaml_faults``, which explains what YAML refuses, import PyYAML.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Union

import yaml

from . import yaml_faults
from .problems import Problem, first_of
from .yaml_faults import Fault

MAX_BYTES = 200_000
MAX_DEPTH = 8
FAR_TOO_DEEP = 100  # levels at which a text is not even read


class _Fast(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """The composer in C. What a plain value may stand for (a number, a date) is not asked: records keep what was typed."""

    def resolve(self, kind, value, implicit):
        return self.PLAIN[kind]

    def descend_resolver(self, *place):
        pass

    def ascend_resolver(self):
        pass

    PLAIN = {yaml.ScalarNode: "tag:yaml.org,2002:str", yaml.SequenceNode: "tag:yaml.org,2002:seq", yaml.MappingNode: "tag:yaml.org,2002:map"}


_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in "str int float bool null timestamp map seq merge value".split()}

_LIKE_A_FIELD = re.compile(r" +([A-Za-z_]+):(?: |$)")

Value = Union[str, "list[Node]", "dict[str, Entry]"]


class Node(NamedTuple):
    """A value and where it starts (``line`` and ``column`` count from 1). ``quoted`` tells "" from nothing, ``remark`` a value
    that was cut off at a #, or has nothing but a remark. ``inside`` are lines of a folded text that look like fields: name, line and column."""

    value: Value
    line: int
    column: int
    quoted: bool = False
    remark: bool = False
    inside: tuple[tuple[str, int, int], ...] = ()

    @property
    def is_missing(self) -> bool:
        """True when the key has nothing after it, or only the word for nothing."""
        return isinstance(self.value, str) and not self.quoted and self.value in ("", "~", "null", "Null", "NULL")

    @property
    def kind(self) -> str:
        """What an editor would call the value: text, a list or a group of fields."""
        return {str: "text", list: "a list", dict: "a group of fields"}[type(self.value)]


class Entry(NamedTuple):
    """One key of a group: where the key stands, and its value."""

    line: int
    column: int
    node: Node


def read_nodes(text: str, file: str, line_offset: int = 0) -> tuple[Node | None, list[Problem]]:
    """Compose YAML ``text`` into nodes. ``line_offset`` is added to each line (for front matter inside a page).

    Returns the top node (None when the text is not YAML that records may use) and the problems found.
    """
    faults = _text_faults(text)
    if not faults:
        try:
            root = yaml.compose(text, Loader=_Fast)
        except (yaml.YAMLError, RecursionError, *yaml_faults.NUMBERS) as error:
            faults = [_explained(text, error)]
    if faults:
        last = text.count("\n") + 1
        return None, first_of(Problem(file, min(fault.line, last) + line_offset, fault.column, "", fault.what, mend=fault.mend) for fault in faults)
    if root is None or isinstance(root, yaml.ScalarNode) and not root.value and not root.style:  # nothing, or nothing after ---
        return None, [Problem(file, 1 + line_offset, 1, "", "the file is empty", mend="start from a copy of another record")]
    reader = _Reader(text, file, line_offset)
    node = reader.node(root, "", 1)
    return (None if reader.refused else node), first_of(reader.problems)


def _text_faults(text: str) -> list[Fault]:
    """Faults of the bare text, before YAML is read."""
    if len(text) > MAX_BYTES:
        return [Fault(1, 1, f"the file is longer than {MAX_BYTES:,} characters", "split it or shorten it")]
    return list(yaml_faults.depth(text, FAR_TOO_DEEP)) or [*yaml_faults.in_the_text(text), *yaml_faults.anchors(text)]


def _explained(text: str, error: Exception) -> Fault:
    """A YAML fault in an editor's words. The pure-Python parser is asked again, so that words do not depend on libyaml."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as plain:
        error = plain
    except yaml_faults.NUMBERS:
        pass  # libyaml's own words are the better ones
    return yaml_faults.explain(text, error)


class _Reader:
    """Turns PyYAML's nodes into ours and notes repeated keys and tags on the way."""

    def __init__(self, text: str, file: str, offset: int):
        self.lines, self.file, self.offset, self.problems, self.refused = text.split("\n"), file, offset, [], False
        self.has_remarks = "#" in text

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
        if isinstance(raw, yaml.ScalarNode):
            return Node(raw.value.strip(), *at, raw.style in ("'", '"', "|", ">"), self.has_remarks and not raw.style and self._cut_off(raw), self._fields_inside(raw))
        if isinstance(raw, yaml.SequenceNode):
            return Node([self.node(item, join(path, n), depth + 1) for n, item in enumerate(raw.value, 1)], *at)
        return Node(self._entries(raw, path, depth), *at)

    def _refusal(self, raw: yaml.Node, depth: int) -> tuple[str, str] | None:
        """Why records may not use a node, and the mend; a file with such a node is not read further."""
        if raw.tag not in _PLAIN_TAGS:
            return f"has a tag ({raw.tag})", "put the text in quotes, or take out the word that starts with !"
        if depth > MAX_DEPTH:
            return f"is nested more than {MAX_DEPTH} levels deep", "write it flatter"
        return None

    def _cut_off(self, raw: yaml.ScalarNode) -> bool:
        """True when a # ends a value that may have been meant to go on (#2), or stands where the value should."""
        line = self.lines[raw.end_mark.line] if raw.end_mark.line < len(self.lines) else ""
        rest = line[raw.end_mark.column :].lstrip() if "#" in line else ""
        return rest.startswith("#") and not (raw.value and rest[1:2] in ("", " ", "#"))

    def _fields_inside(self, raw: yaml.ScalarNode) -> tuple[tuple[str, int, int], ...]:
        """Lines of a text after > or | that start like a field: indented too far, a field becomes a part of the text above it."""
        if raw.style not in ("|", ">"):
            return ()
        lines = enumerate(self.lines[raw.start_mark.line + 1 : raw.end_mark.line], raw.start_mark.line + 2)
        return tuple((match[1], number + self.offset, match.start(1) + 1) for number, line in lines if (match := _LIKE_A_FIELD.match(line)))

    def _entries(self, raw: yaml.MappingNode, path: str, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        repeated = False
        for key, value in raw.value:
            if not isinstance(key, yaml.ScalarNode):
                self.note(key.start_mark, path, *self._no_name(key))
                self.refused = True  # what else would be said of the group only follows from this
                return {}
            field = join(path, key.value)
            line, column = key.start_mark.line + 1 + self.offset, key.start_mark.column + 1
            node = self.node(value, field, depth + 1)
            if key.value not in entries:
                entries[key.value], repeated = Entry(line, column, node), False
            elif not repeated:  # the fields after it are those of the item that lost its hyphen
                repeated = self._note_repeated(key, field, entries)
        return entries

    def _no_name(self, key: yaml.Node) -> tuple[str, str]:
        """What is wrong where a name should stand, and the mend: {{ name }} is read as a group that names a group."""
        line = self.lines[key.start_mark.line]
        if line[: key.start_mark.column].rstrip().endswith("{"):
            return "text that starts with a bracket is read as a group of fields", "put the text in quotes"
        return "a field name must be text", "write a name, a colon and a value"

    def _note_repeated(self, key: yaml.ScalarNode, field: str, entries: dict[str, Entry]) -> bool:
        """Note a field that is written twice. True when it looks like the start of a list's next item without its hyphen."""
        first = entries[key.value].line
        starts = key.value == next(iter(entries))
        next_item = field.split(".")[-2:-1] and field.split(".")[-2].isdigit() and starts
        mend = "put - before it if a new item starts here, or keep one of the two" if next_item else "keep one of the two"
        if starts and "." not in field:
            next_item, mend = True, "keep one of the two; if a second record starts here, put it in a file of its own"
        self.note(key.start_mark, field, f"is written twice (first on line {first})", mend)
        return bool(next_item)


def join(path: str, part: object) -> str:
    """A field path with one more part: ``join("sources", 2)`` is ``sources.2``."""
    return f"{path}.{part}" if path else str(part)
