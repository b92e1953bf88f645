"""Citations read back by parsers that nobody here wrote, and the marks that Zotero and search engines read."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
import warnings
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl

import bibtexparser
import citeproc
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string
from pyld import jsonld
from pylatexenc.latex2text import LatexNodes2Text

from conftest import ROOT
from landscape import views
from landscape.exports import citation_files, citation_formats, citations
from landscape.site import Site
from test_browser import address, chromium, open_page  # noqa: F401  (fixtures)
from test_finder import ready

ADDRESS = "https://example.org/landscape/"
CREATOR = "Health Justice Landscape"


@pytest.fixture(scope="module")
def site(real) -> Site:
    return Site(real, date(2026, 11, 24), ADDRESS)


@pytest.fixture(scope="module")
def files(site) -> dict[str, bytes]:
    return dict(citations.files(site))


@pytest.fixture(scope="module")
def pages(site) -> dict[str, views.Page]:
    return {page.url: page for page in views.pages(site)}


def things(site) -> dict[str, dict[str, str]]:
    """What each citation must say, told from the data alone, by the address of its page."""
    known = site.landscape
    records = {f"partnerships/{one.id}/": {"title": one.name, "date": one.changed, "url": f"{ADDRESS}partnerships/{one.id}/"} for one in known.records.values()}
    studies = {f"case-studies/{id}/": {"title": one.title, "date": one.updated or one.published, "url": f"{ADDRESS}case-studies/{id}/"} for id, one in known.case_studies.items()}
    works = {f"research/{id}/": {"title": one.title, "date": one.issued, "url": one.URL or one.source_url} for id, one in known.publications.items()}
    return {**records, **studies, **works}


def people(work) -> list[tuple[str, str]]:
    """(family, given) of each author that a page named; an organisation has no given name."""
    return [(name.literal or name.family, name.given) for name in work.author if not re.search(r"\d+ others$", name.literal)]


def plain(tex: str) -> str:
    return LatexNodes2Text().latex_to_text(tex).strip()


def of(files, stem: str, ending: str) -> dict[str, str]:
    return {name.rpartition("/")[0] + "/": content.decode() for name, content in files.items() if name.endswith(f"/{stem}.{ending}")}


# --- each citation ----------------------------------------------------------------------------------------------------

def test_every_record_case_study_and_publication_has_three_files(site, files):
    wanted = set(things(site))
    assert all(set(of(files, "cite", ending)) == wanted for ending in ("bib", "ris", "json"))


def test_keys_are_unique_over_everything(site, files):
    keys = [json.loads(text)[0]["id"] for text in of(files, "cite", "json").values()]
    assert len(set(keys)) == len(keys) == len(things(site))


def test_bibtex_read_by_two_parsers_says_what_the_data_say(site, files):
    known = things(site)
    for page, text in of(files, "cite", "bib").items():
        (entry,) = parse_string(text, "bibtex").entries.values()
        library = bibtexparser.parse_string(text)
        assert not library.failed_blocks and len(library.entries) == 1, page
        other = {field.key: field.value for field in library.entries[0].fields}
        assert plain(entry.fields["title"]) == plain(other["title"]) == known[page]["title"], page
        assert entry.fields["url"] == other["url"] == known[page]["url"], page
        assert [entry.fields.get("year", ""), entry.fields.get("month", "")] == [*known[page]["date"].replace("-0", "-").split("-"), ""][:2], page


def test_bibtex_names_the_authors_that_were_seen_and_no_others(site, files):
    for page, text in of(files, "cite", "bib").items():
        (entry,) = parse_string(text, "bibtex").entries.values()
        read = [(plain(" ".join(person.prelast_names + person.last_names)), plain(" ".join(person.first_names + person.middle_names))) for person in entry.persons.get("author", ())]
        work = site.landscape.publications.get(page.split("/")[1]) if page.startswith("research/") else None
        wanted = people(work) if work else [(CREATOR, "")]
        complete = not work or (work.authors_complete and len(wanted) == len(work.author))
        assert read == [(family, " ".join(given.split())) for family, given in wanted] + ([] if complete or not wanted else [("others", "")]), page


def test_a_case_study_is_a_report_of_ours_with_its_version(site, files):
    for page, text in of(files, "cite", "bib").items():
        if page.startswith("case-studies/"):
            (entry,) = parse_string(text, "bibtex").entries.values()
            assert (entry.type, entry.fields["institution"]) == ("techreport", CREATOR)
            assert plain(entry.fields["number"]) == f"{page.split('/')[1]}@{things(site)[page]['date']}"
            assert plain(entry.fields["abstract"]) == site.landscape.case_studies[page.split("/")[1]].summary


RIS_TYPES = {"article-journal": "JOUR", "report": "RPRT", "webpage": "ELEC", "chapter": "CHAP", "book": "BOOK", "thesis": "THES"}


def test_ris_says_what_the_data_say(site, files):
    known = things(site)
    for page, text in of(files, "cite", "ris").items():
        (entry,) = rispy.loads(text)
        work = site.landscape.publications.get(page.split("/")[1]) if page.startswith("research/") else None
        assert (entry["title"], entry["urls"], entry.get("year", "")) == (known[page]["title"], [known[page]["url"]], known[page]["date"][:4]), page
        day = known[page]["date"].split("-")
        assert entry.get("date", "") == ("" if len(day) < 2 else "/".join([*day, ""][:3]) + "/"), page
        wanted = [", ".join(filter(None, name)) for name in people(work)] if work else [CREATOR]
        assert entry.get("authors", []) == wanted, page
        assert entry["type_of_reference"] == (RIS_TYPES[work.type] if work else "RPRT" if page.startswith("case-studies/") else "ELEC"), page
        if work:
            assert (entry.get("doi", ""), entry.get("secondary_title", ""), entry.get("volume", ""), entry.get("number", ""), entry.get("publisher", "")) == (work.DOI, work.container_title, work.volume, work.issue, work.publisher), page
            assert "-".join(filter(None, (entry.get("start_page"), entry.get("end_page")))) == work.page, page
        assert "unknown_tag" not in entry


def csl_words(file: str) -> set[str]:
    """The names that one file of the published CSL schema allows; citeproc-py ships it."""
    folder = Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles"
    return set(re.findall(r'"([\w-]+)"', (folder / file).read_text(encoding="utf-8")))


def test_csl_json_uses_types_and_variables_of_the_published_schema(site, files):
    types, variables = csl_words("csl-types.rnc"), csl_words("csl-variables.rnc") | {"id", "type", "language"}
    for page, text in of(files, "cite", "json").items():
        (item,) = json.loads(text)
        assert item["type"] in types and set(item) <= variables, page
        assert all(set(name) <= {"family", "given", "literal"} and ("family" in name) != ("literal" in name) for name in item.get("author", ())), page
        assert all(isinstance(value, str) for name, value in item.items() if name not in ("author", "issued")), page
        assert item["title"] == things(site)[page]["title"]
        parts = item.get("issued", {"date-parts": [[]]})["date-parts"]
        assert [f"{part:02}" for part in parts[0]] == [part for part in things(site)[page]["date"].split("-") if part], page


@pytest.mark.parametrize("page, starts", [
    ("partnerships/wahp/", "Health Justice Landscape 2026"), ("case-studies/wahp/", "Health Justice Landscape 2026"),
    ("research/adams-2006-systematic-review-welfare-rights-advice/", "Adams, J."),
])
def test_a_citation_style_renders_it(site, files, page, starts):
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    (item,) = json.loads(of(files, "cite", "json")[page])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py says of each variable that it does not know that it leaves it out
        bibliography = citeproc.CitationStylesBibliography(style, CiteProcJSON([item]), citeproc.formatter.plain)
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        (rendered,) = [str(line) for line in bibliography.bibliography()]
    assert re.sub(r"[()‘’]", "", rendered).startswith(starts) and item["title"] in rendered
    assert str(item["issued"]["date-parts"][0][0]) in rendered and item["URL"] in rendered


def test_what_was_not_seen_is_said_in_a_note(site, files):
    for work in site.landscape.publications.values():
        (item,) = json.loads(of(files, "cite", "json")[f"research/{work.id}/"])
        assert ("note" in item) == (not work.authors_complete or len(people(work)) < len(work.author)), work.id


HOSTILE = 'A "quoted" {brace} \\input{/etc/passwd} 50% & #1 a_b ~^$\nER  - \r\nTY  - JOUR\n}\n@book{x,'


def test_a_hostile_name_stays_one_entry_and_one_title(small):
    record = dataclasses.replace(next(iter(small.records.values())), name=HOSTILE)
    item = citations.record_item(Site(small, date(2026, 11, 24), ADDRESS), record)
    one_line = " ".join(HOSTILE.split())
    bibtex = citation_files.bibtex_entry(item)
    (entry,) = parse_string(bibtex, "bibtex").entries.values()
    # pylatexenc leaves out the standard names of braces, and has another sign for the circumflex.
    assert plain(entry.fields["title"]).replace("ˆ", "^") == one_line.replace("{", "").replace("}", "")
    assert "\\input" not in bibtex and bibtex.count("{") == bibtex.count("}")
    assert len(bibtexparser.parse_string(bibtex).entries) == 1
    (read,) = rispy.loads(citation_files.ris_entry(item))
    assert read["title"] == one_line
    assert dict(parse_qsl(citation_formats.context_object(item)))["rft.title"] == HOSTILE


def test_the_same_data_give_the_same_bytes(real, files):
    assert dict(citations.files(Site(real, date(2026, 11, 24), ADDRESS))) == files


# --- lists ------------------------------------------------------------------------------------------------------------

def listed(page: views.Page) -> list[str]:
    """Addresses of what a list page shows, in its order."""
    if "rows" in page.data:
        return [f"partnerships/{row.record.id}/" for row in page.data["rows"]]
    if "studies" in page.data:
        return [f"case-studies/{study.partnership}/" for study, _ in page.data["studies"]]
    return [f"research/{work.id}/" for work in page.data["works"]]


def test_every_list_that_can_be_cited_has_its_files_in_the_order_of_its_rows(files, pages):
    lists = [page for page in pages.values() if page.data.get("cite") and "what" in page.data["cite"] and "/page/" not in page.url]
    assert {page.url for page in lists} == set(of(files, "list", "bib")) and len(lists) > 100
    for page in lists:
        wanted = [json.loads(files[f"{one}cite.json"])[0]["id"] for one in listed(page)]
        assert [item["id"] for item in json.loads(files[f"{page.url}list.json"])] == wanted
        assert list(parse_string(files[f"{page.url}list.bib"].decode(), "bibtex").entries) == wanted
        assert [entry["id"] for entry in rispy.loads(files[f"{page.url}list.ris"].decode())] == wanted
        assert [entry.key for entry in bibtexparser.parse_string(files[f"{page.url}list.bib"].decode()).entries] == wanted


@pytest.mark.parametrize("kind", ["RIS", "BibTeX", "CSL-JSON"])
def test_a_filtered_list_gives_the_citations_of_its_rows(open_page, built, kind):
    page = ready(open_page("settings/hospice/?status=active"))
    rows = page.evaluate("[...document.querySelectorAll('ol.records > li')].map((row) => row.dataset.id)")
    words = page.locator(".cite__words").inner_text()
    assert f": {len(rows)} of " in words and words.endswith("settings/hospice/?status=active")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=kind, exact=True).click()
    text = Path(waiting.value.path()).read_bytes().decode()
    read = {"RIS": lambda: [entry["id"] for entry in rispy.loads(text)], "BibTeX": lambda: list(parse_string(text, "bibtex").entries), "CSL-JSON": lambda: [item["id"] for item in json.loads(text)]}
    assert read[kind]() == [f"hjl-{id}" for id in rows] and 0 < len(rows)
    ending, between = {"RIS": ("ris", b"\r\n"), "BibTeX": ("bib", b"\n"), "CSL-JSON": ("json", b"")}[kind]
    assert kind == "CSL-JSON" or text.encode() == between.join((built / "partnerships" / id / f"cite.{ending}").read_bytes() for id in rows)
    assert page.faults == []


def test_the_words_of_the_whole_list_come_back_when_the_choices_go(open_page):
    page = ready(open_page("partnerships/?status=ended"))
    assert " of " in page.locator(".cite__what").inner_text()
    page.get_by_role("button", name="Clear all choices").click()
    page.wait_for_function("!document.querySelector('.cite__what').textContent.includes(' of ')")
    assert page.locator(".cite__address").inner_text().endswith("/partnerships/")


# --- what Zotero reads --------------------------------------------------------------------------------------------------

class Reader(HTMLParser):
    """The meta elements and COinS of a finished page."""

    def __init__(self, html: str):
        super().__init__()
        self.metas, self.coins, self.hidden, self.json_ld, self._in_json_ld = [], [], [], [], False
        self.feed(html)

    def handle_starttag(self, tag, pairs):
        has = dict(pairs)
        self._in_json_ld = tag == "script" and has.get("type") == "application/ld+json"
        if tag == "meta" and (has.get("name") or has.get("property")):
            self.metas.append((has.get("name") or has["property"], has.get("content", "")))
        if tag == "span" and has.get("class") == "Z3988":
            self.coins.append(has["title"])
            self.hidden.append(has.get("aria-hidden"))

    def handle_endtag(self, tag):
        self._in_json_ld = False

    def handle_data(self, data):
        if self._in_json_ld:
            self.json_ld.append(json.loads(data))


def zotero_type(metas: list[tuple[str, str]]) -> str:
    """The type that "Embedded Metadata" of zotero/translators decides on: the names of Highwire first, then OpenGraph, then
    Dublin Core, then a guess. It takes a second part that is a known prefix ("citation_book_title") for that prefix."""
    names, first = [name for name, _ in metas], dict(reversed(metas))
    strong = {"citation_journal_title": "journalArticle", "citation_technical_report_institution": "report", "citation_inbook_title": "bookSection", "citation_dissertation_institution": "thesis", "citation_conference_title": "conferencePaper"}
    found = [strong[name] for name in names if name in strong]
    og = {"website": "webpage", "book": "book"}.get(first.get("og:type", ""), "")
    return found[-1] if found else og or first.get("DC.type", "") or ("journalArticle" if "citation_title" in names else "webpage")


@pytest.fixture(scope="module")
def read_page(built):
    return lambda url: Reader((built / url / "index.html").read_text(encoding="utf-8"))


def test_zotero_takes_a_case_study_for_a_report_without_an_author(read_page, real):
    for id, study in real.case_studies.items():
        metas = read_page(f"case-studies/{id}/").metas
        said = dict(metas)
        version = study.updated or study.published
        assert zotero_type(metas) == "report" and said["citation_title"] == study.title and said["citation_abstract"] == study.summary
        assert (said["citation_technical_report_institution"], said["citation_technical_report_number"]) == (CREATOR, f"{id}@{version}")
        assert said["citation_publication_date"] == version.replace("-", "/") and said["citation_public_url"].endswith(f"/case-studies/{id}/")
        assert not {"author", "citation_author", "citation_authors", "og:type", "article:author", "DC.creator"} & set(said)


def test_zotero_takes_a_record_for_a_web_page_with_its_version(read_page, real):
    for id, record in list(real.records.items())[::10]:
        metas = read_page(f"partnerships/{id}/").metas
        said = dict(metas)
        assert zotero_type(metas) == "webpage" and said["og:title"] == record.name and said["DC.date"] == record.changed
        assert said["og:description"] == record.summary and said["og:site_name"] == CREATOR and "author" not in said


ZOTERO_TYPES = {"article-journal": "journalArticle", "report": "report", "webpage": "webpage", "chapter": "bookSection", "book": "book", "thesis": "thesis"}


def test_zotero_takes_a_publication_for_the_work_itself(pages, real):
    for id, work in real.publications.items():
        metas = list(pages[f"research/{id}/"].head.metas)
        assert zotero_type(metas) == ZOTERO_TYPES[work.type], id
        assert [content for name, content in metas if name == "citation_author"] == [", ".join(filter(None, (name.family, name.given))) for name in work.author if name.family], id
        said = dict(metas)
        assert said["citation_title"] == work.title and said.get("citation_doi", "") == work.DOI and said.get("citation_publication_date", "") == work.issued.replace("-", "/")
        assert CREATOR not in (said.get("citation_technical_report_institution"), said.get("citation_publisher")), id


@pytest.mark.parametrize("url", ["partnerships/", "settings/gp-practice/", "nations/wales/", "case-studies/", "research/", "programmes/wahp/"])
def test_zotero_is_offered_every_row_of_a_list(read_page, site, pages, url):
    page = read_page(url)
    known, rows = things(site), listed(pages[url])
    assert len(page.coins) == len(rows) > 1 and set(page.hidden) == {"true"}
    for row, context in zip(rows, page.coins):
        said = dict(parse_qsl(context, strict_parsing=True))
        assert said["ctx_ver"] == "Z39.88-2004" and said["rft_val_fmt"].startswith("info:ofi/fmt:kev:mtx:")
        assert known[row]["title"] in (said.get("rft.title"), said.get("rft.btitle"), said.get("rft.atitle")), row
        assert said.get("rft.date", "") == known[row]["date"]
        assert said.get("rft.identifier", said.get("rft_id", "")).split("/", 3)[-1] == known[row]["url"].split("/", 3)[-1]


def test_a_page_of_one_thing_has_no_coins_which_zotero_would_prefer_to_its_head(read_page, real):
    about = [work.id for work in real.publications.values() if work.partnerships][:3]
    assert all(not read_page(url).coins for url in ["partnerships/wahp/", "case-studies/wahp/", *(f"research/{id}/" for id in about)])


# --- schema.org -----------------------------------------------------------------------------------------------------------

# Properties of the types that we use, those of their parents included, as https://schema.org/<type> lists them (version 29).
_THING = {"name", "url", "description", "alternateName", "sameAs", "identifier"}
_WORK = _THING | {"about", "abstract", "author", "creator", "dateModified", "datePublished", "headline", "inLanguage", "isAccessibleForFree", "isPartOf", "keywords", "license", "mainEntity", "publisher", "spatialCoverage", "version"}
PROPERTIES = {
    "Service": _THING | {"provider", "areaServed", "serviceType", "isRelatedTo"}, "WebPage": _WORK | {"breadcrumb", "lastReviewed"}, "CollectionPage": _WORK | {"breadcrumb"},
    "Report": _WORK | {"reportNumber", "pagination"}, "ScholarlyArticle": _WORK | {"pagination"}, "Chapter": _WORK | {"pagination"}, "Book": _WORK, "Thesis": _WORK, "CreativeWork": _WORK,
    "Periodical": _WORK, "PublicationVolume": _WORK | {"volumeNumber"}, "PublicationIssue": _WORK | {"issueNumber"},
    "Dataset": _WORK | {"distribution", "includedInDataCatalog"}, "DataCatalog": _WORK | {"dataset"}, "DataDownload": _WORK | {"encodingFormat", "contentUrl"},
    "Organization": _THING, "Person": _THING | {"familyName", "givenName"}, "AdministrativeArea": _THING, "Country": _THING,
    "PropertyValue": _THING | {"propertyID", "value"}, "ItemList": _THING | {"numberOfItems", "itemListElement"}, "BreadcrumbList": _THING | {"itemListElement"}, "ListItem": _THING | {"position", "item"},
}
REQUIRED = {"Service": {"name", "description", "areaServed", "serviceType"}, "Report": {"name", "url"}, "Dataset": {"name", "description", "license", "distribution"}, "DataCatalog": {"dataset"}, "Person": {"familyName"}, "WebPage": {"name", "url"}}


def nodes(value):
    """Every node of a JSON-LD value that has a type."""
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from nodes(one)


def test_all_json_ld_uses_properties_that_its_types_have(pages):
    found = {url: page.head.json_ld for url, page in pages.items() if page.head.json_ld}
    assert len(found) > 400
    for url, graph in found.items():
        for node in nodes(graph):
            said = {name for name in node if not name.startswith("@")}
            assert said <= PROPERTIES[node["@type"]], (url, node["@type"], said - PROPERTIES[node["@type"]])
            assert REQUIRED.get(node["@type"], set()) <= said, (url, node["@type"])
            assert all(value not in ("", [], {}, None) for value in node.values()), (url, node)


def test_json_ld_is_read_by_a_processor_and_every_reference_leads_somewhere(pages):
    graphs = [{**page.head.json_ld, "@context": {"@vocab": "https://schema.org/"}} for page in pages.values() if page.head.json_ld]
    expanded = [node for graph in graphs for node in jsonld.expand(graph)]
    known = {node["@id"] for node in expanded}
    asked = {node["@id"] for graph in graphs for node in references(graph)}
    assert asked <= known and all(id.startswith(ADDRESS) for id in known)


def references(value):
    """Nodes that only point to another."""
    if isinstance(value, list):
        for one in value:
            yield from references(one)
    elif isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value
        for one in value.values():
            yield from references(one)


def test_a_service_says_where_and_by_whom_and_whether_it_has_ended(pages, site):
    for record in site.ordered:
        _, service = pages[f"partnerships/{record.id}/"].head.json_ld["@graph"]
        councils = [(site.label(tag, "local-authorities"), site.vocabularies["local-authorities"][tag].code) for tag in record.local_authorities]
        assert not councils or [(area["name"], area["identifier"]["value"]) for area in service["areaServed"]] == councils
        assert [one["name"] for one in service.get("provider", ())] == [partner.name for partner in record.partners if "adviser" in partner.roles]
        assert service["description"].startswith({"ended": "Ended", "unknown": "Not known if it still runs"}.get(record.status, record.summary[:20]))
        assert service["description"].endswith(record.summary)


def test_a_case_study_is_about_the_service_of_its_record(pages, real):
    for id in real.case_studies:
        _, report = pages[f"case-studies/{id}/"].head.json_ld["@graph"]
        _, service = pages[f"partnerships/{id}/"].head.json_ld["@graph"]
        assert report["@type"] == "Report" and report["about"]["@id"] == service["@id"]


def test_the_home_page_describes_the_data_set_with_downloads_that_exist(pages, built):
    catalog, dataset = pages[""].head.json_ld["@graph"]
    assert (catalog["@type"], dataset["@type"]) == ("DataCatalog", "Dataset") and len(dataset["distribution"]) == 3
    assert all((built / one["contentUrl"].removeprefix(ADDRESS)).is_file() for one in dataset["distribution"])


def test_json_ld_in_the_finished_page_is_what_the_view_said(read_page, pages):
    (said,) = read_page("partnerships/wahp/").json_ld
    assert [node["@type"] for node in said["@graph"]] == ["WebPage", "Service"]
    assert said["@graph"][1]["name"] == pages["partnerships/wahp/"].head.json_ld["@graph"][1]["name"]


# --- the whole -------------------------------------------------------------------------------------------------------------

def test_citation_cff_is_valid():
    done = subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", "--default-filetype", "yaml", str(ROOT / "CITATION.cff")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_page_shows_how_to_cite_it_with_links_to_its_files(built):
    for url, stem in (("partnerships/wahp/", "cite"), ("case-studies/wahp/", "cite"), ("settings/hospice/", "list"), ("research/", "list")):
        html = (built / url / "index.html").read_text(encoding="utf-8")
        assert 'id="cite"' in html and CREATOR in html
        assert all(f'href="{"../" * url.count("/")}{url}{stem}.{ending}"' in html and (built / url / f"{stem}.{ending}").is_file() for ending in ("bib", "ris", "json"))
