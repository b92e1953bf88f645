"""The only reader of files: a project folder becomes a checked Landscape, or all of its problems."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Iterable, Mapping

from . import fields as f
from .checks import check, check_links, check_retired, ids_are_not_used_again
from .geo import read_areas
from .model import Area, CaseStudy, Edition, Exclusion, FailedLink, FrozenFile, Landscape, LinkReport, Record, Retired
from .nodes import Node, read_nodes
from .parse import Parsed, parse
from .problems import Problem, ProblemsFound, nearest
from .signs import hidden
from .vocabulary import Vocabulary, read_vocabulary

RECORDS = "data/partnerships"
PUBLICATIONS = "data/research"
SURVEYS = "data/surveys"
STATISTICS = "data/statistics"
GEOGRAPHY = "data/geo"
VOCABULARIES = "data/vocabulary"
CASE_STUDIES = "case_studies"
EDITIONS = "data/editions"
RETIRED = "data/retired.yml"
LINK_EXCLUSIONS = "data/link-exclusions.yml"
LINK_REPORT = "data/link-report.json"
_YAML_FOLDERS = {RECORDS: f.RECORD, PUBLICATIONS: f.PUBLICATION, SURVEYS: f.SURVEY, STATISTICS: f.POPULATION}
_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n?", re.DOTALL)


def load(root: Path) -> Landscape:
    """The whole landscape under ``root``. Raises ProblemsFound with every problem of every file."""
    landscape, problems = read(root)
    if problems:
        raise ProblemsFound(problems)
    return landscape


def read(root: Path) -> tuple[Landscape, list[Problem]]:
    """What can be read of the landscape under ``root``, and every problem. With problems it is not to be shown to readers:
    values with a fault are missing from it."""
    vocabularies, problems = load_vocabularies(root)
    if problems:
        return Landscape(vocabularies, {}), problems
    parsed, problems = _parse_folders(root, vocabularies)
    records = {item.value.id: item.value for item in parsed if isinstance(item.value, Record) and item.value.id}
    for item in parsed:
        problems += check_links(item, records)
    outcodes, more = load_points(root, "outcodes.csv")
    councils, even_more = load_points(root, "council-points.csv")
    outcode_councils, unknown = load_outcode_councils(root, vocabularies["local-authorities"])
    areas, no_areas = load_areas(root)
    editions, broken = load_editions(root)
    retired, more_still = load_retired(root, vocabularies, parsed, records)
    exclusions, misfits = load_exclusions(root, vocabularies)
    link_report, unread = load_link_report(root)
    problems += more + even_more + unknown + no_areas + broken + more_still + misfits + unread
    landscape = replace(_landscape(vocabularies, parsed), outcodes=outcodes, outcode_councils=outcode_councils, council_points=councils, areas=areas, editions=editions, record_files=load_record_files(root), retired=retired, link_exclusions=exclusions, link_report=link_report)
    return landscape, problems


def load_record_files(root: Path) -> dict[str, bytes]:
    """The bytes of each record's file by id: what the form for editing opens."""
    return {path.stem: path.read_bytes() for path in _files(root, RECORDS, "*.yml")}


def load_vocabularies(root: Path) -> tuple[dict[str, Vocabulary], list[Problem]]:
    """All vocabularies by name (the file's stem)."""
    vocabularies, problems = {}, []
    # First those whose tags others name.
    for path in sorted((root / VOCABULARIES).glob("*.yml"), key=lambda path: ({"nations": 0, "units": 0, "regions": 1}.get(path.stem, 2), path)):
        file = path.relative_to(root).as_posix()
        node, found = _nodes(path, file)
        if node is not None and not found:
            vocabularies[path.stem], more = read_vocabulary(path.stem, file, node, vocabularies)
            found = found + more
        problems += found
    if not vocabularies and not problems:
        problems.append(Problem(VOCABULARIES, 1, 1, "", "has no vocabulary files", mend="run this from the project's folder"))
    elif not problems:
        missing = sorted(_needed_vocabularies() - vocabularies.keys())
        problems += [Problem(f"{VOCABULARIES}/{name}.yml", 1, 1, "", "is missing", mend="bring it back from the history of the project") for name in missing]
    return dict(sorted(vocabularies.items())), problems


