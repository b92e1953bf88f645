"""Puts load on the built and packed site as a real nginx serves it, with wrk, and counts every error.

Run by scripts/bench-load. 200 clients at once, each asking for the next address as soon as it has the last one, for 60 seconds
unless told. ``--write`` puts the figures into docs/contribute/hosting.md.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from conftest import ROOT, run_build
from landscape.compress import compress
from nginx_server import find, nginx

# What is asked for, of each hundred requests: about what browsers ask of a site whose readers come and go.
MIX = {"records": 25, "lists": 20, "other pages": 5, "assets": 35, "data": 15}
ENCODINGS = "gzip, deflate, br, zstd"  # as Chromium says
TIMEOUT = 5  # seconds; a reader has given up by then
PAGE = ROOT / "docs/contribute/hosting.md"
BEGIN, END = "<!-- figures of scripts/bench-load: begin -->", "<!-- figures of scripts/bench-load: end -->"

SCRIPT = """
local requests, number, threads = {}, 0, 0
function setup(thread) thread:set("start", threads * 397); threads = threads + 1 end
function init()
  for path in io.lines(os.getenv("PATHS")) do requests[#requests + 1] = wrk.format("GET", path) end
  number = start
end
function request() number = number + 1; return requests[number % #requests + 1] end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('RESULT {"requests": %d, "microseconds": %d, "bytes": %d, "connect": %d, "read": %d, "write": %d, "timeout": %d, "status": %d, "p50": %d, "p99": %d, "longest": %d}\\n',
    summary.requests, summary.duration, summary.bytes, e.connect, e.read, e.write, e.timeout, e.status, latency:percentile(50), latency:percentile(99), latency.max))
end
"""


def kinds(site: Path) -> dict[str, list[str]]:
    """Addresses of the site by what they are, as ``MIX`` names them."""
    pages = ["/" + path.parent.relative_to(site).as_posix().removeprefix(".") for path in sorted(site.rglob("index.html"))]
    pages = [page if page.endswith("/") else f"{page}/" for page in pages]
    lists = [page for page in pages if re.match(r"/($|partnerships/$|map/|settings/|regions/|nations/|issues/|providers/|local-authorities/|programmes/|research/$|case-studies/$)", page)]
    records = [page for page in pages if re.fullmatch(r"/partnerships/[a-z0-9-]+/", page)]
    data = [f"/{path.relative_to(site).as_posix()}" for pattern in ("api/v1/*.json", "assets/*.json", "feeds/*.xml", "oruk/services/*.json", "data/*.csv") for path in sorted(site.glob(pattern))]
    return {"records": records, "lists": lists, "other pages": sorted({*pages} - {*records} - {*lists}), "assets": _assets(site, ["index.html", "partnerships/index.html", f"{records[0][1:]}index.html"]), "data": data}


def _assets(site: Path, pages: list[str]) -> list[str]:
    """What some pages load: the home page, the list and a record."""
    found = {name for page in pages for name in re.findall(r'(?:href|src)="(?:\.\./)*(assets/[^"]+\.(?:css|js|woff2|svg))"', (site / page).read_text(encoding="utf-8"))}
    return sorted(f"/{name}" for name in found)


def mixed(site: Path, number: int = 2000) -> list[str]:
    """So many addresses in a fixed order that looks like chance, in the shares of ``MIX``."""
    chance = random.Random(1)
    chosen = [path for kind, paths in kinds(site).items() for path in chance.choices(paths, k=number * MIX[kind] // 100)]
    chance.shuffle(chosen)
    return chosen


def unanswered(address: str, paths: list[str]) -> list[str]:
    """Asked one by one, which addresses are not answered with 200: wrk itself takes a redirect for an answer."""
    connection = http.client.HTTPConnection(address.split("/")[2], timeout=30)
    wrong = []
    for path in sorted(set(paths)):
        connection.request("GET", path, headers={"Accept-Encoding": ENCODINGS})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            wrong.append(f"{answer.status} {path}")
    return wrong


def load(address: str, paths: list[str], seconds: int, clients: int, work: Path) -> dict[str, int]:
    """What wrk counted."""
    (work / "load.lua").write_text(SCRIPT)
    (work / "paths").write_text("".join(f"{path}\n" for path in paths))
    command = ["wrk", "--threads", str(min(os.cpu_count() or 1, clients)), "--connections", str(clients), "--duration", f"{seconds}s", "--timeout", f"{TIMEOUT}s", "--script", str(work / "load.lua"), "--header", f"Accept-Encoding: {ENCODINGS}", address]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PATHS": str(work / "paths")}, check=True)
    return json.loads(re.search(r"^RESULT (.+)$", done.stdout, re.MULTILINE)[1])


def errors(counted: dict[str, int]) -> dict[str, int]:
    return {name: counted[name] for name in ("status", "timeout", "connect", "read", "write")}


def table(counted: dict[str, int], seconds: int, clients: int) -> str:
    """The figures as a Markdown table, with what they were measured on."""
    took, version = counted["microseconds"] / 1e6, subprocess.run([str(find()[0]), "-v"], capture_output=True, text=True).stderr.strip().rpartition("/")[2]
    rows = {
        "Clients at once": f"{clients}", "Time": f"{seconds} seconds", "Requests answered": f"{counted['requests']:,}", "Requests a second": f"{counted['requests'] / took:,.0f}",
        "Sent a second": f"{counted['bytes'] / took / 1e6:,.0f} MB, packed", "Half of the answers within": f"{counted['p50'] / 1000:.1f} ms", "99 of 100 answers within": f"{counted['p99'] / 1000:.1f} ms",
        "Longest wait": f"{counted['longest'] / 1000:,.0f} ms", f"Answers that were an error, or took over {TIMEOUT} seconds": f"{counted['status'] + counted['timeout']:,}", "Broken connections": f"{counted['connect'] + counted['read'] + counted['write']:,}",
        "Measured on": f"{os.cpu_count()} cores, shared by nginx {version.split()[0]} ({'with' if find()[1] else 'without'} Brotli) and wrk",
    }
    return "\n".join(("| What | Figure |", "| --- | --- |", *(f"| {name} | {figure} |" for name, figure in rows.items())))


def write(text: str) -> None:
    """Put the table between its markers on the page."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench-load", description="Put load on the site as nginx serves it, and fail on any error.")
    parser.add_argument("seconds", nargs="?", type=int, default=60)
    parser.add_argument("--clients", type=int, default=200, help="how many ask at once")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/contribute/hosting.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site, work = Path(folder) / "site", Path(folder) / "work"
        work.mkdir()
        run_build(ROOT, site)
        compress(site)
        paths = mixed(site)
        with nginx(site, work) as address:
            wrong = unanswered(address, paths)
            counted = load(address, paths, options.seconds, options.clients, work)
    text = table(counted, options.seconds, options.clients)
    print(text)
    if options.write:
        write(text)
    failed = {name: number for name, number in errors(counted).items() if number}
    print(*(f"Not answered: {path}" for path in wrong), *(f"Errors of the kind {name}: {number}" for name, number in failed.items()), sep="\n", file=sys.stderr, end="\n" if wrong or failed else "")
    return 1 if wrong or failed or not counted["requests"] else 0


if __name__ == "__main__":
    sys.exit(main())
