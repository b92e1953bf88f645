"""The downloads under data/: each value against the records, each format against a validator nobody here wrote."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest
from frictionless import Package
from geojson_pydantic import FeatureCollection

from conftest import ROOT
from landscape import fields as f
from landscape.derive import data_date
from landscape.exports import csv_files, downloads, tables, workbook
from landscape.model import Edition, Event, FrozenFile, Outcome, Record, Source
from landscape.render import Renderer
from landscape.site import Site
from landscape.views.data import SECTIONS, data_page, datasette_address, size_words, vocabularies_page

ADDRESS = "https://example.com/site/"
# Each table of a group: the values that own it, the column that names its owner, the field, and its parts.
GROUPS = {
    **{field.name: ("records", "partnership", field.name, field.parts) for field in f.RECORD if field.kind == "group" and field.many},
    "publication_author": ("publications", "publication", "author", f.NAME),
    "survey_figures": ("surveys", "survey", "figures", f.FIGURE),
    "survey_sources": ("surveys", "survey", "sources", f.SOURCE),
}
MAIN = {"partnerships": ("records", f.RECORD), "publications": ("publications", f.PUBLICATION), "surveys": ("surveys", f.SURVEY), "case_studies": ("case_studies", f.CASE_STUDY)}


def made(landscape) -> dict[str, bytes]:
    """The files by name, made anew."""
    return {address.removeprefix("data/"): content for address, content in downloads.files(Site(landscape, data_date(landscape), ADDRESS))}


def named(site: Site) -> dict[str, tables.Table]:
    return {table.name: table for table in tables.tables(site)}


@pytest.fixture(scope="module")
def site(real) -> Site:
    return Site(real, data_date(real), ADDRESS)


@pytest.fixture(scope="module")
def files(real) -> dict[str, bytes]:
    return made(real)


# --- every value, in every format ---------------------------------------------------------------------------------


def expected(site: Site) -> dict[str, list[dict]]:
    """What the tables must hold, read from the records by their own attributes: lists as tuples, absent as ""."""
    found = {name: [_main_values(site, one, spec) for _, one in sorted(getattr(site.landscape, kind).items())] for name, (kind, spec) in MAIN.items()}
    for name, (kind, owner, field, parts) in GROUPS.items():
        owners = sorted(getattr(site.landscape, kind).items())
        found[name] = [
            {owner: id, "position": number, **{part.name: getattr(item, part.name) for part in parts}}
            for id, one in owners for number, item in enumerate(getattr(one, field), 1)
        ]
    return found


def _main_values(site: Site, one, spec) -> dict:
    values = {}
    for field in spec:
        name = field.name.replace("-", "_")
        value = getattr(one, name)
        if field.kind == "group" and not field.many:
            for part in field.parts:
                inner = value.get(part.name, "") if isinstance(value, dict) else getattr(value, part.name, () if part.many else "")
                values[f"{name}_{part.name.replace('-', '_')}"] = inner
        elif field.kind != "group":
            values[name] = value
    if isinstance(one, Record):
        values |= {"last_changed": one.changed, "predecessors": tuple(site.before.get(one.id, ())), "successors": tuple(site.after.get(one.id, ()))}
    return values


def typed(value, field) -> object:
    """A value of a record in the type of its column."""
    return value if value == "" or field.kind not in ("number", "year") else float(value)


def read_csv(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_sqlite(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    connection.row_factory = sqlite3.Row
    return connection


def read_sheet(sheet) -> list[dict]:
    names, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(names, row)) for row in rows]


def from_csv(text: str, column, many: bool) -> object:
    if many:
        return text
    return {"true": True, "false": False}[text] if column.kind == "flag" else float(text) if text and column.kind in ("number", "year") else text


def from_sqlite(value, column, many: bool) -> object:
    if many:
        return tuple(json.loads(value)) if value else ()
    return "" if value is None else bool(value) if column.kind == "flag" else float(value) if column.kind in ("number", "year") else value


def from_excel(value, column, many: bool) -> object:
    value = "" if value is None else value
    return value.date().isoformat() if isinstance(value, datetime) else float(value) if value != "" and column.kind in ("number", "year") else value


def assert_same(site: Site, name: str, rows: list, read) -> None:
    """Every cell of a table against the records. ``read`` turns a cell into (its value, what a list must be)."""
    columns = {column.name: column for column in named(site)[name].columns}
    wanted = expected(site)[name]
    assert len(rows) == len(wanted)
    for row, values in zip(rows, wanted):
        for column, value in values.items():
            many = columns[column].many
            want = value if many else typed(value, columns[column])
            if many and read is not from_sqlite:
                want = "; ".join(value)
            assert read(row[column], columns[column], many) == want, (name, column, row)


NAMES = [*MAIN, *GROUPS]


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_a_csv_file_is_the_record_s(site, files, name):
    assert_same(site, name, read_csv(files[f"{name}.csv"]), from_csv)


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_the_database_is_the_record_s(site, files, name):
    rows = read_sqlite(files["landscape.db"]).execute(f'SELECT * FROM "{name}"').fetchall()
    order = {value: number for number, value in enumerate(sorted({row[0] for row in rows}))}
    position = "position" if name in GROUPS else 0
    assert_same(site, name, sorted(rows, key=lambda row: (order[row[0]], row[position])), from_sqlite)


@pytest.fixture(scope="module")
def book(files):
    return openpyxl.load_workbook(io.BytesIO(files["landscape.xlsx"]))


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_the_workbook_is_the_record_s(site, book, name):
    assert_same(site, name, read_sheet(book[name]), from_excel)


def test_tables_that_link_say_what_the_records_say(site, files):
    landscape = site.landscape
    about = {(id, partnership) for id, work in landscape.publications.items() for partnership in work.partnerships}
    assert {tuple(row.values()) for row in read_csv(files["publication_partnerships.csv"])} == about
    behind = {
        (record.id, field.name, source.id)
        for record in landscape.records.values() for field in f.RECORD if field.sourced and getattr(record, field.name) for source in record.sources
        if field.name in source.supports or any(source.id in getattr(item, "source", ()) for item in (getattr(record, field.name) if field.many and field.kind == "group" else ()))
    }
    assert {tuple(row.values()) for row in read_csv(files["provenance.csv"])} == behind
    for name, kind, spec in (("partnership", "records", f.RECORD), ("publication", "publications", f.PUBLICATION)):
        tagged = {(id, *found) for id, one in getattr(landscape, kind).items() for found in _tags(one, spec)}
        rows = read_csv(files[f"{name}_tags.csv"])
        assert {(row[name], row["field"], row["tag"]) for row in rows} == tagged and len(rows) == len(tagged)
        assert all(row["label"] == landscape.vocabularies[row["vocabulary"]].label(row["tag"]) for row in rows)


def _tags(one, spec):
    for field in spec:
        value = getattr(one, field.name.replace("-", "_"))
        if field.vocabulary:
            yield from ((field.name, tag) for tag in (value if field.many else (value,)) if tag)
        elif field.kind == "group" and not field.many and value:
            for part in field.parts:
                inner = value.get(part.name, "") if isinstance(value, dict) else getattr(value, part.name)
                if part.vocabulary:
                    yield from ((f"{field.name}_{part.name.replace('-', '_')}", tag) for tag in (inner if part.many else (inner,)) if tag)


def test_every_term_is_in_the_vocabularies(real, files):
    rows = {(row["vocabulary"], row["tag"]): row for row in read_csv(files["vocabularies.csv"])}
    terms = {(name, term.tag): term for name, vocabulary in real.vocabularies.items() for term in vocabulary}
    assert set(rows) == set(terms)
    for key, term in terms.items():
        kept = {name: csv_files.cell(value) for name, value in vars(term).items()}
        assert rows[key] == {"vocabulary": key[0], **kept}


def test_the_three_formats_hold_the_same_tables(site, files, book):
    made_tables = named(site)
    connection = read_sqlite(files["landscape.db"])
    stored = {row["name"] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert stored == set(made_tables) == set(book.sheetnames) - {"about", "columns"}
    for name, table in made_tables.items():
        numbers = {len(table.rows), len(read_csv(files[f"{name}.csv"])), book[name].max_row - 1, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]}
        assert len(numbers) == 1, name


# --- validators ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["real", "small"])
def test_frictionless_finds_the_data_package_valid(which, request, tmp_path):
    for name, content in made(request.getfixturevalue(which)).items():
        (tmp_path / name).write_bytes(content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "note"])[:5]


def test_the_data_package_is_version_2_and_names_every_csv_file(files):
    package = json.loads(files["datapackage.json"])
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert {resource["path"] for resource in package["resources"]} == {name for name in files if name.endswith(".csv")}
    assert all(resource["type"] == "table" and resource["bytes"] == len(files[resource["path"]]) for resource in package["resources"])
    assert package["licenses"][0]["name"] == "CC-BY-4.0" and package["contributors"][0]["roles"] == ["publisher"]


def test_a_data_package_with_a_wrong_value_or_a_dead_link_is_refused(files, tmp_path):
    """The schema is tight enough to find a fault: a term outside its list, and an id that no record has."""
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "partners.csv").write_bytes(files["partners.csv"].replace(b",advice,", b",advise,", 1))
    (tmp_path / "timeline.csv").write_bytes(files["timeline.csv"] + b"no-such-record,1,2020,,Nothing happened.,s1\r\n")
    faults = {(task["name"], error["type"]) for task in Package(str(tmp_path / "datapackage.json")).validate().to_descriptor()["tasks"] for error in task["errors"]}
    assert ("partners", "constraint-error") in faults and ("timeline", "foreign-key") in faults


def test_the_geojson_is_valid_and_has_one_feature_for_each_record(real, files):
    content = json.loads(files["partnerships.geojson"])
    collection = FeatureCollection.model_validate(content)
    assert [feature.id for feature in collection.features] == sorted(real.records)
    assert content["total"] == len(real.records) and content["licence"]["id"] == "CC-BY-4.0"
    for feature in content["features"]:
        record, said = real.records[feature["id"]], feature["properties"]
        assert (said["name"], said["status"], said["nation"], said["settings"]) == (record.name, record.status, record.nation or None, list(record.settings))
        assert said["url"] == f"{ADDRESS}partnerships/{record.id}/"


def test_points_are_those_of_the_record_and_no_finer_than_a_district(site, files):
    for feature in json.loads(files["partnerships.geojson"])["features"]:
        points = site.points(site.landscape.records[feature["id"]])
        assert positions(feature) == [[lon, lat] for lat, lon, _ in points]
        assert feature["properties"]["places"] == [name for _, _, name in points]
        assert all(len(str(number).partition(".")[2]) <= 5 for position in positions(feature) for number in position)
        assert (feature["geometry"] is None) == (feature["properties"]["precision"] is None)


def positions(feature: dict) -> list[list[float]]:
    shape = feature["geometry"]
    return [] if shape is None else [shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"]


def test_points_lie_in_the_region_that_the_record_names(real, files):
    """Outlines are simplified and have no small islands, so a point may lie a little outside: a tenth of a degree at most."""
    outlines = {area.tag: area for code, area in real.areas.items() if area.tag in real.vocabularies["regions"] and code == real.vocabularies["regions"][area.tag].code}
    checked = 0
    for feature in json.loads(files["partnerships.geojson"])["features"]:
        area = outlines.get(feature["properties"]["region"])
        for lon, lat in positions(feature) if area else ():
            checked += 1
            assert is_inside(lon, lat, area.rings) or to_edge(lon, lat, area.rings) < 0.1, (feature["id"], lon, lat)
    assert checked > 100


def is_inside(lon: float, lat: float, rings) -> bool:
    """Whether a line to the east crosses the outline an odd number of times."""
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            crossed += (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
    return crossed % 2 == 1


def to_edge(lon: float, lat: float, rings) -> float:
    return min(((x - lon) ** 2 + (y - lat) ** 2) ** 0.5 for ring in rings for x, y in ring)


# --- the database ---------------------------------------------------------------------------------------------------


def test_the_database_is_sound_and_its_links_hold(files):
    connection = read_sqlite(files["landscape.db"])
    assert [tuple(row) for row in connection.execute("PRAGMA integrity_check")] == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert len(connection.execute("PRAGMA foreign_key_list(provenance)").fetchall()) == 3


def test_every_link_of_the_database_has_an_index(site, files):
    connection = read_sqlite(files["landscape.db"])
    for table in tables.tables(site):
        indexed = [[row["name"] for row in connection.execute(f'PRAGMA index_info("{index["name"]}")')] for index in connection.execute(f'PRAGMA index_list("{table.name}")').fetchall()]
        assert all(any(columns[: len(link.columns)] == list(link.columns) for columns in indexed) for link in table.links), table.name


def test_lists_can_be_asked_for_their_items(real, files):
    asked = "SELECT count(*) FROM partnerships, json_each(partnerships.settings) WHERE json_each.value = 'hospice'"
    assert read_sqlite(files["landscape.db"]).execute(asked).fetchone()[0] == sum("hospice" in record.settings for record in real.records.values())


def test_the_metadata_names_the_tables_and_columns_that_are_there(site, files):
    said = json.loads(files["metadata.json"])["databases"]["landscape"]["tables"]
    assert {name: list(table["columns"]) for name, table in said.items()} == {table.name: [column.name for column in table.columns] for table in tables.tables(site)}
    for table in said.values():
        facets = [next(iter(facet.values())) if isinstance(facet, dict) else facet for facet in table.get("facets", [])]
        assert {*facets, table.get("label_column", facets[0] if facets else "")} - {""} <= set(table["columns"])


# --- formulas, sizes, bytes ------------------------------------------------------------------------------------------

FORMULAS = ("=1+1", "+44 20", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", '=HYPERLINK("http://evil.example")', "-£5", "+cmd|' /C calc'!A0")


@pytest.fixture(scope="module")
def hostile(small):
    """The small site with an invented record that tries to be a formula in every text."""
    record = next(iter(small.records.values()))
    bad = replace(
        record, name="=1+1", area="@SUM(A1)", summary='=HYPERLINK("http://evil.example")', aliases=("fine", "=2+2", "-3+4"),
        outcomes=(Outcome(measure="income-gained", what="+1+1", as_written="-5", number="-5", period_kind="annual", source=("s1",)),),
        timeline=(Event("2020", what="-1+1", source=("s1",)),), sources=(Source("s1", "=cmd|' /C calc'!A0", "@here", url="https://example.org/"),),
    )
    return replace(small, records={**small.records, record.id: bad}), record.id


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_run_as_a_formula_gets_an_apostrophe(text):
    assert csv_files.cell(text) == f"'{text}"
    assert csv_files.cell(("a", text)) == f"a; '{text}"


@pytest.mark.parametrize("value, shown", [("-5", "-5"), ("-5.25", "-5.25"), ("+7", "+7"), (-5, "-5"), (-0.5, "-0.5"), ("a=b", "a=b"), ("£5", "£5"), ("", ""), (True, "true"), (("a", "b-c"), "a; b-c")])
def test_numbers_and_harmless_texts_stay_as_they_are(value, shown):
    assert csv_files.cell(value) == shown


def test_no_cell_of_a_hostile_record_is_a_formula(hostile):
    landscape, id = hostile
    found = made(landscape)
    for name in [name for name in found if name.endswith(".csv")]:
        for row in csv.reader(io.StringIO(found[name].decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell.lstrip()[:1] in tuple("=+-@") and not cell.lstrip("+-").replace(".", "").isdigit()], name
    row = next(row for row in read_csv(found["partnerships.csv"]) if row["id"] == id)
    assert (row["name"], row["area"], row["aliases"]) == ("'=1+1", "'@SUM(A1)", "fine; '=2+2; '-3+4")
    figure = next(row for row in read_csv(found["outcomes.csv"]) if row["partnership"] == id)
    assert (figure["number"], figure["as_written"], figure["what"]) == ("-5", "-5", "'+1+1")


def test_the_workbook_and_the_database_keep_a_hostile_text_as_text(hostile):
    landscape, id = hostile
    found = made(landscape)
    sheet = openpyxl.load_workbook(io.BytesIO(found["landscape.xlsx"]))["partnerships"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    assert next(row for row in read_sheet(sheet) if row["id"] == id)["name"] == "=1+1"
    stored = read_sqlite(found["landscape.db"]).execute("SELECT name, aliases FROM partnerships WHERE id = ?", (id,)).fetchone()
    assert tuple(stored) == ("=1+1", '["fine", "=2+2", "-3+4"]')


def test_a_text_too_long_for_a_cell_of_excel_is_cut_with_a_word_about_it():
    assert workbook.fitted("a" * 32_767) == "a" * 32_767
    assert len(workbook.fitted("a" * 32_768)) == 32_767 and workbook.fitted("a" * 32_768).endswith(workbook.CUT)


def test_a_csv_file_opens_in_excel_with_its_accents(files):
    for name, content in files.items():
        if name.endswith(".csv"):
            assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n"), name
            heads, *_ = content.decode("utf-8-sig").split("\r\n")
            assert all(head.replace("_", "").isalpha() for head in heads.split(",")), name


def test_the_same_data_gives_the_same_bytes(real, files):
    turned = replace(real, records=dict(reversed(real.records.items())), publications=dict(reversed(real.publications.items())), surveys=dict(reversed(real.surveys.items())))
    again = made(turned)
    assert list(again) == list(files)
    assert [name for name in files if again[name] != files[name]] == []


def test_a_changed_record_changes_the_files(real, files):
    record = real.records["hwc"]
    changed = made(replace(real, records={**real.records, "hwc": replace(record, name="Another name")}))
    assert {"partnerships.csv", "landscape.xlsx", "landscape.db", "partnerships.geojson", "datapackage.json"} == {name for name in files if changed[name] != files[name]}


# --- the pages ------------------------------------------------------------------------------------------------------


def test_the_page_names_every_file_with_its_size(site, files):
    page = data_page(site)
    named = {name for name, _, _ in page.data["whole"]} | {f"{table.name}.csv" for table in page.data["tables"]}
    assert named == set(files) == set(page.data["sizes"])


def shown(landscape) -> str:
    page = data_page(Site(landscape, data_date(landscape), ADDRESS))
    return Renderer(ROOT / "theme" / "pages", landscape.vocabularies).render(page)


def test_the_page_lists_editions_with_checksums_or_says_that_there_is_none(small):
    assert "No edition has been frozen yet" in shown(replace(small, editions=()))
    frozen = Edition("2026-11", "2026-11-24", "", {"records": 4, "case_studies": 1, "publications": 1}, {}, (FrozenFile("landscape-2026-11.zip", "ab" * 32, b"12"),))
    text = shown(replace(small, editions=(frozen,)))
    assert "No edition has been frozen yet" not in text and "4 records, 1 case study and 1 publication" in text
    assert 'href="../data/editions/2026-11/landscape-2026-11.zip"' in text and "ab" * 32 in text


def test_the_database_is_offered_to_datasette_only_where_it_can_be_fetched(small):
    assert "lite.datasette.io/?url=https%3A%2F%2Fexample.com%2Fsite%2Fdata%2Flandscape.db" in shown(small)
    assert datasette_address(Site(small, data_date(small))) == ""


@pytest.mark.parametrize("size, words", [(0, "0 bytes"), (999, "1.0 kB"), (994, "990 bytes"), (1_250, "1.2 kB"), (123_456, "120 kB"), (999_999, "1.0 MB"), (2_879_488, "2.9 MB"), (26_000_000, "26 MB")])
def test_sizes_in_words(size, words):
    assert size_words(size) == words


def test_every_field_and_column_is_explained(site):
    told = {field.name.replace("-", "_"): field for section in SECTIONS for inner in (section, *section.parts) for field in inner.fields}
    for table in tables.tables(site):
        for column in table.columns:
            whole = column.name in told or any(column.name == f"{group.id.partition('-')[2].replace('-', '_')}_{part.name.replace('-', '_')}" for section in SECTIONS for group in section.parts for part in group.fields)
            assert whole, (table.name, column.name)


def test_every_vocabulary_is_held_by_a_field_or_serves_another_list(site):
    held = vocabularies_page(site).data["held"]
    assert {name for name, fields in held.items() if not fields} == {"copy-hosts", "units"}
