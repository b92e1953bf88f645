"""Feeds: read back by parsers nobody here wrote, against the records, and steady from build to build."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from xml.etree import ElementTree as ET

import feedparser
import jsonfeed
import pytest

from landscape import derive, views
from landscape.derive import FACETS
from landscape.exports import feeds
from landscape.model import Landscape
from landscape.site import Site

TODAY = date(2026, 11, 24)
ADDRESS = "https://example.org/landscape/"
ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 3339, as both formats ask.
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})")


def made_of(landscape: Landscape, today: date = TODAY) -> dict[str, bytes]:
    return dict(feeds.files(Site(landscape, today, ADDRESS)))


@pytest.fixture(scope="module")
def made(real) -> dict[str, bytes]:
    return made_of(real)


def text_of(html: str) -> list[str]:
    """The paragraphs of an entry's HTML as a reader shows them."""
    return [unescape(part) for part in re.findall(r"<p>(.*?)</p>", html, re.DOTALL)]


def facets_of(landscape: Landscape) -> list[tuple]:
    return [(facet, term) for facet in FACETS for term in derive.facet_terms(landscape, facet)]


def test_there_is_a_feed_for_the_whole_for_what_is_new_and_for_each_facet_page(real, made):
    names = ["changes", "partnerships", "case-studies", *(f"{facet.name}/{term.tag}" for facet, term in facets_of(real))]
    assert list(made) == [f"feeds/{name}.{ending}" for name in names for ending in ("xml", "json")]


def test_feedparser_reads_every_atom_feed_and_finds_the_records(real, made):
    site = Site(real, TODAY, ADDRESS)
    for name in made:
        if not name.endswith(".xml"):
            continue
        read = feedparser.parse(made[name])
        assert (read.bozo, read.version, read.feed.language) == (False, "atom10", "en-GB"), name
        assert read.feed.links[1].href == ADDRESS + name
        for entry in read.entries:
            id = entry.link.removeprefix(ADDRESS).split("/")[1]
            record, study = real.records[id], real.case_studies.get(id) if "/case-studies/" in entry.link else None
            summary, placed = text_of(entry.summary)
            assert placed.endswith(f"{site.place(record)}.")
            assert (entry.title, summary) == ((f"Case study: {study.title}", study.summary) if study else (record.name, record.summary))
            days = (study.published, study.updated or study.published) if study else (record.listed, record.changed)
            assert (entry.published, entry.updated) == tuple(f"{day}T00:00:00+00:00" for day in days)


