"""What an editor probably meant: a value in the form its field wants, or the field that goes by another name here.

A suggestion is never taken over. It is shown as "did you mean", so it may be wrong, but it must have the right form.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Collection
from urllib.parse import parse_qs, urlsplit

from .problems import nearest

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
# Days and months as people and spreadsheets write them, the day first as in the United Kingdom. A year has four digits, because
# two may mean anything.
_DATES = tuple(re.compile(shape, re.IGNORECASE) for shape in (
    r"(?P<day>\d\d?)[/. -](?P<month>\d\d?)[/. -](?P<year>\d{4})",
    r"(?P<year>\d{4})[/. –-](?P<month>\d\d?)(?:[/. –-](?P<day>\d\d?))?(?:[T ][\d:.]+Z?)?",
    r"(?:(?P<day>\d\d?)(?:st|nd|rd|th)?[ -])?(?P<month>[a-z]{3,9})\.?,?[ -](?P<year>\d{4})",
    r"(?P<month>[a-z]{3,9})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    r"(?P<month>\d\d?)[/. -](?P<year>\d{4})",
    r"(?:c\.?|ca\.?|about|around|circa|early|mid|late|in|since)[ -]?(?P<year>\d{4})",
    r"(?P<year>\d{4})[/–-]\d\d(?:\d\d)?",
))
_NUMBER = re.compile(r"(?:over|more than|about|around|nearly|up to|c\.?|approx\.?)?\s*£?\s*(\d{1,3}(?:[, ]\d{3})+|\d+)(\.\d+)?\s*(%|p|k|m|mn|million|bn|billion|thousand)?", re.IGNORECASE)
_TIMES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
_ADDRESS = re.compile(r"(?:https?:/{0,2}|www\.)[^\s<>\"'“”‘’()\[\]]+", re.IGNORECASE)
_YES, _NO = ("yes", "y", "true", "on", "1"), ("no", "n", "false", "off", "0")


def value(kind: str, text: str) -> str:
    """A value of a kind of field (as ``fields.KINDS`` names them) made from what was typed, or "". It may not be a valid one."""
    bare = text.strip(" \"'“”‘’<>.,;")
    make = {
        "id": slug, "year": _date, "year-month": _date, "date": _date, "any-date": _date, "number": _number, "url": _address,
        "postcode": _postcode, "flag": _flag,
    }
    made = make[kind](bare) if kind in make else ""
    length = {"year": 4, "year-month": 7}.get(kind)
    return made[:length] if length else made


def leads_to(address: str) -> str:
    """The address that one of a service which leads on has inside it, or ""."""
    inside = (values[-1] for name, values in parse_qs(urlsplit(address).query).items() if name in ("url", "q", "u"))
    return next((one for one in inside if one.startswith(("http://", "https://"))), "")


def slug(text: str) -> str:
    """An id made of a name: its letters without accents and its digits, with hyphens between the words."""
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "").replace("&", " and ")).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def _date(text: str) -> str:
    for shape in _DATES:
        match = shape.fullmatch(text)
        if match:
            parts = match.groupdict()
            month = parts.get("month") or ""
            number = month if month.isdigit() else _MONTHS.get(month[:3].lower(), 0) if month else ""
            return "-".join([parts["year"], *(f"{int(part):02}" for part in (number, parts.get("day")) if part)])
    return ""


def _number(text: str) -> str:
    match = _NUMBER.fullmatch(text)
    if not match:
        return ""
    whole, part, unit = match[1].replace(",", "").replace(" ", ""), (match[2] or "")[1:], (match[3] or "").lower()
    places = _TIMES.get(unit, 0)
    if not places:
        return f"{whole}.{part}" if part else whole
    moved = (whole + part[:places].ljust(places, "0")).lstrip("0") or "0"
    return f"{moved}.{part[places:]}" if part[places:] else moved


def _address(text: str) -> str:
    match = _ADDRESS.search(text)
    if not match:
        return f"https://{text}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text) else ""
    if text[match.end() :][:1].isspace():
        return ""  # a space inside the address, or words after it: nobody can tell
    found = match[0].rstrip(".,;")
    return re.sub(r"^(?:(https?):/*)?(?:https?:/*)?", lambda start: f"{start[1] or 'https'}://", found, count=1, flags=re.IGNORECASE)


def _postcode(text: str) -> str:
    """The postcode inside the text. In its fixed places a letter is taken for the digit it looks like, and the other way round."""
    match = re.search(r"\b([A-Z]{1,2}[0-9OIL][A-Z0-9]?)[\s-]*([0-9OIL][A-Z0]{2})$", text.upper())
    if not match:
        return ""
    digit = str.maketrans("OIL", "011")
    outward = re.sub(r"^([A-Z]{1,2}?)([0-9OIL]+)$", lambda one: one[1] + one[2].translate(digit), match[1])
    return f"{outward} {match[2][0].translate(digit)}{match[2][1:].replace('0', 'O')}"


def _flag(text: str) -> str:
    return "true" if text.lower() in _YES else "false" if text.lower() in _NO else ""


# Names that people write for a field, where the words are not alike.
_OTHER_NAMES = {
    "website": ("url", "link", "web", "homepage", "web_page"), "url": ("link", "website", "web", "address", "href", "web_address"),
    "name": ("organisation", "organization", "title", "org", "called"), "title": ("name", "heading"),
    "kind": ("type", "category"), "type": ("kind", "category"), "funder": ("name", "organisation", "funded_by"), "side": ("role_side", "partner_type"),
    "summary": ("description", "about", "overview", "abstract"), "what": ("event", "description", "text", "label"), "how": ("process", "description", "route"),
    "started": ("start", "start_date", "began", "from", "launched", "date_started", "start_year"), "ended": ("end", "end_date", "finished", "closed", "end_year"),
    "date": ("year", "published", "when", "accessed"), "status_as_of": ("status_date", "as_of", "status_year"),
    "publisher": ("author", "organisation", "by", "published_by"), "supports": ("support", "fields", "facts"),
    "local_authorities": ("council", "councils", "boroughs", "la", "las", "local_councils"), "settings": ("health_settings", "place", "places"),
    "issues": ("topics", "problems", "areas_of_advice"), "partners": ("organisations", "organizations", "members"), "funding": ("funders", "funded_by", "money"),
    "outcomes": ("results", "impact", "figures"), "sources": ("references", "links", "evidence"), "aliases": ("also_known_as", "other_names", "aka"),
    "as_written": ("figure", "value", "quote"), "number": ("value", "amount", "figure"), "amount": ("value", "sum"), "cautions": ("notes", "note", "warnings"),
    "last_reviewed": ("reviewed", "checked", "last_checked", "last_updated", "updated", "date_reviewed"), "first_listed": ("added", "created", "date_added", "listed"),
    "archived_url": ("archive", "archive_url", "archived"), "roles": ("role", "part"), "postcode": ("post_code", "zip", "zipcode"),
}


def field_name(name: str, known: Collection[str], present: Collection[str]) -> tuple[str, bool]:
    """The field that a wrong name probably means, and whether that is so sure that its value may be read as that field's.
    Fields that are there already come last."""
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    absent = [one for one in known if one not in present]
    same = [one for one in absent if one.replace("-", "_").lower() == plain]
    other = [one for one in absent if plain in _OTHER_NAMES.get(one, ())]
    close = nearest(plain, absent, cutoff=0.8)
    if same or close or len(other) == 1:
        return (same or ([close] if close else other))[0], True
    return (other or [nearest(plain, absent, cutoff=0.7) or nearest(plain, known, cutoff=0.7)])[0], False
