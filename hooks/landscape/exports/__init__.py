"""Everything for machines: the data for download, the API, feeds, citations and what search engines and tools ask for.

Each module has ``files(site)``, which yields (address inside the site, bytes). Nothing here knows templates or MkDocs, and
every file is the same bytes for the same data and date. ``every`` names them all.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """``FAMILIES`` and ``files`` of ``every``, imported when they are first asked for (PEP 562)."""
    if name not in ("FAMILIES", "files"):
        raise AttributeError(name)
    from . import every

    return getattr(every, name)
