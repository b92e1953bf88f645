"""The words of the field: settings, issue areas, kinds of organisation and the other lists that editors own.

Terms live in ``data/vocabulary/*.yml``. The validator, the facet pages and the field guide are all made from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field as dataclass_field
from types import MappingProxyType
from typing import Iterator, Mapping

from .nodes import Node, join
from .problems import Problem, first_of, nearest
from .signs import hidden, number

# An id, and a tag of the vocabulary: it names files and addresses, so it is short, plain ASCII and never a path.
ID = re.compile(r"(?=.{1,100}\Z)[a-z0-9]+(-[a-z0-9]+)*\Z")
# Names that no id and no tag may have, because an address or a file of that name means something else: the index of a folder
# to hosts and generators, a device to Windows, where the project could not be checked out.
NOT_FREE = re.compile(r"(?:index|readme|con|prn|aux|nul|(?:com|lpt)[0-9])\Z")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+\Z")  # what a term of copy-hosts is
MAX_WORDS = 2_000  # characters of one text
_NEEDED = {"local-authorities": "region", "regions": "nation"}  # what a place must lie in for its page and the map
_TERM_TEXTS = ("tag", "label", "plural", "definition", "code", "nation", "region", "tier", "unit", "start", "end", "strength")


@dataclass(frozen=True)
class Term:
    """One allowed value. ``formerly`` holds tags it had before, so that old addresses keep working. ``code`` is a GSS code; ``start`` and ``end`` are the years an area began and ceased to exist."""

    tag: str
    label: str
    plural: str = ""
    definition: str = ""
    synonyms: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    code: str = ""
    nation: str = ""
    region: str = ""
    tier: str = ""
    unit: str = ""
    start: str = ""
    end: str = ""
    strength: str = ""
    gives_advice: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """A list of terms. ``is_a`` reads after "is not": "a setting"."""

    name: str
    file: str
    is_a: str
    title: str
    about: str
    terms: Mapping[str, Term] = dataclass_field(default_factory=dict)

    def __getitem__(self, tag: str) -> Term:
        return self.terms[tag]

    def __contains__(self, tag: object) -> bool:
        return tag in self.terms

    def __iter__(self):
        return iter(self.terms.values())

    def label(self, tag: str) -> str:
        """The words shown for a tag."""
        return self.terms[tag].label

    def allowed(self) -> str:
        """The tags as an error message lists them: all of a short list, the first few of a long one."""
        tags = list(self.terms)
        shown = ", ".join(tags if len(tags) <= 20 else tags[:3])
        return f"{shown}{' …' if len(tags) > 20 else ''} ({len(tags)}, in {self.file})"

    def nearest(self, value: str) -> str:
        """The tag most like ``value`` by tag, label or synonym, or an empty text."""
        words = {word: term.tag for term in self for word in (term.label, term.plural, *term.synonyms) if word}
        return nearest(value, self.terms, words) or self._named_in(value, words)

    @staticmethod
    def _named_in(value: str, words: Mapping[str, str]) -> str:
        """The tag whose words stand whole inside ``value``, the longest first: Newham in "London Borough of Newham"."""
        padded = " ".join(["", *re.findall(r"\w+", value.lower()), ""])
        found = [word for word in words if len(word) > 3 and f" {word.lower()} " in padded]
        return words[max(found, key=len)] if found else ""


def read_vocabulary(name: str, file: str, root: Node, known: Mapping[str, Vocabulary] = MappingProxyType({})) -> tuple[Vocabulary, list[Problem]]:
    """A vocabulary from its file's top node, with the problems of the file. ``known`` are those whose tags its terms may name."""
    problems: list[Problem] = []
    fields = root.value if isinstance(root.value, dict) else {}
    texts = {key: entry.node.value for key, entry in fields.items() if isinstance(entry.node.value, str)}
    for key in ("is_a", "title", "about"):
        if not texts.get(key):
            problems.append(Problem(file, root.line, root.column, key, "is missing", mend="write one line of text"))
        else:
            problems += _unclean(file, fields[key].node, key)
    listed = fields["terms"].node if "terms" in fields else Node([], root.line, root.column)
    terms = _read_terms(listed, file, problems)
    problems += [problem for place, node in enumerate(listed.value, 1) if isinstance(node.value, dict) for problem in _misfits(name, file, node, join("terms", place), known)] if terms else []
    return Vocabulary(name, file, texts.get("is_a", ""), texts.get("title", ""), texts.get("about", ""), terms), first_of(problems)


