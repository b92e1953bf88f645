"""What helps machines find their way: robots.txt and the description of the search for browsers (OpenSearch 1.1).

The sitemap is MkDocs' own (theme/sitemap.xml), because only it knows the hand-written pages; its dates are those of the
pages, see ``derive.last_touched``.
"""

from __future__ import annotations

from typing import Iterator
from xml.etree import ElementTree as ET

from ..site import Site
from .plain import TITLE

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    yield "robots.txt", robots(site)
    yield "opensearch.xml", opensearch(site)


def robots(site: Site) -> bytes:
    """Everyone may read everything. Pages for nobody's search ask so themselves, by ``noindex``.

    Robots read this file only at the root of a host, so it speaks when the site has a domain of its own."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.address}sitemap.xml\n".encode()


def opensearch(site: Site) -> bytes:
    """Lets a browser search this site from its address bar. The home page opens the search with what ``q`` says."""
    root = ET.Element("OpenSearchDescription", xmlns=NAMESPACE)
    for name, text in (("ShortName", "Health Justice"), ("LongName", TITLE), ("Description", "Search UK health justice partnerships, case studies, guidance and research."), ("InputEncoding", "UTF-8"), ("Language", "en-GB")):
        ET.SubElement(root, name).text = text
    ET.SubElement(root, "Image", width="16", height="16", type="image/svg+xml").text = f"{site.address}assets/mark.svg"
    ET.SubElement(root, "Url", type="text/html", method="get", template=f"{site.address}?q={{searchTerms}}")
    ET.SubElement(root, "Url", type="application/opensearchdescription+xml", rel="self", template=f"{site.address}opensearch.xml")
    ET.indent(root, " ")
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
