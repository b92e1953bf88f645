"""A page as data: what a view makes and a template shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, Mapping


@dataclass(frozen=True)
class Link:
    """Another form of the page: ``type`` is its media type, ``url`` its address inside the site."""

    type: str
    title: str
    url: str
    rel: str = "alternate"


@dataclass(frozen=True)
class Head:
    """What the page's head says to machines: (name, content) of meta elements, links, and schema.org data. ``canonical`` is the
    address inside the site of the page that stands in this one's place, or ""."""

    metas: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    json_ld: Mapping[str, Any] | None = None
    canonical: str = ""


@dataclass(frozen=True)
class Part:
    """Some pages that are made together, by whichever worker is free. ``key`` gives a text that decides them, besides the program,
    the vocabularies and the date: while it is the same, pages that were kept may be used. Without it they are always made."""

    make: Callable[[], Iterable["Page"]]
    key: Callable[[], str] | None = None


@dataclass(frozen=True)
class Page:
    """One page. ``url`` is relative to the site and ends in / ("" is the home page); ``edit`` is a file of the project.

    ``crumb`` is the page's name in the breadcrumb where it differs from the title. ``assets`` are the names of the
    scripts and styles that only this page needs: "map" is assets/map.js and assets/map.css, "works.js" only that.
    ``noindex`` keeps a page out of search engines, of the sitemap and of the site's own search: it repeats another page, or
    is empty until a script fills it.
    """

    url: str
    title: str
    description: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    edit: str = ""
    updated: str = ""
    trail: tuple[tuple[str, str], ...] = ()
    crumb: str = ""
    assets: tuple[str, ...] = ()
    noindex: bool = False
    head: Head = Head()
