""""Still correct": someone compared a record with its sources and found it right. The day of its review changes, and no other byte."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from ..load import RECORDS
from ..parse import ID

_REVIEWED = re.compile(rb"^(last_reviewed:[ \t]*[\"']?)(\d{4}-\d\d-\d\d)(?=[\"']?[ \t]*(?:#.*)?\r?$)", re.MULTILINE)


def confirmed(content: bytes, day: date) -> bytes:
    """A record's file with ``day`` as the day of its last review. Raises ValueError, in an editor's words, when the file has no
    such line of its own or was reviewed on that day or later."""
    found = _REVIEWED.findall(content)
    if len(found) != 1:
        raise ValueError("the file needs one line that starts with last_reviewed: and holds a date such as 2026-11-24")
    known = found[0][1].decode()
    if known >= day.isoformat():
        raise ValueError(f"it was last reviewed on {known}, which is not before {day}")
    return _REVIEWED.sub(rb"\g<1>" + day.isoformat().encode(), content)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="the id of the record, such as newham-hub")
    parser.add_argument("--date", type=date.fromisoformat, default=None, help="the day on which it was compared with its sources, such as 2026-11-24; today unless told")


def run(options: Namespace, root: Path) -> int:
    """Set the day of the last review."""
    day = options.date or date.today()
    file = root / RECORDS / f"{options.id}.yml"
    if not ID.match(options.id) or not file.is_file():
        print(f"There is no record {options.id!r} in {RECORDS}.")
        return 1
    try:
        file.write_bytes(confirmed(file.read_bytes(), day))
    except ValueError as error:
        print(f"{RECORDS}/{file.name}: {error}.")
        return 1
    print(f"{RECORDS}/{file.name}: last reviewed on {day}. Nothing else was changed.")
    return 0
