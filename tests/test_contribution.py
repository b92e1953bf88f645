"""A whole contribution in a scratch Git repository, by the commands an editor uses: new, check, review, confirm, retire."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, make_site

ID = "riverside-clinic-advice"
RECORD = f"data/partnerships/{ID}.yml"
# A first try with one mistake: the setting.
DRAFT = """id: riverside-clinic-advice
kind: partnership
name: Riverside clinic advice
summary: An invented advice organisation sees patients of an invented clinic in Newham.
status: active
status_as_of: 2025
nation: england
region: london
local_authorities: [newham]
settings: [gp-practise]
partners:
  - name: Riverside Clinic
    kind: gp-practice
    side: health
    roles: [host]
  - name: Riverside Advice
    kind: citizens-advice
    side: advice
    roles: [adviser]
issues: [debt]
sources:
  - id: s1
    title: Advice at the clinic
    publisher: Riverside Clinic
    date: 2025-03
    url: https://www.example.org/advice
    supports: [name, summary, status, status_as_of, nation, region, local_authorities, settings, partners, issues]
first_listed: 2026-05-20
last_reviewed: 2026-05-20
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    site = make_site(tmp_path / "scratch")
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "add", ".")
    commit(site, "As published")
    return site


def git(folder: Path, *arguments: str) -> str:
    identity = {"GIT_AUTHOR_NAME": "Test", "GIT_AUTHOR_EMAIL": "test@example.org", "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.org", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **identity}, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "commit", "--quiet", "--message", message)


def landscape(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """(exit code, output, error output) of a command."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    environment.pop("GITHUB_ACTIONS", None)
    done = subprocess.run([sys.executable, "-m", "landscape", *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def test_a_whole_contribution(repository):
    git(repository, "switch", "--quiet", "--create", "riverside")

    # New, with a mistake: the check tells where, and what was meant; the review tells it too, and on its line.
    (repository / RECORD).write_text(DRAFT)
    code, out, _ = landscape(repository, "check")
    assert code == 1 and f'{RECORD}:10:12: settings.1: "gp-practise" is not a setting' in out and "did you mean: gp-practice" in out
    code, out, errors = landscape(repository, "review", "main", "--github")
    assert code == 1 and "1 record added and 1 problem." in out and "did you mean: gp-practice" in out
    assert errors.strip() == ""  # the check has annotated it

    # Mended: no problem, and the review tells what comes.
    (repository / RECORD).write_text(DRAFT.replace("gp-practise", "gp-practice"))
    assert landscape(repository, "check") == (0, "No problem in 5 records, 1 publication and 1 case study.\n", "")
    code, out, errors = landscape(repository, "review", "main", "--github")
    assert code == 0 and errors.strip() == "" and "1 record added." in out and "## Problems" not in out
    assert f"**Riverside clinic advice** (`{ID}`)" in out and "- `https://www.example.org/advice`" in out
    assert f"- New page `/partnerships/{ID}/`, and a row in " in out and "Council areas: Newham" in out
    git(repository, "add", ".")
    commit(repository, "Add Riverside")
    git(repository, "switch", "--quiet", "main")
    git(repository, "merge", "--quiet", "riverside")

    # Changed without its date: the review reminds. Confirmed: only the day of the review moves.
    (repository / RECORD).write_text((repository / RECORD).read_text().replace("status: active\n", "status: ended\nended: 2026-04\n").replace("supports: [name", "supports: [ended, name"))
    code, out, _ = landscape(repository, "review", "HEAD")
    assert code == 0 and "**Status**: Active → Ended" in out and "## Records ended" in out and "so set `last_changed:`" in out
    git(repository, "checkout", "--quiet", "--", RECORD)
    assert landscape(repository, "confirm", ID, "--date", "2026-06-30")[0] == 0
    assert git(repository, "diff", "--unified=0", "--", RECORD).splitlines()[-2:] == ["-last_reviewed: 2026-05-20", "+last_reviewed: 2026-06-30"]
    git(repository, "checkout", "--quiet", "--", RECORD)

    # Written a second time under another name: the review says so.
    twin = "riverside-surgery"
    (repository / f"data/partnerships/{twin}.yml").write_text((repository / RECORD).read_text().replace(f"id: {ID}", f"id: {twin}").replace("name: Riverside clinic advice", "name: Advice at the Riverside clinic"))
    code, out, _ = landscape(repository, "review", "main")
    assert "## Likely duplicates" in out and f"(`{twin}`) may be **Riverside clinic advice** (`{ID}`)" in out and "the same council: Newham" in out
    (repository / f"data/partnerships/{twin}.yml").unlink()

    # Deleted by hand: refused. Retired: an entry, and an old address that leads on.
    renamed = repository / "data/partnerships/riverside-advice.yml"
    renamed.write_text((repository / RECORD).read_text().replace(f"id: {ID}", "id: riverside-advice"))
    (repository / RECORD).unlink()
    code, out, errors = landscape(repository, "review", "main", "--github")
    assert code == 1 and "is now" in out and "--became riverside-advice" in out
    assert errors.startswith("::error file=data/retired.yml,line=1,col=1::retired: ")
    renamed.unlink()
    code, out, _ = landscape(repository, "review", "main")
    assert code == 1 and "is gone, but has no entry here" in out and "scripts/retire" in out
    assert f"- `/partnerships/{ID}/` is not found any more" in out
    git(repository, "checkout", "--quiet", "--", RECORD)
    code, out, _ = landscape(repository, "retire", ID, "--why", "It is part of Thin clinic.", "--became", "thin-clinic", "--date", "2026-07-01")
    assert code == 0 and "Its old address leads to thin-clinic." in out
    assert git(repository, "status", "--short").split() == ["D", RECORD, "M", "data/retired.yml"]
    assert landscape(repository, "check")[0] == 0
    code, out, _ = landscape(repository, "review", "main")
    assert code == 0 and "1 record retired." in out and "From now on its address leads to `thin-clinic`." in out
    assert f"- `/partnerships/{ID}/` says that the record is no longer listed" in out

    # The id is never used again.
    (repository / RECORD).write_text(DRAFT.replace("gp-practise", "gp-practice"))
    code, out, _ = landscape(repository, "check")
    assert code == 1 and f'{RECORD}:1:1: id: "{ID}" was the id of a record that was retired on 2026-07-01' in out


def test_a_record_that_others_name_is_not_retired(repository):
    before = git(repository, "status", "--short")
    code, out, _ = landscape(repository, "retire", "elderfield-surgery-advice", "--why", "It was listed twice.")
    assert code == 1 and "case_studies/elderfield-surgery-advice.md: partnership" in out and git(repository, "status", "--short") == before


def test_a_reason_with_personal_data_is_refused(repository):
    code, out, _ = landscape(repository, "retire", "thin-clinic", "--why", "Ask anna@example.org.")
    assert code == 1 and "holds an e-mail address" in out and git(repository, "status", "--short") == ""


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=x", ""])
def test_a_revision_that_is_not_there(repository, revision):
    code, out, errors = landscape(repository, "review", "--", revision)
    assert code == 2 and out == "" and "nothing to compare with" in errors
    assert git(repository, "status", "--short") == ""
