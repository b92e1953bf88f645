"""The command line of the core: ``python -m landscape check [FILE…]``, run by ``scripts/check-data``, and
``python -m landscape edition NAME`` or ``edition --check``, run by ``scripts/edition``. ``EDITING`` lists the editors' commands."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from . import derive, exports, offline, write_docs
from .editing import confirm, formatting, issue_form, issue_record, links, reminders, retire, review, schema, sheets, starter
from .exports import editions
from .load import EDITIONS, load, load_editions, read
from .problems import Problem, ProblemsFound, count, report
from .site import Site

# The editors' commands: what each does, and its module, which has ``add_arguments(parser)`` and ``run(options, root)``.
EDITING = {
    "new": ("start a new record: asks questions, or takes flags", starter),
    "import-csv": ("make or change many records from a spreadsheet", sheets),
    "format": ("put the fields of files in order, and break long lines", formatting),
    "schema": ("write the schemas of data/schema anew", schema),
    "issue-forms": ("write the forms of .github/ISSUE_TEMPLATE anew", issue_form),
    "review": ("tell what a change does, for the person who reviews it", review),
    "confirm": ("note that a record is still correct", confirm),
    "retire": ("take a record out, and tell readers of its old address why", retire),
    "links": ("check outside links and print a report", links),
    "reminders": ("print the issue of one month on reviews that are due", reminders),
    "from-issue": ("turn a filled issue form into a record's file", issue_record),
}
# Other forms of the whole site, with the same two functions.
WHOLE_SITE = {
    "write-docs": ("write every page as Markdown, for any generator", write_docs),
    "offline": ("pack a built site into a zip to be opened from disk", offline),
}
MODULES = {**EDITING, **WHOLE_SITE}


def main(arguments: list[str] | None = None) -> int:
    """Run one command. 0 means no problem, 1 means problems were printed, 2 means the command itself is wrong."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    root = chosen.root.resolve()
    if chosen.command in MODULES:
        return MODULES[chosen.command][1].run(chosen, root)
    if chosen.command == "check":
        return check(root, chosen.files)
    if chosen.check == bool(chosen.name):
        parser.error("name an edition to freeze, such as 2026-11, or write --check")
    return check_editions(root) if chosen.check else freeze_edition(root, chosen.name, chosen.address)


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder")
    parser = argparse.ArgumentParser(prog="landscape", description="Check the records of the Health Justice Landscape, or freeze an edition of its data.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", parents=[shared], help="check all records")
    checking.add_argument("files", nargs="*", help="show only the problems of these files; without any, of all")
    freezing = commands.add_parser("edition", parents=[shared], help="freeze the downloads of the present data, or check the frozen ones")
    freezing.add_argument("name", nargs="?", help="year and month, such as 2026-11")
    freezing.add_argument("--check", action="store_true", help="compare the frozen files with their checksums")
    freezing.add_argument("--address", default="", help="the public address of the site")
    for name, (what, module) in MODULES.items():
        module.add_arguments(commands.add_parser(name, parents=[shared], help=what))
    return parser


def check(root: Path, files: list[str]) -> int:
    """Print all problems, or a line that says there is none. On GitHub the problems also become annotations."""
    wanted = {_inside(root, file) for file in files}
    missing = [Problem(file, 1, 1, "", "there is no such file", mend="check the spelling") for file in sorted(wanted) if not (root / file).is_file()]
    landscape, found = read(root)
    found += reminders.days_to_come(root, landscape, _today())
    problems = missing + [problem for problem in found if not wanted or problem.file in wanted]
    if problems:
        print(report(problems))
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print("\n".join(problem.annotation() for problem in sorted(problems)))
        return 1
    if wanted:
        print(f"No problem in {count(len(wanted), 'file')}.")
    else:
        print(f"No problem in {count(len(landscape.records), 'record')}, {count(len(landscape.publications), 'publication')} and {count(len(landscape.case_studies), 'case study', 'case studies')}.")
    return 0


def _today() -> date:
    given = os.environ.get("LANDSCAPE_DATE")
    return date.fromisoformat(given) if given else date.today()


def check_editions(root: Path) -> int:
    """Print which frozen file is no longer what it was, or that all are."""
    found, problems = load_editions(root)
    print(report(problems) if problems else f"Every file of {count(len(found), 'edition')} is as it was frozen.")
    return 1 if problems else 0


def freeze_edition(root: Path, name: str, address: str) -> int:
    """Write the files of a new edition, all or none."""
    try:
        landscape = load(root)
        site = Site(landscape, derive.data_date(landscape), address)
        made = editions.freeze(site, name, exports.files(site))
    except ProblemsFound as found:
        print(report(found.problems))
        return 1
    except ValueError as error:
        print(f"Nothing was frozen: {error}.", file=sys.stderr)
        return 1
    folder = root / EDITIONS / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=".edition-") as work:
        new = Path(work) / name
        new.mkdir()
        for file, content in made.items():
            (new / file).write_bytes(content)
        new.rename(folder)
    print(f"Froze {folder.relative_to(root).as_posix()}: {count(len(made), 'file')}, {sum(map(len, made.values())) // 1000:,} KB. Commit the folder as it is.")
    return 0


def _inside(root: Path, file: str) -> str:
    """The path of a file as problems name it: from the project's folder, with forward slashes."""
    path = (Path.cwd() / file).resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file


if __name__ == "__main__":
    sys.exit(main())
