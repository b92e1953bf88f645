"""Measure how soon scripts/serve shows a changed record. Run by scripts/bench-serve."""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Iterator
from urllib.request import urlopen

from . import bars, page
from .__main__ import KEPT
from .machine import about
from .measuring import RunFailed, clean, end, ends_tidily
from .records import Records, changed, make, sentence
from .results import SERVE, Result, keep
from .tools import CACHE, TOOLS

OURS = next(tool for tool in TOOLS if tool.key == "whole")
LIMIT, PAUSE = 600.0, 0.02  # seconds: to wait for a page, and between two looks at it
# How the server is started, and where it then shows a record: change both here.
COMMAND = ("scripts/serve", "--port", "{port}")
ADDRESS = "http://127.0.0.1:{port}/"


def main(arguments: list[str] | None = None) -> int:
    """0: a changed record showed in time. 1: it did not."""
    parser = argparse.ArgumentParser(prog="scripts/bench-serve", description="Change a record while scripts/serve runs and wait until its page shows it.")
    parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=[500, 5000], help="numbers of records, such as 500,5000")
    parser.add_argument("--runs", type=int, default=5, help="how many records to change, one after another")
    chosen = parser.parse_args(arguments)
    ends_tidily()
    results = {SERVE: {str(size): measure(size, chosen.runs) for size in chosen.sizes}}
    keep(KEPT, SERVE, results[SERVE], about(()))
    for size, one in results[SERVE].items():
        print(f"{int(size):,} records: {one.failed or ', '.join(f'{seconds:.2f}' for seconds in one.rebuild) + ' s'}")
    verdicts = [one for one in bars.verdicts(results) if one.value is not None]
    print(page.bars_table(verdicts))
    return 1 if any(one.missed for one in verdicts) else 0


def measure(size: int, runs: int) -> Result:
    """Seconds from the change of a record's file until its page shows the change, ``runs`` times, another record each time."""
    work, result = CACHE / "work" / f"serve-{size}", Result()
    shutil.rmtree(work, ignore_errors=True)
    records = make(work / "records", size)
    OURS.lay(work / "project", records)
    try:
        with serving(work / "project", next(iter(records.texts))) as address:
            result.rebuild += [seconds_to_show(work / "project", records, address, number) for number in range(1, runs + 1)]
    except (RunFailed, OSError) as error:
        result.failed = str(error)
    shutil.rmtree(work)
    return result


def seconds_to_show(project: Path, records: Records, address: str, number: int) -> float:
    """Change one record and wait for its page."""
    id = list(records.texts)[number * 37 % len(records.texts)]
    start = time.perf_counter()
    OURS.write(project, id, changed(records.texts[id], str(number)), records.labels)
    wait_for(f"{address}partnerships/{id}/", sentence(str(number)))
    return time.perf_counter() - start


@contextmanager
def serving(project: Path, id: str) -> Iterator[str]:
    """The server of a project, once it shows a record; the address of its home page."""
    port = _free_port()
    address = ADDRESS.format(port=port)
    command = [part.format(port=port) for part in COMMAND]
    server = subprocess.Popen(command, cwd=project, env=clean({"SITE_URL": address}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_for(f"{address}partnerships/{id}/", id, server)
        yield address
    finally:
        end(server)


def wait_for(address: str, text: str, server: subprocess.Popen | None = None) -> None:
    """Ask for a page again and again until it holds a text."""
    until = time.perf_counter() + LIMIT
    while time.perf_counter() < until:
        if server and server.poll() is not None:
            raise RunFailed(f"the server ended with code {server.returncode}")
        try:
            with urlopen(address, timeout=LIMIT) as answer:
                if text in answer.read().decode("utf-8"):
                    return
        except (OSError, HTTPException):  # not there yet, or building
            pass
        time.sleep(PAUSE)
    raise RunFailed(f"{address.rpartition('partnerships/')[2]} did not show “{text}” in {LIMIT:.0f} seconds")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
