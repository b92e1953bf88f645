"""What is measured: each tool with its project, its files and its command. Commands are changed here and nowhere else."""

from __future__ import annotations

import filecmp
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterable, Mapping

from conftest import ROOT, copy_project
from synthetic import empty_project

from . import ready_made
from .measuring import clean
from .records import Records, values

HERE = Path(__file__).parent
CACHE = ROOT / ".cache" / "bench"
PYTHON, NODE = CACHE / "python", CACHE / "eleventy"
Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Tool:
    """``start`` lays its project without records; ``file`` and ``form`` say where one record is and how it is written;
    ``site`` is where the pages go; ``caches`` are what it keeps between runs and what a cold build does not have."""

    key: str
    name: str
    start: Callable[[Path, Records], None]
    file: str
    command: Callable[[], list[str]]
    form: Callable[[str, Labels], str] = lambda text, labels: text
    site: str = "site"
    caches: tuple[str, ...] = ()

    def write(self, project: Path, id: str, text: str, labels: Labels) -> None:
        """Put one record, given as YAML, where the tool reads it."""
        path = project / self.file.format(id=id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.form(text, labels), encoding="utf-8")

    def lay(self, project: Path, records: Records) -> None:
        """The whole project, ready to be built."""
        self.start(project, records)
        for id, text in records.texts.items():
            self.write(project, id, text, records.labels)

    def clear(self, project: Path) -> None:
        """Take away what earlier runs left, so that the next is a cold build."""
        for name in (self.site, *self.caches):
            shutil.rmtree(project / name, ignore_errors=True)


def _here(project: Path, records: Records) -> None:
    empty_project(project)


def _real(project: Path, records: Records) -> None:
    copy_project(project)


def _hugo(project: Path, records: Records) -> None:
    _copy("hugo", project, frame="layouts/partials")
    _labels(project / "data", records)


def _hugo_front_matter(project: Path, records: Records) -> None:
    _hugo(project, records)
    (project / "content/partnerships/_content.gotmpl").unlink()


def _front_matter(text: str, labels: Labels) -> str:
    lines = "".join(f"  {line}\n" for line in text.splitlines())
    return f"---\ntitle: {values(text)['name']}\nparams:\n{lines}---\n"


def _eleventy(project: Path, records: Records) -> None:
    _copy("eleventy", project, frame="_includes")
    _labels(project / "_data", records)
    (project / "node_modules").symlink_to(NODE / "node_modules")


def _markdown(name: str) -> Callable[[Path, Records], None]:
    def start(project: Path, records: Records) -> None:
        _copy(name, project)
        page = project / "docs/partnerships/index.md"
        page.parent.mkdir(parents=True)
        page.write_text(ready_made.list_page([values(text) for text in records.texts.values()], records.labels), encoding="utf-8")

    return start


def _ready_made(text: str, labels: Labels) -> str:
    return ready_made.record_page(values(text), labels)


def _copy(name: str, project: Path, frame: str = "") -> None:
    shutil.copytree(HERE / name, project)
    for part in (HERE / "frame").iterdir() if frame else ():
        (project / frame).mkdir(parents=True, exist_ok=True)
        shutil.copy(part, project / frame / part.name)


def _labels(folder: Path, records: Records) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "labels.json").write_text(json.dumps(records.labels), encoding="utf-8")


def _hugo_binary() -> str:
    """Hugo itself: the launcher around it in the package would cost it the start of a Python."""
    return str(next(PYTHON.glob("lib/python*/site-packages/hugo/binaries/hugo*")))


OURS = "data/partnerships/{id}.yml"
BUILD_CACHE = (".cache/build",)
TOOLS = (
    Tool("pages", "Here: record pages and list", _here, OURS, lambda: ["scripts/build", "--only", "pages", "--site-dir", "site"], caches=BUILD_CACHE),
    Tool("whole", "Here: the whole site", _here, OURS, lambda: ["scripts/build", "--site-dir", "site"], caches=BUILD_CACHE),
    Tool("hugo", "Hugo", _hugo, OURS, lambda: [_hugo_binary(), "--quiet"], site="public", caches=("resources",)),
    Tool("eleventy", "Eleventy", _eleventy, "records/{id}.yml", lambda: ["node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"], site="_site"),
    Tool("zensical", "Zensical", _markdown("zensical"), "docs/partnerships/{id}.md", lambda: [str(PYTHON / "bin/zensical"), "build"], _ready_made, caches=(".cache",)),
    Tool("mkdocs", "MkDocs with Material", _markdown("mkdocs"), "docs/partnerships/{id}.md", lambda: [str(PYTHON / "bin/mkdocs"), "build", "--quiet"], _ready_made),
)
# Measured only when asked for with --only: the other way in which Hugo can read records, so that anyone can see which is faster.
MORE = (Tool("hugo-front-matter", "Hugo, records as front matter", _hugo_front_matter, "content/partnerships/{id}.md", lambda: [_hugo_binary(), "--quiet"], _front_matter, "public", ("resources",)),)
REAL = Tool("real", "Here: the real data, whole site", _real, OURS, TOOLS[1].command, caches=BUILD_CACHE)


def install(keys: Iterable[str]) -> None:
    """Bring the peers' tools into the cache folder, each at its pinned version, unless they are there."""
    names = {key.partition("-")[0] for key in keys}
    if names & {"hugo", "zensical", "mkdocs"}:
        _install(HERE / "requirements.txt", PYTHON, [sys.executable, "-m", "venv", str(PYTHON)], [str(PYTHON / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(HERE / "requirements.txt")])
    if "eleventy" in names:
        NODE.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "eleventy" / name, NODE / name)
        _install(HERE / "eleventy/package-lock.json", NODE, ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])


def _install(lock: Path, folder: Path, *commands: list[str]) -> None:
    stamp = folder / ".installed"
    if stamp.is_file() and filecmp.cmp(lock, stamp, shallow=False):
        return
    folder.mkdir(parents=True, exist_ok=True)
    for command in commands:
        subprocess.run(command, cwd=folder, env=clean(), check=True)
    shutil.copy(lock, stamp)
