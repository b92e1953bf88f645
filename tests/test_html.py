"""The HTML of the built site, judged by the Nu HTML checker and html-validate: the longest and the shortest page of each kind.

All pages take these programs half a minute of a processor, and six times that with 5,000 records. What a template can get
wrong shows on these; the workflow that checks a change runs scripts/check-html on all.
"""

from __future__ import annotations

import subprocess

import pytest

import html_checks
import page_kinds
from conftest import ROOT


WRONG = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Wrong</title></head><body><h1>Wrong</h1><p><div>x</div></p><img src="x.png"></body></html>'


@pytest.fixture(scope="module")
def faults(built, tmp_path_factory):
    """What both programs say of the samples and of a page that is wrong, in one run: they take longest to start."""
    subprocess.run([ROOT / "scripts/node-tools"], check=True)
    wrong = tmp_path_factory.mktemp("pages") / "wrong.html"
    wrong.write_text(WRONG, encoding="utf-8")
    return html_checks.check(built, [*page_kinds.samples(built), wrong])


def test_no_kind_of_page_has_an_error(faults, built):
    assert len(page_kinds.kinds(built)) > 40
    found = [str(fault) for fault in faults if not fault.page.endswith("/wrong.html")]
    assert found == [], "\n".join(found)


def test_both_programs_find_what_is_wrong(faults):
    """So that the test above cannot pass because nothing was looked at."""
    found = [fault.what for fault in faults if fault.page.endswith("/wrong.html")]
    assert any("(Nu: error)" in what for what in found) and any("(html-validate: wcag/h37)" in what for what in found)
