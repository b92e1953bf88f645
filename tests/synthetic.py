"""Invented records for benchmarks: seeded, 1 to 2 KB each, with values spread over the real vocabulary. Never published."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Mapping

from landscape.vocabulary import Vocabulary

PLACES = ("Ash", "Birch", "Cedar", "Elder", "Hazel", "Holly", "Maple", "Oak", "Rowan", "Willow")
KINDS = ("Advice", "Welfare Rights", "Benefits Help", "Money Advice", "Legal Surgery", "Wellbeing Hub")


def write_records(folder: Path, number: int, vocabularies: Mapping[str, Vocabulary], seed: int = 20261124) -> None:
    """Write ``number`` record files into ``folder``. The same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    for serial in range(number):
        id = f"synthetic-{serial:05}"
        (folder / f"{id}.yml").write_text(_record(id, serial, chance, vocabularies), encoding="utf-8")


def _record(id: str, serial: int, chance: random.Random, vocabularies: Mapping[str, Vocabulary]) -> str:
    council = chance.choice(list(vocabularies["local-authorities"]))
    region = vocabularies["regions"][council.region]
    some = lambda name, most: ", ".join(sorted(chance.sample(list(vocabularies[name].terms), chance.randint(1, most))))  # noqa: E731
    providers = [term.tag for term in vocabularies["organisations"] if term.gives_advice]
    place, year = f"{chance.choice(PLACES)}{chance.choice(('ford', 'ham', 'ton', 'wick'))}", chance.randint(2001, 2026)
    status = chance.choice(("active", "unknown", "unknown", "ended"))
    name = f"{place} {chance.choice(KINDS)} {serial}"
    return f"""id: {id}
kind: partnership
name: {name}
summary: >-
  An invented partnership for measuring. Advisers of an invented body see people in {place}, in {council.label}, and help
  them with what they are owed. It began in {year} and has been written about since, now and then, by nobody at all.
status: {status}
status_as_of: {year}
started: {chance.randint(1990, year)}
nation: {region.nation}
region: {region.tag}
local_authorities: [{council.tag}]
area: "{place}, {council.label}"
coverage: {chance.choice(list(vocabularies["coverage"].terms))}
settings: [{some("settings", 3)}]
partners:
  - {{name: {place} Health Centre, kind: gp-practice, side: health, roles: [host, referrer]}}
  - {{name: {place} Advice, kind: {chance.choice(providers)}, side: advice, roles: [adviser]}}
issues: [{some("issues", 5)}]
delivery: [{some("delivery", 3)}]
advice_level: [{some("advice-levels", 3)}]
outcomes:
  - measure: people-helped
    what: people helped
    as_written: "{serial + 10}"
    number: {serial + 10}
    period: {year}
    period_kind: annual
    source: [s1]
sources:
  - id: s1
    title: A page about {name}
    publisher: {place} Times
    date: {year}
    url: https://example.org/{id}
    supports: [name, summary, status, status_as_of, started, nation, region, local_authorities, area, coverage, settings,
      partners, issues, delivery, advice_level]
first_listed: 2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}
last_reviewed: 2026-{chance.randint(1, 11):02}-{chance.randint(1, 28):02}
"""
