"""The direction of imports: downwards only, and each outside library in its one room."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from conftest import ROOT

CORE = ROOT / "hooks" / "landscape"
# From the top of the house to the bottom. A module may import only modules that stand after it.
ORDER = ["__main__", "write_docs", "offline", "preview", "preview_server", "made", "look", "swap", "publish", "render", "views", "editing", "charts", "qr", "exports", "site", "similar", "derive", "words", "load", "read_files", "checks", "parse", "prose", "geo", "software", "model", "fields", "vocabulary", "nodes", "yaml_faults", "suggest", "problems", "signs", "link_check", "settings", "watching", "store", "workers", "compress"]
ROOMS = {"yaml": {"nodes", "yaml_faults"}, "jinja2": {"render"}, "markupsafe": {"render"}, "markdown_it": {"prose"}, "segno": {"qr"}, "pygal": {"charts"}, "xlsxwriter": {"exports"}, "feedgenerator": {"exports"}, "pybtex": {"exports"}, "rispy": {"exports"}, "ruamel": {"editing"}, "rapidfuzz": {"editing"}, "icalendar": {"editing"}, "requests": {"editing"}, "urllib3": {"editing"}, "watchdog": {"watching"}, "brotli": {"compress"}}
# A package counts as one module.
FILES = {path.stem: [path] for path in CORE.glob("*.py") if path.stem != "__init__"} | {path.parent.name: sorted(path.parent.glob("*.py")) for path in CORE.glob("*/__init__.py")}
MODULES = sorted(FILES)


def imports(module: str) -> tuple[set[str], set[str]]:
    """(modules of the core, names of outside packages) that a module imports, wherever in it."""
    inside, outside = set(), set()
    for path in FILES[module]:
        depth = len(path.relative_to(CORE).parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == depth:
                inside |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                outside.add(node.module.split(".")[0])
            elif isinstance(node, ast.Import):
                outside |= {alias.name.split(".")[0] for alias in node.names}
    return inside, outside - set(sys.stdlib_module_names)


def test_every_module_has_its_place_in_the_order():
    assert sorted(ORDER) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_stands_below_it(module):
    inside, _ = imports(module)
    assert inside <= set(ORDER[ORDER.index(module) + 1 :])


@pytest.mark.parametrize("module", MODULES)
def test_an_outside_library_stays_in_its_room(module):
    _, outside = imports(module)
    assert all(module in ROOMS.get(name, set()) for name in outside)


def test_only_the_shell_knows_mkdocs():
    knowing = {path.name for path in (ROOT / "hooks").rglob("*.py") if "import mkdocs" in (text := path.read_text(encoding="utf-8")) or "from mkdocs" in text}
    assert knowing == {"build_site.py"}


def test_only_events_of_the_shell_are_named_like_events():
    tree = ast.parse(Path(ROOT / "hooks" / "build_site.py").read_text(encoding="utf-8"))
    named = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("on_")]
    assert named == ["on_startup", "on_config", "on_files", "on_page_content", "on_post_page", "on_post_build", "on_build_error"]
