"""The small invented site against its expected pages, byte for byte. After a wanted change run scripts/bless and read the diff."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conftest import HERE, ROOT
from landscape.render import Renderer
from landscape.site import Site
from landscape.views import pages

TODAY = date(2026, 6, 1)
EXPECTED = HERE / "expected"


def rendered(landscape) -> dict[str, str]:
    """Every computed page of a landscape as text, by file name."""
    renderer = Renderer(ROOT / "theme" / "pages", landscape.vocabularies, "https://example.com/repo", "https://example.com/site/")
    return {f"{page.url}index.html": renderer.render(page) for page in pages(Site(landscape, TODAY))}


def shown(name: str) -> bool:
    """Pages kept in the expected tree: one or two of each kind, and none that only repeat the vocabularies."""
    parts = Path(name).parts
    listing = parts[0] in ("settings", "nations", "regions", "local-authorities", "issues", "providers", "landscape") or name.startswith("research/map/")
    short = ("landscape/index.html", "research/map/index.html")
    return name not in REPEATING and (not listing or name in KEPT or (len(parts) == 2 and name not in short))


REPEATING = {f"{name}/index.html" for name in ("data/vocabularies", "data/fields", "feeds", "api", "oruk")}
KEPT = {f"{name}/index.html" for name in ("landscape/funders/charity", "research/map/gp-practice", "settings/gp-practice", "settings/pharmacy", "nations/england", "regions/london", "local-authorities/newham", "issues/debt", "providers/citizens-advice")}


@pytest.fixture(scope="module")
def site(small):
    return rendered(small)


def test_the_small_site_has_the_expected_pages(site):
    found = {name for name in site if shown(name)}
    kept = {path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("index.html")}
    assert found == kept


@pytest.mark.parametrize("name", sorted(path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("index.html")))
def test_a_page_is_as_expected(site, name):
    assert site[name] == (EXPECTED / name).read_text(encoding="utf-8")


def test_text_of_a_record_is_never_markup_or_template(site):
    for name, html in site.items():
        # The one script a template may write holds data, in which no sign of markup is left as it is.
        data = re.findall(r'<script type="application/json" id="[a-z-]+">([^<>&]*)</script>', html)
        assert html.count("<script") == len(data), name
        assert "<b>&amp; Thursdays" not in html and "<b>& Thursdays" not in html, name
    record = site["partnerships/elderfield-surgery-advice/index.html"]
    assert "{{ 7 * 7 }} is text here, and so is &lt;script&gt;alert(1)&lt;/script&gt;" in record
    assert "&lt;script&gt;alert(2)&lt;/script&gt; is only text" in site["case-studies/elderfield-surgery-advice/index.html"]


def test_output_does_not_depend_on_the_order_of_files(small, site):
    turned = replace(small, records=dict(reversed(list(small.records.items()))), publications=dict(reversed(list(small.publications.items()))))
    assert rendered(turned) == site
