"""Nodes to records: each value is compared with what its field allows, and every fault is noted where it stands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Mapping
from urllib.parse import urlsplit

from . import fields as f
from .fields import KINDS, Field
from .model import CaseStudy, Event, Figure, Funding, Name, Outcome, Partner, People, Population, Publication, Record, Referral, Site, Source, Survey
from .nodes import Entry, Node, join
from .problems import Problem, nearest
from .vocabulary import Vocabulary

MAX_TEXT = 4_000
_TYPES = {
    f.SITE: Site, f.PARTNER: Partner, f.REFERRAL: Referral, f.FUNDING: Funding, f.OUTCOME: Outcome, f.EVENT: Event,
    f.SOURCE: Source, f.RECORD: Record, f.NAME: Name, f.PUBLICATION: Publication, f.FIGURE: Figure, f.SURVEY: Survey,
    f.CASE_STUDY: CaseStudy, f.PEOPLE: People, f.POPULATION: Population, f.DIRECTION: dict,
}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_YEAR = re.compile(r"(18|19|20)\d\d\Z")
# Area, district and inward code as Royal Mail's rules allow them (also used by the Office for National Statistics).
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\Z")
_HIDDEN = ("Cc", "Cf", "Co", "Cs")  # Unicode categories of signs that do not show: control, format, private, surrogate
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_PHONE = re.compile(r"(?<![\d£.,/-])(?:\+44[\s(]*|\(?0)\d(?:[\s()-]*\d){8,10}(?![\d])")


@dataclass
class Parsed:
    """A parsed file: the value (None when the file is no group of fields) and the place of each field path."""

    file: str
    value: Any
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def problem(self, path: str, what: str, at: str = "", **hints: str) -> Problem:
        """A problem of a field path, at the place of ``at`` or of the path itself; without a place, at its nearest parent."""
        known = at or path
        while known and known not in self.places:
            known = known.rpartition(".")[0]
        line, column = self.places.get(known, (1, 1))
        return Problem(self.file, line, column, path, what, **hints)


def parse(file: str, root: Node, spec: tuple[Field, ...], vocabularies: Mapping[str, Vocabulary]) -> tuple[Parsed, list[Problem]]:
    """A value of the type that belongs to ``spec`` (a Record for ``fields.RECORD``), with all problems of the file."""
    reader = _Parser(file, vocabularies)
    value = reader.group(root, spec, "")
    return Parsed(file, value, reader.places), reader.problems


class _Parser:
    def __init__(self, file: str, vocabularies: Mapping[str, Vocabulary]):
        self.file, self.vocabularies = file, vocabularies
        self.problems: list[Problem] = []
        self.places: dict[str, tuple[int, int]] = {}

    def note(self, at: Node | Entry, path: str, what: str, **hints: str) -> None:
        self.problems.append(Problem(self.file, at.line, at.column, path, what, **hints))

    def group(self, node: Node, spec: tuple[Field, ...], path: str) -> Any:
        """A group of fields as its dataclass, or None when it is something else."""
        self.places[path] = (node.line, node.column)
        if not isinstance(node.value, dict):
            self.note(node, path, f"is {'missing' if node.is_missing else node.kind}, not a group of fields", mend=f"write {spec[0].name}: and a value below it")
            return None
        known = {field.name: field for field in spec}
        values: dict[str, Any] = {}
        for name, entry in node.value.items():
            here = join(path, name)
            self.places[here] = (entry.line, entry.column)
            if name in known:
                values[name.replace("-", "_")] = self.field(entry, known[name], here)
            else:
                self.unknown(entry, here, name, known)
        self.missing(node, spec, path)
        return self.build(spec, values)

    def build(self, spec: tuple[Field, ...], values: dict[str, Any]) -> Any:
        made = _TYPES[spec]
        if made is dict:
            return {name.replace("_", "-"): value for name, value in values.items() if value}
        return made(**{name: value for name, value in values.items() if value is not None})

    def unknown(self, entry: Entry, path: str, name: str, known: Mapping[str, Field]) -> None:
        self.note(entry, path, "is not a field that exists here", allowed=", ".join(known), nearest=nearest(name, known), mend="correct the name, or take the line out")

    def missing(self, node: Node, spec: tuple[Field, ...], path: str) -> None:
        entries = node.value if isinstance(node.value, dict) else {}
        for field in spec:
            entry = entries.get(field.name)
            if field.required and (entry is None or entry.node.is_missing or entry.node.value in ("", [], {})):
                example = f", such as {field.example}" if field.example else ""
                at = entry or node
                self.note(at, join(path, field.name), "is missing", mend=f"add {field.name}: and {self.words(field)}{example}")

    def words(self, field: Field) -> str:
        one = self.vocabularies[field.vocabulary].is_a if field.kind == "term" else KINDS[field.kind].split(", such as")[0]
        return f"a list, each item {one}" if field.many else one

    def field(self, entry: Entry, field: Field, path: str) -> Any:
        node = entry.node
        if node.is_missing:
            if not field.required:
                self.note(entry, path, "has nothing after it", mend="write a value, or take the line out")
            return None
        if not field.many:
            return self.one(node, field, path)
        if isinstance(node.value, str) and field.kind != "group":
            return (self.one(node, field, path),) if field is f.ITEM_SOURCE or field.name == "source" else self.not_a_list(node, field, path)
        if not isinstance(node.value, list):
            return self.not_a_list(node, field, path)
        return self.items(node, field, path)

    def not_a_list(self, node: Node, field: Field, path: str) -> None:
        self.note(node, path, f"is {node.kind}, not a list", mend=f"put each item on its own line after a hyphen: - {field.example or 'item'}")

    def items(self, node: Node, field: Field, path: str) -> tuple:
        values, seen = [], {}
        for number, item in enumerate(node.value, 1):
            here = join(path, number)
            self.places[here] = (item.line, item.column)
            if item.is_missing:
                self.note(item, here, "has nothing after the hyphen", mend="write a value, or take the line out")
                continue
            value = self.one(item, field, here)
            if isinstance(value, str) and value in seen:
                self.note(item, here, f'"{value}" is listed twice (first as item {seen[value]})', mend="keep one")
            elif value is not None:
                seen[value if isinstance(value, str) else number] = number
                values.append(value)
        return tuple(values)

    def one(self, node: Node, field: Field, path: str) -> Any:
        """A single value of the field's kind, or None with a problem noted."""
        if field.kind == "group":
            return self.group(node, field.parts, path)
        if not isinstance(node.value, str):
            self.note(node, path, f"is {node.kind}, not {self.words(Field(field.name, field.kind, '', vocabulary=field.vocabulary))}", mend="write one value after the colon")
            return None
        text = node.value
        if not self.clean(node, text, field, path):
            return None
        return getattr(self, "_" + field.kind.replace("-", "_"))(node, text, field, path)

    def clean(self, node: Node, text: str, field: Field, path: str) -> bool:
        """No personal data and nothing invisible. Addresses of web pages may hold digits that look like a phone number."""
        personal = "records hold no personal data: give the organisation's web address instead"
        faults = []
        if field.kind != "url" and _EMAIL.search(text):
            faults.append(("holds an e-mail address", personal))
        if field.kind == "text" and _PHONE.search(text):
            faults.append(("holds a phone number", personal))
        hidden = next((sign for sign in text if sign != "\n" and unicodedata.category(sign) in _HIDDEN), "")
        if hidden:
            faults.append((f"holds an invisible character (U+{ord(hidden):04X})", "delete it and type the text again"))
        if len(text) > MAX_TEXT:
            faults.append((f"is longer than {MAX_TEXT:,} characters", "shorten it"))
        for what, mend in faults:
            self.note(node, path, what, mend=mend)
        return not faults

    def wrong(self, node: Node, text: str, field: Field, path: str, mend: str = "") -> None:
        shown = text if len(text) <= 60 else text[:57] + "…"
        hints = {"mend": mend or f"write {KINDS[field.kind]}"}
        self.note(node, path, f'"{shown}" is not {KINDS[field.kind]}', **hints)

    def _text(self, node: Node, text: str, field: Field, path: str) -> str | None:
        return " ".join(text.split()) or None

    def _id(self, node: Node, text: str, field: Field, path: str) -> str | None:
        if _ID.match(text):
            return text
        self.wrong(node, text, field, path, "use small letters, digits and single hyphens, such as newham-hub")
        return None

    def _year(self, node: Node, text: str, field: Field, path: str) -> str | None:
        return text if _YEAR.match(text) else self.wrong(node, text, field, path)

    def _year_month(self, node: Node, text: str, field: Field, path: str) -> str | None:
        return text if text.count("-") < 2 and _is_date(text) else self.wrong(node, text, field, path)

    def _date(self, node: Node, text: str, field: Field, path: str) -> str | None:
        return text if text.count("-") == 2 and _is_date(text) else self.wrong(node, text, field, path)

    def _any_date(self, node: Node, text: str, field: Field, path: str) -> str | None:
        return text if _is_date(text) else self.wrong(node, text, field, path, "write 2019, 2019-06 or 2019-06-30")

    def _url(self, node: Node, text: str, field: Field, path: str) -> str | None:
        return text if is_web_address(text) else self.wrong(node, text, field, path, "copy the address from the browser's address bar")

    def _number(self, node: Node, text: str, field: Field, path: str) -> str | None:
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and re.fullmatch(r"-?\d+(\.\d+)?", text):
            return text
        return self.wrong(node, text, field, path, "write digits only: no commas, no £ and no words")

    def _postcode(self, node: Node, text: str, field: Field, path: str) -> str | None:
        tidy = re.sub(r"\s+", "", text).upper()
        tidy = f"{tidy[:-3]} {tidy[-3:]}"
        return tidy if _POSTCODE.match(tidy) else self.wrong(node, text, field, path)

    def _flag(self, node: Node, text: str, field: Field, path: str) -> bool | None:
        return {"true": True, "false": False}[text] if text in ("true", "false") else self.wrong(node, text, field, path)

    def _term(self, node: Node, text: str, field: Field, path: str) -> str | None:
        vocabulary = self.vocabularies[field.vocabulary]
        if text in vocabulary:
            return text
        shown = text if len(text) <= 60 else text[:57] + "…"
        self.note(node, path, f'"{shown}" is not {vocabulary.is_a}', allowed=vocabulary.allowed(), nearest=vocabulary.nearest(text), mend=f"use a tag from the list, or propose a new one in {vocabulary.file}")
        return None


def is_web_address(text: str) -> bool:
    """True for an http or https address with a host, without spaces, user names or characters that leave the address."""
    if re.search(r"[\s<>\"'`{}|\\^]", text):
        return False
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc


def _is_date(text: str) -> bool:
    """True for 2019, 2019-06 and 2019-06-30 when that month or day exists."""
    if not re.fullmatch(r"(18|19|20)\d\d(-\d\d(-\d\d)?)?", text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
