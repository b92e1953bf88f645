"""What an editor reads."""

from __future__ import annotations

from landscape.problems import Problem, nearest, report

PROBLEM = Problem("data/partnerships/x.yml", 7, 9, "region", '"nort-east" is not a region', "north-east, london", "north-east", "use a tag")


def test_the_first_line_is_complete_by_itself():
    first, *rest = str(PROBLEM).splitlines()
    assert first == 'data/partnerships/x.yml:7:9: region: "nort-east" is not a region'
    assert rest == ["    allowed: north-east, london", "    did you mean: north-east", "    to mend it: use a tag"]


def test_a_report_counts_problems_and_files_and_says_what_happened():
    other = Problem("a.yml", 1, 1, "", "a tab character")
    assert report([PROBLEM, other, PROBLEM]).splitlines()[0].startswith("a.yml:1:1: a tab")
    assert report([PROBLEM, other]).endswith("2 problems in 2 files. Nothing was published. Help: docs/contribute/fixing-problems.md")
    assert report([other]).endswith("1 problem in 1 file. Nothing was published. Help: docs/contribute/fixing-problems.md")
    assert report([]) == ""


def test_an_annotation_stands_on_its_line_and_cannot_be_broken_out_of():
    odd = Problem("a,b:c.yml", 3, 5, "", "100% of\nlines")
    assert odd.annotation() == "::error file=a%2Cb%3Ac.yml,line=3,col=5::100%25 of lines"


def test_the_nearest_choice_is_found_by_spelling_case_and_synonym():
    choices = ["gp-practice", "hospital", "citizens-advice"]
    assert nearest("hospitl", choices) == "hospital"
    assert nearest("GP Practice", choices) == "gp-practice"
    assert nearest("CAB", choices, {"CAB": "citizens-advice"}) == "citizens-advice"
    assert nearest("surgry", choices, {"surgery": "gp-practice"}) == "gp-practice"
    assert nearest("qqqq", choices, {"surgery": "gp-practice"}) == ""
