"""Editions: frozen once, the same bytes for ever, and a changelog that names what changed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from conftest import ROOT
from landscape import derive, exports
from landscape.__main__ import main
from landscape.exports import editions, plain
from landscape.load import load
from landscape.problems import ProblemsFound
from landscape.site import Site

ADDRESS = "https://example.org/landscape/"
NAMES = ["CHANGES.md", "SHA256SUMS", "edition.json", "landscape-2026-11.zip"]


def freeze(folder: Path, name: str) -> int:
    return main(["edition", name, "--root", str(folder), "--address", ADDRESS])


def read(folder: Path, name: str = "2026-11") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "data/editions" / name).iterdir())}


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"data/partnerships/{name}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def site_of(folder: Path) -> Site:
    landscape = load(folder)
    return Site(landscape, derive.data_date(landscape), ADDRESS)


@pytest.fixture
def frozen(small_site, capsys) -> Path:
    """The small site with a first edition."""
    assert freeze(small_site, "2026-11") == 0
    return small_site


def test_an_edition_is_a_zip_a_changelog_a_description_and_checksums(frozen, capsys):
    assert "Froze data/editions/2026-11: 4 files" in capsys.readouterr().out
    assert sorted(path.name for path in frozen.iterdir()) == ["case_studies", "data"]
    files = read(frozen)
    assert list(files) == NAMES
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"}


def test_the_zip_holds_the_downloads_and_every_record_and_the_description_lists_them(frozen):
    site, files = site_of(frozen), read(frozen)
    about = json.loads(files["edition.json"])
    with zipfile.ZipFile(io.BytesIO(files["landscape-2026-11.zip"])) as packed:
        assert packed.testzip() is None
        held = {name.removeprefix("landscape-2026-11/"): packed.read(name) for name in packed.namelist()}
    downloads = {address: content for address, content in exports.files(site) if editions.is_frozen(address)}
    assert {"data/partnerships.csv", "api/v1/partnerships.json"} <= set(downloads)
    assert not [name for name in held if name.startswith("data/editions/")] and "api/v1/partnerships/thin-clinic.json" not in held
    assert held == {**downloads, "README.txt": held["README.txt"], editions.WHOLE: held[editions.WHOLE]}
    assert about["contents"] == [{"name": name, "bytes": len(held[name]), "sha256": hashlib.sha256(held[name]).hexdigest()} for name in sorted(held)]
    whole = json.loads(held[editions.WHOLE])["result"]
    assert whole["records"] == json.loads(json.dumps([plain.plain(record) for _, record in sorted(site.landscape.records.items())]))
    assert about["counts"] == {"records": 4, "case_studies": 1, "publications": 1, "surveys": 1}
    assert (about["name"], about["date"], about["previous"], about["changes"]) == ("2026-11", site.data_date, None, {})


def test_the_same_data_give_the_same_bytes(small_site):
    site = site_of(small_site)
    assert editions.freeze(site, "2026-11", exports.files(site)) == editions.freeze(site, "2026-11", reversed(list(exports.files(site))))


def test_a_frozen_edition_is_published_as_it_is_whatever_the_data_do(frozen):
    before = read(frozen)
    edit(frozen, "thin-clinic", "name: ", "name: Changed ")
    published = {address: content for address, content in exports.files(site_of(frozen)) if address.startswith("data/editions/")}
    assert published == {f"data/editions/2026-11/{name}": content for name, content in before.items()}
    assert read(frozen) == before


def test_the_landscape_tells_of_its_editions_newest_first(frozen):
    edit(frozen, "thin-clinic", "name: ", "name: Changed ")
    assert freeze(frozen, "2027-11") == 0
    found = load(frozen).editions
    assert [(one.name, one.previous) for one in found] == [("2027-11", "2026-11"), ("2026-11", "")]
    assert [(file.name, file.size, file.sha256) for file in found[1].files] == [(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in read(frozen).items()]
    assert found[0].changes["records"] == {"added": 0, "ended": 0, "changed": 1, "removed": 0}


def changelog_after(folder: Path) -> str:
    assert freeze(folder, "2027-11") == 0
    return read(folder, "2027-11")["CHANGES.md"].decode()


def test_the_changelog_names_what_was_added_changed_ended_and_taken_out(frozen):
    (frozen / "data/research/player-2020-elderfield.yml").unlink()
    thin = (frozen / "data/partnerships/thin-clinic.yml").read_text(encoding="utf-8")
    (frozen / "data/partnerships/new-clinic.yml").write_text(thin.replace("thin-clinic", "new-clinic").replace("name: ", "name: New [draft] "), encoding="utf-8")
    edit(frozen, "elderfield-surgery-advice", "as_written: over 400", "as_written: over 450")
    edit(frozen, "elderfield-surgery-advice", "area: Elderfield, Newham", "area: Elderfield in Newham")
    edit(frozen, "elderfield-advice-programme", "status: active\n", "status: ended\nended: 2027-01\n")
    edit(frozen, "elderfield-advice-programme", "supports: [name,", "supports: [ended, name,")
    said = changelog_after(frozen)
    assert "Compared with edition 2026-11" in said
    assert "### Added: 1\n\n- [New \\[draft\\] " in said and f"({ADDRESS}partnerships/new-clinic/)" in said
    assert "### Ended: 1\n\n- [Elderfield Advice Programme]" in said
    assert "partnerships/elderfield-surgery-advice/): area, outcomes" in said
    assert "partnerships/elderfield-advice-programme/): status, ended, sources" in said
    assert "### Taken out: 1\n\n- player-2020-elderfield" in said
    assert "thin-clinic" not in said and "old-elderfield-desk" not in said
    assert "## Case studies\n\nNo change." in said


def test_a_name_with_markup_stays_text_in_the_changelog(frozen):
    edit(frozen, "elderfield-surgery-advice", "area: Elderfield, Newham", "area: Elderfield in Newham")
    assert r"[Elderfield Surgery: advice on Tuesdays \<b\>\& Thursdays\</b\>]" in changelog_after(frozen)


def test_a_review_that_changes_nothing_is_no_change(frozen):
    edit(frozen, "thin-clinic", "last_reviewed: ", "last_changed: 2027-06-01\nlast_reviewed: ")
    assert "thin-clinic" not in changelog_after(frozen)


@pytest.mark.parametrize(("name", "why"), [("2026-11", "edition 2026-11 is already frozen"), ("2026-10", "edition 2026-11 is already frozen"), ("2026", '"2026" is not the name of an edition'), ("../x", "is not the name"), ("2026-13", "is not the name")])
def test_an_edition_is_frozen_once_and_under_a_good_name(frozen, capsys, name, why):
    before = read(frozen)
    assert freeze(frozen, name) == 1
    assert why in capsys.readouterr().err
    assert read(frozen) == before and [path.name for path in (frozen / "data/editions").iterdir()] == ["2026-11"]


@pytest.mark.parametrize("harm", ["changed", "missing", "added", "sums missing"])
def test_harm_to_a_frozen_file_is_told_by_the_check_and_stops_the_build(frozen, capsys, harm):
    folder = frozen / "data/editions/2026-11"
    assert main(["edition", "--check", "--root", str(frozen)]) == 0
    assert "Every file of 1 edition is as it was frozen." in capsys.readouterr().out
    if harm == "changed":
        (folder / "CHANGES.md").write_bytes((folder / "CHANGES.md").read_bytes() + b" ")
    elif harm == "added":
        (folder / "more.txt").write_text("more")
    else:
        (folder / {"missing": "landscape-2026-11.zip", "sums missing": "SHA256SUMS"}[harm]).unlink()
    named = {"changed": "CHANGES.md", "added": "more.txt", "missing": "landscape-2026-11.zip", "sums missing": "SHA256SUMS"}[harm]
    assert main(["edition", "--check", "--root", str(frozen)]) == 1
    assert f"data/editions/2026-11/{named}:1:1: is not the file that was frozen" in capsys.readouterr().out
    with pytest.raises(ProblemsFound):
        load(frozen)


def test_a_command_without_a_name_is_no_command(frozen, capsys):
    for arguments in (["edition"], ["edition", "2027-01", "--check"]):
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, "--root", str(frozen)])
        assert stopped.value.code == 2


def test_the_editions_of_the_project_are_unharmed():
    assert main(["edition", "--check", "--root", str(ROOT)]) == 0


def test_the_date_of_an_edition_is_that_of_the_data(small_site):
    landscape = load(small_site)
    made = [editions.freeze(site, "2026-11", ()) for site in (Site(landscape, today, ADDRESS) for today in (date(2026, 6, 1), date(2030, 1, 1)))]
    assert made[0] == made[1]
