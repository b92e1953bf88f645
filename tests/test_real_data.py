"""The published data: every record by name, and what no record may hold or lose."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from conftest import HERE, ROOT
from landscape.checks import filled_fields, sources_behind
from landscape.derive import data_date
from landscape.site import Site
from landscape.load import PUBLICATIONS, RECORDS
from landscape.views import pages

IDS = sorted(path.stem for path in (ROOT / RECORDS).glob("*.yml"))
ONCE_PUBLISHED = (HERE / "published_ids.txt").read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def addresses(real) -> list[str]:
    return [page.url for page in pages(Site(real, data_date(real)))]


@pytest.mark.parametrize("id", IDS)
def test_every_filled_field_of_a_record_has_a_source(real, id):
    record = real.records[id]
    known = {source.id for source in record.sources}
    for name in filled_fields(record):
        behind = sources_behind(record, name)
        assert behind and set(behind) <= known, name


@pytest.mark.parametrize("id", ONCE_PUBLISHED)
def test_a_record_once_published_keeps_its_page(real, addresses, id):
    """Its own, or one that says why it was retired."""
    assert f"partnerships/{id}/" in addresses and (id in real.records) != (id in real.retired)


def test_every_record_publication_and_case_study_has_one_page(real, addresses):
    assert len(addresses) == len(set(addresses))
    assert {f"partnerships/{id}/" for id in real.records} <= set(addresses)
    assert {f"research/{id}/" for id in real.publications} <= set(addresses)
    assert {f"case-studies/{id}/" for id in real.case_studies} <= set(addresses)
    assert len(real.publications) == len(list((ROOT / PUBLICATIONS).glob("*.yml")))


def test_there_are_twenty_case_studies_or_more(real):
    assert len(real.case_studies) >= 20


def test_figures_that_disagree_are_kept_apart(real):
    """Healthier Wealthier Children's seven-year totals: three sources, three figures, no sum."""
    totals = {outcome.as_written for outcome in real.records["hwc"].outcomes if outcome.rival}
    assert {"£13 million", "£19.6 million", "£20 million"} <= totals


def test_the_returns_of_the_glasgow_forerunner_are_not_given_to_wahp(real):
    returns = [outcome for outcome in real.records["wahp"].outcomes if outcome.measure == "return-per-pound"]
    assert returns and all(outcome.scope == "forerunner" for outcome in returns)


def test_no_macmillan_service_is_shown_as_active(real):
    active = [record.id for record in real.records.values() if record.status == "active" and "macmillan" in record.id]
    assert active == []


def test_borderline_services_say_so(real):
    for id in ("royal-trinity-hospice-welfare-rights", "st-catherines-hospice-crawley-welfare", "helen-bamber-foundation-model-of-integrated-care", "oxfordshire-mind-benefits", "croydon-hospital-discharge-thames-reach", "staffordshire-university-legal-advice-clinic-hospitals", "major-trauma-signposting-partnership", "day-one-trauma-support", "stewarts-legal-service-nhs-trusts"):
        assert real.records[id].in_doubt, id


def test_no_title_of_a_person_stands_in_a_record(real):
    """Buildings that bear a person's name are not people."""
    named = re.compile(r"\b(?!Dr Bell's Family Centre|Sir Ludwig Guttmann Health)(Dr|Prof|Professor|Mrs?|Ms|Sir|Dame) [A-Z]")
    for id in IDS:
        for number, line in enumerate((ROOT / RECORDS / f"{id}.yml").read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip().startswith(("title:", "publisher:")):
                assert not named.search(line), f"{id}.yml:{number}: {line}"


def test_every_term_is_used_or_kept_for_later(real):
    """A facet's term that no record uses is listed here on purpose; one that comes into use leaves the list."""
    used = {name: set() for name in ("settings", "issues", "delivery", "advice-levels", "coverage", "statuses", "kinds")}
    for record in real.records.values():
        for vocabulary, value in (("settings", record.settings), ("issues", record.issues), ("delivery", record.delivery), ("advice-levels", record.advice_level), ("coverage", (record.coverage,)), ("statuses", (record.status,)), ("kinds", (record.kind,))):
            used[vocabulary] |= set(value)
    for vocabulary, tags in used.items():
        assert set(real.vocabularies[vocabulary].terms) - tags == set(), vocabulary


WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
SHARES = {"half": 50, "quarter": 25, "third": 33, "two-thirds": 67}
SCALES = {"million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "k": 1000}


def numbers_in(text: str) -> set[Decimal]:
    """Every number that a figure as written could mean: digits, small number words, shares in words."""
    found = {Decimal(number) for word, number in {**WORDS, **SHARES}.items() if re.search(rf"\b{word}\b", text, re.I)}
    found |= {Decimal(10 * WORDS[few.lower()]) for few in re.findall(r"\b(\w+) in ten\b", text, re.I) if few.lower() in WORDS}
    found |= {Decimal(WORDS[few.lower()] * SCALES[scale.lower()]) for few, scale in re.findall(r"\b(\w+) (million|billion)\b", text, re.I) if few.lower() in WORDS}
    for digits, scale in re.findall(r"(\d[\d,]*(?:\.\d+)?)\s*(million|billion|m\b|bn|k\b)?", text, re.I):
        found.add(Decimal(digits.replace(",", "").rstrip(".")) * SCALES.get(scale.lower(), 1))
    return found


@pytest.mark.parametrize("id", IDS)
def test_the_number_of_a_figure_is_the_one_its_source_writes(real, id):
    """Nothing is rounded, summed or worked out on the way from the source to the number."""
    for outcome in real.records[id].outcomes:
        for number in filter(None, (outcome.number, outcome.number_to)):
            assert Decimal(number) in numbers_in(outcome.as_written), outcome


def test_every_record_says_when_it_was_first_listed(real):
    assert [record.id for record in real.records.values() if not record.first_listed] == []
