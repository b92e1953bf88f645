"""A new record as the text of its file: keys in the order of ``fields``, short lists on one line, long texts folded.

Values are written by ruamel.yaml only, which quotes whatever needs it, so no value can become YAML of its own.
"""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any, Mapping, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import FoldedScalarString

from ..fields import RECORD, Field
from ..nodes import MAX_BYTES
from .formatting import wrapped

_LONGEST_NUMBER = 15  # digits; what is longer is no number of ours, and stays a text for the check to refuse
_FOLD_FROM = 90  # a text longer than this stands on lines of its own


def record_text(values: Mapping[str, Any], spec: Sequence[Field] = RECORD) -> str:
    """The YAML of ``values``: texts, flags, lists and groups by the names of ``spec``. What is empty is left out."""
    return dump(_group(values, spec))


def round_trip() -> YAML:
    """A reader and writer that keeps comments, order and quotes, in the indentation of the records' files. It breaks no line."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = MAX_BYTES
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def dump(values: CommentedMap) -> str:
    """Values as YAML, in lines as ``formatting`` breaks them."""
    out = StringIO()
    round_trip().dump(values, out)
    return "\n".join(wrapped(out.getvalue().split("\n")))


def _group(values: Mapping[str, Any], spec: Sequence[Field]) -> CommentedMap:
    return CommentedMap((field.name, yaml_value(values[field.name], field)) for field in spec if values.get(field.name))


def yaml_value(value: Any, field: Field) -> Any:
    """A value as ruamel.yaml writes it: short lists in brackets, long texts folded."""
    if not field.many:
        return _one(value, field)
    items = CommentedSeq(_one(item, field) for item in value)
    if field.kind != "group" and all(len(str(item)) <= 40 for item in items):
        items.fa.set_flow_style()
    return items


def _one(value: Any, field: Field) -> Any:
    """A value as ruamel.yaml writes it without quotes where it can: years and numbers as numbers, days as days."""
    if field.kind == "group":
        return _group(value, field.parts)
    if field.kind == "flag":
        return value
    text = " ".join(str(value).split())
    if field.kind in ("year", "number", "year-month", "any-date") and text.isascii() and text.isdigit() and not text.startswith("0") and len(text) <= _LONGEST_NUMBER:
        return int(text)
    if field.kind in ("date", "any-date") and len(text) == 10:
        return _day(text)
    return FoldedScalarString(text) if len(text) > _FOLD_FROM and field.kind == "text" else text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
