"""What the form compares a new record with, to say "a record in Newham with this partner exists" before it is written twice."""

from __future__ import annotations

from typing import Any

from ..site import Site

COLUMNS = ("id", "name", "kind", "programme", "councils", "partners", "names")


def known_records(site: Site) -> dict[str, Any]:
    """``retired``: ids that no record may have again. ``columns`` and ``rows``, one for each record in order of id: its id, name, kind, programme, councils by tag, names of its
    partners, and the other names it has or had."""
    records = (site.landscape.records[id] for id in sorted(site.landscape.records))
    rows = [
        [one.id, one.name, one.kind, one.programme, one.local_authorities, [partner.name for partner in one.partners], one.aliases + one.former_names]
        for one in records
    ]
    return {"columns": COLUMNS, "rows": rows, "retired": sorted(site.landscape.retired)}