def test_atom_feeds_keep_what_rfc_4287_demands(made):
    """Sections 4.1.1, 4.1.2, 4.2.6, 4.2.7 and 3.3: once each of id, title and updated, an author, links, moments, unique ids."""
    for name in made:
        if name.endswith(".xml"):
            root = ET.fromstring(made[name])
            assert root.tag == f"{ATOM}feed" and len(root.findall(f"{ATOM}author/{ATOM}name")) == 1
            assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] == [ADDRESS + name]
            for part in (root, *root.iter(f"{ATOM}entry")):
                assert [len(part.findall(f"{ATOM}{one}")) for one in ("id", "title", "updated")] == [1, 1, 1], name
                assert re.fullmatch(r"tag:example\.org,2026:/landscape/\S+", part.findtext(f"{ATOM}id"))
                assert len([link for link in part.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
                assert all(MOMENT.fullmatch(one.text) for kind in ("updated", "published") for one in part.findall(f"{ATOM}{kind}"))
            ids = [one.text for one in root.iter(f"{ATOM}id")]
            assert len(ids) == len(set(ids))


def test_a_json_feed_reader_reads_every_json_feed_and_loses_nothing(made):
    for name in made:
        if name.endswith(".json"):
            given, read = json.loads(made[name]), jsonfeed.Feed.parse_string(made[name].decode())
            assert given.pop("_licence")["id"] == "CC-BY-4.0"  # an extension, which a reader may pass over
            assert given.pop("language") == read.language == "en-GB"  # it reads this, but does not write it again
            assert json.loads(read.to_json()) == {**given, "expired": False}, name
            assert given["version"] == "https://jsonfeed.org/version/1.1" and given["feed_url"] == ADDRESS + name
            assert all(MOMENT.fullmatch(item[one]) for item in given["items"] for one in ("date_published", "date_modified"))


def test_both_forms_say_the_same(made):
    for name in made:
        if name.endswith(".xml"):
            read, items = feedparser.parse(made[name]), json.loads(made[name.replace(".xml", ".json")])["items"]
            atom = [(e.id, e.link, e.title, text_of(e.summary), e.updated, [tag.term for tag in e.tags]) for e in read.entries]
            assert atom == [(i["id"], i["url"], i["title"], i["content_text"].split("\n\n"), i["date_modified"], i["tags"]) for i in items]


def test_a_facet_feed_holds_the_records_of_its_page_and_their_case_studies(real, made):
    for facet, term in facets_of(real):
        ids = [record.id for record in derive.by_facet(derive.in_reading_order(real.records.values()), facet).get(term.tag, [])]
        wanted = {f"{ADDRESS}partnerships/{id}/" for id in ids} | {f"{ADDRESS}case-studies/{id}/" for id in ids if id in real.case_studies}
        assert {item["url"] for item in json.loads(made[f"feeds/{facet.name}/{term.tag}.json"])["items"]} == wanted


def entries(content: bytes) -> dict[str, str]:
    """Entries of a feed as text, by id."""
    if content.startswith(b"{"):
        return {item["id"]: json.dumps(item) for item in json.loads(content)["items"]}
    return {entry.findtext(f"{ATOM}id"): ET.tostring(entry, "unicode") for entry in ET.fromstring(content).iter(f"{ATOM}entry")}


def test_touching_one_record_changes_one_entry_in_each_feed_it_is_in_and_no_other_feed(real, made):
    id = "hwc"
    touched = replace(real, records={**real.records, id: replace(real.records[id], last_changed="2027-02-03")})
    again, entry_id = made_of(touched, date(2027, 2, 4)), f"tag:example.org,2026:/landscape/partnerships/{id}/"
    for name, content in made.items():
        before, after = entries(content), entries(again[name])
        assert set(before) == set(after)
        assert [one for one in before if before[one] != after[one]] == ([entry_id] if entry_id in before else []), name
        if entry_id not in before:
            assert again[name] == content
        elif name.endswith(".xml"):
            assert ET.fromstring(again[name]).findtext(f"{ATOM}updated") == "2027-02-03T00:00:00+00:00"
    assert list(entries(again["feeds/changes.xml"]))[0] == entry_id
    settings = len(real.records[id].settings)
    assert sum(again[name] != made[name] for name in made) >= 2 * (2 + settings)


def test_neither_the_build_nor_a_review_changes_a_feed(real, made):
    assert made_of(real, date(2031, 1, 1)) == made
    reviewed = replace(real, records={id: replace(record, last_reviewed="2027-05-05") for id, record in real.records.items()})
    assert made_of(reviewed) == made


def test_a_feed_holds_the_newest_entries_and_no_more(small):
    record = next(iter(small.records.values()))
    many = [replace(record, id=f"r{number:03}", first_listed=f"2026-{1 + number % 12:02}-01", last_changed="") for number in range(400)]
    found = feedparser.parse(made_of(replace(small, records={one.id: one for one in many}, case_studies={}))["feeds/changes.xml"])
    listed = sorted((one.listed for one in many), reverse=True)
    assert [entry.updated[:10] for entry in found.entries] == listed[: feeds.MOST]
    assert found.feed.updated[:10] == listed[0]


def test_a_feed_without_entries_is_whole_and_dated_by_no_clock(small):
    empty = [content for name, content in made_of(small).items() if name.endswith(".xml") and not entries(content)]
    assert empty and {feedparser.parse(content).feed.updated for content in empty} == {f"{feeds.FIRST_PUBLISHED}T00:00:00+00:00"}


def test_text_of_a_record_is_never_markup(small):
    content = made_of(small)["feeds/changes.xml"]
    entry = next(e for e in feedparser.parse(content).entries if e.id.endswith("/partnerships/elderfield-surgery-advice/"))
    record = small.records["elderfield-surgery-advice"]
    assert "<script>" in record.summary and "<b>" in record.name
    assert text_of(entry.summary)[0] == record.summary and "<script" not in entry.summary
    assert unescape(entry.title) == record.name


def test_moments_are_those_of_the_day_in_utc():
    assert feeds.midnight("2026-06-30") == datetime.fromisoformat("2026-06-30T00:00:00+00:00")


def test_a_page_leads_to_its_own_feed_and_the_list_of_feeds_to_all(real, made):
    links = {page.url: {link.url for link in page.head.links if link.rel == "alternate"} for page in views.pages(Site(real, TODAY, ADDRESS))}
    for facet, term in facets_of(real):
        assert {f"feeds/{facet.name}/{term.tag}.xml", f"feeds/{facet.name}/{term.tag}.json"} <= links[f"{facet.name}/{term.tag}/"]
    assert "feeds/partnerships.xml" in links["partnerships/"] and "feeds/case-studies.json" in links["case-studies/"]


def test_the_list_of_feeds_leads_to_all(built, made):
    html = (built / "feeds/index.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="\.\./(feeds/[^"]*\.(?:xml|json))"', html)) >= set(made)
