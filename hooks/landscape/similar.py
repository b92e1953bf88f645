"""Which records are most alike, and why: so that a reader whose place has nothing finds the nearest model elsewhere.

Two records are alike in what they share: the kind of health service most of all, then the place, the programme, who gives
the advice, on what, and how. A shared value counts the more, the fewer records have it: sharing a hospice says more than
sharing benefits advice. Points are whole numbers (thousandths of a bit), so that no rounding decides an order.

The cost for one record is bounded, however many records there are. Only records with a setting, council or programme in
common are compared, and of those READ at most: the lists of who has a value are read shortest first, and of a long list
only the part around the record's own place. The lists are in an order that brings like records together, so that this part
holds the likely ones. While all of a record's lists together are within READ, the result is exact.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from math import log2
from typing import Collection, Iterable, Mapping, Sequence

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
READ = 300  # entries of the lists that are read for one record; 208 was the most that one needed when there were 174 records

_VOCABULARIES = {"provider_kinds": "organisations", "local_authorities": "local-authorities", "region": "regions"}
_BEFORE = {"local_authorities": "also in ", "region": "also in ", "issues": "help with ", "provider_kinds": "advice from: "}


Related = Sequence[tuple[str, str]]  # (id of a record, the reason), best first


def basis(records: Iterable[Record]) -> bytes:
    """Everything of the records that decides which are alike: while it is the same, so is the answer."""
    told = [(record.id, record.name, record.status, record.programme, *(getattr(record, field) for field in WEIGHTS)) for record in records]
    return repr(sorted(told)).encode()


class Likeness:
    """The likeness of all records of a landscape, from an index that is made once.

    Records go by number, in an order that brings like ones together: region, then settings, who advises, and so on.
    """

    def __init__(self, landscape: Landscape):
        self.landscape = landscape
        self.worth = _worth(landscape.records.values())
        self.records = sorted(landscape.records.values(), key=self._profile)
        self.numbers = {record.id: number for number, record in enumerate(self.records)}
        self.programmes = [record.programme for record in self.records]
        self.ended = [ENDED if record.status == "ended" else 0 for record in self.records]
        self.shared = {field: _Shared(field, self.worth) for field in WEIGHTS}
        self.masks = {field: [shared.mask(_tags(record, field)) for record in self.records] for field, shared in self.shared.items()}
        self.told: dict[tuple[str, int], str] = {}
        self.holders: dict[tuple[str, ...], list[int]] = {}
        for number, record in enumerate(self.records):
            for key in (*_keys(record), *_finer_keys(record)):
                self.holders.setdefault(key, []).append(number)

    def related(self, record: Record, limit: int = 5) -> list[tuple[Record, str]]:
        """The records most like this one, best first, each with the reason in words. Ties go by name, never by file order.

        ``record`` is one of the landscape's. Fewer than ``limit`` are given where fewer have ENOUGH points.
        """
        near = list(self._comparable(record))
        points = self._points(record, near)
        scores = [sum(parts) for parts in zip([self.ended[number] for number in near], *points.values())]
        least = max(ENOUGH, min(sorted(scores)[-limit:], default=ENOUGH))
        likely = (place for place, score in enumerate(scores) if score >= least)
        best = sorted(likely, key=lambda place: (-scores[place], _by_name(self.records[near[place]])))[:limit]
        found = [(near[place], {field: counted[place] for field, counted in points.items()}) for place in best]
        return [(self.records[number], self._reason(self.numbers[record.id], number, parts)) for number, parts in found]

    def _points(self, record: Record, near: list[int]) -> dict[str, list[int]]:
        """What each of the records ``near`` shares with this one, in points, by field."""
        points = {}
        for field, shared in self.shared.items():
            masks = self.masks[field]
            own = masks[self.numbers[record.id]]
            points[field] = [shared[own & masks[number]] for number in near]
        points["region"] = [0 if council else region for region, council in zip(points["region"], points["local_authorities"])]  # the council says it better
        if record.programme:
            points["programme"] = [SAME_PROGRAMME if self.programmes[number] == record.programme else 0 for number in near]
        return points

    def _comparable(self, record: Record) -> set[int]:
        """Records with a setting, council or programme in common, but neither the record, its programme nor its members."""
        programme = [self.numbers[record.programme]] if record.programme in self.numbers else []
        return self._read(record).difference([self.numbers[record.id]], programme, self.holders.get(("programme", record.id), ()))

    def _read(self, record: Record) -> set[int]:
        """Who stands near this record in its lists: READ entries at most, an equal part of each long list, short ones whole."""
        keys = _keys(record)
        if sum(len(self.holders[key]) for key in keys) > READ:
            keys += _finer_keys(record)
        keys.sort(key=lambda key: (len(self.holders[key]), key))
        found, left = set(), READ
        for done, key in enumerate(keys):
            part = _around(self.holders[key], self.numbers[record.id], left // (len(keys) - done))
            found.update(part)
            left -= len(part)
        return found

    def _profile(self, record: Record) -> tuple:
        """The order of records in the lists. Of several values the most telling comes first; the name decides at last."""
        parts = [self._most_telling_first(field, _tags(record, field)) for field in ("region", "settings", "provider_kinds", "delivery", "issues")]
        return (*parts, _by_name(record))

    def _most_telling_first(self, field: str, tags: Iterable[str]) -> list[str]:
        return sorted(tags, key=lambda tag: (-self.worth[field, tag], tag))

    def _reason(self, one: int, other: int, parts: Mapping[str, int]) -> str:
        """The few fields that count most, in words: "hospice; also in London; advice from: charity"."""
        strongest = sorted((field for field in parts if parts[field]), key=lambda field: -parts[field])[:REASONS]
        return "; ".join("same programme" if field == "programme" else self._words(field, self.masks[field][one] & self.masks[field][other]) for field in strongest)

    def _words(self, field: str, mask: int) -> str:
        """The three most telling of a field's values, put into words once for each mask."""
        if (field, mask) not in self.told:
            tags = self._most_telling_first(field, self.shared[field].tags(mask))
            vocabulary = self.landscape.vocabularies[_VOCABULARIES.get(field, field)]
            labels = [vocabulary.label(tag) for tag in tags[:3]]
            if field not in ("local_authorities", "region"):
                labels = [words.lower_first(label) for label in labels]
            self.told[field, mask] = _BEFORE.get(field, "") + words.listed(labels)
        return self.told[field, mask]


