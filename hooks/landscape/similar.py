"""Which records are most alike, and why: so that a reader whose place has nothing finds the nearest model elsewhere.

Two records are alike in what they share: the kind of health service most of all, then the place, the programme, who gives
the advice, on what, and how. A shared value counts the more, the fewer records have it: sharing a hospice says more than
sharing benefits advice. Points are whole numbers (thousandths of a bit), so that no rounding decides an order.
"""

from __future__ import annotations

from heapq import nsmallest
from math import log2
from typing import Iterator, Mapping

from . import words
from .derive import values
from .model import Landscape, Record


# For each field: what a bit of a shared value counts in tenths, and the most that the field can add, in points.
WEIGHTS = {"settings": (20, 6000), "local_authorities": (10, 3000), "region": (7, 1500), "provider_kinds": (10, 2000), "delivery": (7, 2000), "issues": (5, 2000)}
SAME_PROGRAMME = 1500
ENDED = -1000  # a reader can learn from what has ended, but cannot ask it
ENOUGH = 3000
MOST_TELLING = 400  # a value that one record in 16 has, or fewer, counts this much, in hundredths of a bit
REASONS = 3

_VOCABULARIES = {"provider_kinds": "organisations", "local_authorities": "local-authorities", "region": "regions"}
_BEFORE = {"local_authorities": "also in ", "region": "also in ", "issues": "help with ", "provider_kinds": "advice from: "}


class Likeness:
    """The likeness of all records of a landscape, from an index that is made once. Records go by number, for speed."""

    def __init__(self, landscape: Landscape):
        self.landscape = landscape
        self.records = sorted(landscape.records.values(), key=lambda record: (record.name.casefold(), record.id))
        self.holders: dict[tuple[str, str], list[int]] = {}
        for number, record in enumerate(self.records):
            for field in (*WEIGHTS, "programme"):
                for tag in values(record, field):
                    if tag != "other":  # not a thing in common
                        self.holders.setdefault((field, tag), []).append(number)
        total = len(self.records)
        self.worth = {key: min(MOST_TELLING, round(100 * log2(total / len(numbers)))) for key, numbers in self.holders.items()}
        self.ended = [ENDED if record.status == "ended" else 0 for record in self.records]

    def related(self, record: Record, limit: int = 5) -> list[tuple[Record, str]]:
        """The records most like this one, best first, each with the reason in words. Ties go by name, never by file order."""
        points = {field: self._points(field, record) for field in (*WEIGHTS, "programme")}
        points["region"] = [0 if council else region for region, council in zip(points["region"], points["local_authorities"])]  # the council says it better
        scores = [sum(parts) for parts in zip(self.ended, *points.values())]
        near = self._comparable(record)
        best = nsmallest(limit, (number for number in near if scores[number] >= ENOUGH), key=lambda number: (-scores[number], number))
        return [(self.records[number], self._reason(record, self.records[number], {field: found[number] for field, found in points.items() if found[number]})) for number in best]

    def _points(self, field: str, record: Record) -> list[int]:
        """What each record shares with this one in a field, in points, by its number."""
        found = [0] * len(self.records)
        weight, most = WEIGHTS.get(field, (0, 0))
        for tag in values(record, field):
            points = weight * self.worth.get((field, tag), 0) if weight else SAME_PROGRAMME
            for number in self.holders.get((field, tag), ()):
                found[number] += points
        return [points if points < most else most for points in found] if weight else found

    def _comparable(self, record: Record) -> Iterator[int]:
        """Records with a setting, council or programme in common, but neither the record, its programme nor its members."""
        numbers = {number for field in ("settings", "local_authorities", "programme") for tag in values(record, field) for number in self.holders.get((field, tag), ())}
        return (number for number in numbers if self.records[number].id not in (record.id, record.programme) and self.records[number].programme != record.id)

    def _reason(self, one: Record, other: Record, parts: Mapping[str, int]) -> str:
        """The few fields that count most, in words: "hospice; also in London; advice from: charity"."""
        strongest = sorted(parts, key=lambda field: -parts[field])[:REASONS]
        return "; ".join("same programme" if field == "programme" else self._words(field, one, other) for field in strongest)

    def _words(self, field: str, one: Record, other: Record) -> str:
        """The three most telling values of a field that both have."""
        theirs = values(other, field)
        shared = sorted((tag for tag in values(one, field) if tag in theirs and tag != "other"), key=lambda tag: (-self.worth[field, tag], tag))
        vocabulary = self.landscape.vocabularies[_VOCABULARIES.get(field, field)]
        labels = [vocabulary.label(tag) for tag in shared[:3]]
        if field not in ("local_authorities", "region"):
            labels = [words.lower_first(label) for label in labels]
        return _BEFORE.get(field, "") + words.listed(labels)
