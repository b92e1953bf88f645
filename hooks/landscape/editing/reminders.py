"""The text of one issue a month: which reviews are due, as a list to tick, and what else waits."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Iterator

from .. import derive, words
from ..fields import RECORD
from ..load import RECORDS, load
from ..model import Landscape, Record
from ..problems import Problem, ProblemsFound, count, report
from ..read_files import parse_yaml
from ..site import Site
from .markdown import plain
from .quality import KINDS, REVIEW, tasks
from .quality_files import FOLDER, edit_address

# Records that one issue names: a person can work through these in a month.
MOST = 100
# So much later than all others a review may be, whatever the clock says.
NEAR = timedelta(days=31)


def due_in_month(site: Site) -> list[Record]:
    """Records whose review is due by the end of the month of ``site.today``, the longest unreviewed first."""
    month = site.today.strftime("%Y-%m")
    due = (record for record in site.ordered if derive.review_due_on(record).strftime("%Y-%m") <= month)
    return sorted(due, key=lambda record: (record.last_reviewed, record.id))


def days_to_come(root: Path, landscape: Landscape, today: date) -> Iterator[Problem]:
    """The review that is dated in the future, such as 2062 for 2026: it would never fall due, and move the date of the data. Only a
    command that a person runs asks what day it is. The clock may be wrong, so a day near that of another review passes."""
    reviewed = sorted((record.last_reviewed, record.id) for record in landscape.records.values() if record.last_reviewed)
    if not reviewed:
        return
    *others, (day, id) = reviewed
    known = max((today, *(date.fromisoformat(other) + NEAR for other, _ in others[-1:])))
    parsed = parse_yaml(root / RECORDS / f"{id}.yml", root, RECORD, landscape.vocabularies)[0] if date.fromisoformat(day) > known else None
    if parsed:
        yield parsed.problem("last_reviewed", f"{day} is a day to come", mend="write the day on which the record was compared with its sources")


def reminder(site: Site) -> str:
    """The text of the issue in Markdown. Empty when no review is due."""
    due = due_in_month(site)
    if not due:
        return ""
    lines = [f"Due by the end of {words.date_words(site.today.isoformat()[:7])}: {count(len(due), 'review')}.", ""]
    lines += ["Compare the record with its sources. If all is still right, follow “Still correct” at the end of its page. If not, correct it.", ""]
    lines += [f"- [ ] [{plain(record.name)}]({site.address}partnerships/{record.id}/), last reviewed {words.date_words(record.last_reviewed)} ([edit]({edit_address(site, record.id)}))" for record in due[:MOST]]
    lines += [f"- and {count(len(due) - MOST, 'other')}: see [the whole list]({site.address}{FOLDER})"] if len(due) > MOST else []
    return "\n".join([*lines, "", *_others(site), ""])


def _others(site: Site) -> list[str]:
    """How many tasks of other kinds wait."""
    numbers = Counter(task.kind for task in tasks(site))
    waiting = [f"- {kind.title}: {numbers[kind]:,}" for kind in KINDS if kind is not REVIEW and numbers[kind]]
    return [f"What else waits, on [the page Data quality]({site.address}{FOLDER}):", "", *waiting] if waiting else []


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--date", type=date.fromisoformat, default=None, help="a day of the month that the issue is for, such as 2026-11-01; today unless told")
    parser.add_argument("--address", default="", help="the public address of the site")


def run(options: Namespace, root: Path) -> int:
    """Print the issue; nothing when no review is due."""
    try:
        landscape = load(root)
    except ProblemsFound as found:
        print(report(found.problems))
        return 1
    print(reminder(Site(landscape, options.date or date.today(), options.address)), end="")
    return 0
