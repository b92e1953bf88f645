"""The files for hosts: what a host that follows them would answer."""

from __future__ import annotations

import re

import pytest

from landscape.derive import data_date
from landscape.exports import hosting, oruk
from landscape.site import Site


@pytest.fixture(scope="module")
def site(real) -> Site:
    return Site(real, data_date(real), "https://example.org/")


def answered(rules: str, path: str) -> str:
    """The address whose file answers ``path``: the first rule that fits decides, as Cloudflare Pages and Netlify say."""
    for line in rules.splitlines():
        asked, answer, status = line.split()
        found = re.fullmatch(re.escape(asked).replace(r"\*", "(?P<splat>.*)"), path)
        if found:
            assert status in ("200", "301"), line
            return answer.replace(":splat", found.groupdict().get("splat", ""))
    return path


def test_every_address_of_the_standard_is_answered_by_a_file(site):
    rules = dict(hosting.files(site))["_redirects"].decode()
    files = {f"/{address}" for address, _ in oruk.files(site)}
    asked = {file.removesuffix(".json").replace("/oruk/", "/oruk/v3/", 1) for file in files - {"/oruk/index.json"}}
    assert {answered(rules, path) for path in asked} == files - {"/oruk/index.json"}
    assert answered(rules, "/oruk/v3") == answered(rules, "/oruk/v3/") == "/oruk/index.json"


def test_no_rule_stands_in_the_way_of_a_file_or_a_page(site):
    """Cloudflare Pages follows a rule even where a file stands at the address."""
    rules = dict(hosting.files(site))["_redirects"].decode()
    for address in ["oruk/", "partnerships/hwc/", *(address for address, _ in oruk.files(site))]:
        assert answered(rules, f"/{address}") == f"/{address}"


def test_everything_may_be_read_from_elsewhere(site):
    headers = dict(hosting.files(site))["_headers"].decode()
    assert re.match(r"/\*\n(  .+\n)*  Access-Control-Allow-Origin: \*\n", headers)
