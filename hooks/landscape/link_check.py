"""Links inside the site: each leads to a page, a file or a place on a page that is there, and no place has its name twice.

A page is its address below the site, as in ``partnerships/hwc/`` or ``404.html``, and its HTML. ``look`` takes from one page what
matters, so that pages can be looked at one by one, anywhere; ``judge`` needs all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from html import unescape
from typing import Collection, Iterable, Mapping, NamedTuple
from urllib.parse import unquote, urlsplit

# Templates and Markdown write one space and double quotes, and escape quotes in text, so nothing but an attribute looks like
# this. The patterns begin with plain letters because those are found three times as fast; tests/test_internal_links.py holds
# them against a parser of HTML.
_HREF, _SRC, _ID = (re.compile(f' {name}="([^"]*)"') for name in ("href", "src", "id"))
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//").match


@dataclass(frozen=True, order=True)
class DeadLink:
    """A link that leads nowhere, or a name that stands twice, on a page and on ``more`` others."""

    page: str
    link: str
    what: str
    more: int = 0

    def __str__(self) -> str:
        others = f" (and on {self.more:,} more pages)" if self.more > 1 else " (and on 1 more page)" if self.more else ""
        return f'page /{self.page}: "{self.link}" {self.what}{others}'


class Look(NamedTuple):
    """What matters of one page: its address, the links inside the site as they are written, and its ids, each on a line."""

    page: str
    links: tuple[str, ...]
    ids: str
    twice: tuple[str, ...]


class _Site(NamedTuple):
    """What there is to lead to: the ids of each page, and the other files. ``address`` is the public one, ``root`` its path."""

    pages: Mapping[str, str]
    files: Collection[str]
    address: str
    root: str


def dead_links(pages: Iterable[tuple[str, str]], files: Collection[str], address: str = "") -> list[DeadLink]:
    """Every fault of the links inside the site, sorted. ``files`` are the other files of the site, ``address`` is its public one."""
    return judge((look(page, html, address) for page, html in pages), files, address)


def look(page: str, html: str, address: str = "") -> Look:
    """Read one page. What is below ``address`` is inside, and so is every link without a host."""
    written = dict.fromkeys(_HREF.findall(html) + _SRC.findall(html))
    links = tuple(link for link in written if not _ELSEWHERE(link) or address and link.startswith(address))
    ids = _ID.findall(html)
    twice = tuple(sorted(id for id in set(ids) if ids.count(id) > 1)) if len(set(ids)) < len(ids) else ()
    # One text takes a tenth of the memory of a set, and a site has thousands of pages.
    return Look(page, links, "\n".join(["", *ids, ""]), twice)


def without_repeats(looks: Iterable[Look]) -> list[Look]:
    """The looks, without the links by way of the home page that an earlier page at the same depth has too: they are the same
    links, and most of all of a site."""
    seen: dict[str, set[str]] = defaultdict(set)
    kept = []
    for one in looks:
        home = "../" * one.page.count("/")
        links = tuple(link for link in one.links if not home or not link.startswith(home) or link not in seen[home])
        seen[home].update(links)
        kept.append(one._replace(links=links))
    return kept


def judge(looks: Iterable[Look], files: Collection[str], address: str = "") -> list[DeadLink]:
    """The faults of all pages that were looked at. What is wrong in the frame of every page is told once."""
    looks = list(looks)
    site = _Site({one.page: one.ids for one in looks}, files, address, urlsplit(address).path or "/")
    judged: dict[tuple[str, str], str] = {}
    found: dict[tuple[str, str], list[str]] = {}
    # Most links are those of the frame: seen from one depth they are the same text with the same end, so they are looked up once.
    good: dict[int, set[str]] = defaultdict(set)
    for one in looks:
        above = _folders(one.page)
        depth = len(above) - 1
        for link in one.links:
            if link in good[depth]:
                continue
            start, rest = _start(link, one.page, above)
            if (fault := judged.get((start, rest))) is None:
                fault = judged[start, rest] = _fault(start, rest, site)
            if fault:
                found.setdefault((rest, fault), []).append(one.page)
            elif start == "" and depth:
                good[depth].add(link)
        for id in one.twice:
            found.setdefault((f"#{id}", "is the name of two places on the page"), []).append(one.page)
    return sorted(DeadLink(min(where), link, what, len(where) - 1) for (link, what), where in found.items())


def _folders(page: str) -> list[str]:
    """The folder of a page and those above it: a/b/ has a/b/, a/ and the top, which is empty."""
    steps = page.split("/")[:-1]
    return ["".join(f"{step}/" for step in steps[:depth]) for depth in range(len(steps), -1, -1)]


def _start(link: str, page: str, above: list[str]) -> tuple[str, str]:
    """Where a link starts from and what is left of it, so that links of the frame are the same ones on pages of every depth."""
    if link.startswith(("#", "?")) or not link:
        return page, link
    rest, up = link, 0
    while rest.startswith("../"):
        rest, up = rest[3:], up + 1
    return (above[up], rest) if up < len(above) else ("../", link)


def _fault(start: str, link: str, site: _Site) -> str:
    """What is wrong with a link, in words; empty when it leads somewhere."""
    path, _, name = unescape(link).partition("#")
    target = _target(start, unquote(path.partition("?")[0]), site)
    if target is None:
        return "leads out of the site"
    if target in site.pages:
        there = not name or f"\n{unquote(name)}\n" in unescape(site.pages[target])
        return "" if there else f"leads to a place that the page /{target} does not have"
    if target in site.files:
        return ""
    return "needs a / at its end" if f"{target}/" in site.pages else "leads to nothing on the site"


def _target(start: str, path: str, site: _Site) -> str | None:
    """The address below the site that a path leads to; None when that is out of it."""
    if site.address and path.startswith(site.address):
        start, path = "", path[len(site.address) :]
    elif path.startswith("/"):
        start, path = ("", path[len(site.root) :]) if path.startswith(site.root) else ("../", path)
    way: list[str] = []
    steps = f"{start if path else ''}{path or start}".split("/")
    for step in steps:
        if step == ".." and not way:
            return None
        way = way[:-1] if step == ".." else way if step in ("", ".") else [*way, step]
    return "/".join(way) + "/" * (bool(way) and steps[-1] in ("", ".", ".."))
