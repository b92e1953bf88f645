"""What the site's search knows: one short document for each page, made from the data and not from the finished HTML.

The browser builds its index from these (``theme/assets/search-index.js``). A vocabulary term is written once, with its
synonyms, and a document names it by number, so that "surgery" finds every GP practice and the file stays small. The running
text, two thirds of the bytes, is a file of its own: results do not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Iterable, Iterator

from .. import derive, prose, words
from ..derive import FACETS, Facet
from ..model import Publication, Record, Survey
from ..site import Site, totals
from ..vocabulary import Term
from .lists import facet_definition, facet_title
from .search_page import Written

GROUPS = ("Partnerships", "Case studies", "Guidance", "Research", "Places and topics", "About this site")
PARTNERSHIP, CASE_STUDY, GUIDANCE, RESEARCH, TOPIC, ABOUT = range(len(GROUPS))

# The vocabularies whose terms documents name, with the word that tells a reader why a term matched.
TERM_KINDS = {
    "settings": "Setting", "issues": "Issue", "organisations": "Advice from", "local-authorities": "Council", "regions": "Region",
    "nations": "Nation", "health-boards": "Health board", "delivery": "How advice is given", "designs": "Kind of study",
    "study-outcomes": "Outcome studied", "countries": "Country",
}


@dataclass
class Document:
    """One page as the search knows it. ``names`` are other names; ``terms`` are numbers in the table of terms, and so is
    ``region``, by which a record is listed and not found."""

    group: int
    url: str
    title: str
    detail: str = ""
    names: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    terms: list[int] = field(default_factory=list)
    region: int | None = None
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        """The document without its running text and its empty parts."""
        return {name: value for name, value in vars(self).items() if name == "group" or (name != "text" and value not in ("", [], None))}


def search_index(site: Site, written: Iterable[Written], pages: Iterable[Any]) -> tuple[dict[str, Any], list[str]]:
    """Everything the search loads, in two parts. First what decides most questions: the names of the groups, the terms with
    their synonyms, and the documents without their running text. Then that text, of each document in the same order."""
    terms, numbers = _terms(site)
    documents = [*_records(site, numbers), *_case_studies(site, numbers), *_research(site, numbers), *_topics(site, numbers)]
    documents += [_written(page) for page in sorted(written, key=lambda page: page.url)]
    known = {document.url for document in documents}
    documents += [Document(_DOORS[page.url], page.url, page.title, page.description) for page in pages if page.url in _DOORS and page.url not in known]
    return {"groups": GROUPS, "terms": terms, "documents": [document.as_json() for document in documents]}, [document.text for document in documents]


# Computed pages that are worth finding by their own name and description, each with its group. Every other one has a document
# made from its data, or stands behind a number of these (the pages of one chart, of one cell of the evidence maps).
_DOORS = {
    **dict.fromkeys(("partnerships/", "programmes/", "case-studies/", "map/", "landscape/", "shortlist/", "compare/", *(f"{facet.name}/" for facet in FACETS)), TOPIC),
    **dict.fromkeys(("research/", "research/map/"), RESEARCH),
    **dict.fromkeys(("data/", "data/fields/", "data/vocabularies/", "data-quality/", "about/software/", "api/", "feeds/", "oruk/", "contribute/add/", "contribute/edit/"), ABOUT),
}


def _terms(site: Site) -> tuple[list[list[str]], dict[tuple[str, str], int]]:
    """The table of terms, each as [kind, label, synonym …], and the number of each (vocabulary, tag)."""
    table, numbers = [], {}
    for vocabulary, kind in TERM_KINDS.items():
        for term in site.vocabularies[vocabulary]:
            numbers[vocabulary, term.tag] = len(table)
            table.append([kind, term.label, *_other_names(term)])
    return table, numbers


def _other_names(term: Term) -> list[str]:
    return [word for word in (term.plural, *term.synonyms) if word and word != term.label]


def _numbered(numbers: dict, pairs: Iterable[tuple[str, str]]) -> list[int]:
    return list(dict.fromkeys(numbers[pair] for pair in pairs))


def _of(vocabulary: str, tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((vocabulary, tag) for tag in tags if tag)


def _record_terms(record: Record) -> list[tuple[str, str]]:
    """What a record is found by: its places, settings, issues, kinds of provider and ways of giving advice."""
    return [
        *_of("settings", record.settings), *_of("issues", record.issues), *_of("organisations", record.provider_kinds),
        *_of("local-authorities", record.local_authorities), *_of("nations", [record.nation]), *_of("health-boards", record.health_boards),
        *_of("delivery", record.delivery),
    ]


def _settings_words(site: Site, record: Record) -> str:
    return words.listed(site.label(tag, "settings") for tag in record.settings)


def _records(site: Site, numbers: dict) -> Iterator[Document]:
    for record in site.ordered:
        chain = derive.programme_chain(site.landscape, record)
        partners = [partner.name for partner in record.partners]
        # A region's synonyms are its counties: a record in Nottingham must not be found under "Derbyshire".
        region = site.label(record.region, "regions") if record.region and record.region != record.nation else ""
        told = [record.summary, record.describes_itself_as, record.referral.how if record.referral else "", *(event.what for event in record.timeline)]
        yield Document(
            PARTNERSHIP, f"partnerships/{record.id}/", record.name, f"{site.place(record)}. {_settings_words(site, record)}. {words.status_words(record)}.",
            names=[*record.aliases, *record.former_names], places=_once([record.area, region, *_site_words(record)]),
            people=_once([*partners, *(fund.funder for fund in record.funding), *(programme.name for programme in chain)]),
            terms=_numbered(numbers, _record_terms(record)), region=numbers.get(("regions", record.region)), text=" ".join(filter(None, told)),
        )


def _site_words(record: Record) -> Iterator[str]:
    for place in record.sites:
        yield ", ".join(filter(None, (place.name, place.town, place.postcode)))


def _once(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def _case_studies(site: Site, numbers: dict) -> Iterator[Document]:
    for id, study in sorted(site.landscape.case_studies.items()):
        record = site.landscape.records[id]
        told = read(prose.render(study.text, words.numbered(record.sources)))
        yield Document(
            CASE_STUDY, f"case-studies/{id}/", study.title, f"{record.name}. {site.place(record)}.", people=_once([record.name, *record.aliases]),
            terms=_numbered(numbers, _record_terms(record)), text=f"{study.summary} {told.text}",
        )


def _research(site: Site, numbers: dict) -> Iterator[Document]:
    for id, work in sorted(site.landscape.publications.items()):
        yield _publication(site, numbers, id, work)
    yield _surveys([site.landscape.surveys[id] for id in sorted(site.landscape.surveys)])


def _publication(site: Site, numbers: dict, id: str, work: Publication) -> Document:
    about = [site.landscape.records[one] for one in work.partnerships]
    pairs = [
        *_of("settings", work.settings), *_of("issues", work.issues), *_of("designs", [work.design]), *_of("countries", [work.country]),
        *_of("study-outcomes", work.outcomes_studied), *(pair for record in about for pair in _of("local-authorities", record.local_authorities)),
    ]
    by = ". ".join(filter(None, (words.author_words(work.author, work.authors_complete), work.issued[:4], site.label(work.design, "designs"))))
    return Document(
        RESEARCH, f"research/{id}/", work.title, f"{by}.", places=[work.issued[:4]] if work.issued else [],
        people=_once([*(name.literal or f"{name.family} {name.given}".strip() for name in work.author), *(record.name for record in about), *work.partnerships_named, work.container_title, work.publisher]),
        terms=_numbered(numbers, pairs), text=work.finding,
    )


def _surveys(surveys: list[Survey]) -> Document:
    return Document(
        RESEARCH, "research/surveys/", "Published surveys of the field", "What surveys say about how many partnerships there are, who runs them and who pays.",
        headings=[survey.title for survey in surveys], people=_once(survey.publisher for survey in surveys),
        text=" ".join(text for survey in surveys for text in (survey.summary, *survey.findings)),
    )


def _topics(site: Site, numbers: dict) -> Iterator[Document]:
    for facet in FACETS:
        for term in derive.facet_terms(site.landscape, facet):
            if facet.name == "regions" and term.nation == term.tag:
                continue  # Scotland, Wales and Northern Ireland are one region each: their page as a nation says the same.
            yield _facet_document(site, numbers, facet, term)
    for record in (record for record in site.ordered if record.is_programme):
        inside = site.members.get(record.id, [])
        yield Document(
            TOPIC, f"programmes/{record.id}/", f"{record.name}: programme", f"List of its {len(inside)} members.",
            places=_once(site.place(member) for member in inside), text=f"Members of the programme: {'; '.join(member.name for member in inside)}.",
        )
    yield Document(TOPIC, "scotland/", "Scotland", "The Scottish story: programmes, councils covered and timelines.", text=f"Welfare Advice and Health Partnerships, Healthier Wealthier Children and other {_scottish(site)} records in Scotland.")


def _scottish(site: Site) -> int:
    return len(site.by_facet["nations"].get("scotland", ()))


def _facet_document(site: Site, numbers: dict, facet: Facet, term: Term) -> Document:
    area = facet.name in ("local-authorities", "regions", "nations")
    inside = [f"{term.label} council"] if facet.name == "local-authorities" else []
    inside += [site.label(term.region, "regions")] if term.region and area else []
    inside += [council.label for council in site.vocabularies["local-authorities"] if council.region == term.tag]  # those with no record too
    return Document(
        TOPIC, f"{facet.name}/{term.tag}/", facet_title(facet, term), f"{facet.singular}. {totals(site.by_facet[facet.name].get(term.tag, ()))} listed.", names=[term.label, *_other_names(term)], places=inside if area else [],
        terms=[numbers[facet.vocabulary, term.tag]], text=facet_definition(site, term),
    )


def _written(page: Written) -> Document:
    told = read(page.html.partition('<div class="footnote">')[0])  # what the sources are called is not what the page says
    group = GUIDANCE if page.url.startswith("guidance/") else ABOUT
    return Document(group, page.url, page.title, page.description, names=list(page.synonyms), headings=told.headings, text=told.text)


class read(HTMLParser):  # noqa: N801  (it reads as a verb where it is used)
    """HTML as plain text: ``text`` without headings and source marks, and the ``headings`` below the title."""

    _BLOCKS = frozenset(("p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "br", "div"))

    def __init__(self, html: str):
        super().__init__()
        self._open, self._parts, self._heading, self.headings = "", [], [], []
        self.feed(html)
        self.text = " ".join("".join(self._parts).split())

    def handle_starttag(self, tag, attributes):
        if tag in ("sup", "h1", "h2", "h3", "h4") and not self._open:
            self._open = tag
        if tag in self._BLOCKS:
            self._parts.append(" ")

    def handle_endtag(self, tag):
        if tag != self._open:
            return
        heading = " ".join("".join(self._heading).split())
        if tag in ("h2", "h3", "h4") and heading:
            self.headings.append(heading)
        self._open, self._heading = "", []

    def handle_data(self, data):
        if not self._open:
            self._parts.append(data)
        elif self._open != "sup":
            self._heading.append(data)
