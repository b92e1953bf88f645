"""Case-study prose: marks, headings and figures, and nothing that runs."""

from __future__ import annotations

import pytest

from landscape.prose import headings, marks, refused_links, render, unmarked_figures


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


def test_a_mark_inside_a_tag_is_none():
    """Else the quotation marks of its link would end the attribute that it stands in."""
    html = render('[a page](https://example.org/ "told in [^s1]")\n\n```[^s1]\nx\n```\n\nTrue.[^s1]', {"s1": 1})
    assert html.count('<sup class="mark">') == 1 and 'title="told in [^s1]"' in html and "True.<sup" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "&#106;avascript:alert(1)", "data:image/png;base64,AA", "vbscript:x", "//evil.example", "mailto:a", "tel:1", "blob:x", "java\\script:x"])
def test_a_link_that_leads_to_no_page_stays_text(address):
    assert "href" not in render(f"[x]({address})", {}) and [found for *_, found in refused_links(f"one\n[x]({address})")]


def test_links_to_web_addresses_and_to_our_pages_are_links():
    for address in ("https://example.org/a", "http://example.org", "../hwc/", "#sources", "guidance/funding/"):
        assert f'href="{address}"' in render(f"[x]({address})", {}) and refused_links(f"[x]({address})") == []


def test_a_link_that_is_refused_is_found_where_it_stands():
    assert refused_links("One.\n\nTwo [x](data:x).") == [(3, 9, "data:x")]
