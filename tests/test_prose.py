"""Case-study prose: marks, headings and figures, and nothing that runs."""

from __future__ import annotations

from landscape.prose import headings, marks, render, unmarked_figures


def test_a_mark_becomes_a_link_to_its_source():
    assert '<a href="#source-s2" aria-label="Source 2">2</a>' in render("It grew.[^s2]", {"s1": 1, "s2": 2})


def test_markup_in_prose_is_shown_and_not_run():
    html = render('<img src=x onerror="alert(1)"> and [a link](javascript:alert(1)) ![x](y.png)', {})
    assert "<img" not in html and 'href="javascript' not in html


def test_headings_have_lines_and_anchors():
    text = "## What was hard\n\ntext\n\n### More\n"
    assert headings(text) == [(1, 2, "What was hard"), (5, 3, "More")]
    assert '<h2 id="what-was-hard">What was hard</h2>' in render(text, {})


def test_marks_are_found_with_line_and_column():
    assert marks("one[^s1]\ntwo two[^s2]") == [(1, 4, "s1"), (2, 8, "s2")]


def test_a_figure_without_a_mark_is_found_where_it_stands():
    assert unmarked_figures("Fine, 2012.[^s1]\n\nIt was\n£40 more.") == [(4, 1, "£40")]
    assert unmarked_figures("- ten people\n- 12 people\n- 13 people[^s1]") == [(2, 3, "12")]


def test_each_row_of_a_table_needs_its_own_mark():
    table = "| Year | People |\n| --- | --- |\n| one | 40[^s1] |\n| two | 50 |"
    assert unmarked_figures(table) == [(4, 9, "50")]
