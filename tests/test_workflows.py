"""What GitHub runs: safe, pinned, and calling only what is there. The linters are those that others wrote."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from conftest import HERE, ROOT, copy_project
from landscape.__main__ import EDITING

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = {path.stem: YAML(typ="safe").load(path) for path in sorted(FOLDER.glob("*.yml"))}
JOBS = [(name, id, job) for name, workflow in WORKFLOWS.items() for id, job in workflow["jobs"].items()]
TOOLS = Path(sys.executable).parent


def scripts(job: dict) -> str:
    return "\n".join(step.get("run", "") for step in job["steps"])


def lint(*command: str) -> None:
    done = subprocess.run([str(TOOLS / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_unsafe():
    lint("zizmor", "--offline", "--no-config", "--persona=auditor", ".github")


@pytest.mark.skipif(sys.platform != "linux", reason="actionlint comes in a wheel for Linux only; CI runs it there")
def test_actionlint_finds_no_fault():
    lint("actionlint", *(str(path) for path in sorted(FOLDER.glob("*.yml"))))


@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_the_workflows_follow_githubs_schema(schema):
    lint("check-jsonschema", "--builtin-schema", schema, *(str(path) for path in sorted(FOLDER.glob("*.yml"))))


def test_dependabot_follows_its_schema():
    lint("check-jsonschema", "--builtin-schema", "vendor.dependabot", ".github/dependabot.yml")


def test_every_action_is_pinned_to_one_commit_and_says_its_version():
    found = [line.strip() for path in FOLDER.glob("*.yml") for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert found and all(re.fullmatch(r"(- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line) for line in found), found
    pins = {line.partition("uses: ")[2] for line in found}
    assert len({pin.partition("@")[0] for pin in pins}) == len(pins)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_is_allowed_unless_a_job_says_why(name):
    assert WORKFLOWS[name]["permissions"] == {}
    assert all(job["permissions"] for job in WORKFLOWS[name]["jobs"].values())


@pytest.mark.parametrize("name, id, job", JOBS, ids=[f"{name}-{id}" for name, id, _ in JOBS])
def test_no_job_gives_contributed_code_the_right_to_write(name, id, job):
    """A job that may write runs on no one's change: it has no checkout, or it starts from a clock on the default branch."""
    starts = set(WORKFLOWS[name].get("on", WORKFLOWS[name].get(True)))
    writes = "write" in job["permissions"].values()
    uses = " ".join(step.get("uses", "") for step in job["steps"])
    if writes and not starts <= {"schedule", "workflow_dispatch"}:
        assert "actions/checkout" not in uses
        assert not re.search(r"\b(scripts|\.ci)/|python|git (clone|fetch|checkout)", scripts(job))


def test_a_text_from_outside_never_stands_in_a_command():
    for name, id, job in JOBS:
        assert "${{" not in scripts(job), (name, id)


@pytest.mark.parametrize("name, id, job", JOBS, ids=[f"{name}-{id}" for name, id, _ in JOBS])
def test_what_a_job_calls_is_there(name, id, job):
    for script in re.findall(r"(?<![\w/])((?:scripts|\.ci)/[\w-]+)", scripts(job)):
        assert os.access(ROOT / script, os.X_OK), script
    for command in re.findall(r"-m landscape ([\w-]+)", scripts(job)):
        assert command in EDITING, command
    for workflow in re.findall(r"gh workflow run (\S+)", scripts(job)):
        assert (FOLDER / workflow).is_file(), workflow


def test_the_review_is_posted_after_the_check():
    trigger = WORKFLOWS["post-review"].get("on", WORKFLOWS["post-review"].get(True))
    assert trigger["workflow_run"]["workflows"] == [WORKFLOWS["check"]["name"]]


def test_what_is_published_is_what_was_checked():
    build, deploy = WORKFLOWS["publish"]["jobs"]["build"], WORKFLOWS["publish"]["jobs"]["deploy"]
    assert deploy["needs"] == "build"
    steps = [step.get("run") or step["uses"].partition("@")[0] for step in build["steps"]]
    assert steps == ["actions/checkout", "scripts/check-data", "scripts/test", "scripts/build --offline --site-dir _site", "actions/upload-pages-artifact"]


# --- the steps, run ---------------------------------------------------------------------------------------------------


def step(workflow: str, job: str, name: str) -> dict:
    return next(step for step in WORKFLOWS[workflow]["jobs"][job]["steps"] if step["name"] == name)


def run_step(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    """A step's script as GitHub runs it: bash, stopping at the first fault."""
    output = folder / "github-output.txt"
    done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, capture_output=True, text=True, env={**os.environ, "GITHUB_OUTPUT": str(output), **environment})
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture
def copied(tmp_path) -> Path:
    folder = tmp_path / "copy"
    copy_project(folder)
    return folder


