"""The forms under ``.github/ISSUE_TEMPLATE``, made from the fields and the vocabulary: the door for those with a GitHub account
and no wish to see a file. ``issue_record`` turns a filled form into a record.

GitHub gives a filled form back as Markdown: each question as a heading, the answer below it. So each question has a label of
its own, and a group of fields is asked as one line for each item, its parts with | between.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Iterator, Mapping

from ruamel.yaml import YAML

from ..fields import RECORD, SOURCED_FIELDS, Field
from ..load import load_vocabularies
from ..problems import report
from ..vocabulary import Vocabulary
from . import form_model

FOLDER = ".github/ISSUE_TEMPLATE"
# What the form asks, in its order. What it leaves out, an editor adds to the file.
ASKED = (
    "name", "kind", "id", "programme", "aliases", "summary", "website", "nation", "region", "local_authorities", "area", "settings", "partners", "issues",
    "advice_level", "delivery", "referral.who", "referral.how", "status", "status_as_of", "started", "ended", "sites", "funding", "outcomes", "timeline",
    "sources.url", "sources.title", "sources.publisher", "sources.date", "sources.copy", "sources.supports", "sources",
)
# The parts that are asked of each item of a list, in the order in which they stand on its line.
COLUMNS = {
    "sites": ("name", "type", "town", "postcode"), "partners": ("name", "kind", "side", "roles", "note"), "funding": ("funder", "kind", "amount", "period", "note"),
    "outcomes": ("measure", "what", "as_written", "period", "period_kind", "note", "source"), "timeline": ("date", "what", "source"),
    "sources": ("url", "title", "publisher", "date", "supports"),
}
LABELS = {
    "sources": "More sources", "sources.url": "Source: web address", "sources.title": "Source: title", "sources.publisher": "Source: who published it",
    "sources.date": "Source: date", "sources.copy": "Source: original or copy?", "sources.supports": "Source: what does it tell?",
}
EVERYTHING = "Everything I filled in"
ORIGINAL, COPY = "It is the original", "It is a copy of something published elsewhere"
NO_ANSWER = "_No response_"
LONGEST_MENU = 60  # terms; a longer list is typed, because GitHub's menus have no search

# What the form must be told beyond a field's meaning, by the kind of question.
_LINES = "One a line. Leave it empty if no source says."
_ABOUT = {
    "id": form_model.HINTS["id"], "programme": "Its name or its id on this site. Leave it empty if there is none.",
    "sources.copy": "A copy is a document that somebody else published first.", "sources.supports": "Choose what this one page or document states. Add other sources below.",
}
_EXAMPLES = {
    "programme": "Welfare Advice and Health Partnerships", "local_authorities": "Newham", "aliases": "Well Newham advice",
    "sites": "Liberty Bridge Road Practice | GP practice | London | E20 1AS",
    "partners": "Newham Council | Council | Advice side | Adviser | has an adviser in the practice",
    "funding": "Macmillan Cancer Support | Charity | over £108,000 | three years from 2022",
    "outcomes": "Money gained for people | benefits gained for patients | over £1.5 million | April 2015 to March 2016 | One year | | 1",
    "timeline": "2021-03 | the adviser starts in the practice | 1", "sources": "https://www.example.org/report | Title of the report | Who published it | 2024-05 | Summary, Status",
}


@dataclass(frozen=True)
class Question:
    """One question. ``path`` is the field it fills (``referral.who``); ``shape`` says how the answer is written: "line",
    "text", "menu", "menus" (several choices), "list" (one a line) or "rows" (one a line, parts with | between)."""

    path: str
    label: str
    shape: str
    field: Field

    @property
    def id(self) -> str:
        """The name by which an address can fill the question in."""
        return self.path.replace(".", "_")


def questions(vocabularies: Mapping[str, Vocabulary]) -> tuple[Question, ...]:
    """The questions of the form for adding a partnership, in order."""
    return tuple(Question(path, label(path), _shape(path, _field(path), vocabularies), _field(path)) for path in ASKED)


def label(path: str) -> str:
    """What a field is called to a person who fills in a form: ``sources.2.url`` is asked as ``sources.url`` is."""
    plain = ".".join(part for part in path.split(".") if not part.isdigit())
    return LABELS.get(plain) or form_model.LABELS.get(plain) or plain.rpartition(".")[2].replace("_", " ").capitalize()


def supported() -> dict[str, str]:
    """What a source can stand behind, as the form says it: field names by their labels."""
    asked = dict.fromkeys(path.partition(".")[0] for path in ASKED)
    return {label(name): name for name in asked if name in SOURCED_FIELDS}


def _field(path: str) -> Field:
    fields: tuple[Field, ...] = RECORD
    for name in path.split("."):
        found = next(field for field in fields if field.name == name)
        fields = found.parts
    return found


def _shape(path: str, field: Field, vocabularies: Mapping[str, Vocabulary]) -> str:
    if path == "sources.supports":
        return "menus"
    if field.kind == "group":
        return "rows"
    if field.kind == "flag" or field.vocabulary and len(vocabularies[field.vocabulary].terms) <= LONGEST_MENU:
        return "menus" if field.many else "menu"
    return "list" if field.many else "text" if path in form_model.LONG_TEXTS else "line"


# --- the forms as GitHub reads them ---------------------------------------------------------------------------------


def forms(vocabularies: Mapping[str, Vocabulary], address: str) -> dict[str, str]:
    """All files of the folder by name. ``address`` is the public address of the site."""
    made = {"add-partnership.yml": _add(vocabularies, address), "correct-record.yml": _correct(address), "still-correct.yml": _confirm(address), "config.yml": _config(address)}
    return {name: _yaml(form) for name, form in made.items()}


def _add(vocabularies: Mapping[str, Vocabulary], address: str) -> dict[str, Any]:
    intro = (
        "Fill in what a public page or document states, and leave the rest empty. Only questions marked with a star must be answered. "
        f"There is also [a form that checks as you go]({address}contribute/add/), for which you need no account.\n\n"
        "**This list is public.** Write no names of people, no private e-mail addresses and no phone numbers."
    )
    asked = [_element(question, vocabularies) for question in questions(vocabularies)]
    return _form("Add a partnership", "Tell us of a partnership that is not listed yet.", "Add: ", ["new record"], intro, [*asked, _remarks(), _promise()])


def _correct(address: str) -> dict[str, Any]:
    intro = f"Tell us what is wrong in a record and where the right thing can be read. See [how to contribute]({address}contribute/)."
    body = [
        _record(),
        _text("wrong", "What is wrong?", "The words or the figure as the page shows them."),
        _text("right", "What is right?", "If you know. In your own words."),
        _line("source", "Where can it be read?", "The web address of a public page or document. Without a source we can only mark the fact as in doubt.", "https://www.example.org/page", required=False),
        _promise(),
    ]
    return _form("Report a mistake", "A fact in a record is wrong, out of date or missing.", "Mistake: ", ["correction"], intro, body)


def _confirm(address: str) -> dict[str, Any]:
    intro = "You have compared a record with its sources, or with a page that says the same today, and it is right. An editor then sets the day of its last review."
    body = [_record(), _line("source", "Where did you look?", "The web address that you compared it with. Leave it empty if you looked at the record's own sources.", "https://www.example.org/page", required=False), _remarks(), _promise()]
    return _form("Still correct", "You looked, and a record is still right.", "Still correct: ", ["still correct"], intro, body)


def _config(address: str) -> dict[str, Any]:
    links = (
        ("Add a partnership without an account", "contribute/add/", "A form on the site that checks as you go and makes the file to send."),
        ("All ways to contribute", "contribute/", "Forms, files and spreadsheets: choose what suits you."),
    )
    return {"blank_issues_enabled": True, "contact_links": [{"name": name, "url": address + page, "about": about} for name, page, about in links]}


def _form(name: str, description: str, title: str, labels: list[str], intro: str, body: list[dict]) -> dict[str, Any]:
    return {"name": name, "description": description, "title": title, "labels": labels, "body": [{"type": "markdown", "attributes": {"value": intro}}, *body]}


def _element(question: Question, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    """A question as an element of GitHub's form schema."""
    about = _description(question, vocabularies)
    attributes: dict[str, Any] = {"label": question.label} | ({"description": about} if about != f"{question.label}." else {})
    if question.shape in ("menu", "menus"):
        kind = "dropdown"
        attributes |= {"multiple": question.shape == "menus", "options": options(question, vocabularies)}
    else:
        kind = "input" if question.shape == "line" else "textarea"
        attributes |= {"placeholder": example} if (example := _EXAMPLES.get(question.path, question.field.example)) else {}
    return {"type": kind, "id": question.id, "attributes": attributes, "validations": {"required": _required(question)}}


