"""What a change does, for the person who reviews it: the landscape of a Git revision compared with the files as they are now.

The result is Markdown. All text from the files passes through ``markdown.plain`` or ``markdown.address``, and no line starts
with it, so that a contribution can write no link, image, mention, HTML or workflow command into a review.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Iterable, Iterator, Mapping

from .. import derive, fields as f, words
from ..load import CASE_STUDIES, PUBLICATIONS, RECORDS, RETIRED, SURVEYS, read
from ..model import CaseStudy, Landscape, Record
from ..problems import Problem, count
from .changes import Change, changes, term_changes
from .duplicates import Likely, likely_duplicates
from .links import Answer, Asker, agent, check_links, data_links
from .markdown import address, plain

DATES = ("first_listed", "last_changed", "last_reviewed")
FOLDERS = ("data", "case_studies")
# What one section tells at most, so that a review of a large import can still be read and posted.
MOST, MOST_CHARACTERS = 60, 60_000
_LONG = 80  # characters; two texts as long as this are shown as one, with what differs marked


class NoRevision(Exception):
    """Raised when Git does not know the revision to compare with. The text is Git's own."""


@dataclass
class Difference:
    """Two landscapes and what differs between them, by id. ``changed`` has the changes of each; ``problems`` are those of
    ``after`` and those that only a comparison shows, which are also in ``compared``."""

    before: Landscape
    after: Landscape
    problems: list[Problem]
    compared: list[Problem] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    changed: dict[str, list[Change]] = field(default_factory=dict)

    @property
    def ended(self) -> list[str]:
        """Records that have ended and had not before, new ones left out."""
        old = self.before.records
        return [id for id in self.changed if self.after.records[id].status == "ended" and old[id].status != "ended"]


def compare(before: Landscape, after: Landscape, problems: Iterable[Problem] = ()) -> Difference:
    """What differs from ``before`` to ``after``. ``problems`` are those of ``after``."""
    found = Difference(before, after, list(problems))
    broken = {problem.file for problem in found.problems}
    old, new = before.records, after.records
    found.added = sorted(new.keys() - old.keys())
    # A file that cannot be read at all is broken, not gone; it is among the problems.
    found.gone = sorted(id for id in old.keys() - new.keys() if f"{RECORDS}/{id}.yml" not in broken)
    both = sorted(old.keys() & new.keys())
    found.changed = {id: made for id in both if old[id] != new[id] and (made := changes(old[id], new[id], f.RECORD, after.vocabularies))}
    found.compared = [_not_retired(found, id) for id in found.gone if id not in after.retired]
    found.problems += found.compared
    return found


def _not_retired(found: Difference, id: str) -> Problem:
    """A record that is gone without a word. One that came with its name is most likely the same under another id."""
    name = found.before.records[id].name
    became = next((other for other in found.added if name and found.after.records[other].name == name), "")
    what = f'"{id}" is now "{became}", but has no entry here' if became else f'"{id}" is gone, but has no entry here'
    leads = f" --became {became}" if became else ""
    return Problem(RETIRED, 1, 1, "retired", what, mend=f'bring {RECORDS}/{id}.yml back, then run scripts/retire {id}{leads} --why "…"')


# --- the revision to compare with ------------------------------------------------------------------------------------


def at_revision(root: Path, revision: str) -> Landscape:
    """The landscape of a Git revision as far as it can be read; its problems are not those of the change. Raises NoRevision."""
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    names = _git(root, "ls-tree", "--name-only", commit).decode().split()
    packed = _git(root, "archive", "--format=tar", commit, "--", *(name for name in FOLDERS if name in names))
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            tar.extractall(folder, filter="data")
        return read(Path(folder))[0]


def _git(root: Path, *arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True)
    if done.returncode:
        raise NoRevision(done.stderr.decode(errors="replace").strip() or f"there is no such revision: {arguments[-1].removesuffix('^{commit}')}")
    return done.stdout


