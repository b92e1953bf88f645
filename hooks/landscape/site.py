"""The landscape with what is derived from it once, shared by everything that the site shows or offers for download."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Iterable, Mapping

from . import derive, geo, similar, words
from .derive import FACETS
from .model import Landscape, Record
from .problems import count


@dataclass(frozen=True)
class Row:
    """A record as a list shows it."""

    record: Record
    place: str
    status: str
    review_due: bool
    case_study: bool


class Site:
    """The landscape with what is derived from it once. ``today`` is the date of the build; ``address`` is the public address
    of the site, with a slash at its end. ``offline_copy`` tells that the build also packs the site for reading from disk."""

    def __init__(self, landscape: Landscape, today: date, address: str = "", offline_copy: bool = False):
        self.offline_copy = offline_copy
        self.landscape, self.today, self.address = landscape, today, f"{address.rstrip('/')}/" if address else "/"
        self.vocabularies = landscape.vocabularies
        self.data_date = derive.data_date(landscape).isoformat()
        self.members = derive.members(landscape)
        self.before, self.after = derive.lineage(landscape)
        self.publications_about = derive.publications_about(landscape)
        self.ordered = derive.in_reading_order(landscape.records.values())
        self.by_facet = {facet.name: derive.by_facet(self.ordered, facet) for facet in FACETS}
        self._file_words: dict[str, str] = {}
        self.known_related: Mapping[str, similar.Related] = {}

    @cached_property
    def likeness(self) -> similar.Likeness:
        return similar.Likeness(self.landscape)

    def related(self, record: Record) -> list[tuple[Record, str]]:
        """The records most like this one, best first, each with the reason: as ``known_related`` says, or else worked out now."""
        found = self.known_related.get(record.id)
        if found is None:
            return self.likeness.related(record)
        return [(self.landscape.records[id], reason) for id, reason in found]

    def file_word(self, record: Record) -> str:
        """A word that stands for the content of a record's file; a record that came from none stands for itself."""
        if record.id not in self._file_words:
            content = self.landscape.record_files.get(record.id)
            self._file_words[record.id] = hashlib.blake2b(content, digest_size=12).hexdigest() if content else repr(record)
        return self._file_words[record.id]

    def place(self, record: Record) -> str:
        v = self.vocabularies
        return words.place_words(record, v["local-authorities"], v["regions"], v["nations"])

    def row(self, record: Record) -> Row:
        due = derive.is_review_due(record, self.today)
        return Row(record, self.place(record), words.status_words(record), due, record.id in self.landscape.case_studies)

    def rows(self, records: Iterable[Record]) -> list[Row]:
        return [self.row(record) for record in records]

    def named(self, ids: Iterable[str]) -> list[Record]:
        return [self.landscape.records[id] for id in ids]

    def places(self, record: Record) -> list[geo.Point]:
        """Where a record is: see ``geo.record_points``."""
        known = self.landscape
        return geo.record_points(record, known.outcodes, known.council_points, self.vocabularies["local-authorities"])

    def points(self, record: Record) -> list[list]:
        """Where a record is, as [latitude, longitude, name] in degrees."""
        return [[point.lat, point.lon, point.name] for point in self.places(record)]

    def label(self, tag: str, vocabulary: str) -> str:
        return self.vocabularies[vocabulary].label(tag)


def totals(records: Iterable[Record]) -> str:
    """"160 partnerships and 8 programmes"."""
    kinds = Counter(record.kind for record in records)
    parts = [count(kinds["partnership"], "partnership")] if kinds["partnership"] or not kinds["programme"] else []
    parts += [count(kinds["programme"], "programme")] if kinds["programme"] else []
    return words.listed(parts)


def short(text: str, limit: int = 155) -> str:
    """The first words of a text, cut at a word, for a page's description."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
