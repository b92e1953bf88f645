"""Open Referral UK: every file against the published schemas, where they are beside the project, and always against the
project's own statement of what is required; every value against the records."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from conftest import ROOT
from json_schemas import faults, unknown, validator
from landscape.derive import data_date
from landscape.exports import oruk
from landscape.site import Site
from landscape.words import status_words

ADDRESS = "https://example.org/"
# The published schemas are not copied into the project: their licence is another.
PUBLISHED = ROOT.parent / "shared" / "oruk"
published = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published schemas are not beside the project; the tests on the project's own statement stand in")

# The schema of each kind of file: (of a row of the list, of a file of its own). The profile's OpenAPI document names
# service.json for /service_at_locations/{id}, plainly by mistake; service_at_location.json is what describes it.
SCHEMAS = {
    "services": ("service_list.json", "service.json"),
    "service_at_locations": ("service_at_location_list.json", "service_at_location.json"),
    "taxonomies": ("taxonomy.json", "taxonomy.json"),
    "taxonomy_terms": ("taxonomy_term.json", "taxonomy_term.json"),
}
KINDS = {"services": "service", "service_at_locations": "service_at_location", "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term"}
# The kind of what stands under each name inside another thing.
INSIDE = {
    "organization": "organization", "location": "location", "service": "service", "taxonomy_term": "taxonomy_term", "service_areas": "service_area",
    "service_at_locations": "service_at_location", "funding": "funding", "attributes": "attribute", "taxonomy_terms": "taxonomy_term",
}


def files_of(landscape) -> dict[str, Any]:
    """Every file, read, by its address below the feed."""
    site = Site(landscape, data_date(landscape), ADDRESS)
    return {address.removeprefix("oruk/").removesuffix(".json"): json.loads(content) for address, content in oruk.files(site)}


@pytest.fixture(scope="module")
def files(real) -> dict[str, Any]:
    return files_of(real)


@pytest.fixture(params=["real", "small"])
def either(request) -> dict[str, Any]:
    """The feed of the real landscape and that of the invented one, whose sites have postcodes."""
    return files_of(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def services(files, real) -> dict[str, Any]:
    """Services by the id of their record."""
    return {id: files[f"services/{oruk.id_of('service', id)}"] for id in real.records}


# --- validity ---------------------------------------------------------------------------------------------------


def schema_of(name: str) -> dict[str, Any]:
    return json.loads((PUBLISHED / name).read_text(encoding="utf-8"))


def looked_up(reference: str) -> dict[str, Any]:
    name = reference.rpartition("/")[2]
    return page_schema() if name == "Page" else schema_of(name)


def page_schema() -> dict[str, Any]:
    return schema_of("openapi.json")["components"]["schemas"]["Page"]


@published
@pytest.mark.parametrize("name", SCHEMAS)
def test_every_file_is_valid_against_the_published_schema(either, name):
    row, alone = (schema_of(file) for file in SCHEMAS[name])
    of_row, of_one = (validator(schema, **{"taxonomy_term.json": schema_of("taxonomy_term.json")}) for schema in (row, alone))
    cases = [(of_row, row, one) for one in either[name]["contents"]] + [(of_one, alone, one) for address, one in either.items() if address.startswith(f"{name}/")]
    for checker, schema, one in cases:
        assert faults(checker, one) == [], one["id"]
        assert list(unknown(schema, one, looked_up)) == [], one["id"]


@published
@pytest.mark.parametrize("name", SCHEMAS)
def test_every_list_is_a_published_page(either, name):
    page = dict(either[name])
    page.pop("contents")
    assert faults(validator(page_schema()), page) == []
    assert set(page) == set(page_schema()["properties"])


@published
def test_our_statement_of_what_is_required_is_the_published_one():
    """Read from the schema of a service at a location and of a taxonomy, which hold everything that we write."""
    stated = {name: set(required) for name, required in oruk.REQUIRED.items()}
    found: dict[str, set[str]] = {"page": set(page_schema()["properties"]) | {"contents"}}

    def walk(kind: str, schema: dict[str, Any]) -> None:
        found.setdefault(kind, set(schema["required"]))
        for name, part in schema["properties"].items():
            inner = part.get("items", part)
            if name in INSIDE and "properties" in inner:
                walk(INSIDE[name], inner)

    walk("service", schema_of("service.json"))
    for kind in ("service_at_location", "taxonomy", "taxonomy_term"):
        walk(kind, schema_of(f"{kind}.json"))
    assert {kind: found.get(kind) for kind in stated} == stated


def things(kind: str, one: dict[str, Any]):
    """A thing and everything inside it, with the kind of each."""
    yield kind, one
    for name, value in one.items():
        if name in INSIDE:
            for part in value if isinstance(value, list) else [value]:
                yield from things(INSIDE[name], part)


def everything(files: dict[str, Any]):
    for address, content in files.items():
        name, _, id = address.partition("/")
        if name in KINDS:
            for one in [content] if id else content["contents"]:
                yield from things(KINDS[name], one)


def test_nothing_lacks_what_our_own_statement_requires(either):
    assert [(kind, one["id"]) for kind, one in everything(either) if oruk.missing(kind, one)] == []
    assert [name for name in KINDS if oruk.missing("page", either[name])] == []


def test_every_status_and_place_is_of_a_kind_that_the_standard_knows(either):
    assert {one["status"] for kind, one in everything(either) if kind == "service"} <= {"active", "inactive", "defunct", "temporarily closed"}
    assert {one["location_type"] for kind, one in everything(either) if kind == "location"} <= {"physical", "postal", "virtual"}


def test_a_service_without_a_name_stops_the_build(real):
    nameless = replace(real.records["hwc"], name="")
    landscape = replace(real, records={**real.records, "hwc": nameless})
    with pytest.raises(ValueError, match="service .* lacks name"):
        list(oruk.files(Site(landscape, data_date(real), ADDRESS)))


def test_no_person_and_no_way_to_reach_one_is_in_the_feed(either):
    personal = {"email", "assurer_email", "contacts", "phones", "languages", "addresses", "attention"}
    assert [one["id"] for _, one in everything(either) if personal & set(one)] == []


# --- ids --------------------------------------------------------------------------------------------------------


def test_ids_are_those_that_were_published():
    """A reader stores these. They may never change."""
    assert oruk.id_of("service", "hwc") == "d316a4ed-5642-5a3e-a20e-d66526dd6a43"
    assert oruk.id_of("taxonomy", "settings") == "060ef1af-da86-5841-b258-d900da1bbe71"
    assert oruk.id_of("taxonomy_term", "settings", "maternity") == "7d347c5c-af3e-5f95-9176-faf7af5a8855"


def test_one_id_means_one_thing(either):
    """Everything with an id: the same id is the same kind, with the same name, wherever it stands."""
    meant: dict[str, tuple] = {}
    for kind, one in everything(either):
        assert UUID(one["id"]).version == 5
        meaning = (kind, one.get("name"), one.get("service_id"), one.get("source"), one.get("taxonomy_term_id"), one.get("location_id"))
        assert meant.setdefault(one["id"], meaning) == meaning


def test_no_list_names_a_thing_twice(either):
    for name in KINDS:
        ids = [one["id"] for one in either[name]["contents"]]
        assert len(ids) == len(set(ids)) == either[name]["total_items"] == either[name]["size"]
        assert {f"{name}/{id}" for id in ids} == {address for address in either if address.startswith(f"{name}/")}


def test_every_list_is_its_only_page(files):
    """The official validator asks for more pages by query, which files cannot answer, unless there is one."""
    for name in KINDS:
        page = files[name]
        assert (page["total_pages"], page["page_number"], page["first_page"], page["last_page"], page["empty"]) == (1, 1, True, True, not page["contents"])


def test_the_same_data_gives_the_same_bytes(real):
    site = Site(real, data_date(real), ADDRESS)
    assert list(oruk.files(site)) == list(oruk.files(Site(real, data_date(real), ADDRESS)))


# --- values -----------------------------------------------------------------------------------------------------


def test_every_record_is_exactly_one_service(files, real):
    assert len(files["services"]["contents"]) == len(real.records)
    assert {one["id"] for one in files["services"]["contents"]} == {oruk.id_of("service", id) for id in real.records}


def test_a_service_says_what_its_record_says(services, real):
    for id, record in real.records.items():
        service = services[id]
        assert service["name"] == record.name
        assert service["description"].startswith(record.summary) and service["description"].endswith(f" {ADDRESS}partnerships/{id}/")
        assert service.get("url", "") == record.website
        assert service["status"] == {"active": "active", "unknown": "inactive", "ended": "defunct"}[record.status]
        assert service.get("alert", "") == ("" if record.status == "active" else f"{status_words(record)}.")
        assert service["assured_date"] == record.last_reviewed
        assert service["last_modified"] == f"{record.changed}T00:00:00.000Z"


def test_a_list_says_what_the_service_says(files):
    several = {"service_areas", "service_at_locations", "funding", "attributes"}
    for row in files["services"]["contents"]:
        whole = files[f"services/{row['id']}"]
        assert row == {name: value for name, value in whole.items() if name not in several}


def test_the_organisation_is_one_that_gives_the_advice(services, real):
    for id, record in real.records.items():
        names = {partner.name: partner for partner in record.providers}
        organization = services[id].get("organization")
        assert (organization is None) == (not names)
        if organization:
            assert organization["id"] == services[id]["organization_id"]
            assert real.vocabularies["organisations"].label(names[organization["name"]].kind) in organization["description"]
            if any("lead" in partner.roles for partner in record.providers):
                assert "lead" in names[organization["name"]].roles


def test_areas_are_the_smallest_that_the_record_names(services, real):
    for id, record in real.records.items():
        shown = [area["name"] for area in services[id].get("service_areas", ())]
        councils, boards = (real.vocabularies[name] for name in ("local-authorities", "health-boards"))
        if record.local_authorities:
            assert shown == [councils.label(tag) for tag in record.local_authorities]
            assert [area["uri"].rpartition("/")[2] for area in services[id]["service_areas"]] == [councils[tag].code for tag in record.local_authorities]
        elif record.health_boards:
            assert shown == [boards.label(tag) for tag in record.health_boards]
        else:
            tag, vocabulary = (record.region, "regions") if record.region else (record.nation, "nations")
            assert shown == ([real.vocabularies[vocabulary].label(tag)] if tag else [])


def test_terms_are_those_of_the_record(services, files, real):
    known = {one["id"]: one for one in files["taxonomy_terms"]["contents"]}
    for id, record in real.records.items():
        shown = [(attribute["link_type"], attribute["taxonomy_term"]["name"]) for attribute in services[id].get("attributes", ())]
        expected = [(link, real.vocabularies[name].label(tag)) for name, link in (("settings", "setting"), ("issues", "issue"), ("delivery", "delivery")) for tag in getattr(record, name)]
        assert shown == expected
        assert all(attribute["taxonomy_term"] == known[attribute["taxonomy_term_id"]] and attribute["link_id"] == services[id]["id"] for attribute in services[id].get("attributes", ()))


def test_there_are_three_taxonomies_with_every_term(files, real):
    shown = {}
    for taxonomy in files["taxonomies"]["contents"]:
        whole = files[f"taxonomies/{taxonomy['id']}"]
        shown[taxonomy["name"]] = [(term["name"], term["description"]) for term in whole["taxonomy_terms"]]
        assert all(term["taxonomy_id"] == taxonomy["id"] for term in whole["taxonomy_terms"])
    vocabularies = [real.vocabularies[name] for name in ("settings", "issues", "delivery")]
    assert shown == {one.title: [(term.label, term.definition or term.label) for term in one] for one in vocabularies}


def test_money_is_as_the_record_has_it(services, real):
    for id, record in real.records.items():
        shown = {fund["source"] for fund in services[id].get("funding", ())}
        assert shown == {", ".join(filter(None, (item.funder, item.amount, item.period))) for item in record.funding}


def test_places_are_the_sites_of_the_record_and_the_phone_or_web(services, files, real):
    for id, record in real.records.items():
        at = services[id].get("service_at_locations", [])
        remote = [real.vocabularies["delivery"].label("remote")] if "remote" in record.delivery else []
        assert sorted({one["location"]["name"] for one in at}) == sorted({site.name for site in record.sites} | set(remote))
        for one in at:
            whole = files[f"service_at_locations/{one['id']}"]
            assert whole["location"] == one["location"] and whole["service"]["id"] == services[id]["id"]
    assert len(files["service_at_locations"]["contents"]) == sum(len(one.get("service_at_locations", ())) for one in services.values())


def test_a_position_is_the_middle_of_a_postcode_district_and_says_so(real):
    """No real record has a postcode today, so one is given an invented one of a real district."""
    record = next(record for record in real.records.values() if len(record.sites) == 1 and "remote" not in record.delivery)
    outcode, (lat, lon) = next(iter(real.outcodes.items()))
    moved = replace(record, sites=(replace(record.sites[0], postcode=f"{outcode} 1AA"),))
    files = files_of(replace(real, records={**real.records, record.id: moved}))
    location = files[f"services/{oruk.id_of('service', record.id)}"]["service_at_locations"][0]["location"]
    assert (location["latitude"], location["longitude"]) == (lat, lon)
    assert "middle of its postcode district" in location["description"]
