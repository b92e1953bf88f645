"""The text of one issue a month: which reviews are due, as a list to tick, and what else waits."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from datetime import date
from pathlib import Path

from .. import derive, words
from ..load import load
from ..model import Record
from ..problems import ProblemsFound, count, report
from ..site import Site
from .markdown import plain
from .quality import KINDS, REVIEW, tasks
from .quality_files import FOLDER, edit_address

# Records that one issue names: a person can work through these in a month.
MOST = 100


def due_in_month(site: Site) -> list[Record]:
    """Records whose review is due by the end of the month of ``site.today``, the longest unreviewed first."""
    month = site.today.strftime("%Y-%m")
    due = (record for record in site.ordered if derive.review_due_on(record).strftime("%Y-%m") <= month)
    return sorted(due, key=lambda record: (record.last_reviewed, record.id))


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
