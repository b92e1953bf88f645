"""What was measured, and where it is kept until it is measured again."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Mapping

REAL = "real"  # stands for the number of records where the real data was built
SERVE = "serve"
LOAD = "Load when it began, at most"
SAME = ("Cores", "Memory", "Processor", "Python", "Code here")  # of what figures that stand side by side were measured with


@dataclass
class Result:
    """The runs of one tool at one size, in seconds; ``peak`` and ``page`` in bytes. One that ``failed`` has its reason here."""

    cold: list[float] = field(default_factory=list)
    rebuild: list[float] = field(default_factory=list)
    peak: int = 0
    page: int = 0
    failed: str = ""

    def median(self, which: str) -> float | None:
        """The middle of its runs, ``cold`` or ``rebuild``, if there are any."""
        runs = [] if self.failed else getattr(self, which)
        return statistics.median(runs) if runs else None


Results = Mapping[str, Mapping[str, Result]]  # by number of records, then by tool


class Mixed(Exception):
    """Figures of different programs or machines lie together."""


def keep(folder: Path, size: str, results: Mapping[str, Result], about: Mapping[str, str]) -> None:
    """Keep what was measured at one size, in place of what was there."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {"about": about, "results": {key: asdict(one) for key, one in results.items()}}
    (folder / f"{size}.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def kept(folder: Path) -> tuple[dict[str, dict[str, Result]], dict[str, str]]:
    """Everything that is kept, smallest first, and what it was measured with. Figures that do not belong together are refused."""
    read = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    order = sorted(read, key=lambda size: (not size.isdigit(), int(size) if size.isdigit() else 0, size))
    abouts = [read[size]["about"] for size in order]
    if any(about[name] != abouts[0][name] for about in abouts for name in SAME):
        raise Mixed(f"the figures kept in {folder} are of different programs or machines: delete the old ones and measure again")
    told = {name: value for about in abouts for name, value in about.items()}
    results = {size: {key: Result(**one) for key, one in read[size]["results"].items()} for size in order}
    return results, {**told, LOAD: max((about[LOAD] for about in abouts), key=float)} if abouts else {}
