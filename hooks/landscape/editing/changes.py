"""What differs between two values of one type, field by field, in words: the same for records, publications, surveys and case studies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Iterator, Mapping, Sequence

from ..fields import Field
from ..vocabulary import Vocabulary
from ..words import date_words
from .issue_form import label

Vocabularies = Mapping[str, Vocabulary]
# The parts by which an item of a list is known again when other parts of it have changed.
_KEYS = {"sources": ("id",), "sites": ("name",), "partners": ("name",), "funding": ("funder", "kind"), "outcomes": ("measure", "what"), "timeline": ("date", "what"), "figures": ("what",), "author": ("family", "given"), "regions": ("region",)}


@dataclass(frozen=True)
class Change:
    """One field that differs. ``where`` names it in our words, ``item`` the item of a list in the data's own; ``gone`` and ``new``
    are its values in words. With neither, only the order differs."""

    where: str
    item: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def changes(before: Any, after: Any, spec: Sequence[Field], vocabularies: Vocabularies) -> list[Change]:
    """All differences, in the order of the fields."""
    return [change for field in spec for change in _field(before, after, field, vocabularies, field.name, "")]


def _get(value: Any, field: Field) -> Any:
    """A part of a group, of a direction (which is kept as a mapping), or of nothing."""
    if isinstance(value, Mapping):
        return value.get(field.name, "")
    return getattr(value, field.name.replace("-", "_"), "")


def _field(before: Any, after: Any, field: Field, vocabularies: Vocabularies, path: str, item: str) -> Iterator[Change]:
    old, new = _get(before, field), _get(after, field)
    if (old or None) == (new or None):
        return
    if field.kind == "group" and field.many:
        yield from _items(old or (), new or (), field, vocabularies, path)
    elif field.kind == "group":
        yield from (change for part in field.parts for change in _field(old, new, part, vocabularies, f"{path}.{part.name}", item))
    else:
        said = lambda value: tuple(in_words(one, field, vocabularies) for one in (value if field.many else (value,) if value else ()))  # noqa: E731
        was, now = said(old or ()), said(new or ())
        yield Change(label(path), item, tuple(one for one in was if one not in now), tuple(one for one in now if one not in was))


def _items(old: Sequence[Any], new: Sequence[Any], field: Field, vocabularies: Vocabularies, path: str) -> Iterator[Change]:
    """Differences of a list of groups: items that changed, by part, then those that went or came."""
    gone, came = [one for one in old if one not in new], [one for one in new if one not in old]
    for was, now in _pairs(gone, came, field):
        gone.remove(was)
        came.remove(now)
        name = _name(now, field, vocabularies)
        yield from (change for part in field.parts for change in _field(was, now, part, vocabularies, f"{path}.{part.name}", name))
    if gone or came:
        yield Change(label(path), "", tuple(in_words(one, field, vocabularies) for one in gone), tuple(in_words(one, field, vocabularies) for one in came))
    elif sorted(map(repr, old)) == sorted(map(repr, new)):
        yield Change(label(path), "", (), ())


def _pairs(gone: Sequence[Any], came: Sequence[Any], field: Field) -> list[tuple[Any, Any]]:
    """Items that are the same with other parts: those with the same key, then those that agree in half of their parts."""
    keys = _KEYS.get(field.name, ())
    same_key = lambda was, now: bool(keys) and all(_get(was, part) == _get(now, part) for part in field.parts if part.name in keys)  # noqa: E731
    found: list[tuple[Any, Any]] = []
    for alike in (same_key, lambda was, now: _agreement(was, now, field) >= 0.5):
        for was in gone:
            now = next((now for now in came if alike(was, now) and all(now is not other for _, other in found)), None)
            if now is not None and all(was is not other for other, _ in found):
                found.append((was, now))
    return found


def _agreement(was: Any, now: Any, field: Field) -> float:
    """The share of filled parts in which two items agree."""
    filled = [part for part in field.parts if _get(was, part) or _get(now, part)]
    return sum(_get(was, part) == _get(now, part) for part in filled) / len(filled) if filled else 0


def _name(item: Any, field: Field, vocabularies: Vocabularies) -> str:
    """What an item is called: its first part in words."""
    keys = _KEYS.get(field.name) or (field.parts[0].name,)
    part = next(part for part in field.parts if part.name == keys[-1 if field.name == "outcomes" else 0])
    return in_words(_get(item, part), part, vocabularies)


def in_words(value: Any, field: Field, vocabularies: Vocabularies) -> str:
    """A value as a reader of the site would see it. A group is told part by part."""
    if field.kind == "group":
        parts = ((part, _get(value, part)) for part in field.parts)
        return "; ".join(_part_in_words(part, one, vocabularies) for part, one in parts if one)
    if field.kind == "term":
        terms = vocabularies[field.vocabulary].terms
        return terms[value].label if value in terms else value
    if field.kind == "flag":
        return "yes" if value else "no"
    return date_words(value) if "date" in field.kind or field.kind == "year-month" else str(value)


def _part_in_words(part: Field, value: Any, vocabularies: Vocabularies) -> str:
    values = value if part.many and isinstance(value, tuple) else (value,)
    said = ", ".join(in_words(one, part, vocabularies) for one in values)
    return said if part.kind in ("text", "url") and part.required else f"{part.name.replace('_', ' ')} {said}"


def term_changes(before: Vocabulary | None, after: Vocabulary | None) -> Iterator[tuple[str, str, str]]:
    """(tag, what happened, detail) for each term of a vocabulary that came, went or changed."""
    old, new = (vocabulary.terms if vocabulary else {} for vocabulary in (before, after))
    for tag in dict.fromkeys([*old, *new]):
        if tag not in old:
            yield tag, "added", new[tag].label
        elif tag not in new:
            yield tag, "taken out", old[tag].label
        elif old[tag] != new[tag]:
            yield tag, "changed", "; ".join(_part_changes(vars(old[tag]), vars(new[tag])))


def _part_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[str]:
    flat = lambda value: ", ".join(value) if isinstance(value, tuple) else str(value)  # noqa: E731
    return (f"{name}: {flat(old[name]) or 'nothing'} to {flat(new[name]) or 'nothing'}" for name in new if old[name] != new[name])
