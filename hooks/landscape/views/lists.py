"""The home page, the list of all partnerships, and a page for each value of each facet."""

from __future__ import annotations

from functools import lru_cache
from typing import Mapping

from .. import derive
from ..derive import FACETS, Facet
from ..exports.citations import context_objects
from ..exports.feeds import facet_address
from ..exports.linked import catalog_graph, list_graph
from ..load import RECORDS, VOCABULARIES
from ..model import Record
from ..site import Site, totals
from ..vocabulary import Term
from . import maps
from .cite import as_json, list_cite
from .feeds import feed_links
from .finder import finder
from .page import Head, Page


def home(site: Site) -> Page:
    doors = {facet.name: _facet_counts(site, facet) for facet in FACETS}
    recent = [study for _, study in sorted(site.landscape.case_studies.items(), key=lambda pair: pair[1].title.casefold())]
    data = {
        "totals": totals(site.ordered),
        "statuses": derive.status_counts(site.ordered),
        "doors": doors,
        "numbers": {
            "partnership": sum(not record.is_programme for record in site.ordered),
            "programme": sum(record.is_programme for record in site.ordered),
            "case_studies": len(site.landscape.case_studies),
            "publications": len(site.landscape.publications),
            "councils": len(site.by_facet["local-authorities"]),
        },
        "case_studies": recent[:3],
    }
    return Page("", "Health Justice Landscape", "Find UK partnerships between health services and welfare rights advisers, by setting, place and issue, with sources for every fact.", "home.html", data, head=Head(json_ld=catalog_graph(site)))


# Rows on one page of the list: all of today's records, and small enough for a phone when there are thousands.
PAGE_SIZE = 250


@lru_cache(maxsize=1)
def _of_all(site: Site) -> tuple[str, Mapping[str, int], list[tuple[Facet, int]]]:
    """What each page of the list says of all records: how many, by status, and how many values each facet has."""
    return totals(site.ordered), derive.status_counts(site.ordered), [(facet, len(derive.facet_terms(site.landscape, facet))) for facet in FACETS]


