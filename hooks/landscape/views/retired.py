"""What stands at the old addresses of a record that was taken out: what it was, why it went, and where to go instead."""

from __future__ import annotations

from typing import Any, Iterator

from .. import words
from ..load import RETIRED
from ..model import Retired
from ..site import Site
from .page import Head, Page


def retired_pages(site: Site) -> Iterator[Page]:
    """A page at each old address: that of the record and that of its referral card. A reader is told and led on by a link,
    never sent on unasked; ``_redirects`` does send them on where the host can and another record stands in its place."""
    for gone in site.landscape.retired.values():
        for address, now in _addresses(gone):
            yield _page(site, gone, address, now)


def _addresses(gone: Retired) -> tuple[tuple[str, str], ...]:
    """(old address, new address or "") of the record's page and of its card."""
    pages = ("", "card/")
    return tuple((f"partnerships/{gone.id}/{page}", f"partnerships/{gone.became}/{page}" if gone.became else "") for page in pages)


def _page(site: Site, gone: Retired, address: str, now: str) -> Page:
    follows = site.landscape.records[gone.became] if gone.became else None
    trail = (("Partnerships", "partnerships/"),)
    description = f"{gone.name} is no longer listed here. {words.sentence(gone.why)}"
    data = {"gone": gone, "follows": follows, "place": site.place(follows) if follows else "", "now": now}
    title = f"No longer listed: {gone.name}" + (", referral card" if address.endswith("/card/") else "")
    return Page(address, title, description, "retired.html", data, edit=RETIRED, updated=gone.date, trail=trail, crumb=gone.name, noindex=True, head=Head(canonical=now))


def retired_summaries(site: Site) -> dict[str, Any]:
    """What the shortlist and the compare page say of a retired record, at the address where its own file was."""
    names = site.landscape.records
    return {
        f"shortlist/records/{gone.id}.json": {
            "id": gone.id, "retired": words.date_words(gone.date), "was": gone.name, "why": words.sentence(gone.why),
            "became": gone.became, "became_name": names[gone.became].name if gone.became else "",
        }
        for gone in site.landscape.retired.values()
    }
