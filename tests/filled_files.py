"""Files of every kind with every field filled, made from ``fields`` so that a new field is in them by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator, Mapping

from landscape import fields as f
from landscape.fields import Field
from landscape.load import CASE_STUDIES, LINK_EXCLUSIONS, PUBLICATIONS, RECORDS, RETIRED, STATISTICS, SURVEYS
from landscape.vocabulary import Vocabulary

ID = "hostile-record"


@dataclass(frozen=True)
class Kind:
    """A kind of file: where it is, its fields, the values that other files or fields hang on, and lists that need two items."""

    file: str
    spec: tuple[Field, ...]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    twice: tuple[str, ...] = ()
    end: str = ""


_PROSE = "".join(f"## {name}\n\nA sentence.\n\n" for name in f.CASE_STUDY_SECTIONS)
KINDS = (
    Kind(f"{RECORDS}/{ID}.yml", f.RECORD, {
        "id": ID, "kind": "partnership", "programme": "elderfield-advice-programme", "status": "ended", "status_as_of": "2019", "started": "2015", "ended": "2019",
        "predecessors": ["old-elderfield-desk"], "successors": ["thin-clinic"], "nation": "england", "region": "london", "local_authorities": ["newham"],
        "partners.side": "advice", "outcomes.number_to": "9", "sources.supports": list(f.SOURCED_FIELDS), "last_changed": "2026-05-02", "first_listed": "2026-05-01",
    }, ("outcomes",)),
    Kind(f"{PUBLICATIONS}/hostile-work.yml", f.PUBLICATION, {"id": "hostile-work", "partnerships": [ID]}),
    Kind(f"{SURVEYS}/hostile-survey.yml", f.SURVEY, {"id": "hostile-survey"}),
    Kind(f"{STATISTICS}/hostile-people.yml", f.POPULATION, {"id": "hostile-people", "regions.region": "london"}),
    Kind(RETIRED, f.RETIRED_LIST, {"retired.id": "gone-desk", "retired.became": ID}),
    Kind(LINK_EXCLUSIONS, f.EXCLUSION_LIST),
    Kind(f"{CASE_STUDIES}/{ID}.md", f.CASE_STUDY, {"partnership": ID}, end=f"---\n\n{_PROSE}"),
)
_PLAIN = {
    "text": "Plain words", "id": "s1", "year": "2019", "year-month": "2019", "date": "2026-05-01", "any-date": "2019", "url": "https://example.org/page",
    "number": "7", "postcode": "E20 1AS", "flag": "true",
}


@dataclass
class Written:
    """The text of a file, with the line (from 1) of each value by the path of its field: ``partners.name``."""

    kind: Kind
    lines: list[str] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n" + self.kind.end


def quoted(text: str) -> str:
    """A text in YAML's double quotes, where any sign can stand."""
    return '"' + "".join({'"': '\\"', "\\": "\\\\"}.get(sign) or (sign if sign.isprintable() else f"\\U{ord(sign):08X}") for sign in text) + '"'


def paths(spec: tuple[Field, ...], above: str = "") -> Iterator[tuple[str, Field]]:
    """Every field that holds a value itself, with its path without numbers."""
    for one in spec:
        yield from paths(one.parts, f"{above}{one.name}.") if one.parts else [(f"{above}{one.name}", one)]


def write(kind: Kind, vocabularies: Mapping[str, Vocabulary], change: Callable[[str, Field], str | None]) -> Written:
    """A file of a kind. ``change`` gives the text for the value of a path, or None for a plain one that passes the check."""
    made = Written(kind, ["---"] if kind.end else [])
    _group(made, kind.spec, "", 0, vocabularies, change)
    return made


def _group(made: Written, spec: tuple[Field, ...], above: str, indent: int, vocabularies, change, hyphen: bool = False) -> None:
    for one in spec:
        path, space = f"{above}{one.name}", " " * indent
        start = f"{space[:-2]}- {one.name}:" if hyphen and one is spec[0] else f"{space}{one.name}:"
        if one.parts:
            made.lines.append(start)
            for _ in range((2 if one.name in made.kind.twice else 1) if one.many else 0):
                _group(made, one.parts, f"{path}.", indent + 4, vocabularies, change, hyphen=True)
            if not one.many:
                _group(made, one.parts, f"{path}.", indent + 2, vocabularies, change)
            continue
        text = change(path, one)
        values = [text] if text is not None else _values(one, made.kind.fixed.get(path), vocabularies)
        if one.many:
            made.lines += [start, *(f"{space}  - {quoted(value)}" for value in values)]
            made.places.setdefault(path, []).append(len(made.lines))
        else:
            made.lines.append(f"{start} {quoted(values[0])}")
            made.places.setdefault(path, []).append(len(made.lines))


def _values(one: Field, fixed: Any, vocabularies: Mapping[str, Vocabulary]) -> list[str]:
    if fixed is not None:
        return fixed if isinstance(fixed, list) else [fixed]
    if one.kind == "term":
        tags = list(vocabularies[one.vocabulary].terms)
        return tags[:40] if one.many else tags[:1]
    return [_PLAIN[one.kind]]


def write_all(root: Path, vocabularies: Mapping[str, Vocabulary], change: Callable[[str, str, Field], str | None]) -> dict[str, Written]:
    """All kinds of file in a project's folder, by name. ``change`` gets the file, the path and the field."""
    made = {}
    for kind in KINDS:
        made[kind.file] = write(kind, vocabularies, lambda path, one, file=kind.file: change(file, path, one))
        (root / kind.file).parent.mkdir(parents=True, exist_ok=True)
        (root / kind.file).write_text(made[kind.file].text, encoding="utf-8", newline="\n")
    return made


def write_vocabularies(root: Path, vocabularies: Mapping[str, Vocabulary], words: Callable[[str], str]) -> None:
    """The vocabularies with each of their words as ``words`` has it; tags and codes stay. Of long lists only the first terms
    and London's are changed."""
    for name, vocabulary in vocabularies.items():
        lines = [f"{part}: {quoted(words(getattr(vocabulary, part)))}" for part in ("is_a", "title", "about")] + ["terms:"]
        for number, term in enumerate(vocabulary):
            change = words if number < 20 or term.tag == "newham" else str
            parts = {key: value for key, value in vars(term).items() if value}
            lines.append(f"  - tag: {quoted(parts.pop('tag'))}")
            for key, value in parts.items():
                if isinstance(value, tuple):
                    lines.append(f"    {key}: [{', '.join(quoted(change(one) if key == 'synonyms' else one) for one in value)}]")
                elif isinstance(value, bool):
                    lines.append(f"    {key}: true")
                else:
                    lines.append(f"    {key}: {quoted(change(value) if key in ('label', 'plural', 'definition') else value)}")
        (root / "data/vocabulary" / f"{name}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
