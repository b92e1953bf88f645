#!/usr/bin/env python3
"""Fuzz the reader that FUZZ_READER names: ``run.py FOLDER … [-flags of libFuzzer]``. Run by scripts/fuzz; libFuzzer runs it again
to choose what is worth keeping, so it is a command by itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["landscape", "yaml", "markdown_it", "ruamel"]):
    from fuzz.readers import READERS

if __name__ == "__main__":
    atheris.Setup([str(Path(__file__).resolve()), *sys.argv[1:]], READERS[os.environ["FUZZ_READER"]])
    atheris.Fuzz()
