"""The scores that Lighthouse gives the main pages, as a slow phone on a slow network sees them: medians of some runs."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from site_server import served
from test_browser import FLAGS, found_chromium

NODE = Path(__file__).parent / "node"
PAGES = {"home": "", "list": "partnerships/", "record": "partnerships/hwc/", "case study": "case-studies/deep-end-money-advice-glasgow/"}
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
TIMES = {"first-contentful-paint": "first paint, s", "largest-contentful-paint": "largest paint, s", "total-blocking-time": "blocked, ms", "cumulative-layout-shift": "shift"}
LEAST = 95


def score(address: str, chromium: str) -> dict:
    """What one run of Lighthouse says of the page at an address."""
    asked = [str(Path(sys.executable).with_name("node")), str(NODE / "node_modules/lighthouse/cli/index.js"), address, "--output=json", "--quiet", "--no-enable-error-reporting",
             f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags=--headless=new {' '.join(FLAGS)}"]
    done = subprocess.run(asked, capture_output=True, text=True, env={**os.environ, "CHROME_PATH": chromium})
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def _middle(runs: list[dict]) -> dict[str, float]:
    """The median score of each category and the median of each measure."""
    scores = {name: median(100 * (run["categories"][name]["score"] or 0) for run in runs) for name in CATEGORIES}
    measures = {name: median(run["audits"][name]["numericValue"] for run in runs) for name in TIMES}
    return {**scores, **{name: value / 1000 if TIMES[name].endswith(" s") else value for name, value in measures.items()}}


def _remarks(runs: list[dict]) -> list[str]:
    """What Lighthouse found wanting in the last run, apart from what it only measures."""
    audits = runs[-1]["audits"].values()
    return sorted(f"{audit['id']}: {audit['title']}" for audit in audits if audit["score"] is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] in ("binary", "metricSavings"))


def main() -> int:
    """Score the main pages, print a table and what could be better, and return 1 when a page performs below the least."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("site", type=Path)
    asked.add_argument("--runs", type=int, default=3)
    asked = asked.parse_args()
    with sync_playwright() as playwright:
        chromium = found_chromium() or playwright.chromium.executable_path
    print("".ljust(12) + "".join(name.rjust(18) for name in [*CATEGORIES, *TIMES.values()]))
    low, remarks = [], {}
    with served(asked.site.resolve(), packed=True) as root:
        for name, path in PAGES.items():
            runs = [score(root + path, chromium) for _ in range(asked.runs)]
            middle = _middle(runs)
            remarks[name] = _remarks(runs)
            low += [name] if middle["performance"] < LEAST else []
            print(name.ljust(12) + "".join(f"{middle[one]:g}"[:6].rjust(18) for one in [*CATEGORIES, *TIMES]), flush=True)
    for name, found in remarks.items():
        print("\n".join([f"{name}:", *(f"  {remark}" for remark in found)]) if found else f"{name}: no remark")
    print(f"Below {LEAST} for performance: {', '.join(low)}." if low else f"Every page performs at {LEAST} or better, in the median of {asked.runs} runs.")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
