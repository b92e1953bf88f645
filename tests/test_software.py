"""The software of others: the manifest names all that browsers load, the audit asks for all of it, and the bill of materials and
the page list all of it with licences."""

from __future__ import annotations

import copy
import gzip
import html
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import metadata
from pathlib import Path

import pytest
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator

import npm_project
import sbom
from conftest import ROOT
from landscape.software import read_bill
from landscape.views.software import LICENCES, sections

ASSETS = ROOT / "theme/assets"
MANIFEST = json.loads((ROOT / sbom.MANIFEST).read_text(encoding="utf-8"))
PACKAGES = MANIFEST["packages"]
NAMED = [one for package in PACKAGES for one in npm_project.with_inside(package)]
FILES = {path: file for package in PACKAGES for path, file in package["files"].items()}
TEXTS = {path for one in NAMED for path in one["licence_texts"]}
BILL = (ROOT / sbom.BILL).read_text(encoding="utf-8")
LIBRARIES = read_bill(BILL.encode()).libraries
REASONS = sbom.reasons((ROOT / "requirements.in").read_text(encoding="utf-8"))
PINS = sbom.pins((ROOT / "requirements.txt").read_text(encoding="utf-8"))

# The manifest


def folders_of_others(assets: Path) -> set[str]:
    """The files in folders below assets/: what is ours lies in assets/ itself."""
    return {path.relative_to(assets).as_posix() for path in assets.glob("*/**/*") if path.is_file()}


def installed(package: dict, place: str) -> Path:
    """A file of an installed library, by its place in the library's folders."""
    return Path(metadata.distribution(package["name"]).locate_file(place))


def test_the_manifest_names_every_file_of_others_and_no_more():
    copied = {path for package in PACKAGES if package["registry"] == "pypi" for path in package["files"]}
    assert folders_of_others(ASSETS) == {*FILES, *TEXTS} - copied


def test_so_it_is_in_the_built_site(built):
    assert folders_of_others(built / "assets") == {*FILES, *TEXTS}


@pytest.mark.parametrize("path", FILES)
def test_a_file_of_others_is_the_one_that_the_manifest_names(path):
    package = next(one for one in PACKAGES if path in one["files"])
    place = installed(package, FILES[path]["from"]) if package["registry"] == "pypi" else ASSETS / path
    assert sha256(place.read_bytes()).hexdigest() == FILES[path]["sha256"]


@pytest.mark.parametrize("package", [one for one in PACKAGES if one["registry"] == "pypi" and one["files"]], ids=lambda package: package["name"])
def test_a_file_that_the_build_copies_is_of_the_pinned_version(package):
    assert package["version"] == next(pin.version for pin in PINS if pin.name == package["name"]), "bring data/software/vendored.json up to the pin: version, hashes, licence texts"
    licence = next(file for file in metadata.files(package["name"]) if file.name == "LICENSE" and "dist-info" in str(file))
    assert licence.locate().read_bytes() == (ASSETS / package["licence_texts"][0]).read_bytes()


@pytest.mark.parametrize("one", NAMED, ids=lambda one: one["name"])
def test_a_licence_text_lies_beside_what_it_is_for(one):
    assert one["licence_texts"] and all((ASSETS / path).read_text(encoding="utf-8").strip() for path in one["licence_texts"])


def test_a_file_of_ours_that_holds_parts_of_others_is_named_as_adapted():
    """Who takes parts of a file over keeps its copyright line, as MIT and its like ask."""
    held = {path.name for path in ASSETS.glob("*.*") if "copyright (c)" in path.read_text(encoding="utf-8").lower()}
    assert held == {path for package in PACKAGES for path in package.get("adapted", ())}, "name the files under adapted in data/software/vendored.json, then run scripts/sbom"


# The audit

SMALL = {"packages": [
    {"name": "outer", "registry": "npm", "version": "2.0.0", "files": {}, "inside": [{"name": "inner", "registry": "npm", "version": "1.1.0"}, {"name": "Icons"}]},
    {"name": "@who/font", "registry": "npm", "version": "5.0.0", "files": {}}, {"name": "theme", "registry": "pypi", "version": "9.0.0", "files": {}},
]}


def test_npm_is_asked_about_the_versions_that_we_have():
    made = {name: json.loads(text) for name, text in npm_project.npm_project(SMALL).items()}
    asked = {"@who/font": "5.0.0", "inner": "1.1.0", "outer": "2.0.0"}
    assert made["package.json"]["dependencies"] == made["package-lock.json"]["packages"][""]["dependencies"] == asked
    assert {place: one["version"] for place, one in made["package-lock.json"]["packages"].items() if place} == {f"node_modules/{name}": version for name, version in asked.items()}


