"""What a build keeps for the next: it saves work and never changes a byte."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, make_site
from landscape import publish, read_files, views
from landscape.derive import data_date
from landscape.load import load, read
from landscape.render import Renderer
from landscape.site import Site
from landscape.store import NOTHING_KEPT, Kept, Memory, Store
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
        pages = [made for some in Workers(publish.parts(site, renderer, folder), workers).answers() for made in some]
        publish.finish(site, renderer, folder, pages, [])
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    one, three = written(1), written(3)
    assert set(one) == set(three) and len(one) > 300
    assert [name for name in one if one[name] != three[name]] == []


# What an editor may change in one record, and what it changes on the pages of others.
CHANGES = {
    "its name, which others show": ("name: ", "name: Another name for "),
    "its status, which similar ones show": ("status: active", "status: ended"),
    "its summary": ("summary: >-\n", "summary: >-\n  New words.\n"),
    "its programme": ("programme: elderfield-advice-programme\n", ""),
    "its settings, by which it is like others": ("settings: [gp-practice", "settings: [pharmacy"),
    "a remark, which nobody sees": ("", "# a remark\n"),
}


def pages_with_a_key(folder: Path, store: Store, kept: Kept) -> dict[str, bytes]:
    """Every page that may be kept, as a build with this store and these kept pages writes it."""
    landscape = load(folder, 1, store)
    site = Site(landscape, data_date(landscape), "https://example.org/")
    publish.find_related(site, 1, store)
    renderer = Renderer(ROOT / "theme/pages", landscape.vocabularies, "https://example.com/repo", "https://example.org/")
    out = folder.parent / "out"
    shutil.rmtree(out, ignore_errors=True)
    for part in views.parts(site):
        if part.key:
            publish._write_pages(part, renderer, out, kept)
    store.save()
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.html")}


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_that_uses_kept_pages_writes_the_same_bytes_as_one_that_does_not(small_site, tmp_path, change):
    before, after = CHANGES[change]
    pages_with_a_key(small_site, stored(tmp_path), Kept(tmp_path / "pages", "base"))
    changed = 0
    for path in sorted((small_site / "data/partnerships").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        if before in text:
            path.write_text(text.replace(before, after, 1).replace("supports: [programme, ", "supports: [") if "programme" in before else text.replace(before, after, 1), encoding="utf-8")
            if not read(small_site)[1]:
                changed += 1
                break
            path.write_text(text, encoding="utf-8")
    assert changed, "no record of the small site can be changed so"
    warm = pages_with_a_key(small_site, stored(tmp_path), Kept(tmp_path / "pages", "base"))
    assert warm == pages_with_a_key(small_site, Store(), NOTHING_KEPT)


def test_kept_pages_are_used_and_those_of_no_use_are_thrown_away(small_site, tmp_path, monkeypatch):
    first = Kept(tmp_path / "pages", "base")
    pages = pages_with_a_key(small_site, stored(tmp_path), first)
    first.put("of no use", [])
    for path in (tmp_path / "pages").iterdir():
        os.utime(path, (1, 1))
    made = []
    monkeypatch.setattr(Renderer, "whole", lambda self, page: made.append(page.url) or "")
    again = Kept(tmp_path / "pages", "base")
    assert pages_with_a_key(small_site, stored(tmp_path), again) == pages and made == []
    number = len(list((tmp_path / "pages").iterdir()))
    again.clear()
    assert len(list((tmp_path / "pages").iterdir())) == number - 1


def test_pages_kept_under_another_program_or_date_are_not_used(tmp_path):
    Kept(tmp_path, "one").put("key", ["page"])
    assert Kept(tmp_path, "one").get("key") == ["page"] and Kept(tmp_path, "two").get("key") is None


def test_an_error_of_a_worker_is_told():
    def fails():
        raise OSError("the disk is full")

    for workers in (1, 2):
        with pytest.raises(OSError, match="the disk is full"):
            Workers([lambda: os.getpid(), fails], workers).answers()


def test_reading_with_several_workers_finds_the_same(small_site):
    (small_site / RECORD).write_text("id: wrong\nkind: partnership\n")
    assert read(make_site(small_site), 3) == read(small_site, 1)