# --- the review as Markdown -------------------------------------------------------------------------------------------


def review(found: Difference, links: Mapping[str, Answer] | None = None) -> str:
    """The whole review. ``links`` are answers of new addresses, or None when they were not asked."""
    sections = [
        ("Problems", [_problem(one) for one in sorted(set(found.problems))]),
        ("Likely duplicates", [_likely(one) for one in _duplicates(found)]),
        ("Before you publish", [f"- {line}" for line in reminders(found)]),
        ("Records added", [_added(found, id) for id in found.added]),
        ("Records changed", [_changed(found, id) for id in found.changed]),
        ("Records ended", [f"- {_record(found.after.records[id])}: {plain(words.status_words(found.after.records[id]))}" for id in found.ended]),
        ("Records retired", [_retired(found, id) for id in found.gone if id in found.after.retired]),
        ("Publications", _others(found.before.publications, found.after.publications, f.PUBLICATION, PUBLICATIONS, found.after)),
        ("Surveys", _others(found.before.surveys, found.after.surveys, f.SURVEY, SURVEYS, found.after)),
        ("Case studies", _others(found.before.case_studies, found.after.case_studies, f.CASE_STUDY + (_PARAGRAPHS,), CASE_STUDIES, found.after)),
        ("Vocabulary", _vocabulary(found)),
        ("New links", [_link(url, links) for url in new_links(found)]),
        ("What a reader will see", list(_seen(found))),
    ]
    parts = ["# What this change does", "", _summary(found), ""]
    for title, entries in sections:
        if entries:
            rest = [f"- and {len(entries) - MOST:,} more"] if len(entries) > MOST else []
            parts += [f"## {title}", "", *entries[:MOST], *rest, ""]
    return _shortened("\n".join(parts))


