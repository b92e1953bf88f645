"""The settings for nginx that the build writes, asked of a real nginx that serves a part of the real site, packed."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
from datetime import date
from pathlib import Path

import brotli
import pytest

from landscape.compress import compress
from landscape.derive import data_date
from landscape.exports import hosting, nginx as exported
from landscape.site import Site
from nginx_server import find, nginx

# Little enough to be packed in a moment.
PART = (
    "404.html", "index.html", "partnerships/index.html", "partnerships/hwc", "api/v1/index.json", "feeds/changes.xml", "oruk/index.json", "oruk/services.json", "oruk/services",
    "assets/landscape.css", "assets/landscape.js", "assets/list.json", "assets/mark.svg", "assets/fonts", "assets/vendor/leaflet-1.9.4", "data/partnerships.csv", "data/partnerships.geojson", "data/landscape.db",
)
EVERY_PAGE = ["", "partnerships/", "partnerships/hwc/", "assets/vendor/leaflet-1.9.4/leaflet.js", "assets/fonts/source-serif-4-latin-600-normal.woff2", "assets/landscape.css", "assets/mark.svg", "assets/list.json", "api/v1/index.json", "oruk/services.json", "oruk/v3", "oruk/v3/", "oruk/v3/services", "feeds/changes.xml", "data/editions/2026-11/x.csv"]


@pytest.fixture(scope="module")
def part(built, tmp_path_factory) -> Path:
    """A part of the built site, with an invented edition, packed."""
    folder = tmp_path_factory.mktemp("part") / "site"
    for name in PART:
        if (built / name).is_dir():
            shutil.copytree(built / name, folder / name)
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(built / name, folder / name)
    (folder / "data/editions/2026-11").mkdir(parents=True)
    (folder / "data/editions/2026-11/x.csv").write_text("id\nhwc\n")
    compress(folder)
    return folder


@pytest.fixture(scope="module")
def ask(part, small, tmp_path_factory):
    """Asks nginx for an address and returns (status, headers in small letters, body). Old addresses are those of the small site."""
    if find()[0] is None and not os.environ.get("CI"):
        pytest.skip("there is no nginx: run scripts/nginx")
    (part / "_headers").write_text("for other hosts")
    (part / "_nginx.conf").write_bytes(dict(exported.files(Site(small, date(2026, 6, 1), "https://example.org/")))["_nginx.conf"])
    with nginx(part, tmp_path_factory.mktemp("nginx")) as address:
        connection = http.client.HTTPConnection(address.split("/")[2], timeout=30)

        def asked(path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
            connection.request("GET", f"/{path}", headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

        yield asked
        connection.close()


def told(path: str) -> dict[str, str]:
    """The headers that ``_headers`` tells other hosts to send for an address."""
    fits = [headers for asked, headers in hosting.HEADERS if f"/{path}" == asked or asked.endswith("*") and f"/{path}".startswith(asked[:-1])]
    return {name.lower(): value for headers in fits for name, value in headers}


def test_the_build_writes_the_settings(built, real):
    assert (built / "_nginx.conf").read_bytes() == dict(exported.files(Site(real, data_date(real))))["_nginx.conf"]


def test_every_kind_of_file_of_the_site_has_a_type(built):
    """nginx would offer others for download, or show them as plain text. Names without an end are licences and files for hosts."""
    ends = {end for ends in exported.TYPES.values() for end in ends.split()}
    licences = {path.suffix.lstrip(".") for path in built.rglob("LICENSE")}
    assert {path.suffix.lstrip(".") for path in built.rglob("*") if path.is_file()} - ends <= {"", "conf"} | licences


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_nginx_sends_what_other_hosts_are_told_to(ask, path):
    status, headers, _ = ask(path)
    assert status == 200
    assert {name: headers.get(name) for name in {"cache-control": "no-cache", **told(path)}} == {"cache-control": "no-cache", **told(path)}


@pytest.mark.parametrize("path, type", [("", "text/html; charset=utf-8"), ("assets/landscape.js", "text/javascript; charset=utf-8"), ("assets/landscape.css", "text/css; charset=utf-8"), ("data/partnerships.csv", "text/csv; charset=utf-8"), ("data/partnerships.geojson", "application/geo+json; charset=utf-8"), ("assets/mark.svg", "image/svg+xml; charset=utf-8"), ("data/landscape.db", "application/vnd.sqlite3"), ("assets/vendor/leaflet-1.9.4/LICENSE", "text/plain; charset=utf-8")])
def test_a_file_is_what_its_type_says(ask, path, type):
    assert ask(path)[1]["content-type"] == type


def test_packed_files_are_sent_as_they_are(ask, part):
    for path in ("partnerships/", "assets/list.json"):
        file = part / path / "index.html" if path.endswith("/") else part / path
        status, headers, body = ask(path, Accept_Encoding="gzip")
        assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "Accept-Encoding")
        assert body == file.with_name(file.name + ".gz").read_bytes() and gzip.decompress(body) == file.read_bytes()
        assert ask(path)[2] == file.read_bytes() and "content-encoding" not in ask(path)[1] and ask(path)[1]["vary"] == "Accept-Encoding"


def test_brotli_comes_first_where_nginx_can(ask, part):
    if find()[1] is None and not os.environ.get("CI"):
        pytest.skip("this nginx has no module for Brotli")
    status, headers, body = ask("partnerships/", Accept_Encoding="gzip, deflate, br")
    assert (status, headers["content-encoding"], headers["vary"], headers["content-type"]) == (200, "br", "Accept-Encoding", "text/html; charset=utf-8")
    assert brotli.decompress(body) == (part / "partnerships/index.html").read_bytes()


def test_a_browser_that_has_the_page_is_told_in_a_few_bytes(ask):
    for encoding in ("identity", "gzip", "br"):
        tag = ask("partnerships/", Accept_Encoding=encoding)[1]["etag"]
        assert ask("partnerships/", Accept_Encoding=encoding, If_None_Match=tag)[::2] == (304, b"")


@pytest.mark.parametrize("path", ["nothing/", "partnerships/nothing/", "oruk/v3/nothing", "_headers", "_redirects", "_nginx.conf", "data/editions/2026-11/nothing.csv"])
def test_what_is_not_there_is_answered_with_the_page_for_it_and_never_kept(ask, part, path):
    status, headers, body = ask(path)
    assert (status, body) == (404, (part / "404.html").read_bytes())
    assert "cache-control" not in headers and headers["content-security-policy"] == hosting.POLICY


def test_addresses_of_open_referral_are_answered_by_their_files(ask, part):
    ids = sorted((part / "oruk/services").glob("*.json"))[:3]
    for path, file in {"oruk/v3": "index", "oruk/v3/": "index", "oruk/v3/services": "services", **{f"oruk/v3/services/{one.stem}": f"services/{one.stem}" for one in ids}}.items():
        assert ask(path)[2] == (part / f"oruk/{file}.json").read_bytes()


def test_readers_of_an_old_address_are_led_on(ask):
    for rest in ("", "card/", "record.yml?a=1"):
        status, headers, _ = ask(f"partnerships/elderfield-hospital-desk/{rest}")
        assert (status, headers["location"]) == (301, f"/partnerships/elderfield-surgery-advice/{rest}")
    assert ask("partnerships")[1]["location"] == "/partnerships/"  # whatever server stands in front
