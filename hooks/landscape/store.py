"""What a build keeps for the next one: parsed files by what is in them. It is safe to delete, and never changes a byte of output.

An entry is found only by the exact content of its file, by the program and by the vocabularies it was made with: so it cannot
be out of date.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from contextlib import suppress
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


class Memory(Store):
    """A store of a program that goes on running: values are kept as they are. Whoever gets one must not change it."""

    def __init__(self):
        super().__init__()
        self.known: dict[str, tuple[bytes, Any]] = {}

    def get(self, name: str, content: bytes) -> Any:
        known, value = self.known.get(name, (b"", None))
        return value if known == content else None

    def put(self, name: str, content: bytes, value: Any) -> None:
        self.known[name] = (content, value)


NO_STORE = Store()


class Kept:
    """Finished pages in a folder, some in each file, found by what decides them (see ``views.Part``) and by ``base``, which decides all
    of them. What is not used is thrown away by ``clear``, so the folder does not grow."""

    def __init__(self, folder: Path | None = None, base: str = ""):
        self.folder, self.base = folder, base.encode()
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            self._began = folder / "began"  # its time is that of the disk, as the times of the other files are
            self._began.touch()

    def _path(self, key: str) -> Path:
        return self.folder / hashlib.blake2b(self.base + b"\0" + key.encode(), digest_size=16).hexdigest()

    def get(self, key: str) -> Any:
        """What was kept under a key, or None. That it was used shows in the time of its file."""
        try:
            value = pickle.loads((path := self._path(key)).read_bytes())
            os.utime(path)
            return value
        except Exception:  # missing or harmed: it only saves time
            return None

    def put(self, key: str, value: Any) -> None:
        path = self._path(key)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        part.replace(path)

    def clear(self) -> None:
        """Delete what no build has used since this one began."""
        began = self._began.stat().st_mtime if self.folder else 0
        for path in self.folder.iterdir() if self.folder else ():
            with suppress(FileNotFoundError):  # another build clears too
                if path.stat().st_mtime < began:
                    path.unlink()


NOTHING_KEPT = Kept()


def kept_pages(root: Path, *decisive: str) -> Kept:
    """The finished pages of a project. ``decisive`` are the addresses and days that stand on all of them."""
    used = [*(root / "hooks" / "landscape").rglob("*.py"), *(root / "data" / "vocabulary").glob("*.yml"), *(root / "theme" / "pages").glob("*.html")]
    return Kept(root / ".cache" / "build" / "pages", repr((digest_of(used, ("Jinja2", "MarkupSafe", "segno")), decisive)))


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
