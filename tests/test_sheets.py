"""Many records from a spreadsheet: the rules of every file, told by row and column; all or nothing; nothing lost by an update."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from landscape.__main__ import main
from landscape.editing import sheets
from landscape.fields import RECORD
from landscape.load import RECORDS, load

DAY = "2026-11-24"
ROW = {
    "kind": "partnership", "summary": "An invented adviser sits in an invented surgery.", "status": "active", "status_as_of": "2024", "started": "2016-09",
    "nation": "england", "region": "london", "local_authorities": "newham", "area": "Elderfield, Newham", "settings": "gp-practice; hospital", "issues": "benefits; debt",
    "referral_who": "gp; self", "referral_how": "Staff book people in.", "partner_1_name": "Elderfield Surgery", "partner_1_kind": "gp-practice", "partner_1_side": "health",
    "partner_1_roles": "host; referrer", "partner_2_name": "Citizens Advice Elderfield", "partner_2_kind": "citizens-advice", "partner_2_side": "advice",
    "outcome_1_measure": "people-helped", "outcome_1_what": "people helped", "outcome_1_as_written": "over 400", "outcome_1_number": "400", "outcome_1_period_kind": "annual", "outcome_1_source": "s1",
    "site_1_name": "Elderfield Surgery", "site_1_type": "gp-practice", "site_1_postcode": "e201as",
    "source_1_title": "Ten years of advice", "source_1_publisher": "Elderfield Trust", "source_1_date": "2025-03-01", "source_1_url": "https://example.org/ten-years", "source_1_supports": "everything",
}


def rows(number: int) -> list[dict[str, str]]:
    return [{"id": f"hub-{one}", "name": f"Hub {one}", **ROW} for one in range(1, number + 1)]


def written(table: list[dict[str, str]], sign: str = ",", encoding: str = "utf-8-sig", end: str = "\r\n") -> bytes:
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in table for name in row))
    writer = csv.DictWriter(out, names, delimiter=sign, lineterminator=end)
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue().encode(encoding)


def run(site, content: bytes) -> int:
    file = site.parent / "sheet.csv"
    file.write_bytes(content)
    return main(["import-csv", str(file), "--root", str(site), "--date", DAY])


def files(site) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (site / RECORDS).iterdir()}


# Twenty mistakes: the row in the spreadsheet, the column, what stands there, and words of the message.
FAULTS = (
    (3, "settings", "gp-practise", "did you mean: gp-practice"), (10, "started", "09/2016", "did you mean: 2016-09"), (22, "status", "current", "did you mean: active"),
    (41, "site_1_postcode", "E2O 1AS", "did you mean: E20 1AS"), (57, "partner_2_kind", "Citizens Advice", "did you mean: citizens-advice"), (58, "partner_2_side", "", "is missing"),
    (80, "outcome_1_number", "£400", "did you mean: 400"), (99, "outcome_1_source", "s2", "is not the id of a source"), (120, "source_1_url", "www.example.org/ten-years", "did you mean: https://www.example.org/ten-years"),
    (145, "name", "", "is missing"), (170, "referral_how", "Ring 020 7946 0123.", "holds a phone number"), (171, "summary", "Write to hub@example.org.", "holds an e-mail address"),
    (200, "id", "Hub 199", "did you mean: hub-199"), (233, "id", "hub-4", "stands in row 5 too"), (266, "id", "", "did you mean: hub-265"), (300, "source_1_date", "12/05/2023", "did you mean: 2023-05-12"),
    (350, "local_authorities", "leeds", "leeds is in yorkshire-and-the-humber, not in london"), (401, "issues", "benefits, debt", "put ; between them: benefits; debt"), (450, "source_1_supports", "everythin", "is not a field that a source stands behind"),
    (501, "status_as_of", "24", "is not a year"),
)


def test_twenty_faults_in_five_hundred_rows_are_told_and_nothing_is_written(small_site, capsys):
    table, before = rows(500), files(small_site)
    for row, column, text, _ in FAULTS:
        table[row - 2][column] = text
    names = list(table[0])
    assert run(small_site, written(table)) == 1
    out = capsys.readouterr().out
    assert "20 problems in 1 file." in out and files(small_site) == before
    for row, column, _, words in FAULTS:
        told = out.partition(f"sheet.csv:{row}:{names.index(column) + 1}: {column}: ")[2].partition("\nsheet.csv")[0]
        assert words in told, (row, column, told)


def test_the_corrected_sheet_writes_five_hundred_records_that_pass(small_site, capsys):
    assert run(small_site, written(rows(500))) == 0
    assert "Wrote 500 new records and changed 0." in capsys.readouterr().out
    landscape = load(small_site)
    assert len(landscape.records) == 504
    record = landscape.records["hub-500"]
    assert (record.settings, record.partners[0].roles, record.sites[0].postcode) == (("gp-practice", "hospital"), ("host", "referrer"), "E20 1AS")
    assert (record.first_listed, record.last_reviewed, record.sources[0].id) == (DAY, DAY, "s1")
    assert main(["format", "--check", "--root", str(small_site), *(str(small_site / RECORDS / f"hub-{one}.yml") for one in (1, 500))]) == 0


@pytest.mark.parametrize("sign, encoding, end", [(";", "utf-8-sig", "\r\n"), ("\t", "utf-16", "\r\n"), (",", "utf-8", "\n"), (";", "cp1252", "\r\n")])
def test_sheets_are_read_as_spreadsheets_write_them(small_site, capsys, sign, encoding, end):
    table = [{**rows(1)[0], "area": "Caffè, “the Hub”", "funding_1_funder": "Trust", "funding_1_kind": "charity", "funding_1_amount": "£30,000", "funding_1_source": "s1"}]
    assert run(small_site, written(table, sign, encoding, end)) == 0
    record = load(small_site).records["hub-1"]
    assert (record.area, record.funding[0].amount) == ("Caffè, “the Hub”", "£30,000")
    assert ("Windows-1252" in capsys.readouterr().out) == (encoding == "cp1252")


def test_a_line_that_names_the_sign_between_cells_is_no_row(small_site):
    assert run(small_site, b"sep=;\r\n" + written(rows(1), ";", "utf-8")) == 0


def test_the_template_has_a_column_for_every_field_and_is_no_record(small_site, capsys):
    content = sheets.template()
    head, hint = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert content.startswith(b"\xef\xbb\xbf") and len(head) == len(set(head)) == len(hint)
    told = {name.partition("_")[0] if "_1_" in name else name for name in head}
    assert {field.name for field in RECORD if field.kind != "group"} <= told and {"site", "partner", "funding", "outcome", "event", "source", "referral_how"} <= told
    assert run(small_site, content) == 1 and "the sheet has no rows" in capsys.readouterr().out
    row = [{**dict.fromkeys(head, ""), **rows(1)[0]}[name] for name in head]
    out = io.StringIO()
    csv.writer(out).writerows([head, hint, row])
    assert run(small_site, out.getvalue().encode()) == 0


@pytest.mark.parametrize("content, words", [
    (b"", "the sheet has no column id"), (b"name\nHub\n", "the sheet has no column id"), (b"id,nmae\nhub,Hub\n", "sheet.csv:1:2: nmae: is not the name of a column\n    did you mean: name"),
    (b"id,name,name\nhub,Hub,Hub\n", "sheet.csv:1:3: name: is the name of two columns"), (b"id,area\nhub,Stratford, Newham\n", "sheet.csv:2:3: the row has more cells than there are columns"),
    (b'id,area\nhub,"Stratford\n', "cannot be read as CSV"), (b"id,partner_0_name\nhub,x\n", "is not the name of a column"), (b"id,,name\nhub,x,Hub\n", "sheet.csv:2:2: the column has no name"),
    (b"id,name\n\n", "the sheet has no rows"), (b"\x00\x01\x02", "is not the name of a column"),
])
def test_a_sheet_that_is_none_is_told_in_one_message(small_site, capsys, content, words):
    assert run(small_site, content) == 1
    out = capsys.readouterr().out
    assert words in out and "1 problem in 1 file." in out


def test_an_update_changes_what_the_sheet_holds_and_not_a_line_more(small_site, capsys):
    path = small_site / RECORDS / "elderfield-surgery-advice.yml"
    path.write_text(path.read_text().replace("area: Elderfield", "# Asked in May.\narea: Elderfield").replace("issues: [benefits, debt]", "# Two of four.\nissues: [benefits, debt]  # as the report has it"))
    before = path.read_text().split("\n")
    assert run(small_site, written([{"id": "elderfield-surgery-advice", "area": "Elderfield Green", "name": "", "ended": ""}])) == 0
    after = path.read_text().split("\n")
    assert [line for line in before if line not in after] == ["area: Elderfield, Newham"] and [line for line in after if line not in before] == ["area: Elderfield Green"]
    assert "Wrote 0 new records and changed 1." in capsys.readouterr().out


def test_an_update_finds_partners_and_sources_and_adds_others(small_site):
    path = small_site / RECORDS / "elderfield-surgery-advice.yml"
    path.write_text(path.read_text().replace("funding:\n", "# Who pays.\nfunding:\n"))
    old = load(small_site).records["elderfield-surgery-advice"]
    row = {
        "id": old.id, "partner_1_name": "Citizens Advice Elderfield", "partner_1_note": "three advisers", "partner_2_name": "Elderfield Council", "partner_2_kind": "local-authority", "partner_2_side": "other",
        "source_1_url": "https://docslib.org/doc/1/accounts", "source_1_date": "2025", "source_2_title": "Council page", "source_2_publisher": "Elderfield Council",
        "source_2_url": "https://example.org/council", "source_2_supports": "partners", "last_changed": "2026-11-24", "last_reviewed": "2026-11-24",
    }
    assert run(small_site, written([row])) == 0
    new = load(small_site).records[old.id]
    assert [partner.name for partner in new.partners] == [*(partner.name for partner in old.partners), "Elderfield Council"]
    assert next(partner for partner in new.partners if partner.kind == "citizens-advice").note == "three advisers"
    assert [(source.id, source.date) for source in new.sources] == [("s1", "2025-03-01"), ("s2", "2025"), ("s3", "")]
    assert new.sources[1].supports == old.sources[1].supports and new.funding == old.funding
    text = path.read_text()
    assert text.count("# Who pays.\nfunding:") == 1 and text.index("last_changed") < text.index("last_reviewed")


def test_an_update_that_would_not_pass_is_told_at_its_cell(small_site, capsys):
    before = files(small_site)
    assert run(small_site, written([{"id": "thin-clinic", "name": "Thin Clinic", "website": "https://example.org/clinic", "ended": "2020"}])) == 1
    out = capsys.readouterr().out
    assert "sheet.csv:2:3: website: is filled, but no source stands behind it" in out and "sheet.csv:2:4: ended: is filled" in out
    assert files(small_site) == before


def test_a_row_may_name_a_record_of_another_row(small_site):
    table = rows(2)
    table[0] |= {"kind": "programme", "programme": ""}
    table[1]["programme"] = "hub-1"
    assert run(small_site, written(table)) == 0
    assert load(small_site).records["hub-2"].programme == "hub-1"


def test_a_retired_id_is_not_used_again(small_site, capsys):
    (small_site / "data/retired.yml").write_text("retired:\n  - id: hub-1\n    name: Hub\n    date: 2026-01-31\n    why: It was listed twice.\n")
    assert run(small_site, written(rows(1))) == 1
    assert 'sheet.csv:2:1: id: "hub-1" was the id of a record that was retired' in capsys.readouterr().out


def test_no_cell_becomes_yaml_of_its_own(small_site):
    nasty = "- x: &a [1, {y: *b}] # no\n<<: !!python/object:os.system 'x' \"y\""
    assert run(small_site, written([{**rows(1)[0], "summary": nasty, "area": "no", "aliases": "yes; 0123; #tag; - dash"}])) == 0
    record = load(small_site).records["hub-1"]
    assert (record.summary, record.area, record.aliases) == (" ".join(nasty.split()), "no", ("yes", "0123", "#tag", "- dash"))


def test_real_records_survive_an_update_of_each_field_alone(real):
    """Writing back what a record says changes nothing, and a changed field changes no other line."""
    for id in sorted(real.records)[::12]:
        text = real.record_files[id].decode()
        row = sheets.Row(2, {}, {"id": id, "name": real.records[id].name, "last_reviewed": date.fromisoformat(real.records[id].last_reviewed).isoformat()})
        assert sheets.updated(text, row) == text
        row.values["name"] = "Another name"
        lines = sheets.updated(text, row).split("\n")
        assert "name: Another name" in lines and len(set(lines) - set(text.split("\n"))) == 1
