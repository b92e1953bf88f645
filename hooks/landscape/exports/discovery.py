"""What helps machines find their way: robots.txt, the sitemap, and the description of the search for browsers (OpenSearch 1.1)."""

from __future__ import annotations

from typing import Any, Iterable, Iterator
from xml.etree import ElementTree as ET

from ..site import Site
from .plain import TITLE

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    yield "robots.txt", robots(site)
    yield "opensearch.xml", opensearch(site)


def robots(site: Site) -> bytes:
    """Everyone may read everything. Pages for nobody's search ask so themselves, by ``noindex``.

    Robots read this file only at the root of a host, so it speaks when the site has a domain of its own."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.address}sitemap.xml\n".encode()


def sitemap(site: Site, pages: Iterable[Any]) -> bytes:
    """The sitemap of ``pages`` (``url``, ``updated`` and ``noindex`` are read), by address, without those that search engines are
    asked to leave out. A page without a date of its own has that of the data."""
    root = ET.Element("urlset", xmlns=SITEMAP)
    for page in sorted((page for page in pages if not page.noindex), key=lambda page: page.url):
        one = ET.SubElement(root, "url")
        ET.SubElement(one, "loc").text = site.address + page.url
        ET.SubElement(one, "lastmod").text = page.updated or site.data_date
    ET.indent(root, "")
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


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
