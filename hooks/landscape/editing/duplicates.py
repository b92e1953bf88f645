"""Records that may be one partnership listed twice, with the reasons, for a person to judge.

A record is compared only with those that share a council with it, or that name no council and are not in another nation. So the
work grows with the number of records looked at and the size of their places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Mapping
from urllib.parse import urlsplit

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from ..model import Partner, Record
from ..vocabulary import Vocabulary
from ..words import listed

# Likeness of names in percent (rapidfuzz: words in any order, small differences in spelling): the first limit is for names alone,
# the second with a partner in common. Different partnerships of the real list reach 81 and 69, and one pair 80.
NAME_ALONE, NAME_WITH_MORE = 90, 72
PARTNER = 92
# Words that most names share, so that they tell nothing.
_COMMON = {"the", "and", "of", "in", "at", "for", "with", "service", "services", "advice", "project", "partnership", "health", "justice", "citizens", "welfare", "benefits", "rights"}


@dataclass(frozen=True)
class Likely:
    """A record that may be the same as another: ``score`` is in percent, ``reasons`` are in words."""

    record: Record
    other: Record
    score: float
    reasons: tuple[str, ...]


class Known:
    """Records by place, each with its names made ready to compare."""

    def __init__(self, records: Iterable[Record], councils: Vocabulary):
        self.councils = councils
        self.by_council: dict[str, list[Record]] = {}
        self.without: dict[str, list[Record]] = {}
        self.names: dict[str, list[str]] = {}
        self.partners: dict[str, dict[str, Partner]] = {}
        for record in records:
            self.names[record.id] = [default_process(name) for name in (record.name, *record.aliases, *record.former_names)]
            self.partners[record.id] = {default_process(partner.name): partner for partner in record.partners}
            for tag in record.local_authorities:
                self.by_council.setdefault(tag, []).append(record)
            if not record.local_authorities:
                self.without.setdefault(record.nation, []).append(record)

    def near(self, record: Record) -> list[Record]:
        """Records that may be in the same place."""
        inside = [other for tag in record.local_authorities for other in self.by_council.get(tag, ())]
        wide = [other for nation, others in self.without.items() if not nation or not record.nation or nation == record.nation for other in others]
        return list({other.id: other for other in (*inside, *wide) if other.id != record.id}.values())

    def likely(self, record: Record) -> list[Likely]:
        """Records like one of this set, the most like first. A programme and its members are told apart by their kinds."""
        found = [one for other in self.near(record) if other.kind == record.kind and (one := self._compare(record, other))]
        return sorted(found, key=lambda one: (-one.score, one.other.id))

    def _compare(self, record: Record, other: Record) -> Likely | None:
        name = max(_name_score(mine, theirs) for mine in self.names[record.id] for theirs in self.names[other.id])
        page, partners = _same_page(record, other), self._same_partners(record, other)
        councils = sorted(set(record.local_authorities) & set(other.local_authorities))
        both_sides = {"health", "advice"} <= {partner.side for partner in partners}
        if not (page or name >= NAME_ALONE or partners and (name >= NAME_WITH_MORE or councils and both_sides)):
            return None
        place = [f"the same council: {listed(self.councils.label(tag) for tag in councils)}"] if councils else []
        return Likely(record, other, name, (f"names are {name:.0f}% alike", *place, *(f"the same partner: {partner.name}" for partner in partners), *page))

    def _same_partners(self, record: Record, other: Record) -> list[Partner]:
        mine, theirs = self.partners[record.id], self.partners[other.id]
        return [partner for key, partner in mine.items() if any(fuzz.token_sort_ratio(key, one, score_cutoff=PARTNER) for one in theirs)]


def _name_score(mine: str, theirs: str) -> float:
    """Likeness of two names; that of the words that tell them apart counts as much as that of the whole."""
    whole = fuzz.token_sort_ratio(mine, theirs)
    special = [" ".join(word for word in name.split() if word not in _COMMON) for name in (mine, theirs)]
    return min(whole, fuzz.token_sort_ratio(*special)) if all(special) else whole


def _same_page(record: Record, other: Record) -> list[str]:
    """Its own web page in common; a source in common is no sign, because one report tells of many partnerships."""
    mine, theirs = (_page(one.website) for one in (record, other))
    return [f"the same web page: {record.website}"] if mine and mine == theirs and mine[1] else []


def _page(url: str) -> tuple[str, str]:
    """Host and path of an address, without what does not change the page; ("", "") for none."""
    parts = urlsplit(url.lower())
    return (parts.hostname or "").removeprefix("www."), parts.path.strip("/")


def likely_duplicates(records: Mapping[str, Record], ids: Iterable[str], councils: Vocabulary) -> list[Likely]:
    """Likely duplicates of the records named by ``ids`` among all; a pair of two of them is given once."""
    known, seen, found = Known(records.values(), councils), set(), []
    for id in ids:
        for one in known.likely(records[id]):
            pair = frozenset((one.record.id, one.other.id))
            if pair not in seen:
                seen.add(pair)
                found.append(one)
    return found