def _unclean(file: str, node: Node, path: str) -> Iterator[Problem]:
    """Signs that do not show, and texts without end, in a text or in each text of a list."""
    for place, item in enumerate(node.value, 1) if isinstance(node.value, list) else [(0, node)]:
        here = join(path, place) if place else path
        if not isinstance(item.value, str):
            yield Problem(file, item.line, item.column, here, f"is {item.kind}, not text", mend="write one value")
        elif sign := hidden(item.value):
            yield Problem(file, item.line, item.column, here, f"holds an invisible character ({number(sign)})", mend="delete it and type the text again")
        elif len(item.value) > MAX_WORDS:
            yield Problem(file, item.line, item.column, here, f"is longer than {MAX_WORDS:,} characters", mend="shorten it")


def _misfits(name: str, file: str, node: Node, path: str, known: Mapping[str, Vocabulary]) -> Iterator[Problem]:
    """What is wrong with the parts of one term: texts, the tag as a name for pages and files, and the areas it names."""
    for key, entry in node.value.items():
        yield from _unclean(file, entry.node, join(path, key)) if key in (*_TERM_TEXTS, "synonyms", "formerly") else ()
    for key, entry in node.value.items():
        value = entry.node.value
        if key == "tag" and isinstance(value, str) and value and (NOT_FREE.match(value) or not (_HOST if name == "copy-hosts" else ID).match(value)):
            yield Problem(file, entry.node.line, entry.node.column, join(path, key), f'"{value[:60]}" cannot be a tag', mend="use small letters, digits and single hyphens, such as gp-practice")
        places = known.get(f"{key}s") if key in ("nation", "region", "unit") else None
        if places and value not in places:
            yield Problem(file, entry.node.line, entry.node.column, join(path, key), f'"{value}" is not {places.is_a}', allowed=places.allowed(), mend="use a tag from the list")
    if (needed := _NEEDED.get(name, "")) and needed not in node.value:
        yield Problem(file, node.line, node.column, join(path, needed), "is missing", mend=f"add {needed}: and the tag of the {needed} it lies in")


def _read_terms(listed: Node, file: str, problems: list[Problem]) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    for place, node in enumerate(listed.value if isinstance(listed.value, list) else [], 1):
        term = _read_term(node, file, join("terms", place), problems)
        if term and term.tag in terms:
            problems.append(Problem(file, node.line, node.column, join("terms", place), f'the tag "{term.tag}" is used twice', mend="keep one"))
        elif term:
            terms[term.tag] = term
    if not terms:
        problems.append(Problem(file, listed.line, listed.column, "terms", "has no terms", mend="add a term with a tag and a label"))
    return terms


def _read_term(node: Node, file: str, path: str, problems: list[Problem]) -> Term | None:
    if not isinstance(node.value, dict):
        problems.append(Problem(file, node.line, node.column, path, f"is {node.kind}, not a term", mend="write tag and label"))
        return None
    values: dict[str, object] = {}
    for key, entry in node.value.items():
        value = entry.node.value
        if key in _TERM_TEXTS and isinstance(value, str):
            values[key] = value
        elif key in ("synonyms", "formerly") and isinstance(value, list):
            values[key] = tuple(str(item.value) for item in value)
        elif key == "gives_advice" and value in ("true", "false"):
            values[key] = value == "true"
        else:
            problems.append(Problem(file, entry.line, entry.column, join(path, key), "is not a field of a term", allowed=", ".join((*_TERM_TEXTS, "synonyms", "formerly", "gives_advice"))))
    if not values.get("tag") or not values.get("label"):
        problems.append(Problem(file, node.line, node.column, path, "needs a tag and a label", mend="add what is missing"))
        return None
    return Term(**values)  # type: ignore[arg-type]
