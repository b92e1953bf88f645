"""The "cite" part of a page: the words and the downloads at its foot, and what reference managers read in its head."""

from __future__ import annotations

from typing import Any

from ..exports import citations, embedded, linked
from ..exports.api import ROOT
from ..model import CaseStudy, Publication, Record
from ..site import Site
from .page import Head, Link

FORMATS = (("application/x-bibtex", "BibTeX", "bib"), ("application/x-research-info-systems", "RIS", "ris"), ("application/vnd.citationstyles.csl+json", "CSL-JSON", "json"))
Trail = tuple[tuple[str, str], ...]


def record_cite(site: Site, record: Record) -> dict[str, Any]:
    """What the template shows of a record's citation."""
    return {"words": citations.record_words(site, record), "files": _files(f"partnerships/{record.id}/", "cite")}


def case_study_cite(site: Site, study: CaseStudy) -> dict[str, Any]:
    return {"words": citations.case_study_words(site, study), "files": _files(f"case-studies/{study.partnership}/", "cite")}


def work_cite(work: Publication) -> dict[str, Any]:
    return {"words": citations.work_words(work), "files": _files(f"research/{work.id}/", "cite")}


def list_cite(site: Site, title: str, what: str, page: str) -> dict[str, Any]:
    """What the template shows of a list's citation. ``what`` says what it holds: "12 partnerships"."""
    return {**citations.list_words(site, title, what, page), "files": _files(page, "list")}


def _files(page: str, stem: str) -> list[tuple[str, str, str, str]]:
    """(media type, name of the format, address, name under which it is saved) of a page's citation files."""
    return [(kind, name, f"{page}{stem}.{ending}", f"{page.rstrip('/').replace('/', '-')}.{ending}") for kind, name, ending in FORMATS]


def record_head(site: Site, record: Record, trail: Trail) -> Head:
    links = (as_json(f"partnerships/{record.id}"), *_links(f"partnerships/{record.id}/cite"))
    return Head(embedded.record_metas(site, record), links, linked.record_graph(site, record, trail))


def case_study_head(site: Site, study: CaseStudy, trail: Trail) -> Head:
    links = (as_json(f"case-studies/{study.partnership}"), *_links(f"case-studies/{study.partnership}/cite"))
    return Head(embedded.case_study_metas(site, study), links, linked.case_study_graph(site, study, trail))


def work_head(site: Site, work: Publication, trail: Trail) -> Head:
    links = (as_json(f"publications/{work.id}"), *_links(f"research/{work.id}/cite"))
    return Head(embedded.work_metas(work), links, linked.work_graph(site, work, trail))


def as_json(name: str) -> Link:
    """The same in the JSON API."""
    return Link("application/json", "The same as JSON", f"{ROOT}/{name}.json")


def _links(files: str) -> tuple[Link, ...]:
    """Links to the citation's files, as FAIR Signposting asks (rel=describedby)."""
    return tuple(Link(kind, f"Citation as {name}", f"{files}.{ending}", "describedby") for kind, name, ending in FORMATS)