def saved(name: str) -> str:
    return (HERE / "issues" / f"{name}.md").read_text(encoding="utf-8")


def test_the_step_that_converts_makes_the_record(copied):
    run_step(step("issue-to-record", "convert", "Convert")["run"], copied, BODY=saved("short"), NUMBER="12")
    path = "data/partnerships/marlow-vale-hospice-welfare-advice.yml"
    assert (copied / "github-output.txt").read_text() == f"path={path}\n"
    assert (copied / "made/record.yml").read_bytes() == (copied / path).read_bytes()


def test_the_step_that_converts_makes_a_comment_of_faults_and_no_file(copied):
    before = {path.name for path in (copied / "data/partnerships").iterdir()}
    run_step(step("issue-to-record", "convert", "Convert")["run"], copied, BODY=saved("smuggled"), NUMBER="12")
    assert not (copied / "github-output.txt").exists()
    assert "stands twice" in (copied / "made/comment.md").read_text(encoding="utf-8")
    assert {path.name for path in (copied / "data/partnerships").iterdir()} == before


def test_a_crash_of_the_converter_is_no_comment(copied):
    (copied / "scripts/from-issue").write_text("#!/bin/sh\nexit 1\n")
    done = subprocess.run(["bash", "-eo", "pipefail", "-c", step("issue-to-record", "convert", "Convert")["run"]], cwd=copied, capture_output=True, env={**os.environ, "BODY": "x", "NUMBER": "1", "GITHUB_OUTPUT": str(copied / "out")})
    assert done.returncode != 0 and not (copied / "made/comment.md").exists()


def gh(folder: Path, answers: str = "") -> dict[str, str]:
    """An environment whose ``gh`` writes down how it was called and answers a listing with ``answers``."""
    tools = folder / "tools"
    tools.mkdir()
    (tools / "gh").write_text(f'#!/bin/bash\nprintf "%q " "$@" >> "{folder}/calls.txt"; echo >> "{folder}/calls.txt"\ncase "$1 $2" in "pr list"|"issue list") echo "{answers}";; "api repos/"*) echo abc123;; esac\n')
    (tools / "gh").chmod(0o755)
    return {"PATH": f"{tools}:{os.environ['PATH']}", "GH_REPO": "owner/project", "NUMBER": "12", "BRANCH": "issue-12-1", "MAIN": "main", "TITLE": "Report", "LABEL": "links", "COMMIT": "abc", "PAGE": "https://example.org/run"}


def test_the_step_that_proposes_puts_the_file_on_a_branch(tmp_path):
    (tmp_path / "made").mkdir()
    (tmp_path / "made/record.yml").write_text("id: new-hub\n")
    run_step(step("issue-to-record", "propose", "Propose the record")["run"], tmp_path, RECORD="data/partnerships/new-hub.yml", **gh(tmp_path))
    calls = (tmp_path / "calls.txt").read_text()
    assert "contents/data/partnerships/new-hub.yml" in calls and "aWQ6IG5ldy1odWIK" in calls
    assert calls.index("refs/heads/issue-12-1") < calls.index("pr create --head issue-12-1 --base main") < calls.index("workflow run check.yml")


@pytest.mark.parametrize("path", ["../x.yml", "data/partnerships/../../.github/workflows/x.yml", "data/partnerships/a b.yml", "data/vocabulary/issues.yml"])
def test_the_step_that_proposes_writes_records_only(path, tmp_path):
    script = step("issue-to-record", "propose", "Propose the record")["run"]
    done = subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=tmp_path, env={**os.environ, "RECORD": path, **gh(tmp_path)})
    assert done.returncode != 0 and not (tmp_path / "calls.txt").exists()


def test_the_posted_review_calls_nobody_and_loads_nothing(tmp_path):
    (tmp_path / "review").mkdir()
    (tmp_path / "review/review.md").write_text("Hello @team <img src=x> ![x](https://example.org/x)\n" + "long " * 20_000)
    run_step(step("post-review", "post", "Write the comment")["run"], tmp_path, **gh(tmp_path, "7"))
    text = (tmp_path / "comment.md").read_text(encoding="utf-8")
    assert "@team" not in text and "<" not in text and "![" not in text and len(text.encode()) < 65_536
    assert "pr comment 7" in (tmp_path / "calls.txt").read_text()


@pytest.mark.parametrize("number, call", [("", "issue create --title Report --label links"), ("5", "issue edit 5")])
def test_a_rolling_issue_is_made_once_and_then_rewritten(number, call, tmp_path):
    (tmp_path / "report.md").write_text("One link does not answer.\n")
    subprocess.run([str(ROOT / ".ci/rolling-issue"), "report.md"], cwd=tmp_path, check=True, capture_output=True, env={**os.environ, **gh(tmp_path, number)})
    assert call in (tmp_path / "calls.txt").read_text()
