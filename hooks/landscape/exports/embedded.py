"""What a page's head says about the work on it, as reference managers read it: (name, content) of meta elements.

Zotero's "Embedded Metadata" translator decides the type by these names. ``citation_technical_report_institution`` makes a
report, ``citation_journal_title`` an article, ``og:type`` of website a web page, while ``og:type`` of article would make any
page a journal article. It takes an organisation in ``citation_author`` for a person and splits its name, so organisations
stand as institution or publisher, and only people as authors. It knows a chapter by ``citation_inbook_title``, because it
reads ``citation_book_title`` as OpenGraph. Where no abstract is given it takes the page's description for one.
"""

from __future__ import annotations

from ..model import CaseStudy, Publication, Record
from ..site import Site
from .citations import authors, case_study_version, work_address
from .plain import LICENCE, TITLE

Metas = tuple[tuple[str, str], ...]


def record_metas(site: Site, record: Record) -> Metas:
    """A record as a web page of the landscape, dated by its version."""
    return (
        ("og:type", "website"), ("og:title", record.name), ("og:site_name", TITLE), ("og:url", f"{site.address}partnerships/{record.id}/"),
        ("og:description", record.summary), ("DC.date", record.changed), ("DC.rights", LICENCE["name"]), ("DC.language", "en-GB"),
    )


def case_study_metas(site: Site, study: CaseStudy) -> Metas:
    """A case study as a report of the landscape, without an author."""
    version, record = case_study_version(study), site.landscape.records[study.partnership]
    keywords = [site.label(tag, vocabulary) for vocabulary in ("settings", "issues") for tag in getattr(record, vocabulary)]
    return (
        ("citation_title", study.title), ("citation_publication_date", version.replace("-", "/")), ("citation_technical_report_institution", TITLE),
        ("citation_technical_report_number", f"{study.partnership}@{version}"), ("citation_public_url", f"{site.address}case-studies/{study.partnership}/"),
        ("citation_language", "en-GB"), ("citation_keywords", "; ".join(keywords)), ("citation_abstract", study.summary),
    )


def work_metas(work: Publication) -> Metas:
    """A publication as the work itself. Its abstract is ours, and says so."""
    start, _, end = work.page.partition("-")
    pairs = (
        ("citation_title", work.title), *(("citation_author", ", ".join(filter(None, (name.family, name.given)))) for name in authors(work) if name.family),
        ("citation_publication_date", work.issued.replace("-", "/")), *_TYPES[work.type](work),
        ("citation_volume", work.volume), ("citation_issue", work.issue), ("citation_firstpage", start), ("citation_lastpage", end), ("citation_doi", work.DOI),
        ("citation_public_url", work_address(work)), ("citation_abstract", f"In the words of the {TITLE}, not the authors: {work.finding}"),
    )
    return tuple((name, content) for name, content in pairs if content)


def _institution(work: Publication) -> str:
    """Who published a report: its publisher, else the organisation that wrote it, else where it appeared."""
    organisations = [name.literal for name in authors(work) if name.literal]
    return work.publisher or ", ".join(organisations) or work.container_title


# The names that tell Zotero the type of each kind of publication.
_TYPES = {
    "article-journal": lambda work: (("citation_journal_title", work.container_title), ("citation_publisher", work.publisher)),
    "report": lambda work: (("citation_technical_report_institution", found),) if (found := _institution(work)) else (("DC.type", "report"),),
    "thesis": lambda work: (("citation_dissertation_institution", work.publisher),),
    "chapter": lambda work: (("citation_inbook_title", work.container_title), ("citation_publisher", work.publisher)),
    "book": lambda work: (("og:type", "book"), ("citation_publisher", work.publisher)),
    "webpage": lambda work: (("og:type", "website"), ("og:site_name", work.container_title or _institution(work))),
}
