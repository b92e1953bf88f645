"""Measure the build and write docs/contribute/performance.md. Run by scripts/bench."""

from __future__ import annotations

import argparse
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Sequence

from conftest import ROOT

from . import bars, fairness, page
from .machine import about
from .measuring import RunFailed, ends_tidily, run
from .records import Records, changed, make
from .results import REAL, Mixed, Result, keep, kept
from .tools import CACHE, MORE, REAL as REAL_TOOL, TOOLS, Tool, install

PAGE = ROOT / "docs/contribute/performance.md"
KEPT = CACHE / "results"
NAMES = {tool.key: tool.name for tool in (*TOOLS, *MORE)}


def main(arguments: list[str] | None = None) -> int:
    """0: every bar that was measured is met. 1: one is missed. 2: the command itself is wrong."""
    chosen = _parser().parse_args(arguments)
    ends_tidily()
    tools = [tool for tool in (*TOOLS, *MORE) if (tool.key in chosen.only if chosen.only else tool in TOOLS)]
    try:
        results, told = kept(KEPT) if chosen.report else _measure(tools, chosen.sizes, chosen.runs)
    except Mixed as mixed:
        print(f"Nothing was written: {mixed}.", file=sys.stderr)
        return 2
    verdicts = bars.verdicts(results)
    print(page.bars_table(verdicts))
    if chosen.date:
        written = page.figures(results, verdicts, told, NAMES, chosen.date.isoformat())
        PAGE.write_text(page.place(PAGE.read_text(encoding="utf-8"), written, chosen.date.isoformat()), encoding="utf-8")
    return 1 if any(one.missed for one in verdicts) else 0


def _parser() -> argparse.ArgumentParser:
    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.split(",")]

    def keys(text: str) -> list[str]:
        unknown = [key for key in text.split(",") if key not in NAMES]
        if unknown:
            raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(NAMES)}")
        return text.split(",")

    parser = argparse.ArgumentParser(prog="scripts/bench", description="Build synthetic records here and with other generators, and compare time and memory.")
    parser.add_argument("--sizes", type=numbers, default=[200, 1000, 5000, 10000], help="numbers of records, such as 200,1000")
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each tool, interleaved; one more, untimed, finds the memory")
    parser.add_argument("--only", type=keys, help=f"only some of {', '.join(NAMES)}")
    parser.add_argument("--date", type=date.fromisoformat, help="write docs/contribute/performance.md, measured on this day, such as 2026-11-28")
    parser.add_argument("--report", action="store_true", help="measure nothing: use the figures kept in .cache/bench/results, size by size")
    return parser


def _measure(tools: Sequence[Tool], sizes: Sequence[int], runs: int) -> tuple[dict[str, dict[str, Result]], dict[str, str]]:
    """All sizes, and the real data if our own site is measured. Each size is kept as soon as it is done."""
    install(tool.key for tool in tools)
    told, results = about([tool.key for tool in tools]), {}
    for size in sizes:
        results[str(size)] = measure_size(size, tools, runs)
        keep(KEPT, str(size), results[str(size)], told)
        print(f"\n{size:,} records\n{page.size_table(results[str(size)], NAMES)}", flush=True)
        for key, one in results[str(size)].items():
            print(f"{NAMES[key]} failed: {one.failed}" if one.failed else "", end="\n" if one.failed else "", flush=True)
    if any(tool.key == "whole" for tool in tools):
        results[REAL] = {REAL: measure_real(runs)}
        keep(KEPT, REAL, results[REAL], told)
    return results, told


def measure_size(size: int, tools: Sequence[Tool], runs: int) -> dict[str, Result]:
    """A round for the memory, which also warms the disk for all, then the timed rounds: A B C, A B C."""
    work = CACHE / "work" / str(size)
    shutil.rmtree(work, ignore_errors=True)
    records, results = make(work / "records", size), {tool.key: Result() for tool in tools}
    for tool in tools:
        tool.lay(work / tool.key, records)
    for number in range(runs + 1):
        for tool in tools:
            if not results[tool.key].failed:
                one_round(tool, work / tool.key, records, results[tool.key], number)
                print(f"{size:,} records, round {number} of {runs}: {tool.name}{' failed' if results[tool.key].failed else ''}", file=sys.stderr, flush=True)
    shutil.rmtree(work)
    return results


def one_round(tool: Tool, project: Path, records: Records, result: Result, number: int) -> None:
    """One cold build and, when it is timed (number 1 and on), a second run after one record has changed. Both are checked."""
    try:
        tool.clear(project)
        cold = run(tool.command(), project, memory=number == 0)
        result.page = fairness.check(project / tool.site, records)
        if number == 0:
            result.peak = cold.peak
            return
        rebuild = _rebuild(tool, project, records, number)
        result.cold.append(cold.seconds)
        result.rebuild.append(rebuild)
    except (RunFailed, OSError) as error:
        result.failed = str(error)


def _rebuild(tool: Tool, project: Path, records: Records, number: int) -> float:
    """Seconds of the run after one record has changed, another one each time. The record is put back as it was."""
    id = list(records.texts)[number * 37 % len(records.texts)]
    text = changed(records.texts[id], str(number))
    tool.write(project, id, text, records.labels)
    try:
        again = run(tool.command(), project)
        fairness.check(project / tool.site, Records({**records.texts, id: text}, records.labels))
    finally:
        tool.write(project, id, records.texts[id], records.labels)
    return again.seconds


def measure_real(runs: int) -> Result:
    """Cold builds of the project as it is, in a copy."""
    work, result = CACHE / "work" / REAL, Result()
    shutil.rmtree(work, ignore_errors=True)
    REAL_TOOL.start(work, Records({}, {}))
    try:
        for number in range(runs + 1):
            REAL_TOOL.clear(work)
            done = run(REAL_TOOL.command(), work, memory=number == 0)
            _every_page(work)
            result.peak = result.peak or done.peak
            result.cold += [done.seconds] if number else []
    except (RunFailed, OSError) as error:
        result.failed = str(error)
    shutil.rmtree(work)
    return result


def _every_page(project: Path) -> None:
    missing = [path.stem for path in (project / "data/partnerships").glob("*.yml") if not (project / REAL_TOOL.site / "partnerships" / path.stem / "index.html").is_file()]
    if missing:
        raise RunFailed(f"there is no page of {missing[0]}")


if __name__ == "__main__":
    sys.exit(main())
