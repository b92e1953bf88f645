"""Turn the manifest of vendored files into a project of npm, for ``npm audit`` alone. Run by scripts/audit; needs only Python.

The lock is made from the manifest and not by npm, which would choose today's version of what a file holds inside.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Iterator, Mapping

NAME = "vendored-files"


def npm_packages(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Name and version of every package of npm that the manifest names, what files hold inside included."""
    return {one["name"]: one["version"] for package in manifest["packages"] for one in with_inside(package) if one.get("registry") == "npm"}


def with_inside(package: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A package of the manifest, then what its files hold of others."""
    yield package
    yield from package.get("inside", ())


def npm_project(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The two files of the project, by name: each package at the version that we have, and nothing that npm may choose."""
    found = dict(sorted(npm_packages(manifest).items()))
    root = {"name": NAME, "version": "0.0.0", "dependencies": found}
    places = {"": root, **{f"node_modules/{name}": {"version": version} for name, version in found.items()}}
    lock = {"name": NAME, "version": "0.0.0", "lockfileVersion": 3, "requires": True, "packages": places}
    return {"package.json": _json({**root, "private": True}), "package-lock.json": _json(lock)}


def _json(value: Any) -> str:
    return json.dumps(value, indent=2) + "\n"


def main(manifest: str, folder: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, text in npm_project(json.loads(Path(manifest).read_text(encoding="utf-8"))).items():
        (Path(folder) / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
