"""Case studies."""

from __future__ import annotations

from .. import derive, words
from ..exports.citations import context_objects
from ..exports.linked import list_graph
from ..load import CASE_STUDIES
from ..model import CaseStudy
from ..problems import count
from ..site import Site, short
from .cite import case_study_cite, case_study_head, list_cite
from .feeds import feed_links
from .page import Head, Page
from .records import behind, stands_behind


def case_study_index(site: Site) -> Page:
    studies = derive.case_studies_in_order(site.landscape)
    number = count(len(studies), "case study", "case studies")
    data = {"studies": [(study, site.row(site.landscape.records[study.partnership])) for study in studies], "cite": list_cite(site, "Case studies", number, "case-studies/"), "coins": context_objects(site)}
    return Page("case-studies/", "Case studies", f"{number} of UK health justice partnerships on one common structure, each figure with its source.", "case_study_index.html", data, edit=CASE_STUDIES, head=Head(links=feed_links("feeds/case-studies", "New case studies"), json_ld=list_graph(site, "case-studies/", "Case studies", len(studies), ())))


def case_study_page(site: Site, study: CaseStudy) -> Page:
    record = site.landscape.records[study.partnership]
    numbers = words.numbered(record.sources)
    data = {"study": study, "record": record, "row": site.row(record), "numbers": numbers, "publications": site.publications_about.get(record.id, []), "chain": derive.programme_chain(site.landscape, record), "behind": (sources := behind(record)), "stands_behind": stands_behind(record, sources), "cite": case_study_cite(site, study)}
    trail = (("Case studies", "case-studies/"),)
    return Page(f"case-studies/{study.partnership}/", study.title, short(study.summary), "case_study.html", data, edit=f"{CASE_STUDIES}/{study.partnership}.md", updated=study.updated or study.published, trail=trail, head=case_study_head(site, study, trail))
