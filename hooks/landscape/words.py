"""How values read on a page: dates, numbers, places and lists in plain British English."""

from __future__ import annotations

from typing import Iterable, Sequence

from .model import Name, Outcome, Publication, Record, Source
from .vocabulary import Vocabulary

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def date_words(value: str) -> str:
    """"2019" stays; "2019-06" is "June 2019"; "2019-06-30" is "30 June 2019" (GOV.UK style)."""
    parts = value.split("-")
    if len(parts) == 1:
        return value
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """"a", "a and b", "a, b and c"."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


# First words of our labels that are names.
_NAMES = ("Citizens", "Blue", "Macmillan", "National Lottery", "England", "Scotland", "Wales", "Northern Ireland", "United Kingdom", "Australia", "Canada", "United States")


def lower_first(text: str) -> str:
    """The text with a small first letter, unless it starts with a name or an abbreviation (GP, GPs, NHS, Citizens)."""
    if text[1:2].isupper() or any(text == name or text.startswith(f"{name} ") for name in _NAMES):
        return text
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def place_words(record: Record, councils: Vocabulary, regions: Vocabulary, nations: Vocabulary) -> str:
    """Where a record works, in a few words: its councils, or its area, or its region, or its nation."""
    if 1 <= len(record.local_authorities) <= 3:
        return listed(councils.label(tag) for tag in record.local_authorities)
    if record.area:
        return record.area
    if record.region:
        return regions.label(record.region)
    return nations.label(record.nation) if record.nation else "Place not recorded"


def status_words(record: Record) -> str:
    """The status with the year it was true."""
    if record.status == "ended":
        return f"Ended {record.ended[:4]}" if record.ended else f"Ended by {record.status_as_of}" if record.status_as_of else "Ended"
    if record.status == "active":
        return f"Active in {record.status_as_of}"
    return f"Not known if it still runs; last evidence {record.status_as_of}" if record.status_as_of else "Not known if it still runs; no dated evidence"


def scope_words(outcome: Outcome, scopes: Vocabulary) -> str:
    """Whose figure it is, when it is not the partnership's own."""
    return "" if outcome.scope in ("", "this") else scopes.label(outcome.scope)


def author_words(authors: Sequence[Name], complete: bool = True) -> str:
    """Authors as a bibliography lists them: "Woodhead C, Khondoker M and Raine R"."""
    names = [name.literal or f"{name.family} {_initials(name.given)}".strip() for name in authors]
    if not names:
        return ""
    return listed(names) if complete else ", ".join(names) + " and others"


def _initials(given: str) -> str:
    """"Anna Maria" is "AM"; "J A" and "JA" are "JA"."""
    parts = given.replace(".", " ").replace("-", " ").split()
    return "".join(part if part.isupper() else part[:1].upper() for part in parts)


def publication_words(work: Publication) -> str:
    """Where a publication appeared: journal, volume, issue and pages, or its publisher."""
    place = work.container_title or work.publisher
    if work.volume:
        place += f", {work.volume}" + (f"({work.issue})" if work.issue else "")
    return place + (f": {work.page}" if work.page else "")


def numbered(sources: Sequence[Source]) -> dict[str, int]:
    """The number that each source's mark shows, by source id."""
    return {source.id: number for number, source in enumerate(sources, 1)}
