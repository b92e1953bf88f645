"""The command line of the core: ``python -m landscape check [FILE…]``, run by ``scripts/check-data``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from .load import load
from .problems import Problem, ProblemsFound, count, report


def main(arguments: list[str] | None = None) -> int:
    """Run one command. 0 means no problem, 1 means problems were printed, 2 means the command itself is wrong."""
    parser = argparse.ArgumentParser(prog="landscape", description="Check the records of the Health Justice Landscape.")
    parser.add_argument("command", choices=["check"])
    parser.add_argument("files", nargs="*", help="show only the problems of these files; without any, of all")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder")
    chosen = parser.parse_args(arguments)
    return check(chosen.root.resolve(), chosen.files)


def check(root: Path, files: list[str]) -> int:
    """Print all problems, or a line that says there is none. On GitHub the problems also become annotations."""
    wanted = {_inside(root, file) for file in files}
    missing = [Problem(file, 1, 1, "", "there is no such file", mend="check the spelling") for file in sorted(wanted) if not (root / file).is_file()]
    try:
        landscape = load(root)
        problems = missing
    except ProblemsFound as found:
        problems = missing + [problem for problem in found.problems if not wanted or problem.file in wanted]
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


def _inside(root: Path, file: str) -> str:
    """The path of a file as problems name it: from the project's folder, with forward slashes."""
    path = (Path.cwd() / file).resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file


if __name__ == "__main__":
    sys.exit(main())
