"""All exports together."""

from __future__ import annotations

from typing import Iterator

from ..site import Site
from . import api, chart_tables, citations, discovery, downloads, editions, evidence_tables, feeds, hosting, nginx, oruk, source_files

FAMILIES = (api, oruk, hosting, nginx, feeds, discovery, downloads, editions, chart_tables, evidence_tables, citations, source_files)


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """All exported files, in a fixed order."""
    for family in FAMILIES:
        yield from family.files(site)
