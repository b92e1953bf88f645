"""Says whether a tool did the work that was asked: a page for each record with all its facts, and a list with a row for each.

A run that did not is no run: nobody is compared with a tool that left something out.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Iterator, Mapping

from .measuring import RunFailed
from .records import Records, values

_ROW = re.compile(r'href="?[^" >]*?([\w-]+)/"?[ >]')


def check(site: Path, records: Records) -> int:
    """Raise RunFailed for the first page that is missing or lacks a fact. Returns the mean bytes of a record's page."""
    rows, total = listed(site), 0
    for id, text in records.texts.items():
        page = _read(site / "partnerships" / id / "index.html")
        shown = html.unescape(page)
        lacking = next((fact for fact in facts(values(text), records.labels) if fact not in shown), None)
        if lacking is not None:
            raise RunFailed(f"the page of {id} lacks “{lacking}”")
        total += len(page.encode())
        if id not in rows:
            raise RunFailed(f"the list has no row for {id}")
    return total // len(records.texts)


def facts(record: Mapping, labels: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """What a page must show of a record, as text. Left out is only what one of the sites writes in small letters."""
    yield record["name"]
    yield record["summary"].strip()
    for vocabulary in ("settings", "issues", "delivery", "advice-levels", "local-authorities"):
        yield from (labels[vocabulary][tag] for tag in record[_FIELD.get(vocabulary, vocabulary)])
    yield labels["coverage"][record["coverage"]]
    yield labels["regions"][record["region"]]
    yield record["area"]
    for partner in record["partners"]:
        yield partner["name"]
        yield labels["organisations"][partner["kind"]]
    yield from (one["as_written"] for one in record["outcomes"])
    yield from (site["name"] for site in record.get("sites", ()))
    yield from (fund["funder"] for fund in record.get("funding", ()))
    yield record.get("referral", {}).get("how", "")
    for source in record["sources"]:
        yield source["title"]
        yield source["publisher"]
        yield f'href="{source["url"]}"'


_FIELD = {"advice-levels": "advice_level", "local-authorities": "local_authorities"}


def listed(site: Path) -> set[str]:
    """The last part of each address that the list leads to. A list may have several pages, each under ``page/``."""
    folder = site / "partnerships"
    pages = [folder / "index.html", *folder.glob("page/*/index.html")]
    return {found for page in pages for found in _ROW.findall(_read(page))}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise RunFailed(f"there is no page {path.parent.name}/{path.name}") from None
