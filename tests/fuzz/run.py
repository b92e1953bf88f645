"""Fuzz one reader: ``run.py READER FOLDER … [-flags of libFuzzer]``. Run by scripts/fuzz."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["landscape", "yaml", "markdown_it", "ruamel"]):
    from fuzz.readers import READERS

if __name__ == "__main__":
    name, *rest = sys.argv[1:]
    atheris.Setup([sys.argv[0], *rest], READERS[name])
    atheris.Fuzz()
