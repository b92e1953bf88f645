"""The filters of the list of publications: by country, design, setting, outcome and what was found."""

from __future__ import annotations

from typing import Any, Callable

from ..model import Publication
from ..site import Site
from .finder import Filter, as_json, option_column


def work_filters(site: Site, works: list[Publication]) -> dict[str, Any]:
    """The filters with their options, and a column of option numbers for each, in the order of ``works``; for JSON."""
    offered = [
        _of(site, works, "design", "Design", "designs", lambda work: (work.design,)),
        _of(site, works, "setting", "Setting", "settings", lambda work: work.settings),
        _of(site, works, "outcome", "Outcome looked at", "study-outcomes", lambda work: work.outcomes_studied),
        _found(site, works),
        _of(site, works, "country", "Country", "countries", lambda work: (work.country,)),
        _of(site, works, "issue", "Issue", "issues", lambda work: work.issues),
        Filter("partnership", "About a partnership listed here", (("yes", "Yes"), ("no", "No")), lambda work: ("yes" if work.partnerships else "no",)),
        Filter("free", "Free to read", (("yes", "Yes"), ("no", "No")), lambda work: (work.open_access,) if work.open_access in ("yes", "no") else ()),
    ]
    return {"filters": [as_json(one) for one in offered], "options": [option_column(one, works) for one in offered]}


def _of(site: Site, works: list[Publication], name: str, legend: str, vocabulary: str, values: Callable[[Publication], tuple[str, ...]]) -> Filter:
    """A filter with the terms of a vocabulary that some work has."""
    used = {tag for work in works for tag in values(work)}
    return Filter(name, legend, tuple((term.tag, term.label) for term in site.vocabularies[vocabulary] if term.tag in used), values)


def _found(site: Site, works: list[Publication]) -> Filter:
    """What a work found on an outcome, both in one choice: "better" alone would not say at what."""
    used = {pair for work in works for pair in _results(work)}
    options = [
        (f"{outcome.tag}.{direction.tag}", f"{outcome.label}: {direction.label.lower()}")
        for outcome in site.vocabularies["study-outcomes"] for direction in site.vocabularies["directions"] if f"{outcome.tag}.{direction.tag}" in used
    ]
    return Filter("found", "What it found", tuple(options), _results)


def _results(work: Publication) -> tuple[str, ...]:
    return tuple(f"{outcome}.{direction}" for outcome, direction in work.direction.items() if direction != "not-applicable")
