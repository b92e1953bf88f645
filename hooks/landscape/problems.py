"""What an editor reads when something is wrong: one problem, and the report of all of them.

Words are those of an editor: text, list, date, missing. Never string, null, enum, schema or traceback.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice
from typing import Iterable, Sequence

from .signs import shown

HELP_PAGE = "docs/contribute/fixing-problems.md"
MOST_IN_A_FILE = 100


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one place. ``line`` and ``column`` count from 1; ``field`` is a path such as ``sources.2.url``."""

    file: str
    line: int
    column: int
    field: str
    what: str
    allowed: str = ""
    nearest: str = ""
    mend: str = ""

    def __str__(self) -> str:
        """The problem as text: the first line is complete by itself, the others help to mend it."""
        field = f"{self.field}: " if self.field else ""
        lines = [f"{self.file}:{self.line}:{self.column}: {field}{self.what}"]
        hints = (("allowed", self.allowed), ("did you mean", self.nearest), ("to mend it", self.mend))
        return "\n".join(_told(line) for line in lines + [f"    {name}: {text}" for name, text in hints if text])

    def annotation(self) -> str:
        """The problem as a GitHub workflow command, so that it shows on its line of a pull request.

        Escapes follow the rules of workflow commands (``%``, newline, and ``:`` and ``,`` in properties).
        """
        head, *rest = str(self).split("\n")
        message = "\n".join([head.split(": ", 1)[1], *rest]).replace("%", "%25").replace("\n", "%0A")
        file = _told(self.file).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        return f"::error file={file},line={self.line},col={self.column}::{message}"


def _told(text: str) -> str:
    """A text on one line that a terminal and GitHub show and do not obey, whatever an editor typed or named a file: on GitHub a
    line that starts with :: is a command, and so is what stands between ##[ and ]."""
    return shown(" ".join(text.splitlines())).replace("##[", "## [")


class ProblemsFound(Exception):
    """Raised when a landscape cannot be built. ``problems`` holds all of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__(report(self.problems))


def report(problems: Sequence[Problem]) -> str:
    """All problems as text, in order of file and line, with a closing count; empty when there are none."""
    if not problems:
        return ""
    ordered = sorted(set(problems))
    files = len({problem.file for problem in ordered})
    closing = f"{count(len(ordered), 'problem')} in {count(files, 'file')}. Nothing was published. Help: {HELP_PAGE}"
    return "\n".join([*map(str, ordered), closing])


def first_of(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of one file as far as they are told. Past MOST_IN_A_FILE no more are looked for (the rest is never asked of
    an iterator), so that a file cannot be made that keeps the check busy, or fills a log."""
    found = list(islice(problems, MOST_IN_A_FILE + 1))
    if len(found) <= MOST_IN_A_FILE:
        return found
    last = found[MOST_IN_A_FILE - 1]
    return [*found[:MOST_IN_A_FILE], Problem(last.file, last.line, last.column, "", f"the file has more than {MOST_IN_A_FILE} problems; those after these are not told", mend="mend these first, then check again")]


# What is told of several fields at once when one mistake is behind it.
MISSING = "is missing"
UNSOURCED = "is filled, but no source stands behind it"
NO_SOURCE = "is not the id of a source of this record"


def together(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a file, without those that one mistake makes of many fields: an item that breaks off, or a source that was
    taken out."""
    return _without_source(_missing_together(list(problems)))


def _missing_together(found: list[Problem]) -> list[Problem]:
    """Fields that are missing at one place are told at once."""
    places: dict[tuple[str, int, int], list[Problem]] = {}
    for problem in found:
        if problem.what == MISSING:
            places.setdefault((problem.file, problem.line, problem.column), []).append(problem)
    for first, *others in places.values():
        if others:
            names = [problem.field.rpartition(".")[2] for problem in others]
            mend = "add " + "; ".join(problem.mend.removeprefix("add ") for problem in (first, *others))
            found = _with(found, [first, *others], replace(first, what=f"{MISSING}, and so {'are' if others[1:] else 'is'} {_and(names)}", mend=mend))
    return found


def _without_source(found: list[Problem]) -> list[Problem]:
    """Many fields without a source are told at once, and so is a source that one of their items still names."""
    bare = [problem for problem in found if problem.what == UNSOURCED]
    named = [problem for problem in found if problem.what.endswith(NO_SOURCE)]
    fields = _and([problem.field for problem in bare])
    if bare and len({problem.what for problem in named}) == 1 and (bare[1:] or not named[0].nearest):
        id = named[0].what.removesuffix(f" {NO_SOURCE}")
        told = replace(named[0], what=f"{named[0].what}, and no source stands behind {fields}", mend=f"add the source {id} that states them, or take out what it stood behind")
        return _with(found, [named[0], *named[1:], *bare], told)
    if len(bare) > 2:
        others = _and([problem.field for problem in bare[1:]])
        return _with(found, bare, replace(bare[0], what=f"{UNSOURCED}, nor behind {others}", mend="add the source that states them, with their names under its supports:, or take them out"))
    return found


def _with(found: list[Problem], several: list[Problem], one: Problem) -> list[Problem]:
    """The problems with one in the place of several."""
    return [one if problem == several[0] else problem for problem in found if problem not in several[1:]]


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def count(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: ``1 file``, ``2 files``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def nearest(value: str, choices: Iterable[str], synonyms: dict[str, str] | None = None, cutoff: float = 0.6) -> str:
    """The choice most like ``value``, or the choice a synonym leads to, or an empty text. ``cutoff`` is the least likeness, from
    0 to 1, as difflib counts it."""
    wanted = value.strip().lower()
    by_word = {word.lower(): tag for word, tag in (synonyms or {}).items()}
    known = {choice.lower(): choice for choice in choices}
    for candidate in (wanted, wanted.replace(" ", "-")):
        if candidate in known:
            return known[candidate]
    if wanted in by_word:
        return by_word[wanted]
    close = get_close_matches(wanted.replace(" ", "-"), known, n=1, cutoff=cutoff)
    if close:
        return known[close[0]]
    close = get_close_matches(wanted, by_word, n=1, cutoff=0.75)
    return by_word[close[0]] if close else ""
