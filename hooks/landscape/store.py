"""What a build keeps for the next one: parsed files by what is in them. It is safe to delete, and never changes a byte of output.

An entry is found only by the exact content of its file, by the program and by the vocabularies it was made with: so it cannot
be out of date.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, Iterable


class Store:
    """Values by name and content, in one file. ``base`` is what all of them depend on besides. Without a file nothing is kept."""

    def __init__(self, path: Path | None = None, base: str = ""):
        self.path, self.base = path, base
        self.old: dict[str, tuple[bytes, bytes]] = self._read()
        self.new: dict[str, tuple[bytes, bytes]] = {}

    def _read(self) -> dict[str, tuple[bytes, bytes]]:
        """The entries of last time, or none when the file is missing, harmed, or of another program."""
        try:
            base, entries = pickle.loads(self.path.read_bytes()) if self.path else ("", {})
        except Exception:  # whatever is wrong with it: it only saves time
            return {}
        return entries if base == self.base and isinstance(entries, dict) else {}

    def get(self, name: str, content: bytes) -> Any:
        """What was kept for the file of this name and content, or None."""
        entry = self.old.get(name)
        if entry is None or entry[0] != _digest(content):
            return None
        self.new[name] = entry
        return pickle.loads(entry[1])

    def put(self, name: str, content: bytes, value: Any) -> None:
        if self.path:
            self.new[name] = (_digest(content), pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

    def save(self) -> None:
        """Keep what this build used, in one step: a build that is stopped leaves the old file or the new one."""
        if not self.path or self.new == self.old:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(pickle.dumps((self.base, self.new), pickle.HIGHEST_PROTOCOL))
        part.replace(self.path)


NO_STORE = Store()


def project_store(root: Path) -> Store:
    """The store of a project: it depends on the program, on the vocabularies and on the library that reads YAML."""
    used = [*(root / "hooks" / "landscape").rglob("*.py"), *(root / "data" / "vocabulary").glob("*.yml")]
    return Store(root / ".cache" / "build" / "records.pickle", digest_of(used, ("PyYAML",)))


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def digest_of(paths: Iterable[Path], libraries: Iterable[str] = ()) -> str:
    """One word for the content of some files, the Python that runs and the versions of some libraries."""
    total = hashlib.blake2b(repr((sys.version, [version(name) for name in libraries])).encode(), digest_size=16)
    for path in sorted(paths):
        total.update(f"{path.name}\0".encode() + _digest(path.read_bytes()))
    return total.hexdigest()
