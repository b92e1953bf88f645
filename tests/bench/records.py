"""The synthetic records that every tool builds: their text, their values, and the labels of their terms."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Mapping

import yaml

from conftest import ROOT
from landscape.load import load_vocabularies
from synthetic import write_records

MARK = "by nobody at all."  # how each invented summary ends


@dataclass(frozen=True)
class Records:
    """Text by id, as YAML, and labels by vocabulary and tag."""

    texts: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]


def make(folder: Path, number: int) -> Records:
    """``number`` records, always the same, by way of files in ``folder``."""
    vocabularies = load_vocabularies(ROOT)[0]
    write_records(folder, number, vocabularies, varied=True)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
    return Records(texts, {name: {term.tag: term.label for term in terms} for name, terms in vocabularies.items()})


@functools.cache
def values(text: str) -> Mapping:
    """A record's values; dates as they are written. Each text is read once: every run is compared with it."""
    record = yaml.load(text, Loader=yaml.CSafeLoader)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in record.items()}


def changed(text: str, mark: str) -> str:
    """The record with one more sentence in its summary."""
    if MARK not in text:
        raise ValueError("the record's summary has another end than expected")
    return text.replace(MARK, f"{MARK} {sentence(mark)}")


def sentence(mark: str) -> str:
    return f"Changed for measuring: {mark}."
