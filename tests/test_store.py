"""What a build keeps for the next: it saves work and never changes a byte."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from conftest import ROOT, make_site
from landscape import publish, read_files
from landscape.derive import data_date
from landscape.load import load, read
from landscape.render import Renderer
from landscape.site import Site
from landscape.store import Memory, Store
from landscape.workers import Workers

RECORD = "data/partnerships/elderfield-surgery-advice.yml"


@pytest.fixture
def parsed(monkeypatch) -> list[str]:
    """The names of the files that are parsed, in order."""
    names, real = [], read_files.parse_file
    monkeypatch.setattr(read_files, "parse_file", lambda name, *more: names.append(name) or real(name, *more))
    return names


def stored(folder: Path, base: str = "one") -> Store:
    return Store(folder / "kept/records.pickle", base)


def test_only_what_changed_is_parsed_again_and_the_landscape_is_the_same(small_site, tmp_path, parsed):
    first = stored(tmp_path)
    before = load(small_site, 1, first)
    first.save()
    parsed.clear()
    assert load(small_site, 1, stored(tmp_path)) == before and parsed == []
    text = (small_site / RECORD).read_text(encoding="utf-8")
    (small_site / RECORD).write_text(text + "# a remark\n", encoding="utf-8")
    assert load(small_site, 1, stored(tmp_path)).records == before.records and parsed == [RECORD]


@pytest.mark.parametrize("harm", [lambda path: path.write_bytes(b"no pickle"), lambda path: path.write_bytes(pickle.dumps("something else")), lambda path: path.unlink()])
def test_a_harmed_store_costs_time_and_nothing_else(small_site, tmp_path, parsed, harm):
    first = stored(tmp_path)
    before = load(small_site, 1, first)
    first.save()
    harm(first.path)
    parsed.clear()
    assert load(small_site, 1, stored(tmp_path)) == before and len(parsed) > 5


def test_what_another_program_kept_is_not_used(small_site, tmp_path, parsed):
    first = stored(tmp_path, "old program")
    load(small_site, 1, first)
    first.save()
    parsed.clear()
    load(small_site, 1, stored(tmp_path, "new program"))
    assert RECORD in parsed


def test_a_problem_between_kept_records_still_has_its_line(small_site, tmp_path):
    first = stored(tmp_path)
    load(small_site, 1, first)
    first.save()
    (small_site / "data/partnerships/elderfield-advice-programme.yml").unlink()
    kept, fresh = read(small_site, 1, stored(tmp_path))[1], read(small_site)[1]
    assert sorted(kept) == sorted(fresh) and any(problem.line > 1 for problem in kept)


def test_the_memory_of_a_preview_gives_back_the_same_values(small_site, parsed):
    memory = Memory()
    before = load(small_site, 1, memory)
    parsed.clear()
    assert load(small_site, 1, memory).records[Path(RECORD).stem] is before.records[Path(RECORD).stem] and parsed == []


def test_any_number_of_workers_writes_the_same_bytes(small, tmp_path):
    def written(workers: int) -> dict[str, bytes]:
        folder = tmp_path / str(workers)
        site = Site(small, data_date(small), "https://example.org/")
        renderer = Renderer(ROOT / "theme/pages", small.vocabularies, "https://example.com/repo", "https://example.org/")
        pages = [page for some in Workers(publish.parts(site, renderer, folder), workers).answers() for page in some]
        publish.finish(site, renderer, folder, pages, [])
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    one, three = written(1), written(3)
    assert set(one) == set(three) and len(one) > 300
    assert [name for name in one if one[name] != three[name]] == []


def test_an_error_of_a_worker_is_told():
    def fails():
        raise OSError("the disk is full")

    for workers in (1, 2):
        with pytest.raises(OSError, match="the disk is full"):
            Workers([lambda: os.getpid(), fails], workers).answers()


def test_reading_with_several_workers_finds_the_same(small_site):
    (small_site / RECORD).write_text("id: wrong\nkind: partnership\n")
    assert read(make_site(small_site), 3) == read(small_site, 1)
