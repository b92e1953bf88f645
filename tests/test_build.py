"""The build as a whole: the same bytes anywhere, and a failed one that harms nothing."""

from __future__ import annotations

import filecmp
import os
import subprocess
from pathlib import Path

import pytest

from conftest import copy_project, run_build


def files_below(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def test_two_builds_give_the_same_bytes(built, project, tmp_path):
    """Another folder, time zone, language, hash seed and clock of the environment."""
    again = tmp_path / "again"
    run_build(project, again, TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="4242", SOURCE_DATE_EPOCH="86400")
    one, two = files_below(built), files_below(again)
    assert set(one) == set(two)
    assert [name for name in one if not filecmp.cmp(one[name], two[name], shallow=False)] == []


def test_the_date_of_a_build_is_an_argument(project, tmp_path):
    run_build(project, tmp_path / "later", LANDSCAPE_DATE="2028-01-01")
    assert "Review due" in (tmp_path / "later/partnerships/index.html").read_text(encoding="utf-8")


@pytest.fixture
def broken(tmp_path) -> Path:
    folder = tmp_path / "broken"
    copy_project(folder)
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("the last good site")
    return folder


def failed_build(folder: Path) -> str:
    done = subprocess.run([str(folder / "scripts/build")], capture_output=True, text=True, env=os.environ)
    assert done.returncode != 0
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith("site")) == ["site"]
    assert (folder / "site/index.html").read_text() == "the last good site"
    return done.stdout + done.stderr


def test_a_fault_in_the_data_leaves_the_last_good_site(broken):
    (broken / "data/partnerships/new.yml").write_text("id: new\nkind: partnership\n")
    said = failed_build(broken)
    assert "data/partnerships/new.yml:1:1: name: is missing" in said
    assert "Traceback" not in said


def test_a_dead_link_in_a_page_fails_the_build_and_leaves_the_last_good_site(broken):
    page = broken / "docs/about/privacy.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[nowhere](nowhere.md)\n", encoding="utf-8")
    assert "nowhere.md" in failed_build(broken)
