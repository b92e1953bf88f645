"""Measures the search on the real data: how well it finds, what it loads before the first result, and how long it takes.

Run by scripts/bench-search. It prints figures and asserts nothing: a timing is a benchmark, never a test.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from conftest import ROOT, run_build
from search_questions import ask_all, hit_at, mean_reciprocal_rank, open_search, questions, type_all
from site_server import BASE, served
from test_browser import FLAGS


TEXT = "assets/search-text.json"  # loaded beside the rest and not waited for


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        run_build(ROOT, site)
        with served(site) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=FLAGS)
            page = browser.new_page(bypass_csp=True)
            page.goto(address)
            page.wait_for_load_state("networkidle")
            measure(page, site)
            browser.close()


def measure(page, site: Path) -> None:
    """Print the figures of one visit."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path[len(BASE):]))
    page.evaluate("performance.mark('opened')")
    open_search(page)
    ready = page.evaluate("performance.now() - performance.getEntriesByName('opened')[0].startTime")
    answers = ask_all(page, questions())
    for answer in answers:
        if answer.place != 1:
            print(f"  {answer.place or '-'}  {answer.ask}  ({', '.join(answer.found[:3])})")
    print(f"questions {len(answers)}  hit@1 {hit_at(answers, 1):.3f}  hit@3 {hit_at(answers, 3):.3f}  mean reciprocal rank {mean_reciprocal_rank(answers):.3f}")
    sizes = {name: len(gzip.compress((site / name).read_bytes(), 6, mtime=0)) for name in dict.fromkeys(asked)}
    for name, size in sizes.items():
        print(f"  {size / 1000:7.1f} KB  {name}")
    text = sizes[TEXT]
    print(f"before the first result {(sum(sizes.values()) - text) / 1000:.1f} KB compressed, of at most 300; with the running text {sum(sizes.values()) / 1000:.1f} KB")
    keys = type_all(page, questions())
    print(f"index whole {ready:.0f} ms after opening; results after the last key in {statistics.median(time for time, _ in keys):.1f} ms (median of {len(keys)} keys), of at most 100; the slowest:")
    for time, typed in keys[:5]:
        print(f"  {time:7.1f} ms  {typed}")


if __name__ == "__main__":
    main()
