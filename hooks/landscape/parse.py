"""Nodes to records: each value is compared with what its field allows, and every fault is noted where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Callable, Iterator, Mapping
from urllib.parse import urlsplit

from . import fields as f
from .fields import KINDS, Field
from .model import CaseStudy, Event, Exclusion, Figure, Funding, Name, Outcome, Partner, People, Population, Publication, Record, Referral, Retired, Site, Source, Survey
from .nodes import Entry, Node, join
from .problems import MISSING, MOST_IN_A_FILE, Problem, first_of
from .signs import hidden, number
from .suggest import field_name, leads_to, value as suggested
from .vocabulary import ID, Vocabulary

MAX_TEXT = 4_000
_TYPES = {
    f.SITE: Site, f.PARTNER: Partner, f.REFERRAL: Referral, f.FUNDING: Funding, f.OUTCOME: Outcome, f.EVENT: Event,
    f.SOURCE: Source, f.RECORD: Record, f.NAME: Name, f.PUBLICATION: Publication, f.FIGURE: Figure, f.SURVEY: Survey,
    f.CASE_STUDY: CaseStudy, f.PEOPLE: People, f.POPULATION: Population, f.DIRECTION: dict,
    f.RETIRED: Retired, f.RETIRED_LIST: dict, f.EXCLUSION: Exclusion, f.EXCLUSION_LIST: dict,
}
YEAR = re.compile(r"(18|19|20)[0-9][0-9]\Z")
# Fifteen digits are what every program that reads the downloads holds exactly.
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?\Z")
# Area, district and inward code as Royal Mail's rules allow them (also used by the Office for National Statistics).
POSTCODE = re.compile(r"(?:[A-PR-UWYZ](?:\d\d?|\d[A-HJKPSTUW]|[A-HK-Y]\d\d?|[A-HK-Y]\d[ABEHMNPRV-Y])) \d[ABD-HJLNP-UW-Z]{2}\Z", re.ASCII)
# It starts where a word starts, so that a long word without @ is read once and not once for each of its letters.
EMAIL = re.compile(r"(?<![^\s@<>])[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
PHONE = re.compile(r"(?<![\d£.,/-])(?:\+44[\s(]*|\(?0)\d(?:[\s().-]*\d){8,10}(?![\d])")
# Texts that were pasted with the markup of a web page or of Word, or in another encoding than they were read in. Other signs
# that look like HTML are left alone: every text is escaped wherever it is shown.
PASTED = re.compile(r"\A<[a-z][^<>]*>|</?(?:p|br|a|span|div|[uo]l|li|strong|em|i|sup|sub|font|table|t[rdh]|h[1-6]|o:p)(?:\s[^<>]*)?/?>|&(?:nbsp|amp|quot|apos|lt|gt|pound|euro|[lr][sd]quo|[nm]dash|hellip|bull|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
GARBLED = re.compile(r"\ufffd|â€.?|Â[^\w\s]|Ã[^\w\s]|Ã[\u0080-\u00bf]")
# Signs that mean something in Markdown or YAML, and would be shown as they stand.
MARKS = re.compile(r"\[\^[\w-]+\]|\]\((?:https?:|/)|\*\*[\w]|\A(?:->|>-|\|-)\s")
# Addresses of services that lead on to another one and note who follows it, and addresses shortened for the eye.
LEADS_ON = re.compile(r"\Ahttps?://(?:[\w.-]+\.safelinks\.protection\.outlook\.com/|(?:www\.)?google\.[a-z.]+/url\?|lm?\.facebook\.com/l\.php|urldefense\.(?:com|proofpoint\.com)/)", re.IGNORECASE)
SHORTENED = re.compile(r"\Ahttps?://(?:[^/]*(?:…|\.\.\.)|.*…)")
PLACEHOLDER = re.compile(r"\W*(?:to[ -]?do\b.*|t\.?b\.?[acd]\.?|n/a|xx+|fixme|lorem ipsum.*)\W*\Z|[?.\-_–—…]+\Z", re.IGNORECASE | re.DOTALL)


@dataclass
class Parsed:
    """A parsed file: the value (None when the file is no group of fields), the place of each field path that is written in it,
    and the paths that have a problem already, so that no rule tells of what only follows from one."""

    file: str
    value: Any
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def problem(self, path: str, what: str, at: str = "", **hints: str) -> Problem:
        """A problem of a field path, at the place of ``at`` or of the path itself; without a place, at its nearest parent."""
        known = at or path
        while known and known not in self.places:
            known = known.rpartition(".")[0]
        line, column = self.places.get(known, (1, 1))
        return Problem(self.file, line, column, path, what, **hints)


def parse(file: str, root: Node, spec: tuple[Field, ...], vocabularies: Mapping[str, Vocabulary]) -> tuple[Parsed, list[Problem]]:
    """A value of the type that belongs to ``spec`` (a Record for ``fields.RECORD``), with all problems of the file."""
    reader = _Parser(file, spec, vocabularies)
    try:
        value = reader.group(root, spec, "")
    except _Enough:
        value = None
    return Parsed(file, value, reader.places, {problem.field for problem in reader.problems}), first_of(reader.problems)


def parse_one(text: str, field: Field, vocabularies: Mapping[str, Vocabulary]) -> list[Problem]:
    """The problems of one value of a field, or of one item of its list, by itself."""
    reader = _Parser("", (field,), vocabularies)
    reader.one(Node(text, 1, 1), field, field.name)
    return reader.problems


class _Enough(Exception):
    """There are more problems than are told."""


class _Parser:
    def __init__(self, file: str, spec: tuple[Field, ...], vocabularies: Mapping[str, Vocabulary]):
        self.file, self.vocabularies = file, vocabularies
        self.top = {field.name for field in spec}
        self.present: set[str] = set()
        self.lists = {field.name: field.vocabulary for field in spec if field.many and field.kind == "term"}
        self.problems: list[Problem] = []
        self.places: dict[str, tuple[int, int]] = {}

    def note(self, at: Node | Entry, path: str, what: str, **hints: str) -> None:
        self.problems.append(Problem(self.file, at.line, at.column, path, what, **hints))
        if len(self.problems) > MOST_IN_A_FILE:
            raise _Enough

    def group(self, node: Node, spec: tuple[Field, ...], path: str) -> Any:
        """A group of fields as its dataclass, or None when it is something else."""
        self.places[path] = (node.line, node.column)
        if not isinstance(node.value, dict):
            return self.not_a_group(node, spec, path)
        known = {field.name: field for field in spec}
        self.present = self.present if path else set(node.value)
        values: dict[str, Any] = {}
        unknown: list[tuple[str, Entry]] = []
        for name, entry in self.come_home(node.value, known, path).items():
            here = join(path, name)
            self.places[here] = (entry.line, entry.column)
            if name in known:
                values[name.replace("-", "_")] = self.field(entry, known[name], here)
            else:
                unknown.append((name, entry))
        written = {*node.value, *self.swallowed(node.value, known, path)}
        lost = self.without_names(node, spec, path)
        for name, entry in [] if lost else unknown:
            meant = self.unknown(entry, name, known, written, path)
            if meant:
                written.add(meant)
                values[meant.replace("-", "_")] = self.field(entry, known[meant], join(path, meant))
        if not lost:
            self.missing(node, spec, path, written, [name for name, _ in unknown])
        return self.build(spec, values)

    def without_names(self, node: Node, spec: tuple[Field, ...], path: str) -> bool:
        """Note an item of a list that starts with a value where a field should stand: - 2016-09: The first surgery."""
        name, entry = next(iter(node.value.items()), ("", None))
        absent = [field.name for field in spec if field.required and field.name not in node.value]
        if not path or len(absent) < 2 or any(field.name == name for field in spec) or field_name(name, [field.name for field in spec], node.value)[1]:
            return False
        self.note(entry, join(path, name), "is not a field that exists here", allowed=", ".join(field.name for field in spec), mend=f"write {', '.join(f'{one}:' for one in absent)} each on a line of its own with a value after it")
        return True

    def not_a_group(self, node: Node, spec: tuple[Field, ...], path: str) -> None:
        one_item = isinstance(node.value, list) and len(node.value) == 1 and isinstance(node.value[0].value, dict)
        needed = ", ".join(f"{field.name}:" for field in spec if field.required or field is spec[0])
        mend = "take out the hyphen: there is only one" if one_item else f"write {needed} each on a line of its own with a value after it"
        self.note(node, path, f"is {'missing' if node.is_missing else node.kind}, not a group of fields", mend=mend)

    def come_home(self, entries: dict[str, Entry], known: Mapping[str, Field], path: str) -> dict[str, Entry]:
        """The entries without those that belong into the group above, but are not indented like it; these are put there."""
        kept: dict[str, Entry] = {}
        above: dict[str, Entry] = {}
        parts: tuple[Field, ...] = ()
        for name, entry in entries.items():
            if name not in known and name not in above and any(part.name == name for part in parts):
                self.note(entry, join(path, name), "is not indented like the lines above, which it belongs to", mend=f"start it in the same column as {next(iter(above), name)}:")
                above[name] = entry
                continue
            kept[name] = entry
            if name in known:
                last = entry.node.value[-1] if known[name].many and isinstance(entry.node.value, list) and entry.node.value else entry.node
                above, parts = (last.value, known[name].parts) if isinstance(last.value, dict) else ({}, ())
        return kept

    def build(self, spec: tuple[Field, ...], values: dict[str, Any]) -> Any:
        made = _TYPES[spec]
        if made is dict:
            return {name.replace("_", "-"): value for name, value in values.items() if value}
        return made(**{name: value for name, value in values.items() if value is not None})

    def swallowed(self, entries: dict[str, Entry], known: Mapping[str, Field], path: str) -> Iterator[str]:
        """Note and name the fields that are indented so far that they became a part of the text above them."""
        for holder, entry in entries.items():
            for name, *at in entry.node.inside:
                if name in known and name not in entries:
                    self.places[join(path, name)] = (at[0], at[1])
                    self.problems.append(Problem(self.file, at[0], at[1], join(path, name), f"is read as a part of {holder}", mend=f"start it in the same column as {holder}:"))
                    yield name

    def unknown(self, entry: Entry, name: str, known: Mapping[str, Field], written: set[str], path: str) -> str:
        """Note a name that is no field's. Returns the field it surely means, so that its value is read all the same, or ""."""
        meant, sure = field_name(name, list(known), written)
        mend = "correct the name, or take the line out"
        if path and name in self.top and not sure:
            meant, mend = "", "start it at the left margin: it is a field of the whole record"
            self.places.setdefault(name, (entry.line, entry.column))
        elif entry.node.is_missing:
            mend = "put the text in quotes if it holds a comma or a bracket, or take it out"
        self.note(entry, join(path, name), "is not a field that exists here", allowed=", ".join(known), nearest=meant, mend=mend)
        if sure:
            self.places[join(path, meant)] = (entry.line, entry.column)
        return meant if sure else ""

    def missing(self, node: Node, spec: tuple[Field, ...], path: str, written: set[str], unknown: list[str]) -> None:
        """Note required fields that are not there. When just one is missing and just one name is wrong, it is the one fault."""
        entries = node.value if isinstance(node.value, dict) else {}
        absent = [field for field in spec if field.required and field.name not in written and join(path, field.name) not in self.places]
        empty = [field for field in spec if field.required and field.name in entries and (entries[field.name].node.is_missing or entries[field.name].node.value in ("", [], {}))]
        for field in empty + ([] if len(absent) == len(unknown) == 1 else absent):
            at = entries.get(field.name) or node
            self.note(at, join(path, field.name), MISSING if at is node else _nothing_after(at.node, MISSING), mend=self.mend_missing(field, at))

    def mend_missing(self, field: Field, at: Entry | Node) -> str:
        if isinstance(at, Entry) and at.node.remark:
            return _QUOTE_REMARK
        example = f", such as {field.example}" if field.example else ""
        return f"add {field.name}: and {self.words(field)}{example}"

    def words(self, field: Field) -> str:
        one = self.vocabularies[field.vocabulary].is_a if field.kind == "term" else KINDS[field.kind].split(", such as")[0]
        return f"a list, each item {one}" if field.many else one

    def field(self, entry: Entry, field: Field, path: str) -> Any:
        node = entry.node
        if node.is_missing or node.value == "":
            if not field.required:
                self.note(entry, path, _nothing_after(node, "has nothing after it"), mend=_QUOTE_REMARK if node.remark else "write a value, or take the line out")
            return None
        if node.value in ([], {}) and field.sourced:
            if not field.required:
                self.note(entry, path, "has nothing in it", mend="write an item, or take the line out")
            return None
        if not field.many:
            return self.one(node, field, path)
        if isinstance(node.value, str) and field.name == "source":
            one = self.one(node, field, path)
            return (one,) if one else None
        if not isinstance(node.value, list):
            return self.not_a_list(node, field, path)
        return self.items(node, field, path)

    def not_a_list(self, node: Node, field: Field, path: str) -> tuple | None:
        """Note the fault. A group where a list of groups should stand is read as its only item."""
        first = field.parts[0].name + ":" if field.parts else field.example or "item"
        mend = f"put each item on its own line after a hyphen: - {first}"
        if isinstance(node.value, str) and _BULLET.match(node.value):
            mend = "write a hyphen and a space before each item: - benefits"
        elif isinstance(node.value, str) and field.kind == "text" and node.value.rstrip().endswith((".", "!", "?")):
            mend = f"put it on a line of its own after a hyphen: - {_short(node.value)}"
        elif isinstance(node.value, str) and not field.parts and len(node.value.splitlines()) == 1:
            mend = f"put square brackets around it, with commas between the items: [{_short(node.value.strip('()[]{}'))}]"
        self.note(node, path, f"is {node.kind}, not a list", mend=mend)
        return (self.group(node, field.parts, join(path, 1)),) if field.parts and isinstance(node.value, dict) else None

    def items(self, node: Node, field: Field, path: str) -> tuple:
        values, seen = [], {}
        loose = self.loose_text(node, field, path)
        for number, item in enumerate(self.whole_items(node, field, path), 1):
            here = join(path, number)
            self.places[here] = (item.line, item.column)
            if loose and isinstance(item.value, str):
                continue
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

    def whole_items(self, node: Node, field: Field, path: str) -> list[Node]:
        """The items of a list. One that only goes on with the item above, because each of its lines has a hyphen, is put to it."""
        first, items, told = field.parts[0] if field.parts else None, [], False
        for number, item in enumerate(node.value, 1):
            above = items[-1].value if items else None
            goes_on = first and first.required and isinstance(item.value, dict) and isinstance(above, dict) and first.name in above and first.name not in item.value
            if not goes_on or not item.value or item.value.keys() & above.keys() or not item.value.keys() <= {part.name for part in field.parts}:
                items.append(item)
                continue
            items[-1] = items[-1]._replace(value={**above, **item.value})
            if not told:
                self.note(item, join(path, number), "has a hyphen, but goes on with the item above", mend=f"write only {first.name}: with a hyphen, and start the other lines of the item in the same column")
            told = True
        return items

    def loose_text(self, node: Node, field: Field, path: str) -> bool:
        """Note texts in a list of groups, once. When they are words of another list, the line with its name was lost."""
        texts = [(number, item) for number, item in enumerate(node.value, 1) if field.parts and isinstance(item.value, str) and not item.is_missing]
        if not texts or len(texts) == len(node.value) == 1:
            return False
        number, item = texts[0]
        also = f" (also item{'s' if len(texts) > 2 else ''} {', '.join(str(other) for other, _ in texts[1:])})" if texts[1:] else ""
        lost = [self.lost_list(one.value, field, join(path, at)) for at, one in texts if number > 1]
        needed = ", ".join(f"{part.name}:" for part in field.parts if part.required)
        mend = f"write the line {lost[0]}: above it" if lost and all(lost) else f"write {needed} each on a line of its own with a value after it"
        if lost and all(lost):
            self.places[lost[0]] = (item.line, item.column)
        self.note(item, join(path, number), f"is text, not a group of fields{also}", mend=mend)
        return True

    def one(self, node: Node, field: Field, path: str) -> Any:
        """A single value of the field's kind, or None with a problem noted."""
        if field.kind == "group":
            return self.group(node, field.parts, path)
        if not isinstance(node.value, str):
            return self.not_one_value(node, field, path)
        text = node.value
        if node.remark:
            self.note(node, path, 'ends before "#": what follows is a remark', mend="put the whole text in quotes, or write a space after # if it is a remark")
            return None
        if not self.clean(node, text, field, path):
            return None
        if field.kind == "term":
            return self.term(node, text, field, path)
        value = _READ[field.kind](text)
        if value is None and field.kind != "text":
            self.wrong(node, text, field, path)
        return self.own_address(node, text, path) if value and field.kind == "url" else value

    def own_address(self, node: Node, text: str, path: str) -> str | None:
        """An address that leads to the page itself."""
        if LEADS_ON.match(text):
            self.note(node, path, "leads on to another address, and notes who follows it", nearest=leads_to(text), mend="give the address it leads to")
        elif SHORTENED.match(text):
            self.note(node, path, "is shortened with …", mend="copy the whole address from the browser's address bar")
        else:
            return text
        return None

    def not_one_value(self, node: Node, field: Field, path: str) -> None:
        """Note a list or a group where one value should stand. A text with ': ' in it is the usual reason for a group."""
        wanted = self.words(Field(field.name, field.kind, "", vocabulary=field.vocabulary))
        if isinstance(node.value, dict) and field.kind == "text":
            first = next(iter(node.value), "")
            why = "starts with a bracket" if node.value and node.value[first].node.is_missing else f"""contains ': ' after "{_short(first)}\""""
            self.note(node, path, f"{why}, so it is read as a group of fields, not text", mend="put the text in quotes")
        else:
            self.note(node, path, f"is {node.kind}, not {wanted}", mend="write one value after the colon")

    def clean(self, node: Node, text: str, field: Field, path: str) -> bool:
        """No personal data, nothing invisible, and no remains of pasting. Addresses of web pages may hold digits that look like a
        phone number."""
        if len(text) > MAX_TEXT:  # and nothing else is looked for: it may be very much longer
            self.note(node, path, f"is longer than {MAX_TEXT:,} characters", mend="shorten it")
            return False
        personal = [name for name, there in (
            ("an e-mail address", "@" in text and EMAIL.search(text) and not (field.kind == "url" and "://" in text)), ("a phone number", field.kind == "text" and PHONE.search(text)),
        ) if there]
        if personal:
            self.note(node, path, f"holds {' and '.join(personal)}", mend="records hold no personal data: give the organisation's web address instead")
        sign = hidden(text)
        if sign:
            self.note(node, path, f"holds an invisible character ({number(sign)})", mend="delete it and type the text again")
        return not (personal or sign) and (field.kind != "text" or self.typed(node, text, path))

    def typed(self, node: Node, text: str, path: str) -> bool:
        """Nothing of what stays in a text when it is pasted or was never written."""
        pasted = ("<" in text or "&" in text) and PASTED.search(text)
        garbled = not text.isascii() and GARBLED.search(text)
        if pasted:
            self.note(node, path, f"holds HTML ({_short(pasted[0])})", mend="paste it as plain text, and type what the signs stand for")
        elif garbled:
            self.note(node, path, f'holds garbled signs ("{garbled[0]}")', mend="type them again as the source has them, and save the file in UTF-8")
        elif MARKS.search(text):
            self.note(node, path, f'holds signs that would be shown as they stand ("{_short(MARKS.search(text)[0])}")', mend="write plain words; a source is named under supports: or source:")
        elif PLACEHOLDER.match(text):
            self.note(node, path, f'"{_short(text)}" only holds a place', mend="write what a source says, or take the line out")
        else:
            return True
        return False

    def wrong(self, node: Node, text: str, field: Field, path: str) -> None:
        meant = suggested(field.kind, text)
        mend = _MENDS.get(field.kind, f"write {KINDS[field.kind]}")
        if field.kind == "id":
            example = "newham-hub"
            if path == "id" and ID.match(stem := PurePosixPath(self.file).stem):
                meant = stem
            elif path != "id" and field.name in ("source", "id"):
                meant, example = meant if meant == text.lower() else "", field.example or example
            mend = f"{'write the id of a source of this record' if field.name == 'source' else mend}, such as {example}"
            other = next((sign for sign in text if sign.isalpha() and not sign.isascii()), "")
            mend = f'type "{other}" ({number(other)}) again: it is not one of the letters a to z' if other else mend
        self.note(node, path, f'"{_short(text)}" is not {KINDS[field.kind]}', nearest=meant if meant and _READ[field.kind](meant) is not None else "", mend=mend)

    def lost_list(self, text: str, field: Field, path: str) -> str:
        """The list that an item of another belongs to, when the line with its name is not there; or ""."""
        if path == field.name or "." in path.removeprefix(f"{field.name}."):
            return ""
        return next((name for name, words in self.lists.items() if name not in self.present and text in self.vocabularies[words]), "")

    def term(self, node: Node, text: str, field: Field, path: str) -> str | None:
        vocabulary = self.vocabularies[field.vocabulary]
        if text in vocabulary:
            return text
        lost = self.lost_list(text, field, path)
        if lost and lost in self.places:
            return None  # told at the first item
        several = [part.strip() for part in re.split(r"[,;/&\n]| - | and ", text)]
        mend = f"use a tag from the list, or propose a new one in {vocabulary.file}"
        if lost:
            self.places[lost] = (node.line, node.column)
            mend = f"write the line {lost}: above it, if a list of its own starts here"
        elif len(several) > 1 and all(part in vocabulary for part in several):
            mend = f"write them as a list: [{', '.join(several)}]" if field.many else "choose one of them"
        self.note(node, path, f'"{_short(text)}" is not {vocabulary.is_a}', allowed=vocabulary.allowed(), nearest=vocabulary.nearest(text), mend=mend)
        return None


