"""The JSON API: every file against its schema in our OpenAPI document, that document against the specification, and every
value against the records."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from openapi_spec_validator import validate

from conftest import HERE
from json_schemas import faults, unknown, validator
from landscape.derive import FACETS, data_date, values
from landscape.exports import api
from landscape.fields import RECORD
from landscape.site import Site

ADDRESS = "https://example.org/"
PROMISED = (HERE / "api_v1_fields.txt").read_text(encoding="utf-8").split()


def files_of(landscape) -> dict[str, bytes]:
    return dict(api.files(Site(landscape, data_date(landscape), ADDRESS)))


@pytest.fixture(scope="module")
def files(real) -> dict[str, bytes]:
    return files_of(real)


@pytest.fixture(scope="module")
def answers(files) -> dict[str, Any]:
    """Every answer by its address below the API, without .json."""
    return {address.removeprefix("api/v1/").removesuffix(".json"): json.loads(content) for address, content in files.items() if not address.endswith("openapi.json")}


@pytest.fixture(scope="module")
def document(files) -> dict[str, Any]:
    return json.loads(files["api/v1/openapi.json"])


def looked_up(document: dict[str, Any], pointer: str) -> Any:
    found = document
    for part in pointer.removeprefix("#/").split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


def path_of(document: dict[str, Any], address: str) -> str:
    """The one path of the document that an address is an instance of."""
    found = [path for path in document["paths"] if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)), f"/{address}.json")]
    assert len(found) == 1, (address, found)
    return found[0]


# --- the document -----------------------------------------------------------------------------------------------


def test_the_openapi_document_is_valid(document):
    validate(document)
    assert document["openapi"].startswith("3.1.")


def test_every_example_is_valid_itself(document):
    found = []

    def walk(schema: Any) -> None:
        if isinstance(schema, dict):
            found.extend((schema, example) for example in schema.get("examples", ()))
            for part in schema.values():
                walk(part)

    walk(document["components"]["schemas"])
    assert len(found) > 40
    for schema, example in found:
        assert faults(validator({**schema, "components": document["components"]}), example) == []


def test_no_field_of_version_1_is_lost(document):
    """tests/api_v1_fields.txt only grows: a line taken out is a broken promise to everyone who reads the API."""
    names = set(_names(document))
    assert [name for name in PROMISED if name not in names] == []


def test_every_new_field_is_promised_too(document):
    """A new field goes into tests/api_v1_fields.txt on the day it is published."""
    assert [name for name in _names(document) if name not in PROMISED] == []


def _names(document: dict[str, Any]):
    """Every documented field as Schema.field.part."""
    def walk(path: str, schema: dict[str, Any]):
        for name, part in schema.get("items", schema).get("properties", {}).items():
            yield f"{path}.{name}"
            yield from walk(f"{path}.{name}", part)

    for name, schema in document["components"]["schemas"].items():
        yield from walk(name, schema)


# --- every file -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["real", "small"])
def test_every_file_is_valid_and_holds_nothing_that_is_not_described(which, request):
    files = files_of(request.getfixturevalue(which))
    document = json.loads(files.pop("api/v1/openapi.json"))
    checkers = {}
    for address, content in files.items():
        path = path_of(document, address.removeprefix("api/v1/").removesuffix(".json"))
        schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        checker = checkers.setdefault(path, validator({**schema, "components": document["components"]}))
        answer = json.loads(content)
        assert faults(checker, answer) == [], address
        assert list(unknown(schema, answer, lambda pointer: looked_up(document, pointer))) == [], address
    assert set(checkers) == set(document["paths"])


def test_the_total_is_the_number_of_results(answers):
    for address, answer in answers.items():
        assert answer["total"] == (len(answer["result"]) if isinstance(answer["result"], list) else 1), address


def test_every_address_inside_the_api_is_a_file(files):
    for content in files.values():
        for address in re.findall(rb'"api_url": "https://example.org/([^"]+)"', content):
            assert address.decode() in files


def test_the_index_names_every_list(answers):
    lists = {address for address in answers if "/" not in address} - {"index"}
    assert {entry["name"] for entry in answers["index"]["result"]} == lists | {"openapi"}
    assert all(entry["total"] == answers[entry["name"]]["total"] for entry in answers["index"]["result"] if entry["name"] != "openapi")


def test_a_result_alone_is_the_result_in_its_list(answers):
    for collection in api.COLLECTIONS:
        if collection.key:
            alone = [answers[f"{collection.name}/{result[collection.key]}"]["result"] for result in answers[collection.name]["result"]]
            assert alone == answers[collection.name]["result"]


def test_the_same_data_gives_the_same_bytes(real, files):
    assert files_of(real) == files


# --- values -----------------------------------------------------------------------------------------------------


def differences(value: Any, shown: Any, path: str):
    """Where JSON does not say what the model says. What is empty in the model is absent in JSON."""
    if is_dataclass(value):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, dict) and isinstance(shown, dict):
        for name, part in value.items():
            if part in ("", (), None, {}):
                if name in shown:
                    yield f"{path}.{name}"
            else:
                yield from differences(part, shown.get(name), f"{path}.{name}")
    elif isinstance(value, tuple) and isinstance(shown, list) and len(value) == len(shown):
        for number, (part, one) in enumerate(zip(value, shown)):
            yield from differences(part, one, f"{path}[{number}]")
    elif value != shown:
        yield path


def test_every_record_is_there_with_every_value(answers, real):
    results = {result["id"]: result for result in answers["partnerships"]["result"]}
    assert sorted(results) == sorted(real.records) and len(answers["partnerships"]["result"]) == len(real.records)
    # Links to and from other records hold on both sides, and the version date is never absent: see the next test.
    derived = {"predecessors", "successors", "last_changed"}
    for id, record in real.records.items():
        for field in RECORD:
            if field.name not in derived:
                value = getattr(record, field.name)
                if value in ("", (), None):
                    assert field.name not in results[id], (id, field.name)
                else:
                    assert list(differences(value, results[id].get(field.name), field.name)) == [], id


def test_what_is_derived_follows_from_the_records(answers, real):
    results = {result["id"]: result for result in answers["partnerships"]["result"]}
    for id, record in real.records.items():
        result = results[id]
        assert set(record.predecessors) <= set(result["predecessors"]) and set(record.successors) <= set(result["successors"])
        assert all(id in results[other]["successors"] for other in result["predecessors"])
        assert result["last_changed"] == record.changed
        assert ("case_study" in result) == (id in real.case_studies)
        assert {work.id for work in real.publications.values() if id in work.partnerships} == set(result["publications"])
        assert {source for ids in result["provenance"].values() for source in ids} <= {source.id for source in record.sources}


def test_programmes_name_their_members(answers, real):
    shown = {result["id"]: set(result["members"]) for result in answers["programmes"]["result"]}
    assert shown == {id: {other.id for other in real.records.values() if other.programme == id} for id, record in real.records.items() if record.is_programme}


@pytest.mark.parametrize("name,model", [("publications", "publications"), ("surveys", "surveys"), ("case-studies", "case_studies")])
def test_other_collections_have_every_value(answers, real, name, model):
    results = {result.get("id", result.get("partnership")): {key.replace("-", "_"): value for key, value in result.items()} for result in answers[name]["result"]}
    known = getattr(real, model)
    assert sorted(results) == sorted(known)
    for id, value in known.items():
        assert [path for path in differences(value, results[id], id) if not path.endswith(".first_line")] == []


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_a_facet_lists_the_records_that_have_its_value(answers, real, facet):
    for term in answers[facet.name]["result"]:
        tag = term["tag"]
        under = answers[f"{facet.name}/{tag}"]["result"]
        assert {result["id"] for result in under} == {id for id, record in real.records.items() if tag in values(record, facet.field)}
        assert term["count"] == len(under)
        assert all(result["name"] == real.records[result["id"]].name and result["status"] == real.records[result["id"]].status for result in under)


def test_every_vocabulary_has_every_term(answers, real):
    shown = {result["name"]: [(term["tag"], term["label"], term.get("definition", "")) for term in result["terms"]] for result in answers["vocabularies"]["result"]}
    assert shown == {name: [(term.tag, term.label, term.definition) for term in vocabulary] for name, vocabulary in real.vocabularies.items()}
