"""Fields and types hold each other: no field without a place in the model, none in the model without a field."""

from __future__ import annotations

from dataclasses import fields as parts

import pytest

from landscape import fields as f
from landscape.parse import _TYPES

SPECS = {spec: made for spec, made in _TYPES.items() if made is not dict}


@pytest.mark.parametrize("spec", SPECS, ids=[made.__name__ for made in SPECS.values()])
def test_a_type_has_just_the_fields_of_its_spec(spec):
    extra = {"text", "first_line"} if SPECS[spec].__name__ == "CaseStudy" else set()
    assert {field.name.replace("-", "_") for field in spec} == {part.name for part in parts(SPECS[spec])} - extra


@pytest.mark.parametrize("spec", _TYPES, ids=[made.__name__ for made in _TYPES.values()])
def test_every_field_says_what_it_means(spec):
    assert all(field.meaning.endswith(".") and field.kind in f.KINDS for field in spec)


@pytest.mark.parametrize("spec", [f.RECORD, f.PUBLICATION, f.CASE_STUDY], ids=["record", "publication", "case study"])
def test_the_field_guide_has_an_example_or_a_list_for_every_field(spec):
    def bare(fields, path=""):
        for field in fields:
            if not (field.example or field.vocabulary or field.parts):
                yield f"{path}{field.name}"
            yield from bare(field.parts, f"{path}{field.name}.")

    assert set(bare(spec)) <= {"author.literal", "partnerships_named", "finding", "note"}


def test_every_field_of_a_record_but_our_own_words_needs_a_source():
    assert {field.name for field in f.RECORD if not field.sourced} == {"id", "kind", "in_doubt", "cautions", "sources", "first_listed", "last_changed", "last_reviewed"}


def test_the_outcomes_of_a_study_are_those_of_the_vocabulary(real):
    assert [field.name for field in f.DIRECTION] == sorted(real.vocabularies["study-outcomes"].terms, key=[field.name for field in f.DIRECTION].index)


def test_every_vocabulary_that_a_field_names_exists(real):
    named = {field.vocabulary for spec in _TYPES for field in spec if field.vocabulary}
    assert named <= set(real.vocabularies)
