"""News of the landscape as Atom 1.0 (RFC 4287) and JSON Feed 1.1: all changes, what is new, and one feed for each facet value.

An entry is a record or case study as it stands: listed again when it changes, under the same id. Dates come from the data,
never from the build, so a feed that nothing happened in keeps its bytes. Atom files end in .xml, not .atom: every host sends
.xml as XML, while those that do not know .atom offer it as a download.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from html import escape
from functools import cache
from io import StringIO
from typing import Iterable, Iterator
from urllib.parse import urlsplit

from .. import derive, words
from ..derive import FACETS, Facet
from ..model import CaseStudy, Record
from ..site import Site
from ..vocabulary import Term
from .plain import LICENCE, TITLE, to_json

# The newest entries that a feed holds; today's whole landscape fits. Older ones are in the downloads.
MOST = 250

# Atom asks every feed for a date. One that holds nothing yet gives the day on which the list was first published.
FIRST_PUBLISHED = "2026-11-24"

# A tag URI (RFC 4151) names its maker by a host and a year in which the host was theirs. Never change it: a reader shows an
# entry with a new id as a new one.
TAG_YEAR = "2026"


@dataclass(frozen=True)
class Entry:
    """A record or case study as a feed tells of it. ``url`` is inside the site; the dates are days (2026-11-24)."""

    url: str
    title: str
    text: tuple[str, ...]
    tags: tuple[str, ...]
    published: str
    updated: str


@dataclass(frozen=True)
class Feed:
    """One feed. ``address`` is inside the site, without the ending; ``page`` is the page whose news it gives."""

    address: str
    title: str
    about: str
    page: str
    entries: tuple[Entry, ...]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Each feed in both forms."""
    for feed in all_feeds(site):
        yield f"{feed.address}.xml", atom(site, feed)
        yield f"{feed.address}.json", json_feed(site, feed)


def all_feeds(site: Site) -> Iterator[Feed]:
    """Every feed, those of the whole landscape first."""
    records = {record.id: record_entry(site, record) for record in site.ordered}
    studies = {id: case_study_entry(site, study) for id, study in site.landscape.case_studies.items()}
    yield Feed("feeds/changes", f"{TITLE}: all changes", "New and changed partnerships, programmes and case studies.", "", newest([*records.values(), *studies.values()]))
    yield Feed("feeds/partnerships", f"{TITLE}: new partnerships", "Partnerships and programmes as they are first listed.", "partnerships/", newest(records.values(), first="published"))
    yield Feed("feeds/case-studies", f"{TITLE}: new case studies", "Case studies as they are first published.", "case-studies/", newest(studies.values(), first="published"))
    for facet in FACETS:
        for term in derive.facet_terms(site.landscape, facet):
            inside = [record.id for record in site.by_facet[facet.name].get(term.tag, ())]
            found = [*(records[id] for id in inside), *(studies[id] for id in inside if id in studies)]
            yield Feed(facet_address(facet, term), f"{TITLE}: {term.label} ({facet.singular.lower()})", f"New and changed partnerships, programmes and case studies under {facet.singular.lower()} {term.label}.", f"{facet.name}/{term.tag}/", newest(found))


def facet_address(facet: Facet, term: Term) -> str:
    return f"feeds/{facet.name}/{term.tag}"


def newest(entries: Iterable[Entry], first: str = "updated") -> tuple[Entry, ...]:
    """The newest entries by one of their dates; those of one day by address."""
    in_order = sorted(entries, key=lambda entry: entry.url)
    return tuple(sorted(in_order, key=lambda entry: getattr(entry, first), reverse=True)[:MOST])


def record_entry(site: Site, record: Record) -> Entry:
    kind = "Programme" if record.is_programme else "Partnership"
    status = f"{words.status_words(record)}. {site.place(record)}."
    return Entry(f"partnerships/{record.id}/", record.name, (record.summary, status), (kind, *(site.label(tag, "settings") for tag in record.settings)), record.listed, record.changed)


def case_study_entry(site: Site, study: CaseStudy) -> Entry:
    record = site.landscape.records[study.partnership]
    text = (study.summary, f"Case study of {record.name}. {site.place(record)}.")
    return Entry(f"case-studies/{study.partnership}/", f"Case study: {study.title}", text, ("Case study",), study.published, study.updated or study.published)


def tag_uri(site: Site, path: str) -> str:
    """The lasting id of something at a path of the site: tag:example.org,2026:/partnerships/hwc/."""
    address = urlsplit(site.address)
    return f"tag:{address.hostname or 'localhost'},{TAG_YEAR}:{address.path}{path}"


def midnight(day: str) -> datetime:
    """The first moment of a day, in UTC: the data know days, and feeds ask for moments."""
    return datetime.fromisoformat(day).replace(tzinfo=timezone.utc)


@cache
def _writer() -> type:
    """The library's feed, imported with the first. It dates one without entries by the clock, which is never asked here."""
    from feedgenerator import Atom1Feed

    class Atom(Atom1Feed):
        def latest_post_date(self) -> datetime:
            return super().latest_post_date() if self.items else midnight(FIRST_PUBLISHED)

    return Atom


def atom(site: Site, feed: Feed) -> bytes:
    """A feed as Atom. Entry texts are HTML with everything in them escaped."""
    written = _writer()(
        feed.title, f"{site.address}{feed.page}", feed.about, language="en-GB", author_name=TITLE, author_link=site.address,
        feed_url=f"{site.address}{feed.address}.xml", feed_guid=tag_uri(site, feed.address), feed_copyright=f"{LICENCE['name']}, {LICENCE['url']}",
    )
    for entry in feed.entries:
        html = "".join(f"<p>{escape(part)}</p>" for part in entry.text)
        written.add_item(entry.title, f"{site.address}{entry.url}", html, unique_id=tag_uri(site, entry.url), pubdate=midnight(entry.published), updateddate=midnight(entry.updated), categories=entry.tags)
    text = StringIO()
    written.write(text, "utf-8")
    return (text.getvalue() + "\n").encode()


def json_feed(site: Site, feed: Feed) -> bytes:
    """A feed as JSON Feed, with the same entries and ids as its Atom form; texts are plain."""
    return to_json({
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title, "description": feed.about, "language": "en-GB",
        "home_page_url": f"{site.address}{feed.page}", "feed_url": f"{site.address}{feed.address}.json",
        "authors": [{"name": TITLE, "url": site.address}], "_licence": LICENCE,
        "items": [_json_item(site, entry) for entry in feed.entries],
    })


def _json_item(site: Site, entry: Entry) -> dict:
    return {
        "id": tag_uri(site, entry.url), "url": f"{site.address}{entry.url}", "title": entry.title, "content_text": "\n\n".join(entry.text),
        "date_published": midnight(entry.published).isoformat(), "date_modified": midnight(entry.updated).isoformat(), "tags": list(entry.tags),
    }
