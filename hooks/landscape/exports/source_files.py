"""Files of the project that are published as they are: each record's own, comments and all, from which the form for editing
reads it, and the software bill of materials."""

from __future__ import annotations

from typing import Iterator

from ..site import Site

NAME = "record.yml"
BILL = "data/sbom.cdx.json"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """(address, bytes) of each record's file, beside its page, and of the bill."""
    for id in sorted(site.landscape.record_files):
        yield f"partnerships/{id}/{NAME}", site.landscape.record_files[id]
    if site.landscape.bill:
        yield BILL, site.landscape.bill.content