def last_page(site: Site) -> int:
    """The number of pages of the list of all records. Beyond PAGE_SIZE rows it goes on at partnerships/page/2/ and so on."""
    return max(1, -(-len(site.ordered) // PAGE_SIZE))


def _on_page(site: Site, number: int) -> list[Record]:
    return site.ordered[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def partnerships_page(site: Site, number: int) -> Page:
    """A page of the list of all records; they count from 1."""
    number_of_all, statuses, facets = _of_all(site)
    cite = list_cite(site, "All partnerships", number_of_all, "partnerships/")
    data = {
        "totals": number_of_all, "statuses": statuses, "facets": facets, "cite": cite, "coins": context_objects(site),
        "number": number, "last": last_page(site), "rows": site.rows(_on_page(site, number)),
    }
    description = f"{number_of_all} between health services and advisers, with place, setting, advice provider, issues and status."
    if number > 1:
        return Page(f"partnerships/page/{number}/", f"All partnerships, page {number}", description, "partnerships.html", data, edit=RECORDS, trail=(("Partnerships", "partnerships/"),))
    head = Head(links=(as_json("partnerships"), *feed_links("feeds/partnerships", "New partnerships")), json_ld=list_graph(site, "partnerships/", "All partnerships", len(site.ordered), ()))
    return Page("partnerships/", "All partnerships", description, "partnerships.html", data, edit=RECORDS, assets=("finder",), head=head)


def ingredients(site: Site, number: int) -> tuple:
    """What decides a page of the list, in short: see ``records.ingredients``."""
    rows = _on_page(site, number)
    studies = [record.id for record in rows if record.id in site.landscape.case_studies]
    return _of_all(site), last_page(site), number, studies, [site.file_word(record) for record in rows]


def _facet_counts(site: Site, facet: Facet) -> list[tuple[Term, int]]:
    """Terms of a facet with the number of records of each, in vocabulary order (councils by name)."""
    terms = derive.facet_terms(site.landscape, facet)
    if facet.name == "local-authorities":
        terms = sorted(terms, key=lambda term: term.label.casefold())
    return [(term, len(site.by_facet[facet.name].get(term.tag, ()))) for term in terms]


def facet_index(site: Site, facet: Facet) -> Page:
    missing = [record for record in site.ordered if not derive.values(record, facet.field)]
    data = {
        "facet": facet,
        "about": site.vocabularies[facet.vocabulary].about if facet.name != "providers" else "The kind of organisation that employs the advisers.",
        "counts": _facet_counts(site, facet),
        "groups": _councils_by_region(site) if facet.name == "local-authorities" else [],
        "missing": site.rows(missing),
    }
    return Page(f"{facet.name}/", facet.plural, f"Partnerships by {facet.singular.lower()}: each {facet.singular.lower()} with its definition and how many are listed.", "facet_index.html", data, edit=f"{VOCABULARIES}/{facet.vocabulary}.yml")


def _councils_by_region(site: Site) -> list[tuple[Term, list[tuple[Term, int]]]]:
    counts = _facet_counts(site, next(facet for facet in FACETS if facet.name == "local-authorities"))
    regions = site.vocabularies["regions"]
    grouped = [(region, [pair for pair in counts if pair[0].region == region.tag]) for region in regions]
    return [(region, pairs) for region, pairs in grouped if pairs]


# The filter of the list that asks the same as a facet's pages.
FILTER_OF_FACET = {"settings": "setting", "nations": "nation", "regions": "region", "local-authorities": "council", "issues": "issue", "providers": "provider"}

# One name may be a nation, a region and a council area; the page's title says which it is.
FACET_TITLES = {"nations": "Partnerships in {}", "regions": "{} region", "local-authorities": "{} council area"}


def facet_title(facet: Facet, term: Term) -> str:
    """The title of the page of a facet's value."""
    return FACET_TITLES.get(facet.name, "{}").format((term.plural or term.label) if facet.name in ("settings", "providers") else term.label)


def facet_definition(site: Site, term: Term) -> str:
    """What a value means; of a council area, where it lies."""
    return term.definition or _council_words(site, term)


def facet_page(site: Site, facet: Facet, term: Term) -> Page:
    records = site.by_facet[facet.name].get(term.tag, [])
    url = f"{facet.name}/{term.tag}/"
    title = facet_title(facet, term)
    data = {
        "facet": facet, "term": term, "rows": site.rows(records), "totals": totals(records), "statuses": derive.status_counts(records),
        "finder": finder(site, records, fixed=FILTER_OF_FACET[facet.name]) if len(records) > 1 else None,
        "filter_name": FILTER_OF_FACET[facet.name],
        "definition": facet_definition(site, term), "narrower": _narrower(site, facet, term), "broader": _broader(site, facet, term),
        "area_map": maps.region_councils(site, term) if facet.name == "regions" else None,
        "cite": list_cite(site, title, totals(records), url) if records else None, "coins": context_objects(site),
    }
    trail = ((facet.plural, f"{facet.name}/"),)
    head = Head(links=(as_json(url.rstrip("/")), *feed_links(facet_address(facet, term), f"{term.label}: changes")), json_ld=list_graph(site, url, title, len(records), trail))
    updated = max(map(derive.last_touched, records), default="")
    return Page(url, title, f"{title}: {totals(records)} listed here, with place, setting, advice provider, issues and status.", "facet.html", data, edit=f"{VOCABULARIES}/{facet.vocabulary}.yml", updated=updated, head=head, trail=trail, assets=(("finder",) if len(records) > 1 else ()) + (("map",) if data["area_map"] else ()))


def _council_words(site: Site, term: Term) -> str:
    if not term.region:
        return ""
    kind = "A county" if term.tier == "county" else "A council area"
    region = site.vocabularies["regions"][term.region]
    where = region.label if region.nation != "england" else f"the {region.label} of England" if region.tag not in ("london",) else "London"
    ended = f" The area was reorganised after {term.end}." if term.end else ""
    return f"{kind} in {where} (GSS code {term.code}).{ended}"


def _narrower(site: Site, facet: Facet, term: Term) -> list[tuple[str, str, int]]:
    """Smaller areas inside an area: (label, address, count)."""
    councils = site.by_facet["local-authorities"]
    if facet.name == "nations":
        inside = [r for r in site.vocabularies["regions"] if r.nation == term.tag and r.tag != term.tag]
        return [(r.label, f"regions/{r.tag}/", len(site.by_facet["regions"].get(r.tag, ()))) for r in inside]
    if facet.name == "regions":
        inside = [site.vocabularies["local-authorities"][tag] for tag in councils]
        return [(c.label, f"local-authorities/{c.tag}/", len(councils[c.tag])) for c in sorted(inside, key=lambda c: c.label) if c.region == term.tag]
    return []


def _broader(site: Site, facet: Facet, term: Term) -> list[tuple[str, str]]:
    """Larger areas around an area: (label, address)."""
    if facet.name == "local-authorities":
        region = site.vocabularies["regions"][term.region]
        found = [(region.label, f"regions/{region.tag}/")]
        return found + ([("England", "nations/england/")] if region.nation == "england" else [])
    if facet.name == "regions" and term.nation != term.tag:
        return [(site.label(term.nation, "nations"), f"nations/{term.nation}/")]
    return []
