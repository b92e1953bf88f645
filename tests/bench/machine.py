"""What a measurement was made with: the machine, without its name, and the versions of all programs."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import re
import subprocess
from pathlib import Path
from typing import Iterable

from conftest import ROOT

from .results import LOAD
from .tools import NODE, PYTHON


def about(keys: Iterable[str]) -> dict[str, str]:
    """Each with its name, as the page shows it; of the peers only those that are measured."""
    told = {
        "Cores": str(os.cpu_count()), "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB",
        "Processor": _processor(), "System": f"{platform.system()}, {platform.machine()}", "Python": platform.python_version(),
        "MkDocs here": importlib.metadata.version("mkdocs"),
        "Code here": _code(), LOAD: f"{os.getloadavg()[0]:.1f}",
    }
    return {**told, **{name: version for key, name, version in _peers() if key in keys}}


def _peers():
    packages = {path.name.split("-")[0]: path.name.split("-")[1].removesuffix(".dist") for path in PYTHON.glob("lib/python*/site-packages/*.dist-info")}
    yield "hugo", "Hugo", packages.get("hugo", "")
    yield "zensical", "Zensical", packages.get("zensical", "")
    yield "mkdocs", "MkDocs, Material", f"{packages.get('mkdocs', '')}, {packages.get('mkdocs_material', '')}"
    package = NODE / "node_modules/@11ty/eleventy/package.json"
    if package.is_file():
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
        yield "eleventy", "Eleventy, Node", f"{json.loads(package.read_text(encoding='utf-8'))['version']}, {node}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.+)$", info.read_text(), re.MULTILINE) if info.is_file() else None
    return found[1] if found else platform.processor() or "not known"


def _code() -> str:
    """A short sum of everything here that decides how fast a build is, so that figures of different code are not mixed."""
    sums = hashlib.sha256()
    for folder in ("hooks", "theme", "scripts", "tests/bench"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                sums.update(path.read_bytes())
    return sums.hexdigest()[:12]
