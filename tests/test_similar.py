"""Likeness: exact where there is little, bounded where there is much. tests/test_hand_on.py holds what the reader is told."""

from __future__ import annotations

import random
from dataclasses import replace
from math import log2

import pytest

from landscape import similar
from landscape.derive import values
from landscape.model import Landscape, Partner, Record
from landscape.similar import ENDED, ENOUGH, MOST_TELLING, READ, SAME_PROGRAMME, WEIGHTS, Likeness


def grown(real: Landscape, number: int, seed: int = 20261124) -> Landscape:
    """``number`` invented records: each with the health service of one real record, the place of another, the issues of a
    third and the delivery of a fourth, so that common and rare values are as common and as rare as in the real data."""
    chance, known = random.Random(seed), [real.records[id] for id in sorted(real.records)]
    records = {}
    for serial in range(number):
        service, place, help, way = (chance.choice(known) for _ in range(4))
        id = f"invented-{serial:05}"
        records[id] = replace(
            service, id=id, name=f"Invented {chance.randrange(number)}", programme=chance.choice(("", "", f"invented-{serial // 40 * 40:05}")), status=place.status,
            nation=place.nation, region=place.region, local_authorities=place.local_authorities, issues=help.issues, delivery=way.delivery,
        )
    return replace(real, records=records)


class Plain:
    """The rule of likeness, pair by pair and without an index: slow and plain."""

    def __init__(self, landscape: Landscape):
        self.records = list(landscape.records.values())
        self.held = {}
        for record in self.records:
            for field in WEIGHTS:
                for tag in values(record, field):
                    self.held[field, tag] = self.held.get((field, tag), 0) + 1

    def comparable(self, one: Record) -> list[Record]:
        """Those with a setting, council or programme in common, without the record, its programme and its members."""
        others = (other for other in self.records if other.id not in (one.id, one.programme) and other.programme != one.id)
        return [other for other in others if any(self.both(field, one, other) for field in ("settings", "local_authorities", "programme"))]

    def score(self, one: Record, other: Record) -> int:
        parts = {field: self.part(field, one, other) for field in WEIGHTS}
        if parts["local_authorities"]:
            parts["region"] = 0
        return sum(parts.values()) + SAME_PROGRAMME * len(self.both("programme", one, other)) + ENDED * (other.status == "ended")

    def both(self, field: str, one: Record, other: Record) -> set[str]:
        return set(values(one, field)) & set(values(other, field)) - {"other"}

    def part(self, field: str, one: Record, other: Record) -> int:
        weight, most = WEIGHTS[field]
        bits = (min(MOST_TELLING, round(100 * log2(len(self.records) / self.held[field, tag]))) for tag in self.both(field, one, other))
        return min(most, sum(weight * worth for worth in bits))

    def related(self, record: Record) -> list[tuple[int, str]]:
        """(points, id) of the five best."""
        scores = [(self.score(record, other), other) for other in self.comparable(record)]
        enough = [(score, other) for score, other in scores if score >= ENOUGH]
        return [(score, other.id) for score, other in sorted(enough, key=lambda pair: (-pair[0], pair[1].name.casefold(), pair[1].id))[:5]]


def ids(found: list[tuple[Record, str]]) -> list[str]:
    return [record.id for record, _ in found]


# --- exact where there is little ------------------------------------------------------------------------------------


def test_likeness_of_the_real_records_is_that_of_all_pairs(real, monkeypatch):
    """The points and the order, whatever the data grow to: here everything may be read."""
    monkeypatch.setattr(similar, "READ", 10**9)
    likeness, plain = Likeness(real), Plain(real)
    for record in real.records.values():
        assert ids(likeness.related(record)) == [id for _, id in plain.related(record)], record.id


def test_up_to_150_records_nothing_is_left_out(real):
    few = grown(real, 150)
    likeness, plain = Likeness(few), Plain(few)
    for record in few.records.values():
        assert ids(likeness.related(record)) == [id for _, id in plain.related(record)], record.id


def test_among_many_records_those_found_are_as_alike_as_the_best(real):
    """With 2,000 records most are not looked at. What is found holds 985 in 1,000 of the points of the very best."""
    many = grown(real, 2000)
    likeness, plain = Likeness(many), Plain(many)
    found = best = cut = 0
    for record in list(many.records.values())[::80]:
        best += sum(points for points, _ in plain.related(record))
        found += sum(plain.score(record, other) for other, _ in likeness.related(record))
        cut += len(plain.comparable(record)) > READ
    assert cut >= 15, "the limit hardly bites"
    assert 0.985 * best <= found <= best


def test_a_rare_pair_is_found_however_long_the_lists_are(real):
    """Six law centres among 600 services in GP practices, each in another part of a long list, are the nearest to one another."""
    records = {}
    for serial, (id, record) in enumerate(grown(real, 1200).records.items()):
        advisers = Partner(kind="law-centre" if serial % 200 == 0 else "citizens-advice", roles=("adviser",))
        settings = ("gp-practice",) if serial % 2 == 0 else ("hospital",)
        records[id] = replace(record, settings=settings, partners=(advisers,), local_authorities=(), programme="", status="active", issues=(), delivery=())
    likeness = Likeness(replace(real, records=records))
    six = {f"invented-{serial:05}" for serial in range(0, 1200, 200)}
    for id in six:
        assert set(ids(likeness.related(records[id]))) == six - {id}