_BULLET = re.compile(r"[•·▪◦‣●○■*–—−+-]|(?:\d+|[a-z])[.)]\s")
_QUOTE_REMARK = "write a value before the #, or put the text in quotes if # belongs to it"
_MENDS = {
    "id": "use small letters, digits and single hyphens", "any-date": "write 2019, 2019-06 or 2019-06-30",
    "url": "copy the address from the browser's address bar", "number": "write digits only: no commas, no £ and no words",
}


def _nothing_after(node: Node, otherwise: str) -> str:
    return "has only a remark after it" if node.remark else otherwise


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


# --- single values: what was typed to the value, or None when it is not of its kind ------------------------------------------


_NO_ADDRESS = re.compile(r"[\s<>\"'`{}|\\^“”‘’]|[,;]$")
_DATE = re.compile(r"(18|19|20)\d\d(-\d\d(-\d\d)?)?\Z", re.ASCII)


def _postcode(text: str) -> str | None:
    tidy = re.sub(r"\s+", "", text).upper()
    tidy = f"{tidy[:-3]} {tidy[-3:]}"
    return tidy if POSTCODE.match(tidy) else None


_READ: Mapping[str, Callable[[str], Any]] = {
    "text": lambda text: " ".join(text.split()) or None,
    "id": lambda text: text if ID.match(text) else None,
    "year": lambda text: text if YEAR.match(text) else None,
    "year-month": lambda text: text if text.count("-") < 2 and _is_date(text) else None,
    "date": lambda text: text if text.count("-") == 2 and _is_date(text) else None,
    "any-date": lambda text: text if _is_date(text) else None,
    "url": lambda text: text if is_web_address(text) else None,
    "number": lambda text: text if NUMBER.match(text) else None,
    "postcode": _postcode,
    "flag": lambda text: {"true": True, "false": False}.get(text),
}


def is_web_address(text: str) -> bool:
    """True for an http or https address with a host, without spaces, user names or characters that leave the address. A host is
    written in ASCII, as a browser's address bar gives it: letters of other scripts can look like those of another host."""
    if _NO_ADDRESS.search(text):
        return False
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc and host.isascii()


def _is_date(text: str) -> bool:
    """True for 2019, 2019-06 and 2019-06-30 when that month or day exists."""
    if not _DATE.match(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
