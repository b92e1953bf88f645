"""Handing an answer on: the shortlist, two to four records side by side, and a referral card of one page."""

from __future__ import annotations

from typing import Any

from .. import derive, words
from ..model import Funding, Outcome, Record
from ..site import Site, short
from .page import Page

# Records on the compare page: with more, a column is too narrow to read.
MOST_COMPARED, MOST_WORDS = 4, "four"


def shortlist(site: Site) -> Page:
    data = {"data_date": site.data_date}
    return Page("shortlist/", "Shortlist", "Partnerships you have put aside on this device, to print, compare or send on.", "shortlist.html", data, assets=("shortlist-page",), noindex=True)


def compare(site: Site) -> Page:
    data = {"data_date": site.data_date, "most": MOST_COMPARED, "most_words": MOST_WORDS}
    return Page("compare/", "Compare partnerships", f"Two to {MOST_WORDS} partnerships side by side: who, where, what help, referral, funding and reported figures.", "compare.html", data, assets=("compare",), noindex=True)


def card(site: Site, record: Record) -> Page:
    """The referral card of a record: what a nurse needs to refer, on one A4 page."""
    data = {
        "record": record, "row": site.row(record), "warning": warning(record), "address": f"partnerships/{record.id}/",
        "data_date": site.data_date, "providers": _names(record, "advice"), "hosts": _names(record, "health"),
    }
    trail = (("Partnerships", "partnerships/"), (record.name, f"partnerships/{record.id}/"))
    return Page(f"partnerships/{record.id}/card/", f"Referral card: {record.name}", short(f"Referral card to print: {record.summary}"), "card.html", data, updated=record.last_reviewed, trail=trail, crumb="Referral card", noindex=True)


def warning(record: Record) -> str:
    """What a reader must hear before referring anyone, when the partnership is not known to run."""
    if record.status == "ended":
        return "This partnership has ended. Do not refer people to it."
    if record.status == "unknown":
        last = f"The latest evidence we have is from {record.status_as_of}. " if record.status_as_of else ""
        return f"We do not know whether this still runs. {last}Check with the organisation before you refer anyone."
    return ""


def _names(record: Record, side: str) -> list[str]:
    return [partner.name for partner in record.partners if partner.side == side]


def summary(site: Site, record: Record) -> dict[str, Any]:
    """A record as the shortlist and the compare page show it: every value in words, as text and never as markup."""
    row = site.row(record)
    return {
        "id": record.id, "name": record.name, "programme": record.is_programme, "status": record.status, "status_words": row.status,
        "warning": warning(record), "review_due": row.review_due, "place": row.place, "sites": _sites(record),
        "settings": _labels(site, record.settings, "settings"), "advice": _names(record, "advice"), "health": _names(record, "health"),
        "issues": _labels(site, record.issues, "issues"), "delivery": _labels(site, record.delivery, "delivery"), "level": _labels(site, record.advice_level, "advice-levels"),
        "who": _labels(site, record.referral.who, "referrers") if record.referral else [], "how": record.referral.how if record.referral else "",
        "funding": [_funding(site, fund) for fund in record.funding], "outcomes": [_outcome(site, outcome) for outcome in record.outcomes],
        "started": words.date_words(record.started) if record.started else "", "sources": len(record.sources),
        "website": record.website, "last_reviewed": words.date_words(record.last_reviewed),
    }


def _labels(site: Site, tags: tuple[str, ...], vocabulary: str) -> list[str]:
    return [site.label(tag, vocabulary) for tag in tags]


def _sites(record: Record) -> list[str]:
    return [", ".join(filter(None, (place.name, place.town))) for place in record.sites]


def _funding(site: Site, fund: Funding) -> str:
    told = "; ".join(filter(None, (fund.amount, fund.period)))
    return f"{fund.funder} ({words.lower_first(site.label(fund.kind, 'funding-kinds'))})" + (f": {told}" if told else "")


def _outcome(site: Site, outcome: Outcome) -> dict[str, Any]:
    """A figure as its source writes it, with what it counts, the time it covers, whose it is, and whether sources disagree."""
    return {
        "figure": outcome.as_written, "what": outcome.what, "period": outcome.period or "period not stated",
        "scope": words.lower_first(words.scope_words(outcome, site.vocabularies["scopes"])), "note": outcome.note, "disputed": bool(outcome.rival),
    }


def summaries(site: Site) -> dict[str, Any]:
    """One small file for each record, so that a browser loads only those it was asked for."""
    return {f"shortlist/records/{record.id}.json": summary(site, record) for record in site.ordered}
