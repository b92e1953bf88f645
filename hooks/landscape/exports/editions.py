"""Editions: the downloads of one day, frozen for good, so that a paper can cite data that will never change.

``scripts/edition`` freezes one into ``data/editions/<name>/`` of the project; every later build publishes those bytes as they
are. An edition is a zip of the downloads, ``edition.json`` about it, ``CHANGES.md`` since the edition before, and
``SHA256SUMS`` of the three.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any, Iterable, Iterator, Mapping

from .. import words
from ..load import EDITIONS
from ..model import Edition
from ..site import Site
from .plain import LICENCE, SCHEMA_VERSION, TITLE, attribution, envelope, in_order, plain, to_json

WHOLE = "landscape.json"

# Fields that say when someone looked or wrote, not what is known. A record in which only these differ has not changed.
DATES = {"first_listed", "last_changed", "last_reviewed", "updated", "first_line"}


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The files of all editions, as they were frozen."""
    for edition in site.landscape.editions:
        for file in edition.files:
            yield f"{EDITIONS}/{edition.name}/{file.name}", file.content


def freeze(site: Site, name: str, exported: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """The files of a new edition by name. ``exported`` are the site's exports; those for download go into the zip.

    Raises ValueError when the name is not a year and month, or not later than the last edition.
    """
    last = site.landscape.editions[0] if site.landscape.editions else None
    _check_name(name, last)
    everything = whole(site)
    changes = compare(_of_edition(last), everything) if last else {}
    downloads = {address: content for address, content in exported if is_frozen(address)}
    members = {**downloads, WHOLE: to_json(envelope(site, everything)), "README.txt": _readme(site, name)}
    about = {**_about(site, name, last), "counts": {kind: len(values) for kind, values in everything.items()}, "changes": _counted(changes), "contents": _listed(members)}
    made = {f"landscape-{name}.zip": _zip(f"landscape-{name}", members), "CHANGES.md": changes_text(site, name, last, changes), "edition.json": to_json(about)}
    return {**made, "SHA256SUMS": "".join(f"{_sha256(content)}  {file}\n" for file, content in sorted(made.items())).encode()}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _about(site: Site, name: str, last: Edition | None) -> dict[str, Any]:
    return {
        "name": name, "title": f"{TITLE}, edition {name}", "date": site.data_date, "url": f"{site.address}{EDITIONS}/{name}/", "previous": last.name if last else None,
        "schema_version": SCHEMA_VERSION, "licence": LICENCE, "attribution": attribution(site),
    }


def _counted(changes: Mapping[str, Changes]) -> dict[str, dict[str, int]]:
    return {kind: {what: len(getattr(found, what)) for what in HEADINGS} for kind, found in changes.items()}


def _listed(members: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """What is in the zip, with sizes in bytes and checksums."""
    return [{"name": name, "bytes": len(content), "sha256": _sha256(content)} for name, content in sorted(members.items())]


def _check_name(name: str, last: Edition | None) -> None:
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", name):
        raise ValueError(f'"{name}" is not the name of an edition; write a year and a month, such as 2026-11')
    if last and name <= last.name:
        raise ValueError(f"edition {last.name} is already frozen; a frozen edition never changes, and a new one has a later name")


def is_frozen(address: str) -> bool:
    """Whether an exported file belongs into an edition: the downloads and the whole lists of the API, not its single records."""
    return address.startswith("data/") and not address.startswith(f"{EDITIONS}/") or bool(re.fullmatch(r"api/v1/[^/]+\.json", address))


def whole(site: Site) -> dict[str, list[dict]]:
    """Every record, case study, publication and survey with the fields of its file, by kind."""
    known = site.landscape
    groups = {"records": known.records, "case_studies": known.case_studies, "publications": known.publications, "surveys": known.surveys}
    return {kind: [plain(one) for one in in_order(values)] for kind, values in groups.items()}


def _of_edition(edition: Edition) -> dict[str, list[dict]]:
    """What ``whole`` gave when an edition was frozen."""
    content = next(file.content for file in edition.files if file.name.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return json.loads(packed.read(f"landscape-{edition.name}/{WHOLE}"))["result"]


@dataclass(frozen=True)
class Changes:
    """What differs between two editions in one kind: ids, and for what changed the names of its fields."""

    added: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    ended: tuple[str, ...]
    removed: tuple[str, ...]


def compare(before: Mapping[str, list[dict]], after: Mapping[str, list[dict]]) -> dict[str, Changes]:
    """Changes by kind, in the order of ids. A record that ended since stands under ``ended``, and under ``changed`` with its fields."""
    return {kind: _changes(_by_id(before.get(kind, [])), _by_id(values)) for kind, values in after.items()}


def _by_id(values: Iterable[dict]) -> dict[str, dict]:
    return {value.get("id") or value["partnership"]: value for value in values}


def _changes(before: Mapping[str, dict], after: Mapping[str, dict]) -> Changes:
    both = [id for id in after if id in before]
    fields = {id: _changed_fields(before[id], after[id]) for id in both}
    ended = tuple(id for id in both if after[id].get("status") == "ended" != before[id].get("status"))
    changed = {id: names for id, names in fields.items() if names}
    return Changes(tuple(id for id in after if id not in before), changed, ended, tuple(id for id in before if id not in after))


def _changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    names = dict.fromkeys([*after, *before])
    return tuple(name for name in names if name not in DATES and before.get(name) != after.get(name))


# Kinds as the changelog heads them, with the address of one of each (surveys share a page).
KINDS = {
    "records": ("Partnerships and programmes", "partnerships/{}/"), "case_studies": ("Case studies", "case-studies/{}/"),
    "publications": ("Publications", "research/{}/"), "surveys": ("Published surveys", "research/surveys/#{}"),
}
HEADINGS = {"added": "Added", "ended": "Ended", "changed": "Changed", "removed": "Taken out"}


def changes_text(site: Site, name: str, last: Edition | None, changes: Mapping[str, Changes]) -> bytes:
    """The changelog of an edition in Markdown, with a link to each record and the names of the fields that changed."""
    lines = [f"# {TITLE}, edition {name}", "", f"Data of {words.date_words(site.data_date)}."]
    if last is None:
        lines += ["", "This is the first edition, so there is nothing to compare it with."]
    else:
        lines += ["", f"Compared with edition {last.name}, data of {words.date_words(last.date)}. A record in which only dates of review differ counts as not changed."]
    for kind, found in changes.items():
        lines += ["", f"## {KINDS[kind][0]}", *_kind_lines(site, kind, found)]
    return ("\n".join(lines) + "\n").encode()


def _kind_lines(site: Site, kind: str, found: Changes) -> Iterator[str]:
    if not any(getattr(found, what) for what in HEADINGS):
        yield from ("", "No change.")
    for what, heading in HEADINGS.items():
        ids = getattr(found, what)
        if ids:
            yield from ("", f"### {heading}: {len(ids)}", "")
            yield from (_line(site, kind, id) + (f": {', '.join(ids[id])}" if what == "changed" else "") for id in ids)


def _line(site: Site, kind: str, id: str) -> str:
    """An item of the list: a link to what is there, or the mere id of what is no longer there."""
    value = getattr(site.landscape, kind).get(id)
    if not value:
        return f"- {id}"
    text = re.sub(r"([\\`*_\[\]<>&])", r"\\\1", getattr(value, "name", "") or value.title)
    return f"- [{text}]({site.address}{KINDS[kind][1].format(id)})"


def _readme(site: Site, name: str) -> bytes:
    return f"""{TITLE}, edition {name}
Data of {words.date_words(site.data_date)}. Licence: {LICENCE['name']}, {LICENCE['url']}
Cite as: {TITLE} ({site.data_date[:4]}). Edition {name}. {site.address}{EDITIONS}/{name}/

{WHOLE} holds every record, case study, publication and survey. The other files are the downloads of that day.
The fields and what they mean: {site.address}data/
""".encode()


def _zip(folder: str, members: Mapping[str, bytes]) -> bytes:
    """Files packed in one folder, sorted, all with one date, so that the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(f"{folder}/{name}", date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, members[name], compresslevel=9)
    return packed.getvalue()
