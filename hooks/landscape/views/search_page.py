"""What the search needs of a page that people wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """A hand-written page: its address, title, description, its own HTML, and other words that people use for it."""

    url: str
    title: str
    description: str
    html: str
    synonyms: tuple[str, ...] = ()