def _needed_vocabularies() -> set[str]:
    """Those that fields, rules and pages look terms up in."""
    def named(spec: Iterable[f.Field]) -> Iterable[str]:
        return (name for field in spec for name in (field.vocabulary, *named(field.parts)) if name)

    return {"copy-hosts", "units", *(name for spec in (*_YAML_FOLDERS.values(), f.CASE_STUDY) for name in named(spec))}


def load_points(root: Path, name: str) -> tuple[dict[str, tuple[float, float]], list[Problem]]:
    """A table of places in ``data/geo``: name, latitude and longitude in degrees, after a line of headings. More columns are
    left to others.

    A project without the file has no places; a line that is no place is a problem on that line.
    """
    points: dict[str, tuple[float, float]] = {}
    lines, problems = _lines(root, name)
    for number, line in enumerate(lines, 2):
        place, *numbers = line.split(",")[:3]
        try:
            lat, lon = map(float, numbers)
            if not (abs(lat) <= 90 and abs(lon) <= 180):  # nor what is no number (nan)
                raise ValueError
            points[place] = (lat, lon)
        except ValueError:
            problems.append(Problem(f"{GEOGRAPHY}/{name}", number, 1, "", f'"{line[:40]}" is not a name, a latitude and a longitude', mend="write them with commas between, such as E20,51.543,-0.007"))
    return points, problems


def _lines(root: Path, name: str) -> tuple[list[str], list[Problem]]:
    """The lines of a table in ``data/geo`` below its headings; none when it is not there."""
    if not (root / GEOGRAPHY / name).is_file():
        return [], []
    text, problem = read_text(root / GEOGRAPHY / name, f"{GEOGRAPHY}/{name}")
    return text.split("\n")[1:] if not text.endswith("\n") else text.split("\n")[1:-1], [problem] if problem else []


def load_outcode_councils(root: Path, councils: Vocabulary) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The fourth column of ``data/geo/outcodes.csv``: the council areas in which a postcode district's middle lies, by tag,
    today's first, then its county and areas that have ended."""
    found: dict[str, tuple[str, ...]] = {}
    lines, _ = _lines(root, "outcodes.csv")
    problems: list[Problem] = []
    for number, line in enumerate(lines, 2):
        outcode, *columns = line.split(",")
        found[outcode] = tuple(columns[2].split()) if len(columns) > 2 else ()
        problems += [
            Problem(f"{GEOGRAPHY}/outcodes.csv", number, 1, "", f'"{tag}" is not a council area', nearest=nearest(tag, councils.terms), mend="use the tag of an area in data/vocabulary/local-authorities.yml")
            for tag in found[outcode] if tag not in councils
        ]
    return found, problems


def load_areas(root: Path) -> tuple[dict[str, Area], list[Problem]]:
    """The outlines in ``data/geo/areas.json`` by GSS code. A project without the folder ``data/geo`` has none."""
    if not (root / GEOGRAPHY).is_dir():
        return {}, []
    file = f"{GEOGRAPHY}/areas.json"
    try:
        return read_areas(json.loads((root / file).read_text(encoding="utf-8"))), []
    except FileNotFoundError:
        wrong = "is missing"
    except ValueError as error:
        wrong = f"is not JSON or holds a wrong value: {error}"
    except (KeyError, IndexError, TypeError, AttributeError, RecursionError):
        wrong = "is not a TopoJSON file with code, tag, name and at for each area"
    return {}, [Problem(file, 1, 1, "", wrong, mend=f"bring back the file as {GEOGRAPHY}/README.md describes it")]


def load_editions(root: Path) -> tuple[tuple[Edition, ...], list[Problem]]:
    """The frozen editions in ``data/editions``, newest first. A file that is not what its SHA256SUMS says is a problem: an
    edition that people cite must never change."""
    editions, problems = [], []
    for folder in sorted((root / EDITIONS).glob("[!.]*/"), reverse=True):
        files, found = _frozen_files(folder, f"{EDITIONS}/{folder.name}")
        problems += found
        if not found:
            try:
                editions.append(_edition(folder, files))
            except (ValueError, KeyError, TypeError, RecursionError):
                problems.append(Problem(f"{EDITIONS}/{folder.name}/edition.json", 1, 1, "", "is not about this edition", mend="freeze it with scripts/edition, and commit the folder as it is"))
    return tuple(editions), problems