def options(question: Question, vocabularies: Mapping[str, Vocabulary]) -> list[str]:
    """The choices of a menu, in words. No word holds a comma, because GitHub puts commas between several choices."""
    if question.path == "sources.supports":
        return [EVERYTHING, *supported()]
    if question.field.kind == "flag":
        return [ORIGINAL, COPY]
    return [term.label for term in vocabularies[question.field.vocabulary]]


def _required(question: Question) -> bool:
    """The parts of the first source are required where a source's are; the id is made from the name if it is not given."""
    return question.field.required and question.path not in ("id", "kind", "sources") or question.path == "sources.supports"


def _description(question: Question, vocabularies: Mapping[str, Vocabulary]) -> str:
    if question.path in _ABOUT:
        return _ABOUT[question.path]
    if question.path == "sources":
        return f"Pages and documents besides the one above. {_row_words(question, vocabularies)}\n\nThe last part names what the source tells, with commas between: {', '.join(supported())}. Or write: {EVERYTHING}."
    if question.shape == "rows":
        return f"{question.field.meaning} {_row_words(question, vocabularies)}"
    return f"{question.field.meaning} {_LINES}" if question.shape == "list" else question.field.meaning


def _row_words(question: Question, vocabularies: Mapping[str, Vocabulary]) -> str:
    """How to write a line of parts, with the words that each part may hold."""
    parts = list(columns(question))
    order = " | ".join(_part_words(question, part) for part in parts)
    lists = "".join(f"\n\n{label(f'{question.path}.{part.name}')}: {', '.join(term.label for term in vocabularies[part.vocabulary])}." for part in parts if part.vocabulary)
    several = "\n\nPut commas between several." if any(part.vocabulary and part.many for part in parts) else ""
    return f"{_LINES} Parts have | between: {order}.{lists}{several}"


