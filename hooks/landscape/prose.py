"""Case-study prose: CommonMark without raw HTML, with source marks such as ``[^s1]``.

An editor writes only the mark. The list of sources is the record's own, so a mark can never lead to a source that the
record does not have. This is the only module that imports markdown-it.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from typing import TYPE_CHECKING, Iterator, Mapping

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MARK = re.compile(r"\[\^([a-z0-9-]+)\]")
# A figure is a digit or a pound sign outside a source mark and outside an ordinal of a list.
_FIGURE = re.compile(r"£?\d[\d,.]*%?")


def parser() -> MarkdownIt:
    """CommonMark with tables; raw HTML is shown as text and never run, and images are left out. A link leads to a web address or
    to a page of ours; any other is shown as text."""
    from markdown_it import MarkdownIt  # many commands read no case study

    made = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    made.validateLink = _may_be_linked
    return made


def _may_be_linked(address: str) -> bool:
    return bool(re.match(r"https?://\w|[.#]|[\w-]+/", address, re.IGNORECASE))


def refused_links(text: str) -> list[tuple[int, int, str]]:
    """(line, column, address) of each link that ``parser`` makes none of; of one that is written in another way, the first line."""
    asked: list[str] = []
    made = parser()
    made.validateLink = lambda address: _may_be_linked(address) or bool(asked.append(address))
    made.parse(text)
    starts = [(address, max(text.find(address), 0)) for address in dict.fromkeys(asked)]
    return [(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), address) for address, start in starts]


def headings(text: str) -> list[tuple[int, int, str]]:
    """(line, level, text) of each heading; lines count from 1 within ``text``."""
    tokens = parser().parse(text)
    return [
        (token.map[0] + 1, int(token.tag[1]), tokens[n + 1].content)
        for n, token in enumerate(tokens)
        if token.type == "heading_open" and token.map
    ]


def blocks(text: str) -> Iterator[Token]:
    """The inline blocks of the text (paragraphs, list items, table cells), with their line map."""
    inside_heading = False
    for token in parser().parse(text):
        inside_heading = token.type == "heading_open" or (inside_heading and token.type != "heading_close")
        if token.type == "inline" and not inside_heading:
            yield token


def marks(text: str) -> list[tuple[int, int, str]]:
    """(line, column, source id) of each source mark."""
    return [
        (number, match.start() + 1, match.group(1))
        for number, line in enumerate(text.split("\n"), 1)
        for match in MARK.finditer(line)
    ]


def unmarked_figures(text: str) -> list[tuple[int, int, str]]:
    """(line, column, figure) of the first figure of each block or table row that has no source mark at all."""
    lines, found = text.split("\n"), []
    for token in blocks(text):
        first, last = token.map or (0, 1)
        place = "\n".join(lines[first:last])
        if MARK.search(place):
            continue
        match = _FIGURE.search(token.content)
        if match:
            row = next((n for n in range(first, last) if match.group() in lines[n]), first)
            found.append((row + 1, max(lines[row].find(match.group()), 0) + 1, match.group()))
    return found


def render(text: str, numbers: Mapping[str, int]) -> str:
    """Prose as safe HTML. Each mark becomes a link to the source of that number at the foot of the page."""
    html = parser().render(text)

    def link(match: re.Match) -> str:
        number = numbers[match.group(1)]
        return f'<sup class="mark"><a href="#source-{match.group(1)}" aria-label="Source {number}">{number}</a></sup>'

    html = _TAG_OR_MARK.sub(lambda found: link(found) if found[1] else found[0], html)
    html = _HEADING.sub(lambda match: f'<h{match[1]} id="{slug(match[2])}">{match[2]}</h{match[1]}>', html)
    return frame_wide_parts(html)


_TAG_OR_MARK = re.compile(f"<[^>]*>|{MARK.pattern}")  # a mark inside a tag, as in the title of a link, is none
_HEADING = re.compile(r"<h([23])>(.*?)</h\1>")


def slug(text: str) -> str:
    """An anchor for a heading: "What was hard" is "what-was-hard"."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


_LINKED_FILE = re.compile(r"(?:\]\(|^\[[^\]]+\]:\s*)<?([^)#>\s:]+\.md)\b", re.MULTILINE)


def linked_files(text: str, name: str) -> set[str]:
    """The Markdown files that the links of a Markdown text lead to, as paths from the same folder as ``name``, its own."""
    return {posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) for target in _LINKED_FILE.findall(text)}


def frame_wide_parts(html: str) -> str:
    """What may be wider than a phone scrolls by itself and can be reached by keyboard (WCAG 2.1.1): each table in a frame
    with a name, and each block of code."""
    numbers = itertools.count(1)

    def open_frame(match: re.Match) -> str:
        return f'<section class="table-scroll" tabindex="0" aria-label="Table {next(numbers)}"><table class="data">'

    return re.sub("<table>", open_frame, html).replace("</table>", "</table></section>").replace("<pre><code", '<pre><code tabindex="0"')
