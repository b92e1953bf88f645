"""The pages that tell people about the interfaces for programs: the JSON API and the Open Referral UK feed."""

from __future__ import annotations

from ..derive import FACETS
from ..exports import api, oruk
from ..exports.openapi import facet_about
from ..exports.plain import LICENCE, SCHEMA_VERSION, attribution
from ..site import Site
from .page import Head, Link, Page

JSON = "application/json"


def api_page(site: Site) -> Page:
    """The JSON API: what it gives, examples, and what will not change."""
    data = {
        "root": api.ROOT, "version": SCHEMA_VERSION, "collections": api.COLLECTIONS,
        "facets": [(facet, facet_about(facet)) for facet in FACETS],
        "example": next((record.id for record in site.ordered), ""), "attribution": attribution(site), "licence": LICENCE, "address": site.address,
    }
    head = Head(links=(Link(JSON, "Index of the JSON API", f"{api.ROOT}/index.json"), Link("application/vnd.oai.openapi+json", "OpenAPI description", f"{api.ROOT}/openapi.json", "service-desc")))
    return Page("api/", "JSON API", "Every record, case study and publication as JSON: addresses, examples, what stays the same between versions, and the licence.", "api.html", data, head=head)


def oruk_page(site: Site) -> Page:
    """The Open Referral UK feed: its files, and how a record becomes a service."""
    data = {"root": oruk.ROOT, "version": oruk.ABOUT["version"], "profile": oruk.ABOUT["profile"], "lists": ORUK_LISTS, "statuses": [(site.label(ours, "statuses"), theirs) for ours, theirs in oruk.STATUSES.items()]}
    return Page("oruk/", "Open Referral UK feed", "The landscape as services in Open Referral UK 3.0, the UK's open standard for data about services.", "oruk.html", data, head=Head(links=(Link(JSON, "Open Referral UK 3.0", f"{oruk.ROOT}/index.json"),)))


ORUK_LISTS = (
    ("services", "Every partnership and programme as a service."),
    ("service_at_locations", "Each service at each place that its record names."),
    ("taxonomies", "Settings, issue areas and delivery modes."),
    ("taxonomy_terms", "The terms of all three, with their definitions."),
)
