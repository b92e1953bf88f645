"""Records, publications, surveys and case studies as plain data: what JSON holds, and what every other export reads.

Names are those of the YAML files. What is empty is left out. Tags stay tags: ``labels`` says them in words, beside them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Iterable

from ..checks import filled_fields, sources_behind
from ..model import CaseStudy, Publication, Record, Survey
from ..site import Site

SCHEMA_VERSION = "1.0"
LICENCE = {"name": "Creative Commons Attribution 4.0 International", "id": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
TITLE = "Health Justice Landscape"


def attribution(site: Site) -> str:
    """The words a reuser writes, as the licence asks."""
    return f"{TITLE}, data of {site.data_date}, {site.address}, licensed under {LICENCE['id']}"


def envelope(site: Site, result: list | Mapping) -> dict[str, Any]:
    """What stands around every answer: ``total`` is the number of results, 1 for a single one."""
    return {
        "schema_version": SCHEMA_VERSION, "generated_at": site.data_date, "licence": LICENCE, "attribution": attribution(site),
        "total": len(result) if isinstance(result, list) else 1, "result": result,
    }


def to_json(value: Any) -> bytes:
    """JSON as UTF-8 on one line, with a line end. Without indents, because those take Python's slow encoder."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def plain(value: Any) -> Any:
    """A model value as dicts, lists and texts, without what is empty. ``_`` in names is ``-`` where CSL writes so."""
    if isinstance(value, str):  # first, because nearly everything is text
        return value
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if is_dataclass(value):
        parts = {name: plain(getattr(value, name)) for name in _names(type(value))}
        return {name: part for name, part in parts.items() if part not in ("", [], {}, None)}
    return {key: plain(part) for key, part in value.items()} if isinstance(value, Mapping) else value


@cache
def _names(made: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(made))


def record(site: Site, one: Record) -> dict[str, Any]:
    """A record with its address, the labels of its tags, what is derived from others, and where each fact comes from.

    ``provenance`` gives for each filled field the ids of the sources behind it; items of a list carry their own ``source``.
    """
    return {
        **plain(one),
        "url": f"{site.address}partnerships/{one.id}/",
        "last_changed": one.changed,
        "labels": labels(site, one),
        "predecessors": site.before.get(one.id, []), "successors": site.after.get(one.id, []),
        "provenance": {name: list(sources_behind(one, name)) for name in filled_fields(one)},
        **({"case_study": f"{site.address}case-studies/{one.id}/"} if one.id in site.landscape.case_studies else {}),
        "publications": [work.id for work in site.publications_about.get(one.id, [])],
    }


# Fields that hold tags, with the vocabulary of each.
TAGGED = {
    "status": "statuses", "nation": "nations", "region": "regions", "local_authorities": "local-authorities", "health_boards": "health-boards",
    "coverage": "coverage", "settings": "settings", "issues": "issues", "delivery": "delivery", "advice_level": "advice-levels",
}


def labels(site: Site, one: Record) -> dict[str, Any]:
    """The words of a record's tags, by field; a list where the field is one."""
    found = {}
    for name, vocabulary in TAGGED.items():
        value = getattr(one, name)
        if value:
            found[name] = site.label(value, vocabulary) if isinstance(value, str) else [site.label(tag, vocabulary) for tag in value]
    return found


def publication(site: Site, work: Publication) -> dict[str, Any]:
    """A publication with its address. Its names are those of its file, which are CSL's where CSL has them."""
    return {**{name.replace("container_title", "container-title"): part for name, part in plain(work).items()}, "url": f"{site.address}research/{work.id}/"}


def case_study(site: Site, study: CaseStudy) -> dict[str, Any]:
    """A case study with its prose as Markdown; marks such as [^s1] are ids of the sources of its record."""
    parts = plain(study)
    parts.pop("first_line")
    return {**parts, "url": f"{site.address}case-studies/{study.partnership}/", "sources": [plain(source) for source in site.landscape.records[study.partnership].sources]}


def survey(site: Site, one: Survey) -> dict[str, Any]:
    return {**plain(one), "url": f"{site.address}research/surveys/#{one.id}"}


def in_order(values: Mapping[str, Any]) -> Iterable[Any]:
    """Values by id: the order of every export."""
    return (values[id] for id in sorted(values))
