"""The schemas for editors such as VS Code: current, true for every file, and as strict as the check where a schema can be."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, Iterator

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from ruamel.yaml import YAML, YAMLError

from conftest import HERE, ROOT
from landscape.__main__ import main
from landscape.editing import schema
from landscape.load import CASE_STUDIES, load_vocabularies

FILES = sorted(path for folder in schema.OF_FOLDER for path in (ROOT / folder).glob("*.yml"))
# What a schema can see of what the check tells: a wrong word, shape or name, and what is missing.
_SEEN = re.compile(r'^".*" is not (a|an|true) |^is not a field that exists here|^is missing$|^is (text|a list), not a|^has nothing after it$|is listed twice')
_NOT_SEEN = re.compile(r"is not (the id of|a field that a source)|is not an id of")


def vocabularies():
    return load_vocabularies(ROOT)[0]


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    return {name: Draft202012Validator(schema.schema(name, vocabularies())) for name in schema.SCHEMAS}


def typed(text: str) -> Any:
    """Values as an editor's YAML 1.2 reads them: numbers and flags, but days as texts."""
    return _plain(YAML(typ="safe", pure=True).load(text))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def paths(checker: Draft202012Validator, value: Any) -> Iterator[str]:
    """The path of each fault as the check writes it: items count from 1, and a name that is missing or wrong comes last."""
    for fault in checker.iter_errors(value):
        here = [str(part + 1) if isinstance(part, int) else part for part in fault.absolute_path]
        last = re.findall(r"'([^']+)'", fault.message) if fault.validator in ("required", "additionalProperties") else [""]
        yield from (".".join([*here, name]).rstrip(".") for name in last)


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_the_committed_schema_is_current(name):
    """After a change to the fields or the vocabulary run scripts/schema."""
    assert (ROOT / schema.FOLDER / f"{name}.json").read_text(encoding="utf-8") == schema.files(vocabularies())[f"{name}.json"]


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_a_schema_is_one_by_its_own_standard_and_by_the_draft_that_editors_know(name):
    made = schema.schema(name, vocabularies())
    Draft202012Validator.check_schema(made)
    Draft7Validator.check_schema({key: value for key, value in made.items() if key != "$schema"})


def test_every_published_file_follows_its_schema(validators):
    faults = {}
    for path in FILES:
        checker = validators[schema.OF_FOLDER[path.parent.relative_to(ROOT).as_posix()]]
        faults[path.name] = [f"{fault.json_path}: {fault.message[:90]}" for fault in checker.iter_errors(typed(path.read_text(encoding="utf-8")))]
    assert len(FILES) > 300
    assert {name: found for name, found in faults.items() if found} == {}


def test_every_case_study_follows_its_schema(validators):
    for path in sorted((ROOT / CASE_STUDIES).glob("*.md")):
        front = path.read_text(encoding="utf-8").split("---\n")[1]
        assert list(paths(validators["case-study"], typed(front))) == [], path.name


def test_every_published_file_names_its_schema():
    for path in FILES:
        line = path.read_text(encoding="utf-8").partition("\n")[0]
        name = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", line)
        assert name and (path.parent / name[1]).resolve().is_file(), path.name


def can_be_read(path: Path) -> bool:
    """False for YAML that other readers refuse whole, such as a group as the name of a field."""
    try:
        typed(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError):
        return False
    return True


def golden_faults() -> Iterator[tuple[Path, list[str]]]:
    """Each file of the golden cases that can be read as YAML, with the paths of those faults that a schema can see."""
    for report in sorted((HERE / "golden").glob("*/expected.txt")):
        for path in sorted(report.parent.glob("data/*/*.yml")):
            file = path.relative_to(report.parent).as_posix()
            told = re.findall(rf"^{re.escape(file)}:\d+:\d+: (?:([\w.-]+): )?(.+)$", report.read_text(encoding="utf-8"), re.MULTILINE)
            wanted = [place for place, what in told if place and _SEEN.search(what) and not _NOT_SEEN.search(what)]
            if wanted and path.parent.relative_to(report.parent).as_posix() in schema.OF_FOLDER and can_be_read(path):
                yield path, wanted


GOLDEN = list(golden_faults())


@pytest.mark.parametrize("path, wanted", GOLDEN, ids=[f"{path.parts[-4]}-{path.stem}" for path, _ in GOLDEN])
def test_a_schema_refuses_what_the_check_refuses(validators, path, wanted):
    found = set(paths(validators[schema.OF_FOLDER[f"data/{path.parent.name}"]], typed(path.read_text(encoding="utf-8"))))
    assert [place for place in wanted if not any(place == one or one.startswith(place + ".") or place.startswith(one + ".") for one in found)] == []


def test_there_are_golden_faults_that_a_schema_can_see():
    assert sum(len(wanted) for _, wanted in GOLDEN) > 30


def test_terms_come_with_their_meaning(validators):
    settings = validators["record"].schema["$defs"]["settings"]
    terms = list(vocabularies()["settings"])
    assert settings["enum"] == [term.tag for term in terms] and len(settings["enumDescriptions"]) == len(terms)
    assert all(term.label in about for term, about in zip(terms, settings["enumDescriptions"]))
    assert validators["record"].schema["properties"]["settings"]["items"] == {"$ref": "#/$defs/settings"}


def test_the_command_writes_what_is_committed(small_site, capsys):
    assert main(["schema", "--root", str(small_site)]) == 0
    for name in schema.SCHEMAS:
        assert json.loads((small_site / schema.FOLDER / f"{name}.json").read_text(encoding="utf-8"))["title"]
