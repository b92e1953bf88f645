"""A citation as BibTeX, written by pybtex, and as RIS, written by rispy, from its CSL item.

Texts of records are data here too: nothing in them can become a TeX command, a further RIS field or a further entry.
"""

from __future__ import annotations

import rispy
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output import bibtex

from .citation_formats import MORE_AUTHORS, Item, name_words

# The type of entry for each CSL type. "online" and "thesis" are BibLaTeX's; BibTeX itself reads a type it does not know as misc.
_BIBTEX_TYPES = {"article-journal": "article", "report": "techreport", "webpage": "online", "chapter": "incollection", "book": "book", "thesis": "thesis"}
_RIS_TYPES = {"article-journal": "JOUR", "report": "RPRT", "webpage": "ELEC", "chapter": "CHAP", "book": "BOOK", "thesis": "THES"}
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "online": "titleaddon"}
_PUBLISHERS = {"techreport": "institution", "thesis": "institution", "online": "organization"}
_TEX = str.maketrans({"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "&%$#_"}})
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22"})


class _BibtexWriter(bibtex.Writer):
    """pybtex's writer, given values that are TeX already. Its own encoder lets backslashes of a text through, and escapes
    addresses, which BibLaTeX and Zotero take as they stand."""

    def _encode(self, text: str) -> str:
        return text


_BIBTEX = _BibtexWriter(encoding="UTF-8")


def bibtex_entry(item: Item) -> str:
    """An item as one BibTeX entry, with a line end at its end. A list of authors that is not complete ends with "and others"."""
    kind = _BIBTEX_TYPES[item["type"]]
    year, month = (*item.get("issued", {"date-parts": [[""]]})["date-parts"][0], "")[:2]
    fields = {
        "title": f"{{{_tex(item['title'])}}}", _CONTAINERS.get(kind, "series"): _tex(item.get("container-title", "")),
        _PUBLISHERS.get(kind, "publisher"): _tex(item.get("publisher", "")), "type": _tex(item.get("genre", "")), "volume": _tex(item.get("volume", "")),
        "number": _tex(item.get("issue", "") or item.get("number", "")), "pages": _tex(item.get("page", "").replace("-", "--")), "version": _tex(item.get("version", "")),
        "year": str(year), "month": str(month), "doi": item.get("DOI", "").translate(_IN_ADDRESS), "url": item["URL"].translate(_IN_ADDRESS),
        "abstract": _tex(item.get("abstract", "")), "note": _tex(item.get("note", "")),
    }
    entry = Entry(kind, [(name, value) for name, value in fields.items() if value], {"author": _persons(item)} if item.get("author") else {})
    return _BIBTEX.to_string(BibliographyData({item["id"]: entry}))


def _persons(item: Item) -> list[Person]:
    named = [Person(f"{{{_tex(name['literal'])}}}") if "literal" in name else Person(last=_tex(name["family"]), first=_tex(name.get("given", ""))) for name in item["author"]]
    return [*named, Person("others")] if item.get("note") == MORE_AUTHORS else named


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


def _line(text: str) -> str:
    """The text on one line: a line break would end its RIS field."""
    return " ".join(text.split())


class _RisWriter(rispy.RisWriter):
    """rispy's writer without its count before each entry, which the format does not know, and with the format's line ends."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:
        return ""


_RIS = _RisWriter()


def ris_entry(item: Item) -> str:
    """An item as one RIS entry, from TY to ER, with a line end at its end."""
    start, _, end = item.get("page", "").partition("-")
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    fields = {
        "type_of_reference": _RIS_TYPES[item["type"]], "id": item["id"], "authors": [name_words(name) for name in item.get("author", ())],
        "title": item["title"], "secondary_title": item.get("container-title", ""), "type_of_work": item.get("genre", ""),
        "volume": item.get("volume", ""), "number": item.get("issue", ""), "start_page": start, "end_page": end,
        "issn": item.get("number", ""),  # SN holds the number of a report
        "publisher": item.get("publisher", ""), "year": f"{parts[0]}" if parts else "", "date": _ris_date(parts), "doi": item.get("DOI", ""), "urls": [item["URL"]],
        "language": item.get("language", ""), "abstract": item.get("abstract", ""), "notes": [item["note"]] if "note" in item else [],
    }
    return _RIS.formats([{name: [_line(one) for one in value] if isinstance(value, list) else _line(value) for name, value in fields.items() if value}])


def _ris_date(parts: list[int]) -> str:
    """"2026/11/24/": what is not known stays empty between its strokes; a year alone is told by PY."""
    return f"{parts[0]}/{parts[1]:02}/{f'{parts[2]:02}' if len(parts) > 2 else ''}/" if len(parts) > 1 else ""
