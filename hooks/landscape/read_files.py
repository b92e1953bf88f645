"""Files to checked values: by several workers, and without parsing again what is kept from last time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Iterable, Mapping, Sequence

from . import fields as f
from .checks import check
from .nodes import Node, read_nodes
from .parse import Parsed, parse
from .problems import Problem, together
from .store import Store
from .vocabulary import Vocabulary
from .workers import Workers, batches

Vocabularies = Mapping[str, Vocabulary]
BATCH = 100  # files that a worker takes at once
_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n?", re.DOTALL)


@dataclass(frozen=True)
class Folder:
    """A folder of the project whose files all have the same fields."""

    name: str
    spec: tuple
    ending: str = ".yml"


@dataclass(frozen=True)
class ReadFile:
    """A file as it was found, ``name`` from the project's folder, and what became of it. The item knows no places: they are
    needed for problems only, and ``with_places`` finds them again."""

    name: str
    content: bytes
    item: Parsed | None
    problems: tuple[Problem, ...] = ()


def read_folders(root: Path, folders: Iterable[Folder], vocabularies: Vocabularies, workers: int, store: Store) -> list[ReadFile]:
    """Every file of the folders, folder by folder in the order of names, parsed and checked by itself."""
    found: list[ReadFile] = []
    for folder in folders:
        names = sorted(path.name for path in (root / folder.name).glob(f"*{folder.ending}"))
        found.append(ReadFile(folder.name, b"", None, tuple(_strays(root, folder))))
        found += _read(root, folder, names, vocabularies, workers, store)
    return found


def _read(root: Path, folder: Folder, names: Sequence[str], vocabularies: Vocabularies, workers: int, store: Store) -> list[ReadFile]:
    """The files of one folder. Those that ``store`` has, with the same content, are as they were; workers parse the rest."""
    contents = {f"{folder.name}/{name}": (root / folder.name / name).read_bytes() for name in names}
    kept = {name: store.get(name, content) for name, content in contents.items()}
    fresh = [name for name, item in kept.items() if item is None]
    tasks = [partial(_parse_some, folder, {name: contents[name] for name in some}, vocabularies) for some in batches(fresh, BATCH)]
    parsed = {name: (item, problems) for answer in Workers(tasks, workers).answers() for name, item, problems in answer}
    for name, (item, problems) in parsed.items():
        if item and not problems:
            store.put(name, contents[name], item)
    return [ReadFile(name, contents[name], *(parsed[name] if name in parsed else (item, ()))) for name, item in kept.items()]


def _parse_some(folder: Folder, contents: Mapping[str, bytes], vocabularies: Vocabularies) -> list[tuple[str, Parsed | None, tuple[Problem, ...]]]:
    found = []
    for name, content in contents.items():
        item, problems = parse_file(name, content, folder.spec, vocabularies)
        found.append((name, item and replace(item, places={}, told=set()), tuple(problems)))
    return found


def with_places(item: Parsed, root: Path, folders: Iterable[Folder], vocabularies: Vocabularies) -> Parsed:
    """The item with the place of each of its fields, for problems that only show beside other files."""
    spec = next(folder.spec for folder in folders if folder.name == str(PurePosixPath(item.file).parent))
    return parse_file(item.file, (root / item.file).read_bytes(), spec, vocabularies)[0] or item


def parse_yaml(path: Path, root: Path, spec, vocabularies: Vocabularies) -> tuple[Parsed | None, list[Problem]]:
    """One YAML file, parsed and checked by itself. None when it cannot be read as a group of fields."""
    return parse_file(path.relative_to(root).as_posix(), path.read_bytes(), spec, vocabularies)


def parse_file(name: str, content: bytes, spec: tuple, vocabularies: Vocabularies) -> tuple[Parsed | None, list[Problem]]:
    """A file by its content. ``name`` is its path from the project's folder."""
    if spec is f.CASE_STUDY:
        return _parse_case_study(name, content, vocabularies)
    node, problems = read_yaml(content, name)
    return _parse_checked(name, node, spec, vocabularies, problems)


def _parse_case_study(name: str, content: bytes, vocabularies: Vocabularies) -> tuple[Parsed | None, list[Problem]]:
    """One case study: front matter between two lines of ---, then prose."""
    text, problem = decode(content, name)
    if problem:
        return None, [problem]
    match = _FRONT_MATTER.match(text)
    if not match:
        return None, [Problem(name, 1, 1, "", "has no front matter", mend="start with a line ---, then partnership:, title:, summary: and published:, then a line ---")]
    node, problems = read_nodes(match.group(1), name, line_offset=1)
    item, problems = _parse_checked(name, node, f.CASE_STUDY, vocabularies, problems)
    if item:
        item.value = replace(item.value, text=text[match.end() :], first_line=text[: match.end()].count("\n") + 1)
    return item, problems


def _parse_checked(name: str, node: Node | None, spec: tuple, vocabularies: Vocabularies, problems: list[Problem]) -> tuple[Parsed | None, list[Problem]]:
    if node is None:
        return None, problems
    item, more = parse(name, node, spec, vocabularies)
    if item.value is None:
        return None, problems + together(more)
    return item, problems + together([*more, *check(item, vocabularies)])


def read_yaml(content: bytes, name: str) -> tuple[Node | None, list[Problem]]:
    """The bytes of a YAML file as nodes, or what is wrong with them."""
    text, problem = decode(content, name)
    return (None, [problem]) if problem else read_nodes(text, name)


def read_text(path: Path, name: str) -> tuple[str, Problem | None]:
    """A file's text: see ``decode``."""
    return decode(path.read_bytes(), name)


def decode(content: bytes, name: str) -> tuple[str, Problem | None]:
    """The text of a file with any line endings as \\n. A byte that is not UTF-8 is a problem at its place."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), None
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        sign = content[error.start : error.start + 1].decode("cp1252", "replace")
        perhaps = f' (in Windows-1252 the sign here is "{sign}")' if sign.isprintable() and b"\0" not in content else ""
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return "", Problem(name, line, column, "", f"the file is not in UTF-8{perhaps}", mend="save it again with the encoding UTF-8")


def _strays(root: Path, folder: Folder) -> list[Problem]:
    """Files that would be passed over without a word: another ending, such as .yaml, or a folder inside."""
    files = sorted((root / folder.name).glob("*"))
    links = [Problem(f"{folder.name}/{path.name}", 1, 1, "", "is a link to another file, which may lie outside the project", mend="put the file itself here") for path in files if path.is_symlink()]
    strays = [path for path in files if not path.name.startswith(".") and (path.suffix != folder.ending or path.is_dir())]
    return links + [
        Problem(f"{folder.name}/{path.name}", 1, 1, "", f"is not a {folder.ending} file, so nobody would see it", mend=f"rename it to end in {folder.ending}, or move it elsewhere")
        for path in strays
    ]
