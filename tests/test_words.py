"""How values read."""

from __future__ import annotations

import pytest

from landscape import words
from landscape.model import Name, Publication, Record
from landscape.render import relative, way_up


@pytest.mark.parametrize("value, said", [("2019", "2019"), ("2019-06", "June 2019"), ("2019-06-03", "3 June 2019")])
def test_dates_read_as_on_gov_uk(value, said):
    assert words.date_words(value) == said


@pytest.mark.parametrize("items, said", [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_lists_read_as_english(items, said):
    assert words.listed(items) == said


@pytest.mark.parametrize("text, said", [("GP practice", "GP practice"), ("Council", "council"), ("Citizens Advice", "Citizens Advice"), ("NHS board", "NHS board")])
def test_a_small_first_letter_spares_names_and_abbreviations(text, said):
    assert words.lower_first(text) == said


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"status": "active", "status_as_of": "2024"}, "Active in 2024"),
        ({"status": "unknown", "status_as_of": "2018"}, "Not known if it still runs; last evidence 2018"),
        ({"status": "unknown"}, "Not known if it still runs; no dated evidence"),
        ({"status": "ended", "ended": "2014-12", "status_as_of": "2014"}, "Ended 2014"),
        ({"status": "ended", "status_as_of": "2014"}, "Ended by 2014"),
    ],
)
def test_a_status_says_the_year_it_was_true(fields, said):
    assert words.status_words(Record(**fields)) == said


def test_authors_read_as_in_a_bibliography():
    authors = (Name("Player", "Anna Maria"), Name("Paris", "J A"), Name(literal="Elderfield Group"))
    assert words.author_words(authors) == "Player AM, Paris JA and Elderfield Group"
    assert words.author_words(authors[:1], complete=False) == "Player AM and others"
    assert words.author_words(()) == ""


def test_a_publication_says_where_it_appeared():
    assert words.publication_words(Publication(container_title="J", volume="4", issue="2", page="1-9", publisher="P")) == "J, 4(2): 1-9"
    assert words.publication_words(Publication(publisher="P")) == "P"


@pytest.mark.parametrize(
    "here, there, address",
    [
        ("", "partnerships/x/", "partnerships/x/"),
        ("partnerships/x/", "", "../../"),
        ("partnerships/x/", "settings/hospital/", "../../settings/hospital/"),
        ("partnerships/x/", "partnerships/y/#source-s1", "../../partnerships/y/#source-s1"),
        ("settings/", "settings/hospital/", "../settings/hospital/"),
        ("", "", "./"),
        ("about/", "https://example.org/", "https://example.org/"),
    ],
)
def test_addresses_are_relative_so_that_the_site_works_anywhere(here, there, address):
    assert relative(way_up(here), there) == address
