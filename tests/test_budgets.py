"""What a first visit loads stays within tests/budgets.yml, and nothing but small stylesheets holds up the first paint."""

from __future__ import annotations

import re

import budgets
import page_kinds


def test_each_kind_of_page_loads_no_more_than_its_budget(built):
    allowed = budgets.budgets()
    loaded = budgets.weigh(built, {kind: one["address"] for kind, one in allowed.items()})
    assert budgets.over(loaded, allowed) == []
    # So that a browser that loaded nothing cannot pass: every page has a style, a script and a font.
    assert all(loaded[kind][group] > 1000 for kind in allowed for group in ("html", "css", "js", "fonts"))


def test_what_is_over_its_budget_is_said():
    loaded = {"home": dict.fromkeys(budgets.WHAT, 1000)}
    allowed = {"home": {**dict.fromkeys(budgets.WHAT, 1000), "js": 999}}
    assert budgets.over(loaded, allowed) == ["home: js 1,000 bytes, budget 999"]


def test_only_small_stylesheets_hold_up_the_first_paint(built):
    """Scripts are modules, which wait for the page; paper's styles wait for paper; no style asks for another one."""
    for page in page_kinds.samples(built):
        text = page.read_text(encoding="utf-8")
        head = text.partition("</head>")[0]
        scripts = re.findall(r"<script\b[^>]*>", text)
        assert [tag for tag in scripts if 'type="module"' not in tag and 'type="application/' not in tag] == [], page
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', head)
        root = built if page.name == "404.html" else page.parent
        sheets = [(root / style.removeprefix("/landscape/")).resolve().read_text(encoding="utf-8") for style in styles]
        assert 0 < len(sheets) <= 5 and "@import" not in "".join(sheets), page
        assert "<style" not in text and " style=" not in text, page


def test_pictures_have_their_size_so_that_nothing_moves_when_they_come(built):
    for page in page_kinds.samples(built):
        pictures = re.findall(r"<img\b[^>]*>", page.read_text(encoding="utf-8"))
        assert [one for one in pictures if not (" width=" in one and " height=" in one)] == [], page
