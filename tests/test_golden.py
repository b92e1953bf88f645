"""Golden cases: each folder in tests/golden holds files laid over the small site, and the exact report they must give."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import HERE, ROOT, make_site
from landscape import yaml_faults
from landscape.load import load
from landscape.problems import ProblemsFound, report

CASES = sorted(path for path in (HERE / "golden").iterdir() if path.is_dir())


def report_of(case: Path, folder: Path) -> str:
    """The report of the small site with a case's files laid over it."""
    site = make_site(folder / "site")
    shutil.copytree(case, site, dirs_exist_ok=True)
    (site / "expected.txt").unlink(missing_ok=True)
    try:
        load(site)
    except ProblemsFound as found:
        return report(found.problems)
    return "no problem"


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_case_gives_its_report(case, tmp_path):
    assert report_of(case, tmp_path) + "\n" == (case / "expected.txt").read_text(encoding="utf-8")


def _messages_in_source() -> set[str]:
    """The fixed part of every message the core can give, read from its source."""
    found = set()
    for module in ("nodes", "parse", "checks", "load", "vocabulary"):
        source = (ROOT / "hooks" / "landscape" / f"{module}.py").read_text(encoding="utf-8")
        for call in re.findall(r"(?:problem|Problem|note|wrong)\(([^\n]+)", source):
            for text in re.findall(r'f?"((?:[^"\\]|\\.)*)"|f?\'((?:[^\'\\]|\\.)*)\'', call.split("mend=")[0].split("allowed=")[0]):
                fixed = max(re.split(r"\{[^}]*\}", text[0] or text[1]), key=len).strip(' "')
                if len(fixed) > 9 and " " in fixed and "." not in fixed:
                    found.add(fixed)
    source = (ROOT / "hooks" / "landscape" / "yaml_faults.py").read_text(encoding="utf-8")
    found |= {what for table in (yaml_faults._IN_A_LINE, yaml_faults._TRANSLATIONS, yaml_faults._SHAPES) for _, what, _ in table}
    found |= set(re.findall(r'\bat\([^"\n]+, "([^"]+)", ', source)) | set(re.findall(r'^_[A-Z_]+ = \("([^"]+)", ', source, re.MULTILINE))
    return found


def test_every_message_has_a_golden_case():
    reports = "\n".join((case / "expected.txt").read_text(encoding="utf-8") for case in CASES)
    elsewhere = {"has no vocabulary files", "the line cannot be read as YAML", "is a link to another file, which may lie outside the project"}  # a case cannot take files away or be a link, and what YAML says is all translated
    missing = sorted(text for text in _messages_in_source() - elsewhere if text not in reports)
    assert len(_messages_in_source()) > 40
    assert missing == []