# --- bounded where there is much ------------------------------------------------------------------------------------


class Counted(list):
    """A list that counts the entries that are read from it."""

    read = 0

    def __getitem__(self, place):
        found = super().__getitem__(place)
        Counted.read += len(found) if isinstance(place, slice) else 1
        return found

    def __iter__(self):
        Counted.read += len(self)
        return super().__iter__()


def entries_read(landscape: Landscape) -> float:
    """How many entries of the index are read to find what is like a record: the mean of 100 records."""
    likeness = Likeness(landscape)
    for name, held in vars(likeness).items():
        if isinstance(held, list):
            setattr(likeness, name, Counted(held))
        elif isinstance(held, dict):
            held.update({key: Counted(inner) for key, inner in held.items() if isinstance(inner, list)})
    Counted.read = 0
    asked = sorted(landscape.records)[1 :: len(landscape.records) // 100]
    for id in asked:
        likeness.related(landscape.records[id])
    return Counted.read / len(asked)


def test_four_times_the_records_cost_no_more_for_each(real):
    """Counted, not timed. So the whole grows as the number of records does; without the limit it would grow as its square."""
    few, many = entries_read(grown(real, 1000)), entries_read(grown(real, 4000))
    assert few > READ, "little was read, so that nothing is shown"
    assert many <= 1.1 * few


@pytest.fixture(scope="module")
def alike(real) -> Landscape:
    """A programme with 999 members, all in one setting and one council: the lists are as long as the landscape."""
    records = {id: replace(record, settings=("gp-practice",), local_authorities=("newham",), programme="invented-00000") for id, record in grown(real, 1000).records.items()}
    return replace(real, records={**records, "invented-00000": replace(records["invented-00000"], programme="")})


def test_a_value_that_all_records_have_costs_no_more_than_the_limit(alike):
    assert entries_read(alike) < 20 * READ  # each is looked up in six fields and a few more lists
    likeness = Likeness(alike)
    assert all(len(likeness.related(record)) == 5 for record in list(alike.records.values())[1::100])


def test_neither_programme_nor_member_is_shown_where_the_limit_bites(alike):
    likeness = Likeness(alike)
    assert likeness.related(alike.records["invented-00000"]) == []
    for record in list(alike.records.values())[1::10]:
        assert not {record.id, "invented-00000"} & set(ids(likeness.related(record)))


# --- order, ties and what is never shown ----------------------------------------------------------------------------


def with_twins(landscape: Landscape, model: Record, number: int) -> Landscape:
    """A landscape and many more records that share all the values of one, with names that run against their ids."""
    model = replace(model, status="active", programme="")
    twins = {f"twin-{serial}": replace(model, id=f"twin-{serial}", name=f"Twin {number - serial}") for serial in range(number)}
    return replace(landscape, records={**{id: record for id, record in landscape.records.items() if id != model.id}, **twins})


def test_with_the_limit_too_the_order_of_files_decides_nothing(real):
    """More equals than are read: which of them are read must not be left to the order of files."""
    landscape = with_twins(grown(real, 3000), real.records["royal-trinity-hospice-welfare-rights"], READ + 100)
    shuffled = sorted(landscape.records)
    random.Random(1).shuffle(shuffled)
    likeness, turned = Likeness(landscape), Likeness(replace(landscape, records={id: landscape.records[id] for id in shuffled}))
    for id in [f"twin-{serial}" for serial in range(0, READ, 10)] + shuffled[:50]:
        found = likeness.related(landscape.records[id])
        assert found == turned.related(landscape.records[id])
        assert len(found) == 5 or not id.startswith("twin")


@pytest.fixture
def twins(real) -> Landscape:
    return with_twins(real, real.records["royal-trinity-hospice-welfare-rights"], 9)


def names_like(landscape: Landscape, id: str) -> list[str]:
    return [record.name for record, _ in Likeness(landscape).related(landscape.records[id])]


def test_ties_go_by_name(twins):
    assert names_like(twins, "twin-4") == ["Twin 1", "Twin 2", "Twin 3", "Twin 4", "Twin 6"]


def test_what_has_ended_comes_after_its_like_whatever_its_name(twins):
    ended = replace(twins, records={**twins.records, "twin-8": replace(twins.records["twin-8"], status="ended")})
    assert names_like(ended, "twin-4") == ["Twin 2", "Twin 3", "Twin 4", "Twin 6", "Twin 7"]
    for number in (0, 1, 2, 3):  # only the twins 5 to 8 are left, and twin-8 is still before those that are less like it
        del ended.records[f"twin-{number}"]
    assert names_like(ended, "twin-4")[:4] == ["Twin 2", "Twin 3", "Twin 4", "Twin 1"]


def test_a_record_without_anything_in_common_has_no_like(twins):
    lone = replace(twins.records["twin-0"], id="lone", settings=(), local_authorities=())
    assert names_like(replace(twins, records={**twins.records, "lone": lone}), "lone") == []
