"""The page that lists the feeds, and the links that lead from a page to its own."""

from __future__ import annotations

from .. import derive
from ..derive import FACETS
from ..exports.feeds import MOST, all_feeds, facet_address
from ..site import Site
from .page import Link, Page

MEDIA_TYPES = (("application/atom+xml", "xml"), ("application/feed+json", "json"))


def feed_links(address: str, title: str) -> tuple[Link, ...]:
    """Both forms of a feed for a page's head; ``address`` is that of the feed, without its ending."""
    return tuple(Link(type, title, f"{address}.{ending}") for type, ending in MEDIA_TYPES)


def feeds_page(site: Site) -> Page:
    found = {feed.address: feed for feed in all_feeds(site)}
    terms = {facet: derive.facet_terms(site.landscape, facet) for facet in FACETS}
    groups = [(facet, [(term, found.pop(facet_address(facet, term))) for term in terms[facet]]) for facet in FACETS]
    return Page("feeds/", "Feeds", "Follow new and changed partnerships and case studies in a feed reader: all of them, or those of one setting, place, issue or provider.", "feeds.html", {"whole": list(found.values()), "groups": groups, "most": MOST})
