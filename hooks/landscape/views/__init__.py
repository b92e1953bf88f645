"""Every computed page of the site, as data. A view decides what is on a page and in which order; a template how it looks.

What concerns all of them is in ``every`` and is imported when it is first asked for: one view alone, such as a record's page,
does not bring what only charts or spreadsheets need.
"""

from __future__ import annotations

from typing import Any

from .page import Page, Part
from .search_page import Written
from .written import written_page

__all__ = ["NOT_FOUND", "Page", "Part", "Written", "data_files", "not_found", "pages", "parts", "search_files", "written_page"]

# Where hosts look for the page that they show at a wrong address.
NOT_FOUND = "404.html"


def __getattr__(name: str) -> Any:
    """The functions of ``every``, as if they stood here (PEP 562)."""
    if name not in __all__:
        raise AttributeError(name)
    from . import every

    return getattr(every, name)