@pytest.fixture
def registry():
    """A registry of npm that knows of the faults in ``registry.faults`` and notes in ``registry.asked`` what it is asked about."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.asked.update(json.loads(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body))
            self._answer(200, self.server.faults)

        def do_GET(self):
            self._answer(404, {})

        def _answer(self, status, what):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.faults, server.asked, server.address = {}, {}, f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed; CI has it")
@pytest.mark.parametrize("faults, status", [({}, 0), ({"kdbush": [{"id": 1, "url": "https://example.org/1", "title": "A fault", "severity": "low", "vulnerable_versions": "<=99", "cwe": [], "cvss": {"score": 0, "vectorString": None}}]}, 1)])
def test_a_known_fault_of_a_vendored_version_fails_the_audit(faults, status, registry, tmp_path):
    registry.faults = faults
    npm_project.main(str(ROOT / sbom.MANIFEST), str(tmp_path))
    done = subprocess.run(["npm", "audit", "--package-lock-only", "--registry", registry.address], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == status, done.stdout + done.stderr
    assert registry.asked == {one["name"]: [one["version"]] for one in NAMED if one.get("registry") == "npm"}


@pytest.fixture
def audit(tmp_path):
    """Runs scripts/audit with tools that answer as told and note how they were called: (exit status, calls)."""
    folder, tools, calls = tmp_path / "project", tmp_path / "tools", tmp_path / "calls.txt"
    for name in ("scripts/audit", "tests/npm_project.py", sbom.MANIFEST):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "tests/more").mkdir()
    (folder / "tests/more/package-lock.json").touch()
    tools.mkdir()

    def tool(path: Path, text: str) -> None:
        path.write_text(f"#!/bin/bash\n{text}\n")
        path.chmod(0o755)

    def run(pip_audit: int = 0, npm: int = 0) -> tuple[int, str]:
        tool(tools / "pip-audit", f'echo "pip-audit $*" >> {calls}; exit {pip_audit}')
        tool(tools / "pip", "exit 0")
        tool(tools / "npm", f'echo "npm $* in $(basename "$PWD")" >> {calls}; exit {npm}')
        tool(tools / "python3", f'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp {tools}/pip* "$3/bin/"; else exec {sys.executable} "$@"; fi')
        done = subprocess.run([str(folder / "scripts/audit")], capture_output=True, text=True, env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"})
        return done.returncode, calls.read_text()

    return run


@pytest.mark.parametrize("faults", [{}, {"pip_audit": 1}, {"npm": 1}], ids=["none", "of Python", "of npm"])
def test_a_fault_of_either_world_fails_the_audit_and_hides_none_of_the_other(faults, audit):
    status, calls = audit(**faults)
    assert status == (1 if faults else 0)
    assert re.search("pip-audit .*--strict .*--requirement requirements-test.txt", calls)
    assert calls.count("npm audit --package-lock-only in npm") == calls.count("npm audit --package-lock-only in more") == 1


# The bill of materials


def test_the_bill_is_current():
    assert sbom.sbom(ROOT, sbom.date_of(BILL)) == BILL, "the pins or data/software/vendored.json have changed: run scripts/sbom and commit data/software/sbom.cdx.json"


def test_the_bill_follows_the_schema_of_cyclonedx():
    validator = make_schemabased_validator(OutputFormat.JSON, SchemaVersion.V1_6)
    assert validator.validate_str(BILL) is None
    assert validator.validate_str(BILL.replace('"type": "application"', '"type": "thing"')) is not None


def project(folder: Path, **changed: str) -> Path:
    """What the bill is made from, in ``folder``."""
    for name in ("requirements.in", "requirements.txt", sbom.MANIFEST):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(changed.get(name, (ROOT / name).read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def test_another_order_is_the_same_bill_and_another_version_another(tmp_path):
    turned, newer = copy.deepcopy(MANIFEST), copy.deepcopy(MANIFEST)
    turned["packages"].reverse()
    newer["packages"][1]["version"] = "99.0.0"
    date = sbom.date_of(BILL)
    made, same, other = (sbom.sbom(project(tmp_path / name, **{sbom.MANIFEST: json.dumps(one)}), date) for name, one in (("a", MANIFEST), ("b", turned), ("c", newer)))
    assert same == made
    assert json.loads(other)["serialNumber"] != json.loads(made)["serialNumber"]


def test_the_date_moves_only_with_the_bill(tmp_path, capsys):
    folder = project(tmp_path)
    sbom.main(folder, "2026-11-01")
    sbom.main(folder, "2027-01-01")
    assert sbom.date_of((folder / sbom.BILL).read_text(encoding="utf-8")) == "2026-11-01"
    (folder / "requirements.in").write_text("mkdocs==1.6.1  # another reason\n")
    sbom.main(folder, "2027-01-01")
    assert sbom.date_of((folder / sbom.BILL).read_text(encoding="utf-8")) == "2027-01-01"


def test_every_pin_of_the_lock_is_read():
    lines = re.findall(r"^(\S+)==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted((pin.name, pin.version) for pin in PINS) == sorted(lines)
    assert all(pin.via for pin in PINS)


def test_a_pin_is_read_with_its_marker_and_what_asks_for_it():
    lock = "one==1 ; python_full_version < '3.15' \\\n    --hash=sha256:0\n    # via\n    #   -r requirements.in\n    #   two\ntwo==2 \\\n    --hash=sha256:0\n    # via three-via\n"
    assert sbom.pins(lock) == [sbom.Pin("one", "1", "python_full_version < '3.15'", ("-r requirements.in", "two")), sbom.Pin("two", "2", "", ("three-via",))]


def test_no_licence_is_written_by_hand_without_need():
    by_name = {pin.name: pin for pin in PINS}
    assert [name for name in sbom.READ_BY_HAND if name not in by_name or not by_name[name].marker and sbom.declared_licence(name)] == []


def test_a_library_without_a_clear_licence_stops_the_bill(monkeypatch):
    monkeypatch.setattr(sbom, "READ_BY_HAND", {})
    with pytest.raises(sbom.NotKnown, match="feedgenerator names no licence clearly: read its licence file"):
        sbom.licence_of(next(pin for pin in PINS if pin.name == "feedgenerator"))


# The page


def test_the_bill_is_published_and_named_in_the_head_of_the_page(built):
    assert (built / "data/sbom.cdx.json").read_text(encoding="utf-8") == BILL
    page = (built / "about/software/index.html").read_text(encoding="utf-8")
    assert re.search(r'<link rel="alternate" type="application/vnd.cyclonedx\+json"[^>]+data/sbom.cdx.json"', page)


@pytest.fixture(scope="module")
def rows(built) -> dict[str, str]:
    """The text of each row of the page's tables, by the first of its cells."""
    page = (built / "about/software/index.html").read_text(encoding="utf-8")
    read = [[html.unescape(re.sub(r"<[^>]+>", " ", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    return {" ".join(cells[0].split()): " ".join(cells[1].split()) for cells in read}


def test_no_direct_dependency_is_missing_from_the_page(rows):
    direct = {pin.name: pin.version for pin in PINS if any(one.startswith("-r") for one in pin.via)}
    assert REASONS and direct.keys() == REASONS.keys()
    for name, reason in REASONS.items():
        assert reason, f"{name} has no reason in requirements.in"
        told = [purpose for cell, purpose in rows.items() if cell.startswith(f"{name} {direct[name]} ")]
        assert any(reason.lower() in purpose.lower() for purpose in told), name


def test_nothing_that_comes_along_is_missing_from_the_page(rows):
    assert [pin for pin in PINS if not any(cell.startswith(f"{pin.name} {pin.version} ") for cell in rows)] == []


def test_no_file_of_others_is_missing_from_the_page(rows):
    for package in PACKAGES:
        told = [purpose for cell, purpose in rows.items() if cell.startswith(f"{package['name']} {package['version']} ")]
        assert any(all(path.rpartition("/")[2] in purpose for path in package["files"]) for purpose in told), package["name"]
    assert [one["name"] for one in NAMED if not any(cell.startswith(one["name"]) and one["licence"] in cell for cell in rows)] == []


def test_every_licence_has_been_compared_with_what_we_do():
    new = {one.licence for one in LIBRARIES} - LICENCES.keys()
    assert not new, "read these licences: if they allow an MIT project and a public website, say so in LICENCES of views/software.py; else do without the library"


def test_what_the_browser_loads_asks_for_no_source_to_be_passed_on():
    """What we pass on: under copyleft we would have to pass on sources too, and nobody has arranged for that."""
    browser, build, along = sections(LIBRARIES)
    assert not {one.licence for one, _ in browser.rows} & {"LGPL-3.0-or-later", "MPL-2.0"}
    assert {one.name for one, _ in (*browser.rows, *build.rows, *along.rows)} == {one.name for one in LIBRARIES}
