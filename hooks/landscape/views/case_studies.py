"""Case studies."""

from __future__ import annotations

from .. import derive, words
from ..load import CASE_STUDIES
from ..model import CaseStudy
from ..problems import count
from ..site import Site, short
from .records import stands_behind
from .page import Page


def case_study_index(site: Site) -> Page:
    studies = sorted(site.landscape.case_studies.values(), key=lambda study: study.title.casefold())
    data = {"studies": [(study, site.row(site.landscape.records[study.partnership])) for study in studies]}
    return Page("case-studies/", "Case studies", f"{count(len(studies), 'case study', 'case studies')} of UK health justice partnerships on one common structure, each figure with its source.", "case_study_index.html", data, edit=CASE_STUDIES)


def case_study_page(site: Site, study: CaseStudy) -> Page:
    record = site.landscape.records[study.partnership]
    numbers = words.numbered(record.sources)
    data = {"study": study, "record": record, "row": site.row(record), "numbers": numbers, "publications": site.publications_about.get(record.id, []), "chain": derive.programme_chain(site.landscape, record), "stands_behind": stands_behind(record)}
    return Page(f"case-studies/{study.partnership}/", study.title, short(study.summary), "case_study.html", data, edit=f"{CASE_STUDIES}/{study.partnership}.md", updated=study.updated or study.published, trail=(("Case studies", "case-studies/"),))
