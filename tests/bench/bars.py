"""What we ask of ourselves, and whether it is met."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Iterator, Mapping

from .results import REAL, SERVE, Result, Results


Row = Mapping[str, Result]  # the results of all tools at one size


@dataclass(frozen=True)
class Verdict:
    """One bar: what is asked, the most that is allowed, what was measured (None: nothing), and its unit."""

    what: str
    limit: float
    value: float | None
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.value is not None and self.value <= self.limit

    @property
    def missed(self) -> bool:
        return self.value is not None and self.value > self.limit

    def words(self) -> str:
        """Met or missed, and by how much."""
        if self.value is None:
            return "not measured"
        if self.value == math.inf:
            return "MISSED: the build failed"
        share = abs(self.value / self.limit - 1)
        return f"met, {share:.0%} below" if self.met else f"MISSED by {share:.0%}"


def verdicts(results: Results) -> list[Verdict]:
    """Every bar, in order. Where two rows of ours are asked, the worse one is told."""
    return [
        Verdict("Cold build of 5,000, the same pages as Hugo’s, against Hugo", 1, _worst(results, "5000", ("pages",), _against_hugo)),
        Verdict("Rebuild of 5,000 after one changed record, against Hugo", 1 / 3, _worst(results, "5000", ("pages", "whole"), _rebuild_against_hugo)),
        Verdict("Peak memory at 10,000", 400, _worst(results, "10000", ("pages", "whole"), lambda ours, _: ours.peak / 1e6 or None), "MB"),
        Verdict("Cold build of 10,000 against 5,000", 2.1, max(_growth(results), default=None)),
        Verdict("Cold build of the real data", 3, _worst(results, REAL, (REAL,), lambda ours, _: ours.median("cold")), "s"),
        *(Verdict(f"A changed record in the server’s page at {size:,} records", limit, _worst(results, SERVE, (str(size),), lambda ours, _: ours.median("rebuild")), "s") for size, limit in ((500, 1), (5000, 2))),
    ]


def _worst(results: Results, size: str, rows: tuple[str, ...], value: Callable[[Result, Row], float | None]) -> float | None:
    """The largest value of our rows at one size. A row that failed misses its bar; one without a value leaves it unmeasured."""
    at = results.get(size, {})
    if any(at[row].failed for row in rows if row in at):
        return math.inf
    values = [value(at[row], at) if row in at else None for row in rows]
    return None if None in values else max(values)


def _against_hugo(ours: Result, at: Row) -> float | None:
    return _ratio(ours.median("cold"), _hugo(at, "cold"))


def _rebuild_against_hugo(ours: Result, at: Row) -> float | None:
    """Against the lesser of Hugo's two times: it builds all again after a change, so they are nearly the same."""
    times = [time for time in (_hugo(at, "cold"), _hugo(at, "rebuild")) if time]
    return _ratio(ours.median("rebuild"), min(times, default=None))


def _hugo(at: Row, which: str) -> float | None:
    return at["hugo"].median(which) if "hugo" in at else None


def _growth(results: Results) -> Iterator[float]:
    for row in ("pages", "whole"):
        five, ten = (results.get(size, {}).get(row, Result()).median("cold") for size in ("5000", "10000"))
        if five and ten:
            yield ten / five


def _ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None
