"""The check as an editor runs it."""

from __future__ import annotations

import re

import pytest

from landscape.__main__ import main


@pytest.fixture
def broken(small_site, monkeypatch):
    for name in ("one", "two"):
        (small_site / f"data/partnerships/{name}.yml").write_text(f"id: {name}\nkind: partnershp\n")
    monkeypatch.chdir(small_site)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return small_site


def test_clean_data_passes(small_site, capsys):
    assert main(["check", "--root", str(small_site)]) == 0
    assert capsys.readouterr().out == "No problem in 4 records, 1 publication and 1 case study.\n"


def test_all_problems_are_printed_and_the_exit_says_so(broken, capsys):
    assert main(["check", "--root", str(broken)]) == 1
    out = capsys.readouterr().out
    assert "data/partnerships/one.yml:2:7: kind: \"partnershp\" is not a kind of record" in out
    assert out.rstrip().endswith("in 2 files. Nothing was published. Help: docs/contribute/fixing-problems.md")


def test_files_given_show_only_their_own_problems(broken, capsys):
    assert main(["check", "data/partnerships/two.yml", "--root", str(broken)]) == 1
    out = capsys.readouterr().out
    assert "two.yml" in out and "one.yml" not in out
    assert main(["check", "data/partnerships/thin-clinic.yml", "--root", str(broken)]) == 0


def test_a_file_that_is_not_there_is_a_problem(broken, capsys):
    assert main(["check", "data/partnerships/tow.yml", "--root", str(broken)]) == 1
    assert "data/partnerships/tow.yml:1:1: there is no such file" in capsys.readouterr().out


def test_on_github_problems_are_annotations_too(broken, capsys, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    main(["check", "--root", str(broken)])
    assert "::error file=data/partnerships/one.yml,line=2,col=7::kind: " in capsys.readouterr().out


@pytest.mark.parametrize("day, today, told", [("2062-11-24", "2026-11-29", True), ("2027-11-24", "2026-11-29", True), ("2026-11-24", "2026-11-24", False), ("2026-05-09", "2020-01-01", False)])
def test_a_review_on_a_day_to_come_is_a_problem_unless_only_the_clock_is_wrong(day, today, told, small_site, capsys, monkeypatch):
    monkeypatch.setenv("LANDSCAPE_DATE", today)
    path = small_site / "data/partnerships/thin-clinic.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"last_reviewed: \S+", f"last_reviewed: {day}", text), encoding="utf-8")
    line = text[: text.index("last_reviewed:")].count("\n") + 1
    assert main(["check", "--root", str(small_site)]) == int(told)
    assert (f"thin-clinic.yml:{line}:1: last_reviewed: {day} is a day to come" in capsys.readouterr().out) == told
