"""A project folder becomes a checked Landscape, or all of its problems. Only this module and ``read_files`` read files."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Iterable, Mapping

from . import fields as f
from .checks import check_links, check_retired, ids_are_not_used_again
from .geo import read_areas
from .model import Area, Bill, Edition, Exclusion, FailedLink, FrozenFile, Landscape, LinkReport, Record, Retired
from .parse import Parsed, parse
from .problems import Problem, ProblemsFound, nearest
from .read_files import Folder, read_folders, read_text, read_yaml, with_places
from .signs import hidden
from .software import read_bill
from .store import NO_STORE, Store
from .vocabulary import Vocabulary, read_vocabulary
from .workers import without_collector

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
BILL = "data/software/sbom.cdx.json"
FOLDERS = (
    Folder(RECORDS, f.RECORD), Folder(PUBLICATIONS, f.PUBLICATION), Folder(SURVEYS, f.SURVEY), Folder(STATISTICS, f.POPULATION),
    Folder(CASE_STUDIES, f.CASE_STUDY, ".md"),
)


def load(root: Path, workers: int = 1, store: Store = NO_STORE) -> Landscape:
    """The whole landscape under ``root``, read by ``workers`` processes; what ``store`` knows of unchanged files is not parsed
    again. Raises ProblemsFound with every problem of every file."""
    landscape, problems = read(root, workers, store)
    if problems:
        raise ProblemsFound(problems)
    return landscape


def read(root: Path, workers: int = 1, store: Store = NO_STORE) -> tuple[Landscape, list[Problem]]:
    """What can be read of the landscape under ``root``, and every problem. With problems it is not to be shown to readers:
    values with a fault are missing from it."""
    with without_collector():
        return _read(root, workers, store)


def _read(root: Path, workers: int, store: Store) -> tuple[Landscape, list[Problem]]:
    vocabularies, problems = load_vocabularies(root)
    if problems:
        return Landscape(vocabularies, {}), problems
    files = read_folders(root, FOLDERS, vocabularies, workers, store)
    parsed, problems = [file.item for file in files if file.item], [problem for file in files for problem in file.problems]
    records = {item.value.id: item.value for item in parsed if isinstance(item.value, Record) and item.value.id}
    for item in parsed:
        if check_links(item, records):
            problems += check_links(with_places(item, root, FOLDERS, vocabularies), records)
    outcodes, more = load_points(root, "outcodes.csv")
    councils, even_more = load_points(root, "council-points.csv")
    outcode_councils, unknown = load_outcode_councils(root, vocabularies["local-authorities"])
    areas, no_areas = load_areas(root)
    editions, broken = load_editions(root)
    retired, more_still = load_retired(root, vocabularies, parsed, records)
    exclusions, misfits = load_exclusions(root, vocabularies)
    link_report, unread = load_link_report(root)
    bill, unclear = load_bill(root)
    problems += more + even_more + unknown + no_areas + broken + more_still + misfits + unread + unclear
    landscape = replace(_landscape(vocabularies, parsed), outcodes=outcodes, outcode_councils=outcode_councils, council_points=councils, areas=areas, editions=editions, record_files={PurePosixPath(file.name).stem: file.content for file in files if file.name.startswith(f"{RECORDS}/") and file.name.endswith(".yml")}, retired=retired, link_exclusions=exclusions, link_report=link_report, bill=bill)
    return landscape, problems


def load_vocabularies(root: Path) -> tuple[dict[str, Vocabulary], list[Problem]]:
    """All vocabularies by name (the file's stem)."""
    vocabularies, problems = {}, []
    # First those whose tags others name.
    for path in sorted((root / VOCABULARIES).glob("*.yml"), key=lambda path: ({"nations": 0, "units": 0, "regions": 1}.get(path.stem, 2), path)):
        file = path.relative_to(root).as_posix()
        node, found = read_yaml(path.read_bytes(), file)
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

    return {"copy-hosts", "units", *(name for folder in FOLDERS for name in named(folder.spec))}


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
    again = [problem for item in parsed if any(ids_are_not_used_again(item, retired)) for problem in ids_are_not_used_again(with_places(item, root, FOLDERS, vocabularies), retired)]
    return retired, problems + check_retired(listed, records) + again


def load_exclusions(root: Path, vocabularies: Mapping[str, Vocabulary]) -> tuple[tuple[Exclusion, ...], list[Problem]]:
    """The outside links that are not checked, each with its reason."""
    listed, problems = _load_list(root, LINK_EXCLUSIONS, f.EXCLUSION_LIST, vocabularies)
    return (listed.value.get("exclusions", ()) if listed else ()), problems


def _load_list(root: Path, file: str, spec, vocabularies: Mapping[str, Vocabulary]) -> tuple[Parsed | None, list[Problem]]:
    """A list that has a file of its own. A project without the file has none."""
    if not (root / file).is_file():
        return None, []
    node, problems = read_yaml((root / file).read_bytes(), file)
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


def load_bill(root: Path) -> tuple[Bill | None, list[Problem]]:
    """The software bill of materials that scripts/sbom wrote. A project without the file publishes none."""
    if not (root / BILL).is_file():
        return None, []
    try:
        return read_bill((root / BILL).read_bytes()), []
    except (ValueError, LookupError, TypeError, AttributeError):
        return None, [Problem(BILL, 1, 1, "", "is not a bill of materials that scripts/sbom wrote", mend="run scripts/sbom")]


def _landscape(vocabularies: Mapping[str, Vocabulary], parsed: list[Parsed]) -> Landscape:
    def of(folder: str, key: str = "id") -> dict:
        values = [item.value for item in parsed if item.file.startswith(folder + "/")]
        return {getattr(value, key): value for value in values if getattr(value, key)}

    return Landscape(vocabularies, of(RECORDS), of(PUBLICATIONS), of(SURVEYS), of(CASE_STUDIES, "partnership"), populations=of(STATISTICS))
