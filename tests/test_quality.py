"""Data quality: the to-do list, completeness, the calendar, reminders and confirmations."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar

from landscape.__main__ import main
from landscape.derive import data_date, is_review_due, review_due_on
from landscape.editing import quality, quality_files
from landscape.editing.confirm import confirmed
from landscape.editing.quality import KINDS
from landscape.editing.reminders import reminder
from landscape.load import RECORDS
from landscape.model import FailedLink, LinkReport
from landscape.site import Site
from test_small_site import rendered

ADDRESS = "https://example.com/site/"


@pytest.fixture(scope="module")
def site(real) -> Site:
    return Site(real, data_date(real), ADDRESS)


def of(site: Site, kind: str) -> list[quality.Task]:
    return [task for task in quality.tasks(site) if task.kind.id == kind]


# --- what there is to do --------------------------------------------------------------------------------------------


def test_thirteen_months_make_a_record_due(real):
    newest = max(record.last_reviewed for record in real.records.values())
    assert not of(Site(real, date.fromisoformat(newest), ADDRESS), "review")
    later = Site(real, date(2028, 6, 1), ADDRESS)
    assert {task.record for task in of(later, "review")} == set(real.records)


def test_a_review_is_due_from_its_day_on(real):
    record = next(iter(real.records.values()))
    day = review_due_on(record)
    assert is_review_due(record, day) and not is_review_due(record, day.fromordinal(day.toordinal() - 1))


def test_counts_equal_those_of_a_plain_walk(real, site):
    records = list(real.records.values())
    assert len(of(site, "undated")) == sum(not one.status_as_of and not one.ended for one in records)
    assert len(of(site, "copy")) == sum(source.copy for one in records for source in one.sources) + sum(work.source_is_copy for work in real.publications.values())
    one_source = {one.id for one in records if len(one.sources) == 1}
    assert one_source <= {task.record for task in of(site, "single")}
    assert len(of(site, "gap")) == sum(any(not getattr(one, name) for name in quality.WANTED) for one in records)


def test_failed_links_lead_to_where_they_stand(real):
    record = real.records["hwc"]
    url = record.sources[0].url
    report = LinkReport("2026-12-01", 2, (FailedLink(url, "answers 404", "2026-11-20", "https://web.archive.org/web/1/x"), FailedLink("https://example.org/gone-from-data", "answers 404", "2026-11-20")))
    found = of(Site(replace(real, link_report=report), data_date(real), ADDRESS), "link")
    assert ("hwc", "sources.1.url", "2026-11-20") in {(task.record, task.field, task.since) for task in found}
    assert all(url in task.detail and "archived copy may be" in task.detail for task in found)


def test_completeness_by_region_and_setting(real, site):
    table = quality.completeness(site, "region", "regions")
    columns = [term.tag for term in table.columns]
    referral = dict(table.lines)["How to refer"]
    scotland = [one for one in real.records.values() if one.region == "scotland"]
    share = referral[columns.index("scotland")]
    assert (share.filled, share.of) == (sum(bool(one.referral) for one in scotland), len(scotland))
    assert referral[0].of == len(real.records)
    assert sum(share.of for share in referral[1:]) == len(real.records)


def test_a_hundred_percent_means_all():
    assert quality.Share(199, 200).percent == 99 and quality.Share(200, 200).percent == 100 and quality.Share(0, 0).percent == 0


# --- page, table and calendar -----------------------------------------------------------------------------------------


def test_the_page_says_so_while_links_are_unchecked(small):
    page = rendered(small)["data-quality/index.html"]
    assert "The outside links have not been checked yet." in page
    checked = replace(small, link_report=LinkReport("2026-05-01", 7, ()))
    assert "all 7 addresses answered on 1 May 2026" in rendered(checked)["data-quality/index.html"]


def test_the_table_has_every_task_and_its_door(site):
    rows = list(csv.DictReader(io.StringIO(dict(quality_files.files(site))["data-quality/to-do.csv"].decode("utf-8-sig"))))
    assert len(rows) == len(quality.tasks(site))
    assert all(row["edit"] == (f"{ADDRESS}contribute/edit/?id={row['record']}" if row["record"] else "") for row in rows)
    assert {row["kind"] for row in rows} <= {kind.id for kind in KINDS}


def test_the_calendar_is_read_back_and_repeats(real, site):
    raw = quality_files.calendar(site)
    assert raw == quality_files.calendar(Site(replace(real, records=dict(reversed(list(real.records.items())))), date(2027, 1, 1), ADDRESS))
    events = Calendar.from_ical(raw).walk("VEVENT")
    due = {review_due_on(record) for record in real.records.values()}
    assert {event["dtstart"].dt for event in events} == due
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert {event["dtstamp"].dt.date().isoformat() for event in events} == {site.data_date}
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_the_monthly_issue_names_what_is_due_as_text(small):
    assert reminder(Site(small, date(2024, 6, 1), ADDRESS)) == ""
    hostile = {id: replace(record, name="@team <img src=x> [x](https://evil.example) #1") for id, record in small.records.items()}
    text = reminder(Site(replace(small, records=hostile), date(2027, 12, 1), ADDRESS))
    assert text.startswith("Due by the end of December 2027: 4 reviews.")
    assert "@team" not in text and "<img" not in text.replace("\\<img", "") and "](https://evil" not in text
    assert f"{ADDRESS}contribute/edit/?id=thin-clinic" in text


# --- confirming -------------------------------------------------------------------------------------------------------


def test_confirming_changes_the_day_and_no_other_byte(small_site, capsys):
    file = small_site / RECORDS / "thin-clinic.yml"
    file.write_bytes(b"\xef\xbb\xbf# a comment\r\n" + file.read_bytes().replace(b"\n", b"\r\n").replace(b"last_reviewed: 2026-05-01", b"last_reviewed:  '2026-05-01'  # by hand"))
    before = file.read_bytes()
    assert main(["confirm", "thin-clinic", "--date", "2026-05-20", "--root", str(small_site)]) == 0
    assert file.read_bytes() == before.replace(b"'2026-05-01'", b"'2026-05-20'") != before
    assert main(["check", "--root", str(small_site)]) == 0


def test_every_real_record_can_be_confirmed(real):
    for content in real.record_files.values():
        after = confirmed(content, date(2099, 1, 2))
        assert [(a, b) for a, b in zip(content.splitlines(), after.splitlines(), strict=True) if a != b] and after.count(b"2099-01-02") == 1


@pytest.mark.parametrize("id, day, says", [("thin-clinic", "2026-04-01", "which is not before 2026-04-01"), ("../x", "2026-05-20", "There is no record"), ("nobody", "2026-05-20", "There is no record")])
def test_a_confirmation_that_cannot_be_changes_nothing(small_site, capsys, id, day, says):
    before = {path: path.read_bytes() for path in (small_site / RECORDS).iterdir()}
    assert main(["confirm", id, "--date", day, "--root", str(small_site)]) == 1
    assert says in capsys.readouterr().out
    assert {path: path.read_bytes() for path in (small_site / RECORDS).iterdir()} == before
