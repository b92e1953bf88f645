"""The search: what its index holds, whether it finds, and its dialog in real Chromium."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlencode

import pytest

from conftest import ROOT
from landscape import derive, views
from landscape.site import Site
from landscape.views.search import read
from search_questions import ask_all, hit_at, open_search, questions
from test_browser import address, chromium, open_page, violations  # noqa: F401  (fixtures)


WAIT_FOR_COUNT = "/result/i.test(document.querySelector('#site-search [role=status]').textContent)"


@pytest.fixture(scope="module")
def index(built) -> dict:
    return json.loads((built / "assets/search.json").read_text(encoding="utf-8"))


def titles(page) -> list[str]:
    return page.locator("#site-search li:visible a").all_inner_texts()


def search(page, words: str) -> None:
    """Open the search, type, and wait for the count that is announced."""
    open_search(page)
    page.keyboard.type(words)
    page.wait_for_function(WAIT_FOR_COUNT)


# What the index holds


def test_every_page_worth_finding_is_in_the_index(index, built):
    """All but the home page, the later pages of the list, three regions that are nations, and pages behind a number of a chart."""
    pages = {path.parent.relative_to(built).as_posix() + "/" for path in built.rglob("index.html")} - {"./"}
    skipped = {f"regions/{name}/" for name in ("scotland", "wales", "northern-ireland")}
    known = {document["url"] for document in index["documents"]}
    sections = ("partnerships", "case-studies", "guidance", "research", "settings", "nations", "regions", "local-authorities", "issues", "providers", "programmes", "scotland", "data", "api", "feeds", "oruk", "about", "contribute")
    wanted = {page for page in pages - skipped if page.split("/")[0] in sections and not re.match(r"partnerships/(page|[^/]+/.)|research/map/.", page)}
    assert wanted - known == set()


def test_every_address_of_the_index_is_a_page_and_stands_once(index, built):
    urls = [document["url"] for document in index["documents"]]
    assert len(urls) == len(set(urls))
    assert [url for url in urls if not (built / url / "index.html").is_file()] == []


def test_the_index_holds_text_and_no_markup(index):
    for document in index["documents"]:
        assert not re.search(r"</?(p|a|sup|li|h\d|div|td)\b", json.dumps(document)), document["url"]


def test_a_term_is_written_once_and_named_by_number(index, real):
    surgery = [number for number, (kind, *words) in enumerate(index["terms"]) if kind == "Setting" and "surgery" in words]
    with_it = {document["url"] for document in index["documents"] if surgery[0] in document.get("terms", ())}
    assert len(surgery) == 1
    assert {f"partnerships/{id}/" for id, record in real.records.items() if "gp-practice" in record.settings} <= with_it


def test_the_index_of_the_small_site_is_the_same_each_time(small):
    today = derive.data_date(small)
    written = [views.Written("guidance/b/", "B", "", "<h1>B</h1>"), views.Written("about/", "A", "", "<p>A</p>")]
    computed = list(views.pages(Site(small, today)))
    assert views.search_files(Site(small, today), written, computed) == views.search_files(Site(small, today), reversed(written), computed)


def test_the_running_text_is_a_file_of_its_own_in_the_order_of_the_documents(index, built, real):
    texts = json.loads((built / "assets/search-text.json").read_text(encoding="utf-8"))
    assert len(texts) == len(index["documents"]) and not any("text" in document for document in index["documents"])
    told = {document["url"]: text for document, text in zip(index["documents"], texts)}
    assert all(record.summary in told[f"partnerships/{id}/"] for id, record in real.records.items())


def test_html_is_read_as_text_without_marks_and_headings():
    told = read('<h1>Title</h1><p>One<sup>[1]</sup> two</p><h2>Who <b>pays</b></h2><ul><li>three</li><li>four &amp; five</li></ul>')
    assert told.text == "One two three four & five"
    assert told.headings == ["Who pays"]


# Whether it finds


def test_it_finds_what_people_ask_for(open_page):
    page = open_page("")
    open_search(page)
    answers = ask_all(page, questions())
    missed = [f"{answer.place}: {answer.ask} -> {answer.found[:3]}" for answer in answers if answer.place != 1]
    assert len(answers) >= 60
    assert hit_at(answers, 1) >= 0.85, missed
    assert hit_at(answers, 3) >= 0.95, missed


def test_every_question_names_pages_that_exist(built):
    assert [(one["ask"], url) for one in questions() for url in one["find"] if not (built / url / "index.html").is_file()] == []


def test_the_title_of_a_record_case_study_guide_or_publication_finds_its_own_page_first(open_page, index):
    page = open_page("")
    open_search(page)
    asked = [{"ask": document["title"], "find": [document["url"]]} for document in index["documents"] if document["group"] < 4]
    assert [answer.ask for answer in ask_all(page, asked) if answer.place != 1] == []


def test_results_are_grouped_and_say_why_they_were_found(open_page):
    page = open_page("")
    search(page, "surgery derbyshire")
    first = page.locator("#site-search li").first
    assert page.locator("#site-search h3").first.inner_text() == "Best matches"
    assert first.locator("a").inner_text() == "Citizens Advice Bureaux in General Practice, Derbyshire"
    assert "Setting: GP practice (surgery)" in first.inner_text()
    assert set(first.locator("mark").all_inner_texts()) == {"Derbyshire", "surgery"}
    page.locator("#site-search-query").fill("hospital")
    headings = " ".join(page.locator("#site-search h3").all_inner_texts()).lower()
    assert all(group in headings for group in ("partnerships", "case studies", "guidance", "research"))


def test_the_rest_of_a_group_is_a_button_away(open_page):
    page = open_page("")
    search(page, "glasgow")
    before = len(titles(page))
    page.locator(".site-search__more").first.click()
    assert len(titles(page)) > before
    assert page.evaluate("document.activeElement.matches('#site-search li a')")


def test_nothing_found_says_so_and_leads_to_the_list(open_page, address):
    page = open_page("guidance/funding/")
    search(page, "xqzzv")
    assert page.locator("#site-search [role=status]").inner_text() == "No results"
    assert page.locator(".site-search__none a").get_attribute("href") == f"{address}partnerships/"


# The list, narrowed


@pytest.mark.parametrize("words, labels, chosen", [
    ("hospice scotland", "Hospices and palliative care, Scotland", [("setting", "hospice"), ("nation", "scotland")]),
    ("citizens advice hospital london", "Hospitals, London, Citizens Advice", [("setting", "hospital"), ("region", "london"), ("provider", "citizens-advice")]),
    ("money advice in glasgow surgeries", "GP practices, Glasgow City, Debt and money", [("setting", "gp-practice"), ("council", "glasgow-city"), ("issue", "debt")]),
    ("solicitors london", "London, Law centres, Law firms giving free legal help", [("region", "london"), ("provider", "law-centre"), ("provider", "law-firm-pro-bono")]),
])
def test_a_question_that_names_filters_only_leads_to_the_list_with_these(open_page, address, words, labels, chosen):
    """The number is counted in the search by the list's own rule; the list must come to the same."""
    page = open_page("")
    search(page, words)
    link = page.locator(".site-search__offer a")
    number = int(re.fullmatch(rf"Show (\d+) partnerships?: {labels}", link.inner_text())[1])
    assert link.get_attribute("href") == f"{address}partnerships/?{urlencode(chosen)}"
    page.wait_for_function("text => document.querySelector('#site-search [role=status]').textContent.includes(text)", arg=link.inner_text())
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.site-search__offer a')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".finder__chips li, .finder [role=status]")
    page.wait_for_function(f"/^{number} of /.test([...document.querySelectorAll('[role=status]')].map((one) => one.textContent.trim()).join(' '))")


