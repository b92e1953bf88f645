"""What follows from the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from landscape import derive


def test_a_link_written_on_one_record_holds_on_the_other_too(small):
    before, after = derive.lineage(small)
    assert before == {"elderfield-surgery-advice": ["old-elderfield-desk"]}
    assert after == {"old-elderfield-desk": ["elderfield-surgery-advice"]}


def test_active_records_come_first_and_ended_ones_last(small):
    assert [record.status for record in derive.in_reading_order(small.records.values())] == ["active", "active", "unknown", "ended"]


def test_a_record_stands_under_each_of_its_values(small):
    settings = derive.by_facet(derive.in_reading_order(small.records.values()), derive.FACETS[0])
    assert [record.id for record in settings["maternity"]] == ["elderfield-surgery-advice"]
    assert {record.id for record in settings["gp-practice"]} == {"elderfield-advice-programme", "elderfield-surgery-advice", "old-elderfield-desk"}


def test_only_councils_with_a_record_have_a_page(small):
    councils = next(facet for facet in derive.FACETS if facet.name == "local-authorities")
    assert [term.tag for term in derive.facet_terms(small, councils)] == ["newham"]


def test_a_record_is_due_for_review_after_thirteen_months(small):
    record = replace(small.records["thin-clinic"], last_reviewed="2025-01-01")
    assert not derive.is_review_due(record, date(2026, 2, 1))
    assert derive.is_review_due(record, date(2026, 2, 2))


def test_rival_figures_stand_together(small):
    groups = list(derive.rival_groups(small.records["elderfield-surgery-advice"]))
    assert [(rival, len(group)) for rival, group in groups] == [("", 1), ("ten-years", 2), ("", 1)]


def test_a_thin_record_is_known_as_thin(small):
    assert derive.is_thin(small.records["thin-clinic"])
    assert not derive.is_thin(small.records["elderfield-surgery-advice"])


def test_the_date_of_a_build_without_one_is_the_data_date(small):
    assert derive.data_date(small) == date(2026, 5, 1)
