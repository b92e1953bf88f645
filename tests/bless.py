"""Write the expected pages of the small site and the expected reports of the golden cases anew. Run by scripts/bless."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import test_golden
import test_small_site
from conftest import make_site
from landscape.load import load


def bless_pages() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pages = test_small_site.rendered(load(make_site(Path(folder))))
    shutil.rmtree(test_small_site.EXPECTED, ignore_errors=True)
    for name, html in pages.items():
        if test_small_site.shown(name):
            path = test_small_site.EXPECTED / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html, encoding="utf-8")


def bless_reports() -> None:
    for case in test_golden.CASES:
        with tempfile.TemporaryDirectory() as folder:
            (case / "expected.txt").write_text(test_golden.report_of(case, Path(folder)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    bless_pages()
    bless_reports()
