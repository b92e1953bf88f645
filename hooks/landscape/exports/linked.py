"""The landscape as schema.org data (JSON-LD) for search engines and other programs that read a page's head.

A page about a record, case study or publication is a WebPage whose main entity is the Service, Report or work. Only what
sources state is said. A service that has ended, or of which that is not known, says so first in its description, because
schema.org has no word for the state of a service.
"""

from __future__ import annotations

from typing import Any, Iterable

from .. import words
from ..model import CaseStudy, Name, Publication, Record
from ..site import Site
from .citations import authors, case_study_version, work_address
from .plain import LICENCE, TITLE

Node = dict[str, Any]


def record_graph(site: Site, record: Record, trail: tuple[tuple[str, str], ...]) -> Node:
    """The page of a record and the service that it is about."""
    page = f"{site.address}partnerships/{record.id}/"
    about = {"mainEntity": {"@id": _service_id(site, record.id)}, "datePublished": record.listed, "dateModified": record.changed, "lastReviewed": record.last_reviewed}
    return _graph(_page(site, page, record.name, trail, **about), _service(site, record))


def case_study_graph(site: Site, study: CaseStudy, trail: tuple[tuple[str, str], ...]) -> Node:
    """The page of a case study and the report that it is."""
    page, version = f"{site.address}case-studies/{study.partnership}/", case_study_version(study)
    report = {
        "@type": "Report", "@id": f"{page}#report", "name": study.title, "headline": study.title, "abstract": study.summary,
        "about": {"@id": _service_id(site, study.partnership)}, "datePublished": study.published, "dateModified": version,
        "reportNumber": f"{study.partnership}@{version}", "author": _ourselves(site), "publisher": _ourselves(site), "inLanguage": "en-GB", "license": LICENCE["url"], "url": page,
    }
    return _graph(_page(site, page, study.title, trail, mainEntity={"@id": report["@id"]}), report)


def work_graph(site: Site, work: Publication, trail: tuple[tuple[str, str], ...]) -> Node:
    """The page of a publication and the work itself, with the authors that we saw."""
    page = f"{site.address}research/{work.id}/"
    node = _filled({
        "@type": _WORK_TYPES[work.type], "@id": f"{page}#work", "name": work.title, "headline": work.title, "author": [_author(name) for name in authors(work)],
        "datePublished": work.issued, "isPartOf": _container(work), "pagination": work.page,
        "publisher": _organisation(work.publisher) if work.publisher else {}, "url": work_address(work),
        "sameAs": f"https://doi.org/{work.DOI}" if work.DOI else "", "identifier": _identifier("DOI", work.DOI) if work.DOI else {},
        "isAccessibleForFree": {"yes": True, "no": False}.get(work.open_access, ""), "about": [{"@id": _service_id(site, id)} for id in work.partnerships],
    })
    return _graph(_page(site, page, work.title, trail, mainEntity={"@id": node["@id"]}), node)


def list_graph(site: Site, page: str, title: str, number: int, trail: tuple[tuple[str, str], ...]) -> Node:
    """A page that lists ``number`` things. The things have pages of their own and are not repeated."""
    listed = {"@type": "ItemList", "numberOfItems": number}
    return _graph({**_page(site, f"{site.address}{page}", title, trail, mainEntity=listed), "@type": "CollectionPage"})


def catalog_graph(site: Site) -> Node:
    """The landscape as a catalogue of one data set, with its downloads."""
    dataset = {
        "@type": "Dataset", "@id": _dataset_id(site), "name": TITLE, "url": f"{site.address}data/",
        "description": "Partnerships in the United Kingdom between health services and advisers on welfare rights: what each does, where, with whom and for whom, who pays, what its sources report, and the source of every fact. The records restate public pages and are not a sample.",
        "license": LICENCE["url"], "isAccessibleForFree": True, "creator": _ourselves(site), "publisher": _ourselves(site), "dateModified": site.data_date, "version": site.data_date,
        "inLanguage": "en-GB", "keywords": ["health justice partnerships", "welfare rights advice", "social welfare law", "social prescribing", "United Kingdom"],
        "spatialCoverage": {"@type": "Country", "name": "United Kingdom"}, "includedInDataCatalog": {"@id": _catalog_id(site)},
        "distribution": [{"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{site.address}{address}"} for kind, address in DOWNLOADS],
    }
    catalog = {"@type": "DataCatalog", "@id": _catalog_id(site), "name": TITLE, "url": site.address, "license": LICENCE["url"], "publisher": _ourselves(site), "inLanguage": "en-GB", "dataset": {"@id": _dataset_id(site)}}
    return _graph(catalog, dataset)


