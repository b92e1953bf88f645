"""What the tests share: a project folder made of the small invented site and the real vocabulary."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from landscape.load import load

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent


def make_site(folder: Path) -> Path:
    """The small invented site with the project's own vocabulary, in ``folder``."""
    shutil.copytree(HERE / "small_site", folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "data" / "vocabulary", folder / "data" / "vocabulary", dirs_exist_ok=True)
    return folder


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site")


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The small invented site, loaded."""
    return load(make_site(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="session")
def real():
    """The real landscape, loaded."""
    return load(ROOT)


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Path:
    """A copy of the project with another folder name, sharing the Python environment."""
    folder = tmp_path_factory.mktemp("another-name") / "copy of project"
    copy_project(folder)
    return folder


def copy_project(folder: Path, data: bool = True) -> None:
    """Everything the build reads, or all but the records, and the environment by a link, so that nothing is installed again."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*(("data", "case_studies") if data else ()), "docs", "hooks", "theme", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "requirements.txt", "requirements-test.txt"):
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The real site, built by scripts/build."""
    site = tmp_path_factory.mktemp("built") / "site"
    run_build(ROOT, site)
    return site


def run_build(project: Path, site: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run a project's scripts/build into ``site``. Fails the test when the build fails or says anything but its one line."""
    done = subprocess.run([str(project / "scripts/build"), "--site-dir", str(site)], capture_output=True, text=True, env={**os.environ, **environment})
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == "", done.stderr
    return done
