"""Invented records for benchmarks: seeded, 1 to 2 KB each, with values spread over the real vocabulary. Never published."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Mapping

from conftest import ROOT, copy_project
from landscape.load import load_vocabularies
from landscape.vocabulary import Vocabulary

PLACES = ("Ash", "Birch", "Cedar", "Elder", "Hazel", "Holly", "Maple", "Oak", "Rowan", "Willow")
KINDS = ("Advice", "Welfare Rights", "Benefits Help", "Money Advice", "Legal Surgery", "Wellbeing Hub")
WAYS = ("Staff fill in a short form.", "People ask at the desk.", "A link worker rings the adviser.", "Nurses send a message from the ward.")
LARGEST = 2000  # bytes of a varied record


def synthetic_project(folder: Path, number: int) -> Path:
    """A copy of the project in which synthetic records stand in for the real data."""
    write_records(empty_project(folder) / "data/partnerships", number, load_vocabularies(ROOT)[0])
    return folder


def empty_project(folder: Path) -> Path:
    """A copy of the project without records, publications, surveys and case studies."""
    copy_project(folder)
    for name in ("data/partnerships", "data/research", "data/surveys", "case_studies"):
        shutil.rmtree(folder / name)
        (folder / name).mkdir()
    about = folder / "docs/about/index.md"  # it names a real record
    about.write_text(about.read_text(encoding="utf-8").replace("(../partnerships/macmillan-benefits-advice.md)", "(../partnerships/index.md)"), encoding="utf-8")
    return folder


def write_records(folder: Path, number: int, vocabularies: Mapping[str, Vocabulary], seed: int = 20261124, varied: bool = False) -> None:
    """Write ``number`` record files into ``folder``. The same seed gives the same bytes. ``varied`` ones also differ in how many
    sites, figures and sources they have, as real ones do. Each is 1 to 2 KB."""
    folder.mkdir(parents=True, exist_ok=True)
    chance, more = random.Random(seed), random.Random(seed + 1)
    for serial in range(number):
        id = f"synthetic-{serial:05}"
        text = _record(id, serial, chance, vocabularies)
        (folder / f"{id}.yml").write_text(_varied(text, id, serial, more) if varied else text, encoding="utf-8")


def _varied(text: str, id: str, serial: int, chance: random.Random) -> str:
    """The record with up to two more figures, a second source for half of them, and for some a site, a way in and a funder."""
    figures = [f"{number:,}" for number in (chance.randint(20, 900), chance.randint(20_000, 900_000))][: chance.randint(0, 2)]
    outcomes = "".join(f"""  - measure: {measure}
    what: {what}
    as_written: "about {figure}"
    period_kind: not-stated
    source: [s1]
""" for figure, (measure, what) in zip(figures, (("referrals", "people sent"), ("income-gained", "benefits gained"))))
    source = f"""  - id: s2
    title: Report of number {serial}
    publisher: An Invented Trust
    url: https://example.org/r/{id}
    supports: [summary, partners]
"""
    extras = (
        f"sites:\n  - {{name: Surgery {serial}, type: gp-practice, town: Nowhere, source: [s1]}}\n",
        f"referral:\n  who: [any-staff, self]\n  how: {chance.choice(WAYS)}\n",
        "funding:\n  - {funder: An Invented Trust, kind: charity, source: [s1]}\n",
    )
    fields = "".join(extra for extra in extras if chance.random() < 0.5)
    plain, text = text, text.replace("outcomes:\n", f"{fields}outcomes:\n").replace("sources:\n", f"{outcomes}sources:\n")
    text = text.replace("advice_level]\nfirst", "advice_level, referral]\nfirst" if "referral:" in fields else "advice_level]\nfirst")
    longer = text.replace("first_listed:", f"{source}first_listed:" if chance.random() < 0.5 else "first_listed:")
    return longer if len(longer.encode()) <= LARGEST else plain


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
