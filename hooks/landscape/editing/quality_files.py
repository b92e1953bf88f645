"""The to-do list as CSV, and a calendar of the reviews that fall due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Iterator

from icalendar import Calendar, Event, vDuration

from .. import derive
from ..exports import csv_files
from ..exports.chart_tables import Column
from ..exports.feeds import TAG_YEAR
from ..exports.plain import TITLE
from ..model import Record
from ..problems import count
from ..site import Site
from .quality import Task, tasks

FOLDER = "data-quality/"
# Records named in one event of the calendar; the page has them all.
MOST_NAMED = 40


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """(address inside the site, bytes)."""
    yield f"{FOLDER}to-do.csv", csv_files.write(_List(site, tasks(site)))
    yield f"{FOLDER}reviews.ics", calendar(site)


def edit_address(site: Site, record: str) -> str:
    """The form that edits a record."""
    return f"{site.address}contribute/edit/?id={record}" if record else ""


@dataclass(frozen=True)
class _List:
    """The tasks as a table."""

    site: Site
    tasks: tuple[Task, ...]
    columns = tuple(Column(name, name) for name in ("kind", "what_to_do", "record", "name", "field", "detail", "since", "file", "edit"))

    @property
    def rows(self) -> Iterator[tuple[str, ...]]:
        for one in self.tasks:
            yield one.kind.id, one.kind.todo, one.record, one.name, one.field, one.detail, one.since, one.file, edit_address(self.site, one.record)


def calendar(site: Site) -> bytes:
    """An iCalendar file (RFC 5545, with the name and interval of RFC 7986) with one all-day event for each day on which reviews
    fall due. DTSTAMP is the day of the data and the UID follows from the day, so the same data give the same bytes."""
    due: dict[date, list[Record]] = {}
    for record in site.ordered:
        due.setdefault(derive.review_due_on(record), []).append(record)
    feed = Calendar()
    feed.add("prodid", f"-//{TITLE}//Reviews due//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("name", f"{TITLE}: reviews due")
    feed.add("x-wr-calname", f"{TITLE}: reviews due")  # what most programs read instead of the name
    feed.add("refresh-interval", vDuration(timedelta(days=7)), parameters={"VALUE": "DURATION"})
    for day in sorted(due):
        feed.add_component(_event(site, day, due[day]))
    return feed.to_ical()


def _event(site: Site, day: date, records: list[Record]) -> Event:
    event = Event()
    event.add("uid", f"reviews-{day.isoformat()}-{TAG_YEAR}@{_host(site)}")
    event.add("dtstamp", datetime.fromisoformat(site.data_date).replace(tzinfo=timezone.utc))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{count(len(records), 'review')} due: {records[0].name}" + (f" and {count(len(records) - 1, 'other')}" if len(records) > 1 else ""))
    event.add("description", _named(site, records))
    event.add("url", f"{site.address}{FOLDER}")
    return event


def _host(site: Site) -> str:
    return site.address.partition("://")[2].partition("/")[0] or "localhost"


def _named(site: Site, records: list[Record]) -> str:
    shown = [f"{one.name}: {edit_address(site, one.id)}" for one in records[:MOST_NAMED]]
    rest = [f"and {count(len(records) - MOST_NAMED, 'other')}: {site.address}{FOLDER}"] if len(records) > MOST_NAMED else []
    return "\n".join(["Compare each record with its sources, and confirm or correct it.", *shown, *rest])
