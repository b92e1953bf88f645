"""Runs a command and measures it: wall time, or the peak memory of everything that it starts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Sequence

PROC = Path("/proc")
LIMIT = 900.0  # seconds; a tool that takes longer is stopped and recorded as failed
PAUSE = 0.01  # seconds between two looks at the memory


class RunFailed(Exception):
    """A tool did not end well, or not with the work that was asked. Its text goes into the table."""


@dataclass(frozen=True)
class Run:
    """One run that ended well. ``peak`` is in bytes, 0 if it was not measured."""

    seconds: float
    peak: int = 0


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, memory: bool = False, limit: float = LIMIT) -> Run:
    """Run a command in ``folder``. With ``memory`` its peak is looked for, which costs time: then the seconds mean nothing."""
    with tempfile.TemporaryFile() as said:
        os.sync()  # what the run before wrote is not ours to wait for
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=clean(environment), stdout=said, stderr=said, start_new_session=True)
        try:
            peak = _watch(process, start + limit) if memory else process.wait(limit) and 0
        except subprocess.TimeoutExpired:
            raise RunFailed(f"stopped after {limit:.0f} seconds") from None
        finally:
            end(process)
        seconds = time.perf_counter() - start
        if process.returncode:
            raise RunFailed(f"ended with code {process.returncode}: {_last_words(said)}")
    return Run(seconds, peak)


def end(process: subprocess.Popen) -> None:
    """Stop a command that still runs, with all that it started. It leads a session, so no signal to us would reach it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ends_tidily() -> None:
    """Let a request to stop (SIGTERM) run what ends our commands, as Ctrl-C does."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def clean(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a tool: ours, without what was set for this program."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**ours, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", **(environment or {})}


def _watch(process: subprocess.Popen, until: float) -> int:
    peak = 0
    while process.poll() is None:
        peak = max(peak, session_memory(process.pid))
        if time.perf_counter() > until:
            raise subprocess.TimeoutExpired(process.args, LIMIT)
        time.sleep(PAUSE)
    return peak


def session_memory(leader: int) -> int:
    """Bytes that all processes of a session hold together. A command is started as the head of a session of its own, so that is
    the command with all it started. Each page of memory that several share counts once (PSS), so forked workers count rightly."""
    return sum(_proportional(entry) for entry in PROC.iterdir() if entry.name.isdigit() and _session(entry) == leader)


def _session(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[3])
    except (OSError, IndexError):  # it has ended meanwhile
        return -1


def _proportional(entry: Path) -> int:
    try:
        lines = (entry / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _last_words(said) -> str:
    said.seek(0)
    lines = [line.strip() for line in said.read().decode("utf-8", "replace").splitlines() if line.strip()]
    return (lines or ["it said nothing"])[-1][:200]
