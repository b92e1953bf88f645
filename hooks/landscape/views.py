"""Every computed page of the site, as data: its address, title, template and what the template shows.

A view decides what is on a page and in which order; the template decides how it looks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Iterable, Iterator, Mapping

from . import derive, words
from .checks import sources_behind
from .derive import FACETS, Facet
from .fields import RECORD, SOURCED_FIELDS
from .load import CASE_STUDIES, PUBLICATIONS, RECORDS, SURVEYS, VOCABULARIES
from .model import CaseStudy, Landscape, Publication, Record
from .problems import count
from .vocabulary import Term


@dataclass(frozen=True)
class Page:
    """One page. ``url`` is relative to the site and ends in / ("" is the home page); ``edit`` is a file of the project."""

    url: str
    title: str
    description: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    edit: str = ""
    updated: str = ""
    trail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """A record as a list shows it."""

    record: Record
    place: str
    status: str
    review_due: bool
    case_study: bool


class Site:
    """The landscape with what is derived from it once, shared by all views. ``today`` is the date of the build."""

    def __init__(self, landscape: Landscape, today: date):
        self.landscape, self.today = landscape, today
        self.vocabularies = landscape.vocabularies
        self.members = derive.members(landscape)
        self.before, self.after = derive.lineage(landscape)
        self.publications_about = derive.publications_about(landscape)
        self.by_facet = {facet.name: derive.by_facet(landscape, facet) for facet in FACETS}
        self.ordered = derive.in_reading_order(landscape.records.values())

    def place(self, record: Record) -> str:
        v = self.vocabularies
        return words.place_words(record, v["local-authorities"], v["regions"], v["nations"])

    def row(self, record: Record) -> Row:
        due = derive.is_review_due(record, self.today)
        return Row(record, self.place(record), words.status_words(record), due, record.id in self.landscape.case_studies)

    def rows(self, records: Iterable[Record]) -> list[Row]:
        return [self.row(record) for record in records]

    def named(self, ids: Iterable[str]) -> list[Record]:
        return [self.landscape.records[id] for id in ids]

    def label(self, tag: str, vocabulary: str) -> str:
        return self.vocabularies[vocabulary].label(tag)


def pages(landscape: Landscape, today: date) -> Iterator[Page]:
    """All computed pages, in a fixed order. Addresses are permanent: see docs/contribute/architecture.md."""
    site = Site(landscape, today)
    yield home(site)
    yield partnerships(site)
    for record in site.ordered:
        yield record_page(site, record)
    for facet in FACETS:
        yield facet_index(site, facet)
        for term in derive.facet_terms(landscape, facet):
            yield facet_page(site, facet, term)
    yield programme_index(site)
    for record in site.ordered:
        if record.is_programme:
            yield programme_page(site, record)
    yield scotland(site)
    yield case_study_index(site)
    for id in sorted(landscape.case_studies):
        yield case_study_page(site, landscape.case_studies[id])
    yield research_index(site)
    yield surveys(site)
    for id in sorted(landscape.publications):
        yield publication_page(site, landscape.publications[id])


# --- home and lists -----------------------------------------------------------------------------------------------


def totals(records: Iterable[Record]) -> str:
    """"160 partnerships and 8 programmes"."""
    kinds = Counter(record.kind for record in records)
    parts = [count(kinds["partnership"], "partnership")] if kinds["partnership"] or not kinds["programme"] else []
    parts += [count(kinds["programme"], "programme")] if kinds["programme"] else []
    return words.listed(parts)


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
    return Page("", "Health Justice Landscape", "Find UK partnerships between health services and welfare rights advisers, by setting, place and issue, with sources for every fact.", "home.html", data)


def partnerships(site: Site) -> Page:
    data = {"rows": site.rows(site.ordered), "totals": totals(site.ordered), "statuses": derive.status_counts(site.ordered), "facets": _facet_links(site)}
    return Page("partnerships/", "All partnerships", f"{totals(site.ordered)} between health services and advisers, with place, setting, advice provider, issues and status.", "partnerships.html", data, edit=RECORDS, trail=())


def _facet_links(site: Site) -> list[tuple[Facet, int]]:
    return [(facet, len(derive.facet_terms(site.landscape, facet))) for facet in FACETS]


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


# One name may be a nation, a region and a council area; the page's title says which it is.
FACET_TITLES = {"nations": "Partnerships in {}", "regions": "{} region", "local-authorities": "{} council area"}


def facet_page(site: Site, facet: Facet, term: Term) -> Page:
    records = site.by_facet[facet.name].get(term.tag, [])
    title = FACET_TITLES.get(facet.name, "{}").format((term.plural or term.label) if facet.name in ("settings", "providers") else term.label)
    data = {
        "facet": facet, "term": term, "rows": site.rows(records), "totals": totals(records), "statuses": derive.status_counts(records),
        "definition": term.definition or _council_words(site, term), "narrower": _narrower(site, facet, term), "broader": _broader(site, facet, term),
    }
    return Page(f"{facet.name}/{term.tag}/", title, f"{title}: {totals(records)} listed here, with place, setting, advice provider, issues and status.", "facet.html", data, edit=f"{VOCABULARIES}/{facet.vocabulary}.yml", trail=((facet.plural, f"{facet.name}/"),))


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


# --- records --------------------------------------------------------------------------------------------------------


def record_page(site: Site, record: Record) -> Page:
    landscape = site.landscape
    numbers = words.numbered(record.sources)
    data = {
        "record": record,
        "row": site.row(record),
        "numbers": numbers,
        "behind": {name: sources_behind(record, name) for name in SOURCED_FIELDS if getattr(record, name)},
        "stands_behind": _stands_behind(record),
        "rivals": list(derive.rival_groups(record)),
        "chain": derive.programme_chain(landscape, record),
        "members": site.rows(site.members.get(record.id, [])),
        "before": site.named(site.before.get(record.id, [])),
        "after": site.named(site.after.get(record.id, [])),
        "related": derive.related(landscape, record),
        "case_study": landscape.case_studies.get(record.id),
        "publications": site.publications_about.get(record.id, []),
        "thin": derive.is_thin(record),
    }
    trail = (("Partnerships", "partnerships/"),)
    return Page(f"partnerships/{record.id}/", record.name, _short(record.summary), "record.html", data, edit=f"{RECORDS}/{record.id}.yml", updated=record.last_reviewed, trail=trail)


FIELD_LABELS = {
    "describes_itself_as": "what it calls itself", "status_as_of": "year of the status", "local_authorities": "councils",
    "health_boards": "health board", "advice_level": "level of advice", "former_names": "former names", "aliases": "other names",
    "outcomes": "figures", "started": "start", "ended": "end", "timeline": "history", "area": "place", "partners": "partners",
}


def _stands_behind(record: Record) -> dict[str, str]:
    """For each source, the fields it stands behind, in plain words."""
    order = [field.name for field in RECORD]
    found = {source.id: [] for source in record.sources}
    for name in order:
        if name in SOURCED_FIELDS and getattr(record, name):
            for id in sources_behind(record, name):
                found[id].append(FIELD_LABELS.get(name, name.replace("_", " ")))
    return {id: words.listed(names) for id, names in found.items()}


def _short(text: str, limit: int = 155) -> str:
    """The first words of a text, cut at a word, for a page's description."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


