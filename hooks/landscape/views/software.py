"""The page that lists the software of others: what it is for, its version and its licence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Iterator

from ..exports.source_files import BILL
from ..model import Library
from ..site import Site
from .page import Head, Link, Page

URL = "about/software/"
TRAIL = (("About", "about/"), ("Licence", "about/licence/"))
# Every licence that somebody has compared with what we do: our code is under MIT, and the site is public. A test refuses one
# that is not here. (name, what it asks and how we keep to it)
LICENCES = {
    "Apache-2.0": ("Apache 2.0", "The licence and notices stay with copies. They do."),
    "Apache-2.0 OR BSD-2-Clause": ("Apache 2.0 or BSD 2-Clause", "Either may be chosen. We take BSD 2-Clause."),
    "BSD-2-Clause": ("BSD 2-Clause", "The notice stays with copies. It does."),
    "BSD-3-Clause": ("BSD 3-Clause", "The notice stays with copies, and nobody may use the makers’ names to advertise. Both hold."),
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "The makers are named and what was changed is told. This page names them; nothing was changed."),
    "ISC": ("ISC", "The notice stays with copies. It does."),
    "LGPL-3.0-or-later": ("GNU LGPL 3.0 or later", "Who passes on the library, or a changed one, passes on its source and this licence. We use it as it is, to draw when the site is built, and pass on no part of it. What it draws is not under its licence, and neither is our code, which only calls it."),
    "MIT": ("MIT", "The notice stays with copies. It does."),
    "MPL-2.0": ("Mozilla Public License 2.0", "Who passes on a changed file of the library passes on its source. We use it as it is, when the site is built, and pass on no part of it."),
    "OFL-1.1": ("SIL Open Font License 1.1", "The licence stays with the fonts, and they are not sold by themselves. Both hold."),
}


@dataclass(frozen=True)
class Section:
    """Libraries under one heading. Each row is (library, what it is for)."""

    id: str
    title: str
    about: str
    rows: tuple[tuple[Library, str], ...]


def software_pages(site: Site) -> Iterator[Page]:
    """The page, where the project keeps a bill of materials."""
    bill = site.landscape.bill
    if not bill:
        return
    counted = Counter(one.licence for one in bill.libraries)
    licences = [(*LICENCES.get(id, (id, "")), number) for id, number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
    data = {"sections": sections(bill.libraries), "licences": licences, "total": len(bill.libraries), "date": bill.date, "bill": BILL}
    head = Head(links=(Link("application/vnd.cyclonedx+json", "Software bill of materials (CycloneDX)", BILL),))
    yield Page(URL, "Software", "The software of others in this site and in what builds it: each library, font and file with its version, its licence and what it is for.", "software.html", data, trail=TRAIL, head=head)


def sections(libraries: tuple[Library, ...]) -> tuple[Section, ...]:
    """What a browser loads; what we chose to build the site with; and what these bring along."""
    return (
        Section("browser", "In your browser", "Your browser loads these from this site, and from nowhere else. Their licences lie beside them.", tuple((one, one.in_browser) for one in libraries if one.in_browser)),
        Section("build", "To build the site", "These run when the pages are made. No part of them is in the site, except where the table above says so.", tuple((one, one.purpose) for one in libraries if one.builds and one.direct)),
        Section("brought-along", "Brought along", "The libraries above need these.", tuple((one, "") for one in libraries if one.builds and not one.direct)),
    )
