"""What the form for adding and editing a record is made of: fields, terms, steps and messages, from ``fields`` and the vocabulary.

The browser reads it as one file of JSON (``assets/form-model.json``), so that a field, a term or a rule cannot be one thing in
the form and another in the check. Only the order of the questions, and their words, are said here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Iterable, Mapping

from .. import parse, signs
from ..fields import KINDS, RECORD, Field
from ..load import RECORDS
from ..vocabulary import Term, Vocabulary
from .schema import first_line


@dataclass(frozen=True)
class Step:
    """One page of the form: ``fields`` are asked at once, ``more`` stand behind a heading that opens."""

    id: str
    title: str
    about: str
    fields: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    optional: bool = False


STEPS = (
    Step("name", "Name", "What the partnership is called, and what it does in a few sentences.", ("name", "kind", "summary", "id"),
         ("aliases", "former_names", "describes_itself_as", "website", "programme", "predecessors", "successors", "in_doubt", "cautions")),
    Step("place", "Place", "Where it works.", ("nation", "region", "local_authorities", "area"), ("health_boards", "coverage", "sites")),
    Step("who", "Who works with whom", "The health service, the advice organisation and anyone else who takes part. Organisations only: no names of people.", ("settings", "partners")),
    Step("help", "What help people get", "Tick only what a source says.", ("issues", "advice_level")),
    Step("access", "How people get it", "How patients and advisers are brought together.", ("delivery", "referral")),
    Step("running", "Is it running?", "What a source says, and when it said so.", ("status", "status_as_of", "started", "ended"), ("timeline",)),
    Step("money", "Money and figures", "Write each figure exactly as its source gives it. Do not add, average or round.", ("funding", "outcomes"), optional=True),
    Step("sources", "Sources", "The pages and documents where all of this can be read. Everything you filled in needs one.", ("sources",)),
    Step("send", "Check and send", "Read it once more, then choose how to send it."),
)
# Fields that the form fills by itself: days on which something was done.
FILLED_BY_THE_FORM = ("first_listed", "last_changed", "last_reviewed")

# Questions where the field's name does not do. Paths as in ``sources.url``.
LABELS = {
    "id": "Short name for its address and file", "kind": "What is it?", "programme": "Programme it belongs to", "aliases": "Other names",
    "describes_itself_as": "What it calls itself", "website": "Its own web page", "predecessors": "Records it grew out of", "successors": "Records that followed it",
    "in_doubt": "Why it may not belong in this list", "cautions": "What a reader should know before using the record",
    "local_authorities": "Councils", "health_boards": "Health boards or trust areas", "area": "The place in words", "coverage": "How large an area",
    "sites": "Places that a source names", "settings": "Health settings", "issues": "Help with", "advice_level": "Level of help",
    "delivery": "How patients and advisers meet", "referral": "Referral", "referral.who": "Who can refer", "referral.how": "How a person gets from the health service to the adviser",
    "status_as_of": "In which year did a source say so?", "started": "When did it start?", "ended": "When did it end?", "timeline": "History",
    "funding": "Funding", "outcomes": "Figures", "sites.type": "Kind of place", "partners.kind": "Kind of organisation", "partners.side": "Side", "partners.roles": "What it does",
    "funding.kind": "Kind of funder", "outcomes.measure": "What the figure counts", "outcomes.what": "What exactly was counted", "outcomes.as_written": "The figure as the source writes it",
    "outcomes.number": "The figure as a plain number", "outcomes.number_to": "The upper end of a range", "outcomes.qualifier": "How exact", "outcomes.period_kind": "What kind of period",
    "outcomes.scope": "Whose figure it is", "outcomes.rival": "A word for figures that disagree", "timeline.what": "What happened", "timeline.date_as_written": "The date in words",
    "sources.url": "Web address", "sources.archived_url": "Address of an archived copy", "sources.copy": "This is a copy of a document published elsewhere", "sources.date": "When it was published",
}
# What an item of a list is called on its buttons: "Add another place".
ITEMS = {
    "aliases": "name", "former_names": "name", "cautions": "caution", "predecessors": "record", "successors": "record", "local_authorities": "council",
    "health_boards": "health board", "sites": "place", "partners": "organisation", "funding": "funder", "outcomes": "figure", "timeline": "event", "sources": "source",
}
# Hints that say more than the field's meaning does.
HINTS = {
    "id": "The record's permanent name. Leave it empty, and it is made from the name. It never changes once it is published.",
    "sources.copy": "Tick it if the page holds a copy of a work that someone published elsewhere first.",
    "sources.title": "The title of the page or document, as it stands there.",
}
LONG_TEXTS = {"summary", "in_doubt", "cautions", "referral.how", "partners.note", "funding.note", "outcomes.note", "outcomes.what", "timeline.what"}

# How to mend a problem, in a form's words; scripts/check-data says the same in a file's words.
MENDS = {
    "missing": "Fill it in.", "personal": "Records hold no personal data. Give the organisation's web address instead.",
    "pasted": "Paste it as plain text, and type what the signs stand for.", "garbled": "Type them again as the source has them.", "placeholder": "Write what a source says, or leave it empty.",
    "marks": "Write plain words.", "leads-on": "Give the address it leads to.",
    "hidden": "Delete it and type the text again.", "long": "Shorten it.", "twice": "Keep one.", "term": "Choose one from the list.", "flag": "Tick it, or leave it.",
    "id": "Use small letters, digits and single hyphens, such as newham-hub.", "year": "Write a year, such as 2019.", "year-month": "Write 2019 or 2019-06.", "date": "Write a date such as 2019-06-30.",
    "any-date": "Write 2019, 2019-06 or 2019-06-30.", "url": "Copy the address from the browser's address bar. It starts with https:// or http://.", "number": "Write digits only: no commas, no £ and no words.",
    "postcode": "Write a full postcode with both its parts, or leave it out.", "dates": "Correct one of the two dates.", "undated": "Give the year in which a source says so, or choose “not known”.", "over": "Choose “ended”, or take the end date out.",
    "no-ticks": "Tick what this page tells.", "unsourced": "Tick it at the source that states it, or take it out.", "copy": "Tick that it is a copy, or give the address of the original.", "unused": "Tick what it tells, or take the source out.",
    "repeated": "Give each source an id of its own.", "unfilled": "Fill it in, or untick it.", "unsupported": "Take it out.", "unknown-source": "Tick a source that is listed.", "rival": "Write the same word on the figure it disagrees with, or take it out.",
    "no-lower": "Fill in the lower end of the range.", "range": "Write the lower end first and the upper end second.", "no-nation": "Choose the nation of the region.", "region": "Correct the nation or the region.",
    "councils": "Correct the region or the councils.", "council-region": "Correct the region. Leave it out if the partnership works in several.", "council-nation": "Correct the nation or the council.", "no-record": "Choose a record that is listed here.", "itself": "Take it out.",
    "no-programme": "Choose a record that is a programme.", "circle": "Take one of the links out.", "taken": "Choose another short name. If it is the same partnership, edit that record instead.",
}


def form_model(vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    """The model as plain data for JSON. ``fields`` are those of a record, each with its question, its words and its parts."""
    return {
        "folder": RECORDS, "first_line": first_line(RECORDS), "kinds": KINDS, "limit": parse.MAX_TEXT, "patterns": patterns(), "fields": fields(RECORD), "messages": MENDS,
        "steps": [{"id": step.id, "title": step.title, "about": step.about, "fields": step.fields, "more": step.more, "optional": step.optional} for step in STEPS],
        "vocabularies": {name: _vocabulary(vocabularies[name]) for name in sorted({"copy-hosts", *_used(RECORD)})},
    }


def patterns() -> dict[str, tuple[str, str]]:
    """The checks' own regular expressions as JavaScript writes them, each with its flags. Those that the checks compare from the
    start of a text begin with ^."""
    whole = {"id": parse.ID, "year": parse.YEAR, "postcode": parse.POSTCODE, "number": parse.NUMBER, "placeholder": parse.PLACEHOLDER}
    inside = {"email": parse.EMAIL, "phone": parse.PHONE, "pasted": parse.PASTED, "garbled": parse.GARBLED, "blank": signs.BLANK, "marks": parse.MARKS, "leads_on": parse.LEADS_ON, "shortened": parse.SHORTENED}
    return {name: _javascript(one, "^" if name in whole else "") for name, one in {**whole, **inside}.items()}


def _javascript(expression: re.Pattern[str], start: str) -> tuple[str, str]:
    """What differs: the ends of a text, that JavaScript's \\w and \\W know no letters beyond a to z, and how a sign that does not
    show is written."""
    source = "".join(f"\\u{{{ord(sign):X}}}" if signs.hidden(sign) else sign for sign in expression.pattern).replace(r"\Z", "$").replace(r"\A", "^").replace(r"\W", r"[^\p{L}\p{N}_]").replace(r"\w", r"\p{L}\p{N}_")
    flags = {re.IGNORECASE: "i", re.DOTALL: "s"}
    return f"{start}(?:{source})", "u" + "".join(letter for flag, letter in flags.items() if expression.flags & flag)


def fields(spec: Iterable[Field], path: str = "") -> list[dict[str, Any]]:
    """Fields as plain data, without what is empty. ``states`` says that each item of a list must name its own source."""
    return [_field(field, f"{path}{field.name}") for field in spec]


def _field(field: Field, path: str) -> dict[str, Any]:
    known = {
        "name": field.name, "kind": field.kind, "label": LABELS.get(path, field.name.replace("_", " ").capitalize()), "meaning": HINTS.get(path, field.meaning), "example": field.example,
        "required": field.required, "many": field.many, "vocabulary": field.vocabulary, "sourced": field.sourced, "long": path in LONG_TEXTS, "item": ITEMS.get(path, ""),
        "states": any(part.name == "source" and part.required for part in field.parts), "parts": fields(field.parts, f"{path}."),
    }
    return {key: value for key, value in known.items() if value}


def _used(spec: Iterable[Field]) -> set[str]:
    return {name for field in spec for name in ({field.vocabulary} | _used(field.parts)) if name}


def _vocabulary(vocabulary: Vocabulary) -> dict[str, Any]:
    return {"is_a": vocabulary.is_a, "terms": [_term(term) for term in vocabulary]}


def _term(term: Term) -> dict[str, str]:
    """A term without what is empty; ``end`` is the year in which an area ceased to exist."""
    known = {name: getattr(term, name) for name in ("tag", "label", "definition", "nation", "region", "end")}
    return {key: value for key, value in known.items() if value}