# --- programmes and Scotland -----------------------------------------------------------------------------------------


def programme_index(site: Site) -> Page:
    found = [(record, site.row(record), site.members.get(record.id, [])) for record in site.ordered if record.is_programme]
    top = [entry for entry in found if not entry[0].programme]
    below = {entry[0].id: [inner for inner in found if inner[0].programme == entry[0].id] for entry in found}
    return Page("programmes/", "Programmes", "Families of partnerships with one model, name or funder, such as Scotland's Welfare Advice and Health Partnerships.", "programme_index.html", {"programmes": top, "below": below}, edit=RECORDS)


def programme_page(site: Site, record: Record) -> Page:
    inside = site.members.get(record.id, [])
    numbers = words.numbered(record.sources)
    data = {"record": record, "row": site.row(record), "rows": site.rows(inside), "totals": totals(inside), "chain": derive.programme_chain(site.landscape, record), "numbers": numbers, "councils": _councils_of(site, [record, *inside])}
    return Page(f"programmes/{record.id}/", f"{record.name}: programme", _short(record.summary), "programme.html", data, edit=f"{RECORDS}/{record.id}.yml", updated=record.last_reviewed, trail=(("Programmes", "programmes/"),))


def _councils_of(site: Site, records: Iterable[Record]) -> list[Term]:
    tags = {tag for record in records for tag in record.local_authorities}
    return sorted((site.vocabularies["local-authorities"][tag] for tag in tags), key=lambda term: term.label)


SCOTTISH_STORY = ("wahp", "hwc")