def _edition(folder: Path, files: tuple[FrozenFile, ...]) -> Edition:
    """An edition from the file about it. Raises ValueError, KeyError, TypeError or RecursionError when that is not its own."""
    about = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
    numbers = [about["counts"], *about["changes"].values()] if isinstance(about["changes"], dict) else []
    if about["name"] != folder.name or not re.fullmatch(r"20[0-9]{2}-[0-9]{2}", folder.name) or not all(isinstance(number, int) for group in numbers for number in group.values()):
        raise ValueError
    return Edition(about["name"], date.fromisoformat(about["date"]).isoformat(), about["previous"] or "", about["counts"], about["changes"], files)


def _frozen_files(folder: Path, place: str) -> tuple[tuple[FrozenFile, ...], list[Problem]]:
    """Files of an edition's folder, checked against its SHA256SUMS in both directions."""
    sums, files, problems = folder / "SHA256SUMS", [], []
    lines = re.findall(r"^([0-9a-f]{64})  (.+)$", sums.read_text(encoding="utf-8", errors="replace"), re.MULTILINE) if sums.is_file() else []
    listed = {name: digest for digest, name in lines}
    for name in sorted({*listed, *(path.name for path in folder.glob("[!.]*")), sums.name, "edition.json"}):
        path = folder / name  # a name with a stroke in it could lead out of the folder, to read and to write
        content = path.read_bytes() if re.fullmatch(r"[\w-][\w.-]*", name) and path.is_file() and not path.is_symlink() else b""
        found = hashlib.sha256(content).hexdigest()
        if not content or name != sums.name and listed.get(name) != found:
            problems.append(Problem(f"{place}/{name}", 1, 1, "", "is not the file that was frozen", mend="bring it back from the history of the project; a correction goes into the next edition"))
        files.append(FrozenFile(name, found, content))
    return tuple(files), problems


def load_retired(root: Path, vocabularies: Mapping[str, Vocabulary], parsed: list[Parsed], records: Mapping[str, Record]) -> tuple[dict[str, Retired], list[Problem]]:
    """The records that were taken out, by id, with the problems of the list and of records that use such an id again."""
    listed, problems = _load_list(root, RETIRED, f.RETIRED_LIST, vocabularies)
    if listed is None:
        return {}, problems
    retired = {one.id: one for one in listed.value.get("retired", ()) if one.id}
    again = [problem for item in parsed for problem in ids_are_not_used_again(item, retired)]
    return retired, problems + check_retired(listed, records) + again


def load_exclusions(root: Path, vocabularies: Mapping[str, Vocabulary]) -> tuple[tuple[Exclusion, ...], list[Problem]]:
    """The outside links that are not checked, each with its reason."""
    listed, problems = _load_list(root, LINK_EXCLUSIONS, f.EXCLUSION_LIST, vocabularies)
    return (listed.value.get("exclusions", ()) if listed else ()), problems


def _load_list(root: Path, file: str, spec, vocabularies: Mapping[str, Vocabulary]) -> tuple[Parsed | None, list[Problem]]:
    """A list that has a file of its own. A project without the file has none."""
    if not (root / file).is_file():
        return None, []
    node, problems = _nodes(root / file, file)
    if node is None:
        return None, problems
    listed, more = parse(file, node, spec, vocabularies)
    return (listed if listed.value is not None else None), problems + more


def load_link_report(root: Path) -> tuple[LinkReport | None, list[Problem]]:
    """What scripts/links last found, or None while nobody has kept a report."""
    if not (root / LINK_REPORT).is_file():
        return None, []
    try:
        told = json.loads((root / LINK_REPORT).read_text(encoding="utf-8"))
        failed = tuple(FailedLink(one["url"], one["reason"], date.fromisoformat(one["first_failed"]).isoformat(), one["archived"]) for one in told["failed"])
        if not all(isinstance(text, str) and not hidden(text) for one in failed for text in (one.url, one.reason, one.archived)):
            raise ValueError
        return LinkReport(date.fromisoformat(told["date"]).isoformat(), int(told["checked"]), failed), []
    except (ValueError, KeyError, TypeError, RecursionError):
        return None, [Problem(LINK_REPORT, 1, 1, "", "is not a report of links that scripts/links wrote", mend="run scripts/links --keep again, or delete the file")]


