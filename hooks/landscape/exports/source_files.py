"""Each record's own file as its editors wrote it, comments and all. The form for editing reads it from there."""

from __future__ import annotations

from typing import Iterator

from ..site import Site

NAME = "record.yml"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """(address, bytes) of each record's file, beside its page."""
    for id in sorted(site.landscape.record_files):
        yield f"partnerships/{id}/{NAME}", site.landscape.record_files[id]