def scotland(site: Site) -> Page:
    records = [record for record in site.ordered if record.nation == "scotland"]
    programmes = [site.landscape.records[id] for id in SCOTTISH_STORY if id in site.landscape.records]
    others = [record for record in records if record.is_programme and record.id not in SCOTTISH_STORY]
    councils = _councils_of(site, records)
    data = {
        "totals": totals(records), "statuses": derive.status_counts(records), "rows": site.rows(records),
        "stories": [(p, site.rows(site.members.get(p.id, [])), _councils_of(site, [p, *site.members.get(p.id, [])]), words.numbered(p.sources)) for p in programmes],
        "others": [(p, len(site.members.get(p.id, []))) for p in others],
        "councils": [(c, len(site.by_facet["local-authorities"][c.tag])) for c in councils],
        "unlisted": [c for c in site.vocabularies["local-authorities"] if c.region == "scotland" and not c.end and c.tag not in {x.tag for x in councils}],
    }
    return Page("scotland/", "Scotland", "Welfare Advice and Health Partnerships, Healthier Wealthier Children and other Scottish partnerships: areas covered, timelines and figures.", "scotland.html", data, edit=RECORDS)


# --- case studies -----------------------------------------------------------------------------------------------------


def case_study_index(site: Site) -> Page:
    studies = sorted(site.landscape.case_studies.values(), key=lambda study: study.title.casefold())
    data = {"studies": [(study, site.row(site.landscape.records[study.partnership])) for study in studies]}
    return Page("case-studies/", "Case studies", f"{count(len(studies), 'case study', 'case studies')} of UK health justice partnerships on one common structure, each figure with its source.", "case_study_index.html", data, edit=CASE_STUDIES)


def case_study_page(site: Site, study: CaseStudy) -> Page:
    record = site.landscape.records[study.partnership]
    numbers = words.numbered(record.sources)
    data = {"study": study, "record": record, "row": site.row(record), "numbers": numbers, "publications": site.publications_about.get(record.id, []), "chain": derive.programme_chain(site.landscape, record), "stands_behind": _stands_behind(record)}
    return Page(f"case-studies/{study.partnership}/", study.title, _short(study.summary), "case_study.html", data, edit=f"{CASE_STUDIES}/{study.partnership}.md", updated=study.updated or study.published, trail=(("Case studies", "case-studies/"),))


# --- research ----------------------------------------------------------------------------------------------------------


def research_index(site: Site) -> Page:
    works = sorted(site.landscape.publications.values(), key=lambda work: (work.issued or "0000", work.title), reverse=True)
    data = {
        "works": works,
        "by_design": _grouped(works, site.vocabularies["designs"], lambda work: (work.design,)),
        "by_setting": _tallied(works, site.vocabularies["settings"], lambda work: work.settings),
        "by_outcome": _tallied(works, site.vocabularies["study-outcomes"], lambda work: work.outcomes_studied),
        "by_country": _tallied(works, site.vocabularies["countries"], lambda work: (work.country,)),
        "names": {record.id: record.name for record in site.ordered},
        "copies": sum(work.source_is_copy for work in works),
    }
    return Page("research/", "Research", f"{count(len(works), 'publication')} on health justice partnerships: what each did and found, by design, setting and outcome.", "research.html", data, edit=PUBLICATIONS)


def _grouped(works: list[Publication], vocabulary, tags) -> list[tuple[Term, list[Publication]]]:
    grouped = [(term, [work for work in works if term.tag in tags(work)]) for term in vocabulary]
    return [(term, inside) for term, inside in grouped if inside]


def _tallied(works: list[Publication], vocabulary, tags) -> list[tuple[Term, list[Publication]]]:
    return sorted(_grouped(works, vocabulary, tags), key=lambda pair: (-len(pair[1]), pair[0].label))


def surveys(site: Site) -> Page:
    found = sorted(site.landscape.surveys.values(), key=lambda survey: (survey.year, survey.id), reverse=True)
    return Page("research/surveys/", "Published surveys of the field", "What surveys and reviews say about how many health justice partnerships there are, who runs them and how they are paid for.", "surveys.html", {"surveys": found}, edit=SURVEYS, trail=(("Research", "research/"),))


def publication_page(site: Site, work: Publication) -> Page:
    data = {"work": work, "partnerships": site.rows(site.named(work.partnerships)), "year": work.issued[:4]}
    return Page(f"research/{work.id}/", work.title, _short(work.finding), "publication.html", data, edit=f"{PUBLICATIONS}/{work.id}.yml", updated=work.issued if len(work.issued) == 10 else "", trail=(("Research", "research/"),))