def _shortened(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[:MOST_CHARACTERS].rpartition("\n")[0] + "\n\nThe review is longer than can be shown here. Run `scripts/review` for all of it in parts, or split the change.\n"


def _summary(found: Difference) -> str:
    numbers = (
        (len(found.added), "added"), (len(found.changed), "changed"), (len(found.ended), "ended"), (sum(id in found.after.retired for id in found.gone), "retired"),
    )
    told = [f"{count(number, 'record')} {what}" for number, what in numbers if number]
    told += [count(len(set(found.problems)), "problem")] if found.problems else []
    return f"{words.sentence(words.listed(told))}." if told else "No record changes."


def _record(record: Record) -> str:
    return f"**{plain(record.name or record.id)}** (`{record.id}`)"


def _problem(one: Problem) -> str:
    head, *hints = str(one).split("\n")
    return "\n".join([f"- {plain(head)}", *(f"  - {plain(hint.strip())}" for hint in hints)])


def _duplicates(found: Difference) -> list[Likely]:
    """Of added records, and of those whose name or place has changed."""
    moved = [id for id in found.changed if any(getattr(found.before.records[id], name) != getattr(found.after.records[id], name) for name in ("name", "aliases", "local_authorities"))]
    return likely_duplicates(found.after.records, [*found.added, *moved], found.after.vocabularies["local-authorities"]) if found.after.records else []


def _likely(one: Likely) -> str:
    return f"- {_record(one.record)} may be {_record(one.other)}: {plain('; '.join(one.reasons))}"


def _added(found: Difference, id: str) -> str:
    record = found.after.records[id]
    v = found.after.vocabularies
    place = words.place_words(record, v["local-authorities"], v["regions"], v["nations"])
    settings = words.listed(v["settings"].label(tag) for tag in record.settings)
    lines = [f"- {_record(record)}", f"  - {plain(place)}. {plain(words.status_words(record)) if record.status else 'No status'}. {plain(settings)}.", f"  - {plain(record.summary)}"]
    lines += [f"  - Source {plain(source.id)}: {plain(source.title)}, {plain(source.publisher)}{', a copy' if source.copy else ''}. {address(source.url)}" for source in record.sources]
    return "\n".join(lines)


def _changed(found: Difference, id: str) -> str:
    return "\n".join([f"- {_record(found.after.records[id])}", *(f"  - {_change(one)}" for one in found.changed[id])])


def _change(one: Change) -> str:
    """One field in a line: "**Status**: Not known to Active"."""
    where = f"**{one.where}**" + (f" of {plain(one.item)}" if one.item else "")
    if not one.gone and not one.new:
        return f"{where}: another order"
    if len(one.gone) == len(one.new):
        return f"{where}: {'; '.join(_from_to(old, new) for old, new in zip(one.gone, one.new))}"
    told = [f"{what} {'; '.join(plain(value) for value in values)}" for what, values in (("added", one.new), ("taken out", one.gone)) if values]
    return f"{where}: {', '.join(told)}"


def _from_to(old: str, new: str) -> str:
    """"old → new"; of two long texts one, with words that went struck through and words that came in bold."""
    if min(len(old), len(new)) < _LONG:
        return f"{plain(old)} → {plain(new)}"
    was, now, parts = old.split(), new.split(), []
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        parts += [plain(" ".join(was[a:b]))] if kind == "equal" else []
        parts += [f"~~{plain(' '.join(was[a:b]))}~~"] if kind in ("delete", "replace") else []
        parts += [f"**{plain(' '.join(now[c:d]))}**"] if kind in ("insert", "replace") else []
    return " ".join(parts)


def _retired(found: Difference, id: str) -> str:
    gone = found.after.retired[id]
    where = f"its address leads to `{gone.became}`" if gone.became else "its address says why"
    return f"- {_record(found.before.records[id])}: {plain(gone.why)} From now on {where}."


_PARAGRAPHS = f.Field("text", "text", "The paragraphs of the text.", many=True)


def _others(before: Mapping[str, Any], after: Mapping[str, Any], spec: tuple[f.Field, ...], folder: str, landscape: Landscape) -> list[str]:
    """Publications, surveys and case studies that came, went or changed."""
    lines = []
    for id in sorted(before.keys() | after.keys()):
        old, new = (_with_paragraphs(items.get(id)) for items in (before, after))
        if old == new:
            continue
        happened = "added" if old is None else "taken out" if new is None else "changed"
        made = changes(old, new, spec, landscape.vocabularies) if happened == "changed" else []
        lines.append("\n".join([f"- **{plain((new or old).title)}** (`{folder}/{id}`) {happened}", *(f"  - {_change(one)}" for one in made)]))
    return lines


def _with_paragraphs(value: Any) -> Any:
    """A case study with its text as paragraphs, and without the line where it starts; anything else as it is."""
    if not isinstance(value, CaseStudy):
        return value
    return replace(value, text=tuple(" ".join(part.split()) for part in value.text.split("\n\n") if part.strip()), first_line=1)


def _vocabulary(found: Difference) -> list[str]:
    before, after = found.before.vocabularies, found.after.vocabularies
    return [
        f"- {plain((after.get(name) or before[name]).title)}, `{tag}` {what}: {plain(detail)}"
        for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)
        for tag, what, detail in term_changes(before.get(name), after.get(name))
    ]


def new_links(found: Difference) -> list[str]:
    """Outside addresses of the data that were not there before."""
    before = {url for url, _ in data_links(found.before)}
    return sorted({url for url, _ in data_links(found.after)} - before)


def _link(url: str, links: Mapping[str, Answer] | None) -> str:
    if links is None:
        return f"- {address(url)}"
    answer = links.get(url)
    told = "excluded from the check" if answer is None else {"ok": "answers"}.get(answer.state, answer.reason)
    return f"- {address(url)} {plain(told)}" + (f", now at {address(answer.moved)}" if answer and answer.moved else "")


