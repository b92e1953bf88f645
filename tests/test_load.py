"""Loading: everything at once or nothing, and what the small site's files become."""

from __future__ import annotations

import shutil

import pytest

from landscape.load import load
from landscape.problems import ProblemsFound, report


def test_a_whole_folder_becomes_a_landscape(small):
    assert list(small.records) == ["elderfield-advice-programme", "elderfield-surgery-advice", "old-elderfield-desk", "thin-clinic"]
    record = small.records["elderfield-surgery-advice"]
    assert record.sites[0].postcode == "E20 1AS"
    assert [partner.name for partner in record.providers] == ["Citizens Advice Elderfield"]
    assert record.provider_kinds == ("citizens-advice",)
    assert record.sources[1].copy is True
    assert record.outcomes[0].number == "400"


def test_words_that_yaml_would_change_stay_as_typed(small_site):
    path = small_site / "data/partnerships/thin-clinic.yml"
    path.write_text(path.read_text().replace("name: Thin Clinic", "name: No").replace("last_reviewed: 2026-05-01", "last_reviewed: 2026-05-02"))
    record = load(small_site).records["thin-clinic"]
    assert (record.name, record.last_reviewed) == ("No", "2026-05-02")


def test_windows_line_ends_and_a_byte_order_mark_are_read(small_site):
    path = small_site / "data/partnerships/thin-clinic.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(small_site).records["thin-clinic"].name == "Thin Clinic"


def test_a_postcode_may_be_typed_in_any_way(small_site):
    path = small_site / "data/partnerships/elderfield-surgery-advice.yml"
    path.write_text(path.read_text().replace("postcode: E20 1AS", "postcode: e201as"))
    assert load(small_site).records["elderfield-surgery-advice"].sites[0].postcode == "E20 1AS"


def test_one_field_without_a_source_is_refused(small_site):
    path = small_site / "data/partnerships/thin-clinic.yml"
    path.write_text(path.read_text().replace("supports: [name, summary, status, settings]", "supports: [name, summary, status]"))
    with pytest.raises(ProblemsFound) as found:
        load(small_site)
    assert [problem.field for problem in found.value.problems] == ["settings"]


def test_no_vocabulary_is_a_problem_and_not_a_crash(small_site):
    shutil.rmtree(small_site / "data/vocabulary")
    with pytest.raises(ProblemsFound) as found:
        load(small_site)
    assert "data/vocabulary:1:1: has no vocabulary files" in report(found.value.problems)


def test_problems_come_in_order_of_file_and_line(small_site):
    for name in ("zz", "aa"):
        (small_site / f"data/partnerships/{name}.yml").write_text("name: X\nkind: y\n")
    with pytest.raises(ProblemsFound) as found:
        load(small_site)
    places = [(problem.file, problem.line) for problem in found.value.problems]
    assert places == sorted(places) and len({file for file, _ in places}) == 2
