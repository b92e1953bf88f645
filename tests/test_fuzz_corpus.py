"""The texts that scripts/fuzz starts from, and those it once found, read again: no reader stumbles over one."""

from __future__ import annotations

import pytest

from conftest import HERE
from fuzz.readers import READERS

CORPUS = HERE / "fuzz/corpus"


@pytest.mark.parametrize("name", READERS)
def test_every_kept_text_is_read(name):
    texts = sorted((CORPUS / name).iterdir())
    assert texts and sum(path.stat().st_size for path in texts) < 100_000
    for path in texts:
        READERS[name](path.read_bytes())


def test_no_kept_text_is_of_a_reader_that_is_gone():
    assert {path.name for path in CORPUS.iterdir()} == set(READERS)