@pytest.mark.parametrize("words", ["hospice", "debt housing", "wales", "newham council", "hospice scotland evaluation", "pharmacy northern ireland", "glasgow benefits trial"])
def test_no_list_is_offered_for_one_filter_or_other_words_or_no_record(open_page, words):
    page = open_page("")
    search(page, words)
    assert page.locator(".site-search__offer").count() == 0


@pytest.mark.parametrize("words, text, query", [
    ("G31", "Partnerships near G31", "#near=G31"),
    ("e20 1as", "Partnerships near E20", "#near=E20"),
    ("hospices near g31", "Partnerships near G31: Hospices and palliative care", "?setting=hospice#near=G31"),
])
@pytest.mark.parametrize("path", ["", "partnerships/"])
def test_a_postcode_leads_to_the_list_of_what_is_near(open_page, address, path, words, text, query):
    page = open_page(path)
    search(page, words)
    link = page.locator(".site-search__offer a")
    assert (link.inner_text(), link.get_attribute("href")) == (text, f"{address}partnerships/{query}")
    link.click()
    page.wait_for_function(f"document.querySelector('.finder__status')?.textContent.includes('{text.split()[2].strip(':')}')")
    assert not page.locator("#site-search").is_visible()


def test_every_place_with_a_setting_or_issue_finds_a_record_that_has_both(open_page, index):
    """One question for each of 80 pairs that few records have, so that the right page is not in doubt."""
    terms = index["terms"]
    pairs: dict[tuple[int, int], list[str]] = {}
    for document in index["documents"]:
        named = document.get("terms", []) if document["group"] == 0 else []
        for place in (number for number in named if terms[number][0] == "Council"):
            for topic in (number for number in named if terms[number][0] in ("Setting", "Issue")):
                pairs.setdefault((topic, place), []).extend((document["url"], document["url"].replace("partnerships/", "case-studies/")))
    rare = [(f"{terms[topic][1]} {terms[place][1]}", urls) for (topic, place), urls in sorted(pairs.items()) if len(urls) <= 6]
    page = open_page("")
    open_search(page)
    answers = ask_all(page, [{"ask": words, "find": urls} for words, urls in rare[:: len(rare) // 80]])
    assert hit_at(answers, 1) >= 0.85 and hit_at(answers, 3) >= 0.95, [(answer.ask, answer.found[:3]) for answer in answers if answer.place != 1]


def test_markup_that_is_typed_stays_text(open_page):
    page = open_page("")
    search(page, "<img src=x onerror=alert(1)> glasgow")
    assert page.locator("#site-search img").count() == 0 and page.faults == []


# The dialog


def test_nothing_of_the_search_is_loaded_before_it_is_opened(open_page):
    page = open_page("")
    page.wait_for_load_state("networkidle")
    assert [url for url in page.requested if "search" in url or "minisearch" in url or "stemmer" in url] == []


def test_what_is_typed_goes_nowhere(open_page, address):
    page = open_page("")
    open_search(page)
    loaded = len(page.requested)
    page.keyboard.type("debt in Glasgow G31")
    page.wait_for_timeout(300)
    assert page.requested[loaded:] == []
    assert all(url.startswith(address) and quote("Glasgow") not in url for url in page.requested)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("path", ["", "partnerships/hwc/", "no-such-page/"])
def test_it_opens_finds_follows_and_closes_by_keyboard(open_page, address, path):
    page = open_page(path)
    page.locator(".search-open").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#site-search[data-ready]")
    page.keyboard.type("Healthier Wealthier Children")
    page.wait_for_function("/^[0-9]+ results: partnerships/.test(document.querySelector('#site-search [role=status]').textContent)")
    for key in ["Tab"] * 60 + ["Shift+Tab"] * 60:
        page.keyboard.press(key)
        assert page.evaluate("document.getElementById('site-search').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not page.locator("#site-search").is_visible()
    assert page.evaluate("document.activeElement.classList.contains('search-open')")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}partnerships/hwc/")


def test_the_dialog_has_a_name_and_its_box_a_label(open_page):
    page = open_page("")
    open_search(page)
    assert page.get_by_role("dialog", name="Search this site").is_visible()
    assert page.get_by_role("searchbox", name="Name, place, setting, issue or question").is_visible()
    assert page.evaluate("document.querySelector('#site-search').matches(':modal')")


def test_the_slash_key_types_a_slash_where_text_is_typed(open_page):
    page = open_page("")
    open_search(page)
    page.keyboard.type("a/b")
    assert page.locator("#site-search-query").input_value() == "a/b"


def test_without_javascript_a_link_leads_to_the_list(open_page, address):
    page = open_page("guidance/", java_script_enabled=False)
    assert page.locator(".search-link").is_visible() and not page.locator(".search-open").is_visible()
    page.locator(".search-link").click()
    assert page.url == f"{address}partnerships/"


def test_when_the_index_cannot_be_had_the_dialog_says_so(open_page):
    page = open_page("")
    page.route("**/assets/search.json", lambda route: route.abort())
    page.keyboard.press("/")
    page.wait_for_selector(".site-search__none a")
    assert page.locator("#site-search [role=status]").inner_text() == "The search could not be loaded."


def test_results_come_before_the_running_text_and_are_counted_once_it_is_there(open_page):
    page = open_page("")
    held = []
    page.route("**/assets/search-text.json", lambda route: held.append(route))
    page.keyboard.press("/")
    page.wait_for_selector("#site-search-hint")
    page.keyboard.type("boiler durham")  # no record is called after boilers: only the text tells of them
    page.wait_for_function("document.querySelector('#site-search li a')")
    assert page.locator("#site-search [role=status]").inner_text() == "Loading the search…"
    held[0].continue_()
    page.wait_for_function(WAIT_FOR_COUNT)
    assert titles(page)[0] == "Warm and Healthy Homes, County Durham"


def test_results_do_not_move_when_the_text_arrives_while_one_is_in_focus(open_page):
    page = open_page("")
    held = []
    page.route("**/assets/search-text.json", lambda route: held.append(route))
    page.keyboard.press("/")
    page.wait_for_selector("#site-search-hint")
    page.keyboard.type("boiler durham")
    page.wait_for_function("document.querySelector('#site-search li a')")
    page.keyboard.press("ArrowDown")
    before = titles(page)
    held[0].continue_()
    page.wait_for_function(WAIT_FOR_COUNT)
    assert titles(page) == before and page.evaluate("document.activeElement.matches('#site-search li a')")


def test_without_the_running_text_the_search_still_finds_names(open_page):
    page = open_page("")
    page.route("**/assets/search-text.json", lambda route: route.abort())
    search(page, "Healthier Wealthier Children")
    assert titles(page)[0] == "Healthier Wealthier Children (HWC)"


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("words", ["", "hospice scotland", "xqzzv"])
def test_axe_finds_no_fault_in_the_open_dialog(open_page, scheme, width, words):
    page = open_page("", width, color_scheme=scheme)
    open_search(page)
    page.locator("#site-search-query").fill(words)
    assert violations(page) == []
    assert page.evaluate("document.querySelector('.site-search__results').scrollWidth <= document.querySelector('.site-search__results').clientWidth")