def _parse_folders(root: Path, vocabularies: Mapping[str, Vocabulary]) -> tuple[list[Parsed], list[Problem]]:
    parsed, problems = [], []
    for folder, spec in _YAML_FOLDERS.items():
        problems += _strays(root, folder, ".yml")
        for path in _files(root, folder, "*.yml"):
            item, found = parse_yaml(path, root, spec, vocabularies)
            parsed += [item] if item else []
            problems += found
    problems += _strays(root, CASE_STUDIES, ".md")
    for path in _files(root, CASE_STUDIES, "*.md"):
        item, found = parse_case_study(path, root, vocabularies)
        parsed += [item] if item else []
        problems += found
    return parsed, problems


def parse_yaml(path: Path, root: Path, spec, vocabularies: Mapping[str, Vocabulary]) -> tuple[Parsed | None, list[Problem]]:
    """One YAML file, parsed and checked by itself. None when it cannot be read as a group of fields."""
    file = path.relative_to(root).as_posix()
    node, problems = _nodes(path, file)
    return _parse_checked(file, node, spec, vocabularies, problems)


def parse_case_study(path: Path, root: Path, vocabularies: Mapping[str, Vocabulary]) -> tuple[Parsed | None, list[Problem]]:
    """One case study: front matter between two lines of ---, then prose."""
    file = path.relative_to(root).as_posix()
    text, problem = read_text(path, file)
    if problem:
        return None, [problem]
    match = _FRONT_MATTER.match(text)
    if not match:
        return None, [Problem(file, 1, 1, "", "has no front matter", mend="start with a line ---, then partnership:, title:, summary: and published:, then a line ---")]
    node, problems = read_nodes(match.group(1), file, line_offset=1)
    item, problems = _parse_checked(file, node, f.CASE_STUDY, vocabularies, problems)
    if item:
        prose = text[match.end():]
        item.value = CaseStudy(**{**item.value.__dict__, "text": prose, "first_line": text[: match.end()].count("\n") + 1})
    return item, problems


def _parse_checked(file: str, node: Node | None, spec, vocabularies, problems: list[Problem]) -> tuple[Parsed | None, list[Problem]]:
    if node is None:
        return None, problems
    item, more = parse(file, node, spec, vocabularies)
    if item.value is None:
        return None, problems + more
    return item, problems + more + check(item, vocabularies)


def _nodes(path: Path, file: str) -> tuple[Node | None, list[Problem]]:
    text, problem = read_text(path, file)
    return (None, [problem]) if problem else read_nodes(text, file)


def read_text(path: Path, file: str) -> tuple[str, Problem | None]:
    """A file's text with any line endings as \\n. A byte that is not UTF-8 is a problem at its place."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), None
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        sign = raw[error.start : error.start + 1].decode("cp1252", "replace")
        perhaps = f' (in Windows-1252 the sign here is "{sign}")' if sign.isprintable() and b"\0" not in raw else ""
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return "", Problem(file, line, column, "", f"the file is not in UTF-8{perhaps}", mend="save it again with the encoding UTF-8")


def _files(root: Path, folder: str, pattern: str) -> Iterable[Path]:
    return sorted((root / folder).glob(pattern))


def _strays(root: Path, folder: str, suffix: str) -> list[Problem]:
    """Files that would be passed over without a word: another ending, such as .yaml, or a folder inside."""
    files = sorted((root / folder).glob("*"))
    strays = [path for path in files if path.suffix != suffix or path.is_dir()]
    return [Problem(path.relative_to(root).as_posix(), 1, 1, "", "is a link to another file, which may lie outside the project", mend="put the file itself here") for path in files if path.is_symlink()] + [
        Problem(path.relative_to(root).as_posix(), 1, 1, "", f"is not a {suffix} file, so nobody would see it", mend=f"rename it to end in {suffix}, or move it elsewhere")
        for path in strays
        if not path.name.startswith(".")
    ]


def _landscape(vocabularies: Mapping[str, Vocabulary], parsed: list[Parsed]) -> Landscape:
    def of(folder: str, key: str = "id") -> dict:
        values = [item.value for item in parsed if item.file.startswith(folder + "/")]
        return {getattr(value, key): value for value in values if getattr(value, key)}

    return Landscape(vocabularies, of(RECORDS), of(PUBLICATIONS), of(SURVEYS), of(CASE_STUDIES, "partnership"), populations=of(STATISTICS))