def _part_words(question: Question, part: Field) -> str:
    return "Number of the source: 1 is the first" if part.name == "source" else label(f"{question.path}.{part.name}")


def columns(question: Question) -> Iterator[Field]:
    """The parts of a line, in order."""
    parts = {part.name: part for part in question.field.parts}
    return (parts[name] for name in COLUMNS[question.path])


def _record() -> dict[str, Any]:
    return _line("record", "Which record?", "The last part of its address: powys-money-advice-macmillan in …/partnerships/powys-money-advice-macmillan/.", "newham-hub")


def _line(id: str, label: str, description: str, placeholder: str, required: bool = True) -> dict[str, Any]:
    return {"type": "input", "id": id, "attributes": {"label": label, "description": description, "placeholder": placeholder}, "validations": {"required": required}}


def _text(id: str, label: str, description: str, required: bool = True) -> dict[str, Any]:
    return {"type": "textarea", "id": id, "attributes": {"label": label, "description": description}, "validations": {"required": required}}


REMARKS = "Anything else an editor should know"
PROMISE = "Before you send it"


def _remarks() -> dict[str, Any]:
    return _text("remarks", REMARKS, "This does not go into the record.", required=False)


def _promise() -> dict[str, Any]:
    lines = ("I have written no names of people, no private e-mail addresses and no phone numbers.", "The words are my own, and may be published under the Creative Commons Attribution 4.0 licence.")
    return {"type": "checkboxes", "id": "promise", "attributes": {"label": PROMISE, "options": [{"label": line, "required": True} for line in lines]}}


def _yaml(form: Mapping[str, Any]) -> str:
    writer = YAML()
    writer.width = 4_000
    writer.indent(mapping=2, sequence=4, offset=2)
    out = StringIO("# Made by scripts/issue-forms from the fields and the vocabulary. Do not edit it by hand.\n")
    out.seek(0, 2)
    writer.dump(form, out)
    return out.getvalue()


# --- the command ----------------------------------------------------------------------------------------------------


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--address", required=True, help="the public address of the site")


def run(options: Namespace, root: Path) -> int:
    """Write the forms anew."""
    vocabularies, problems = load_vocabularies(root)
    if problems:
        print(report(problems))
        return 1
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, text in forms(vocabularies, options.address).items():
        (root / FOLDER / name).write_text(text, encoding="utf-8")
    print(f"Wrote {FOLDER}/: read the difference before you commit it.")
    return 0