DOWNLOADS = (("text/csv", "data/partnerships.csv"), ("application/json", "api/v1/partnerships.json"), ("application/geo+json", "data/partnerships.geojson"))
_WORK_TYPES = {"article-journal": "ScholarlyArticle", "report": "Report", "webpage": "WebPage", "chapter": "Chapter", "book": "Book", "thesis": "Thesis"}


def _service(site: Site, record: Record) -> Node:
    state = f"{words.status_words(record)}. " if record.status != "active" else ""
    kin = [*site.before.get(record.id, ()), *site.after.get(record.id, ())]
    return _filled({
        "@type": "Service", "@id": _service_id(site, record.id), "name": record.name, "alternateName": [*record.aliases, *record.former_names],
        "description": f"{state}{record.summary}", "url": f"{site.address}partnerships/{record.id}/", "sameAs": record.website,
        "serviceType": [site.label(tag, vocabulary) for vocabulary in ("settings", "issues") for tag in getattr(record, vocabulary)],
        "provider": [_organisation(partner.name) for partner in record.providers], "areaServed": _areas(site, record),
        "isRelatedTo": [{"@id": _service_id(site, id)} for id in kin],
    })


def _areas(site: Site, record: Record) -> list[Node]:
    """The smallest areas that the record names: its councils, or its region, or its nation, or else the whole country."""
    for vocabulary, tags in (("local-authorities", record.local_authorities), ("regions", (record.region,)), ("nations", (record.nation,))):
        terms = [site.vocabularies[vocabulary][tag] for tag in tags if tag]
        if terms:
            return [{"@type": "AdministrativeArea", "name": term.label, "identifier": _identifier("GSS code", term.code)} for term in terms]
    return [{"@type": "Country", "name": "United Kingdom"}]


def _container(work: Publication) -> Node:
    """What a work is part of: a book or web site, or an issue of a volume of a journal, as far as known."""
    if not work.container_title or work.type != "article-journal":
        return {"@type": "Book" if work.type == "chapter" else "CreativeWork", "name": work.container_title} if work.container_title else {}
    found: Node = {"@type": "Periodical", "name": work.container_title}
    if work.volume:
        found = {"@type": "PublicationVolume", "volumeNumber": work.volume, "isPartOf": found}
    return {"@type": "PublicationIssue", "issueNumber": work.issue, "isPartOf": found} if work.issue else found


def _author(name: Name) -> Node:
    if name.literal:
        return _organisation(name.literal)
    return _filled({"@type": "Person", "name": f"{name.given} {name.family}".strip(), "familyName": name.family, "givenName": name.given})


def _page(site: Site, address: str, title: str, trail: Iterable[tuple[str, str]], **more: Any) -> Node:
    steps = [(TITLE, ""), *trail]
    crumbs = [{"@type": "ListItem", "position": number, "name": name, "item": f"{site.address}{url}"} for number, (name, url) in enumerate(steps, 1)]
    crumbs.append({"@type": "ListItem", "position": len(crumbs) + 1, "name": title, "item": address})
    return {
        "@type": "WebPage", "@id": address, "url": address, "name": title, "inLanguage": "en-GB", "license": LICENCE["url"], "publisher": _ourselves(site),
        "isPartOf": {"@id": _catalog_id(site)}, "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": crumbs}, **more,
    }


def _graph(*nodes: Node) -> Node:
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", [], {})}


def _organisation(name: str) -> Node:
    return {"@type": "Organization", "name": name}


def _ourselves(site: Site) -> Node:
    return {**_organisation(TITLE), "url": site.address}


def _identifier(kind: str, value: str) -> Node:
    return {"@type": "PropertyValue", "propertyID": kind, "value": value}


def _service_id(site: Site, id: str) -> str:
    return f"{site.address}partnerships/{id}/#service"


def _catalog_id(site: Site) -> str:
    return f"{site.address}#catalog"


def _dataset_id(site: Site) -> str:
    return f"{site.address}data/#dataset"
