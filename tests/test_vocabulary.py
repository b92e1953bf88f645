"""The words of the field: every term says what it means."""

from __future__ import annotations

import re

import pytest

from landscape.vocabulary import Vocabulary

FIELD = ("settings", "issues", "organisations", "nations", "regions", "delivery", "advice-levels", "coverage", "measures", "funding-kinds", "referrers", "statuses", "roles", "designs", "study-outcomes", "directions", "period-kinds")


@pytest.mark.parametrize("name", FIELD)
def test_every_term_of_the_field_has_a_definition_of_a_sentence(real, name):
    assert [term.tag for term in real.vocabularies[name] if not re.fullmatch(r"[A-Z£\d].+\.", term.definition)] == []


def test_tags_are_small_letters_digits_and_hyphens(real):
    odd = [term.tag for name, vocabulary in real.vocabularies.items() if name != "copy-hosts" for term in vocabulary if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", term.tag)]
    assert odd == []


def test_councils_have_a_code_of_their_nation_and_a_known_region(real):
    first = {"england": "E", "scotland": "S", "wales": "W", "northern-ireland": "N"}
    for term in real.vocabularies["local-authorities"]:
        nation = real.vocabularies["regions"][term.region].nation
        assert re.fullmatch(first[nation] + r"\d{8}", term.code), term.tag


def test_measures_name_a_unit_that_exists(real):
    assert {term.unit for term in real.vocabularies["measures"]} <= set(real.vocabularies["units"].terms)


@pytest.mark.parametrize("typed, tag", [("surgery", "gp-practice"), ("GP practices", "gp-practice"), ("midwives", "maternity"), ("hospitel", "hospital")])
def test_a_synonym_or_a_misspelling_leads_to_its_term(real, typed, tag):
    settings: Vocabulary = real.vocabularies["settings"]
    assert settings.nearest(typed) == tag


def test_a_long_list_of_allowed_tags_is_cut_and_counted(real):
    councils = real.vocabularies["local-authorities"]
    assert councils.allowed().endswith(f"… ({len(councils.terms)}, in data/vocabulary/local-authorities.yml)")
    assert real.vocabularies["nations"].allowed().startswith("england, scotland, wales, northern-ireland (4")