def _lists(record: Record, landscape: Landscape) -> set[tuple[str, str]]:
    """(name of the facet, term in words) of each list that a record stands in."""
    return {(facet.plural, landscape.vocabularies[facet.vocabulary].label(tag)) for facet in derive.FACETS for tag in derive.values(record, facet.field) if tag in landscape.vocabularies[facet.vocabulary]}


def _seen(found: Difference) -> Iterator[str]:
    """Pages that appear, change or move, and the lists that records enter or leave."""
    for id in found.added:
        lists = sorted(_lists(found.after.records[id], found.after))
        yield f"- New page `/partnerships/{id}/`, and a row in {_named(lists)}"
    for id in found.changed:
        old, new = _lists(found.before.records[id], found.before), _lists(found.after.records[id], found.after)
        enters = f"; enters {_named(sorted(new - old))}" if new - old else ""
        leaves = f"; leaves {_named(sorted(old - new))}" if old - new else ""
        yield f"- `/partnerships/{id}/` changes{enters}{leaves}"
    for id in found.gone:
        yield f"- `/partnerships/{id}/` " + ("says that the record is no longer listed" if id in found.after.retired else "is not found any more")
    for id in sorted(found.before.case_studies.keys() | found.after.case_studies.keys()):
        if _with_paragraphs(found.before.case_studies.get(id)) != _with_paragraphs(found.after.case_studies.get(id)):
            yield f"- `/case-studies/{id}/` {'appears' if id not in found.before.case_studies else 'goes' if id not in found.after.case_studies else 'changes'}"


def _named(lists: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{facet}: {plain(term)}" for facet, term in lists) or "the list of all"


def reminders(found: Difference) -> Iterator[str]:
    """Dates that an editor forgets. They are no problems: the site can be built without them."""
    for id in found.added:
        if not found.after.records[id].first_listed:
            yield f"`{id}` is new: give it `first_listed:` with the day on which it is published"
    for id in found.changed:
        yield from (f"`{id}`: {line}" for line in _dates(found.before.records[id], found.after.records[id]))


def _dates(old: Record, new: Record) -> Iterator[str]:
    undated = {name: "" for name in DATES}
    says_more = replace(old, **undated) != replace(new, **undated)
    if says_more and not new.last_changed > old.last_changed:
        yield "what it says has changed, so set `last_changed:` to the day on which it is published"
    if not says_more and new.last_changed != old.last_changed:
        yield "`last_changed:` has changed and nothing else: feeds would tell of a change that is none"
    if old.first_listed and new.first_listed != old.first_listed:
        yield f"`first_listed:` never changes; it was {old.first_listed}"
    if new.last_reviewed < old.last_reviewed:
        yield f"`last_reviewed:` went back, from {old.last_reviewed} to {plain(new.last_reviewed) or 'nothing'}"


# --- the command ------------------------------------------------------------------------------------------------------


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("base", help="the Git revision to compare with, such as main or origin/main")
    parser.add_argument("--check-links", action="store_true", help="ask the new web addresses whether they answer")
    parser.add_argument("--github", action="store_true", help="also write the problems that scripts/check-data does not know as annotations of GitHub, to the error output")
    parser.add_argument("--address", default="", help="the public address of the site, told to the hosts that are asked")


def run(options: Namespace, root: Path) -> int:
    """Print the review. 0 when there is no problem, 1 when there is one, 2 when the revision does not exist."""
    try:
        before = at_revision(root, options.base)
    except NoRevision as error:
        print(f"There is nothing to compare with: {error}", file=sys.stderr)
        return 2
    found = compare(before, *read(root))
    today = date.today()
    links = check_links(found.after, new_links(found), Asker(agent(options.address)), {}, today) if options.check_links else None
    print(review(found, links))
    if options.github:
        print("\n".join(one.annotation() for one in sorted(set(found.compared))), file=sys.stderr)
    return 1 if found.problems else 0
