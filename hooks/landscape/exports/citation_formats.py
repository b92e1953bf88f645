"""A citation as CSL-JSON, and as the COinS of a list's row. The CSL item is the one truth; ``citation_files`` writes others from it."""

from __future__ import annotations

import json
from typing import Any, Iterable, Mapping
from urllib.parse import urlencode

Item = Mapping[str, Any]  # a CSL item: https://github.com/citation-style-language/schema, csl-data.json

# CSL and RIS have no "and others": a note says it.
MORE_AUTHORS = "There are more authors than these: the page we read did not show all."



def csl_json(items: Iterable[str]) -> str:
    """A CSL-JSON file of items that ``csl_text`` wrote. Its top is a list, as the schema asks, of one item for a single one."""
    return "[\n" + ",\n".join(items) + "\n]\n"


def csl_text(item: Item) -> str:
    """An item as one line of JSON."""
    return json.dumps(item, ensure_ascii=False)


def name_words(name: Mapping[str, str]) -> str:
    return name["literal"] if "literal" in name else ", ".join(filter(None, (name["family"], name.get("given", ""))))


def context_object(item: Item) -> str:
    """An item as an OpenURL context object (ANSI/NISO Z39.88-2004, key and value), for the title of a COinS element.

    Zotero takes organisations for people in it, so only people stand as authors, and the organisation as publisher or source.
    """
    kind = item["type"]
    pairs = [("ctx_ver", "Z39.88-2004"), *_FORMATS[kind], *((key, item[name]) for key, name in _KEYS[kind] if item.get(name))]
    people = [name for name in item.get("author", ()) if "family" in name]
    pairs += [("rft.aulast", people[0]["family"]), ("rft.aufirst", people[0].get("given", ""))] if people and kind != "webpage" else []
    pairs += [("rft.source", name["literal"]) for name in item.get("author", ()) if "literal" in name and kind == "webpage" and "container-title" not in item]
    pairs += [("rft.creator" if kind == "webpage" else "rft.au", name_words(name)) for name in people]
    date = "-".join(f"{part:02}" for part in item.get("issued", {}).get("date-parts", [[]])[0])
    pairs += [("rft.date", date), ("rft_id", f"info:doi/{item['DOI']}" if "DOI" in item else ""), ("rft.identifier" if kind == "webpage" else "rft_id", item["URL"])]
    return urlencode([(key, value) for key, value in pairs if value], safe=":/")


def _format(name: str, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{name}"), *more)


_FORMATS = {
    "article-journal": _format("journal", ("rft.genre", "article")), "report": _format("book", ("rft.genre", "report")),
    "webpage": _format("dc", ("rft.type", "webpage")), "chapter": _format("book", ("rft.genre", "bookitem")),
    "book": _format("book", ("rft.genre", "book")), "thesis": _format("dissertation"),
}
_BOOK_KEYS = (("rft.btitle", "title"), ("rft.pub", "publisher"))
_KEYS = {
    "article-journal": (("rft.atitle", "title"), ("rft.jtitle", "container-title"), ("rft.volume", "volume"), ("rft.issue", "issue"), ("rft.pages", "page")),
    "report": _BOOK_KEYS, "book": _BOOK_KEYS, "chapter": (("rft.atitle", "title"), ("rft.btitle", "container-title"), ("rft.pub", "publisher"), ("rft.pages", "page")),
    "webpage": (("rft.title", "title"), ("rft.source", "container-title"), ("rft.publisher", "publisher")), "thesis": (("rft.title", "title"), ("rft.inst", "publisher")),
}
