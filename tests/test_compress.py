"""Packed copies of a site's text files."""

from __future__ import annotations

import gzip
import os
import random

import brotli
import pytest

from landscape import compress

LONG = "<p>The same words again and again.</p>\n" * 100


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text(LONG)
    (tmp_path / "a").mkdir()
    (tmp_path / "a/list.json").write_text(LONG)
    (tmp_path / "short.css").write_text("p { color: red }")
    (tmp_path / "picture.png").write_text(LONG)
    (tmp_path / "noise.txt").write_bytes(random.Random(1).randbytes(5000))
    return tmp_path


def names(folder) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_long_text_gets_two_packed_copies_and_nothing_else_does(folder):
    before = names(folder)
    number, plain, sent = compress.compress(folder)
    assert names(folder) - before == {"index.html.gz", "index.html.br", "a/list.json.gz", "a/list.json.br"}
    assert (number, plain) == (3, 2 * len(LONG) + 5000)
    assert gzip.decompress((folder / "a/list.json.gz").read_bytes()) == brotli.decompress((folder / "a/list.json.br").read_bytes()) == LONG.encode()
    assert sent[".gz"] == 5000 + 2 * (folder / "index.html.gz").stat().st_size


def test_the_bytes_are_the_same_at_any_time_and_name_nothing(folder):
    compress.compress(folder)
    first = {name: (folder / name).read_bytes() for name in names(folder)}
    os.utime(folder / "index.html", (1, 1))
    compress.compress(folder)
    assert {name: (folder / name).read_bytes() for name in names(folder)} == first
    head = first["index.html.gz"][:8]
    assert head[3] == 0 and head[4:8] == bytes(4)  # no name, no date


def test_no_copy_outlives_its_file(folder):
    """A server would send the copy of a file that has changed, or is gone."""
    compress.compress(folder)
    (folder / "a/list.json").unlink()
    (folder / "index.html").write_text("short now")
    (folder / "data.tar.gz").write_bytes(b"a download, not a copy")
    compress.compress(folder)
    assert names(folder) == {"index.html", "short.css", "picture.png", "noise.txt", "data.tar.gz"}


def test_a_folder_that_is_no_site_is_left_alone(tmp_path, capsys):
    (tmp_path / "notes.txt").write_text(LONG)
    with pytest.raises(SystemExit) as stopped:
        compress.main([str(tmp_path)])
    assert stopped.value.code == 2 and "has no index.html" in capsys.readouterr().err
    assert names(tmp_path) == {"notes.txt"}
