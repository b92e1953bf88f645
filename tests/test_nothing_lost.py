"""A build that is stopped, by a kill or by a full disk, leaves the last good site whole; one that ends well replaces it in one step."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from conftest import make_site
from landscape import swap
from synthetic import empty_project

NAME = "Elderfield Surgery Advice"
RECORD = "data/partnerships/elderfield-surgery-advice.yml"


@pytest.fixture
def project(tmp_path) -> Path:
    """A project that builds fast: the records of the small invented site, with our own hand-written pages."""
    return make_site(empty_project(tmp_path / "project"))


def state(site: Path) -> str:
    """One word for every name and byte of a site."""
    total = hashlib.sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        total.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def rename_record(project: Path, name: str) -> None:
    record = project / RECORD
    record.write_text("".join(f"name: {name}\n" if line.startswith("name:") else line for line in record.read_text(encoding="utf-8").splitlines(True)), encoding="utf-8")


def start(project: Path, *options: str, **more) -> subprocess.Popen:
    return subprocess.Popen([str(project / "scripts/build"), *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, **more)


def build(project: Path, *options: str) -> float:
    """Build to the end. How many seconds it took."""
    began = time.monotonic()
    done = start(project, *options)
    _, said = done.communicate()
    assert done.returncode == 0, said
    return time.monotonic() - began


@pytest.mark.parametrize(("seed", "options"), [(1, ()), (2, ("--only", "pages")), (3, ("--only", "pages")), (4, ("--only", "pages")), (5, ("--only", "pages"))])
def test_a_build_killed_at_any_moment_leaves_the_last_good_site_or_the_new_one(project, seed, options):
    """Ten random moments for each seed, from the first to a little beyond the last of a build."""
    whole = {}
    for name in ("The first name", "The second name"):
        rename_record(project, name)
        took = build(project, *options)
        whole[state(project / "site")] = name
    moments, stopped = random.Random(seed), 0
    for turn in range(10):
        rename_record(project, ("The first name", "The second name")[turn % 2])
        running = start(project, *options)
        time.sleep(moments.uniform(0, took * 1.1))
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            stopped += 1
        running.communicate()
        assert state(project / "site") in whole, turn
    assert stopped, "no build was stopped: the test has shown nothing"
    build(project)
    assert [path.name for path in project.iterdir() if path.name.startswith("site")] == ["site"], "what killed builds left is cleared away"


@pytest.mark.parametrize("options", [(), ("--only", "pages")])
def test_a_disk_that_takes_no_more_leaves_the_last_good_site(project, options):
    """A limit on the size of a file stands for the full disk: writing fails in the middle, in a worker."""
    build(project)
    before = state(project / "site")
    rename_record(project, "Another name")
    done = start(project, *options, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)))
    _, said = done.communicate()
    assert done.returncode != 0 and state(project / "site") == before
    assert "could not be written" in said and "Traceback" not in said
    assert [path.name for path in project.iterdir() if path.name.startswith("site")] == ["site"]


def test_a_reader_always_finds_a_site_while_new_ones_take_its_place(tmp_path):
    site, seen, ended = tmp_path / "site", set(), threading.Event()

    def make(number: int) -> Path:
        new = tmp_path / f"site.new.{number}"
        new.mkdir()
        (new / "index.html").write_text(f"site {number}")
        return new

    swap.put_in_place(make(0), site)

    def read() -> None:
        while not ended.is_set():
            try:
                seen.add((site / "index.html").read_text())
            except FileNotFoundError:
                seen.add("nothing")

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 200):
        swap.put_in_place(make(number), site)
    ended.set()
    reader.join()
    assert len(seen) > 2 and "nothing" not in seen and all(text.startswith("site ") for text in seen)


def test_where_two_folders_cannot_change_names_the_new_site_still_takes_its_place(tmp_path, monkeypatch):
    for name in ("site", "site.new.1"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    swap.put_in_place(tmp_path / "site.new.1", tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"] and (tmp_path / "site/index.html").read_text() == "site.new.1"


def test_a_build_that_still_runs_keeps_its_folder(tmp_path):
    ours, lost = tmp_path / f"site.new.{os.getpid()}", tmp_path / "site.new.4194303"
    ours.mkdir(), lost.mkdir()
    swap.remove_leftovers(tmp_path / "site")
    assert ours.is_dir() and not lost.exists()
