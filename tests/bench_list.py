"""Measures the list of partnerships at a number of synthetic records: bytes of the first load, time of a choice.

Run by scripts/bench-list [N]. It prints figures and asserts nothing: a timing is a benchmark, never a test.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from conftest import run_build
from site_server import served
from synthetic import synthetic_project
from test_browser import FLAGS

CHOICE = """async () => {
    const box = document.querySelector('.filter input:enabled:not(:checked)');
    const rows = new Promise((done) => new MutationObserver(done).observe(document.querySelector('ol.records'), { childList: true }));
    const start = performance.now();
    box.click();
    await rows;
    return performance.now() - start;
}"""


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project, site = synthetic_project(Path(folder) / "project", number), Path(folder) / "site"
        run_build(project, site)
        loaded, times = measure(site)
    total = sum(size for _, size in loaded)
    print(f"{number} records: first load of the list {total / 1000:.0f} KB compressed (bar: 250 KB)")
    for name, size in loaded:
        print(f"  {size / 1000:7.1f} KB  {name}")
    print(f"one choice, to the new count and rows: {', '.join(f'{time:.0f}' for time in times)} ms (bar: 100 ms)")


def measure(site: Path) -> tuple[list[tuple[str, int]], list[float]]:
    """(file, gzip bytes) of everything the first load asks for, and milliseconds of five choices one after another."""
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page, asked = browser.new_page(bypass_csp=True), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + "partnerships/")
        page.wait_for_function("document.documentElement.dataset.finder === 'ready'")
        page.wait_for_load_state("networkidle")  # no reader chooses sooner; what is brought meanwhile counts as loaded
        names = [url.removeprefix(address) for url in dict.fromkeys(asked)]
        times = [page.evaluate(CHOICE) for _ in range(5)]
        browser.close()
    return [(name, packed(site / (name + "index.html" if name.endswith("/") else name))) for name in names], times


def packed(path: Path) -> int:
    """Bytes as a server with gzip would send them; fonts are packed already."""
    raw = path.read_bytes()
    return len(raw) if path.suffix == ".woff2" else len(gzip.compress(raw, 9))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
