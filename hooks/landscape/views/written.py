"""A hand-written page: its text comes as HTML from whoever renders Markdown, all around it is ours."""

from __future__ import annotations

from .page import Page

Link = tuple[str, str]


def written_page(url: str, title: str, description: str, html: str, source: str, checked: str = "", trail: tuple[Link, ...] = (), contents: tuple[Link, ...] = (), section: str = "", siblings: tuple[Link, ...] = ()) -> Page:
    """The page at ``url`` with the HTML of its text. ``source`` is its file in the project, ``checked`` the day on which it was
    last compared with its sources. Links are (title, address): of the sections above it, of its own headings, and of the pages
    in its section, itself among them."""
    data = {"text": _below_the_title(html), "checked": checked, "contents": contents, "section": section, "siblings": siblings}
    return Page(url, title, description, "prose.html", data, edit=source, updated=checked, trail=trail)


def _below_the_title(html: str) -> tuple[str, str]:
    """The HTML in two parts, cut after the title, because some pages say something there."""
    title, end, text = html.partition("</h1>")
    return (title + end, text) if end else ("", html)