class _Shared(dict[int, int]):
    """The points of what two records share in a field, worked out once for each set of values that occurs.

    A set of values is a number with a bit for each value (a mask), so that ``&`` of two records' masks is what they share.
    """

    def __init__(self, field: str, worth: Mapping[tuple[str, str], int]):
        super().__init__()
        self.weight, self.most = WEIGHTS[field]
        self.bits = {tag: 1 << place for place, tag in enumerate(sorted(tag for of, tag in worth if of == field))}
        self.worth = {tag: worth[field, tag] for tag in self.bits}
        self.masks: dict[int, int] = {}

    def mask(self, tags: Iterable[str]) -> int:
        """The mask of a record's values. Equal masks are one object: many records then stay in the processor's cache."""
        mask = sum(self.bits[tag] for tag in tags)
        return self.masks.setdefault(mask, mask)

    def tags(self, mask: int) -> list[str]:
        return [tag for tag, bit in self.bits.items() if bit & mask]

    def __missing__(self, mask: int) -> int:
        points = self[mask] = min(self.most, self.weight * sum(self.worth[tag] for tag in self.tags(mask)))
        return points


def _by_name(record: Record) -> tuple[str, str]:
    return record.name.casefold(), record.id


def _worth(records: Collection[Record]) -> dict[tuple[str, str], int]:
    """What each value of each field says, in hundredths of a bit: log2(all records / those that have it), up to a limit."""
    held = Counter((field, tag) for record in records for field in WEIGHTS for tag in _tags(record, field))
    return {key: min(MOST_TELLING, round(100 * log2(len(records) / number))) for key, number in held.items()}


def _tags(record: Record, field: str) -> tuple[str, ...]:
    """A record's values of a field but "other", which is not a thing in common."""
    return tuple(tag for tag in values(record, field) if tag != "other")


def _keys(record: Record) -> list[tuple[str, ...]]:
    """The lists that a record is in. To be compared, two records must have one of these in common."""
    return [(field, tag) for field in ("settings", "local_authorities", "programme") for tag in _tags(record, field)]


def _finer_keys(record: Record) -> list[tuple[str, ...]]:
    """Shorter lists, of those that share two things: they find the likely ones where a setting's own list is too long."""
    return [("settings", setting, "provider_kinds", kind) for setting in _tags(record, "settings") for kind in _tags(record, "provider_kinds")]


def _around(numbers: list[int], number: int, most: int) -> list[int]:
    """``most`` of the rising ``numbers`` at the most, around the place of ``number``; all of them where they are fewer."""
    start = bisect_left(numbers, number) - most // 2
    start = max(0, min(start, len(numbers) - most))
    return numbers[start : start + most]
