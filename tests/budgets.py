"""What each kind of page makes a browser load at a first visit, as it goes over the wire, against tests/budgets.yml.

Counted are the page itself and what a phone asks for by itself: stylesheets, scripts with the modules they import, fonts,
pictures and data. Each file weighs what gzip makes of it, and a font what it is. Real Chromium does the asking.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from playwright.sync_api import Page, sync_playwright

from site_server import BASE, served
from test_browser import FLAGS, found_chromium

HERE = Path(__file__).parent
GROUPS = {"": "html", ".html": "html", ".css": "css", ".js": "js", ".woff2": "fonts"}
ICON = "assets/mark.svg"  # 340 bytes that a browser asks for when it likes
WHAT = ["html", "css", "js", "fonts", "other"]


def weigh(site: Path, addresses: dict[str, str]) -> dict[str, dict[str, int]]:
    """For each kind of page the bytes of each group of files that a first visit to its address loads."""
    with served(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found_chromium(), args=FLAGS)
        visits = {kind: _visit(browser, root + address) for kind, address in addresses.items()}
        for page, _ in visits.values():
            page.wait_for_load_state("networkidle")
        browser.close()
    return {kind: _weight(asked, site) for kind, (_, asked) in visits.items()}


def _visit(browser, address: str) -> tuple[Page, set[str]]:
    """A page that begins to load, with nothing kept from an earlier one, and what it asks for from now on."""
    page = browser.new_context(viewport={"width": 412, "height": 823}).new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(unquote(urlsplit(request.url).path).removeprefix(BASE)))
    page.goto(address, wait_until="commit")
    return page, asked


def _weight(asked: set[str], site: Path) -> dict[str, int]:
    loaded = dict.fromkeys(WHAT, 0)
    for path in asked - {ICON}:
        file = site / (f"{path}index.html" if path.endswith("/") or not path else path)
        loaded[GROUPS.get(file.suffix, "other")] += _on_the_wire(file)
    return loaded


def _on_the_wire(file: Path) -> int:
    held = file.read_bytes()
    return len(held) if file.suffix in (".woff2", ".png") else len(gzip.compress(held, 9, mtime=0))


def budgets() -> dict[str, dict]:
    """The address and the budgets in bytes of each kind of page."""
    return yaml.safe_load((HERE / "budgets.yml").read_text(encoding="utf-8"))


def over(loaded: dict[str, dict[str, int]], allowed: dict[str, dict]) -> list[str]:
    """What is over its budget, in words."""
    return [f"{kind}: {group} {loaded[kind][group]:,} bytes, budget {allowed[kind][group]:,}" for kind in allowed for group in WHAT if loaded[kind][group] > allowed[kind][group]]


def main(site: Path) -> int:
    """Print a table of what is loaded and allowed, and return 1 when something is over."""
    allowed = budgets()
    loaded = weigh(site, {kind: one["address"] for kind, one in allowed.items()})
    print("Bytes at a first visit, gzip (budget)".ljust(24) + "".join(group.rjust(19) for group in WHAT))
    for kind in allowed:
        print(kind.ljust(24) + "".join(f"{loaded[kind][group]:,} ({allowed[kind][group]:,})".rjust(19) for group in WHAT) + f"  sum {sum(loaded[kind].values()):,}")
    heavy = over(loaded, allowed)
    print("\n".join(["", *heavy]) if heavy else "Nothing is over its budget.")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
