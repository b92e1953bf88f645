"""The main pages in real Chromium: accessibility, keyboard, no JavaScript, narrow screens, and no request elsewhere."""

from __future__ import annotations

import shutil
from functools import partial
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

from search_questions import open_search
from site_server import served

# One or more of each kind of page.
PAGES = {
    "home": "", "list": "partnerships/", "record": "partnerships/hwc/", "thin record": "partnerships/wigan-council-welfare-rights-primary-care/",
    "ended record": "partnerships/gateshead-cab-primary-care/", "borderline record": "partnerships/stewarts-legal-service-nhs-trusts/",
    "facet": "settings/gp-practice/", "facet index": "regions/", "council": "local-authorities/glasgow-city/", "programmes": "programmes/",
    "programme": "programmes/wahp/", "Scotland": "scotland/", "case studies": "case-studies/", "case study": "case-studies/deep-end-money-advice-glasgow/",
    "guide": "guidance/set-up/", "guide with tables": "guidance/funding/", "glossary": "guidance/glossary/", "research": "research/",
    "publication": "research/grant-2000-amalthea-rct/", "field in pictures": "landscape/", "figures behind a chart": "landscape/figures/people-helped/", "records behind a chart": "landscape/funders/legal-aid/", "surveys": "research/surveys/", "data": "data/", "fields": "data/fields/", "vocabularies": "data/vocabularies/", "data quality": "data-quality/", "about": "about/", "contribute": "contribute/", "feeds": "feeds/", "JSON API": "api/", "Open Referral UK": "oruk/", "not found": "no-such-page/",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def found_chromium() -> str | None:
    """The system's Chromium; without one Playwright takes its own."""
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def address(built):
    with served(built) as url:
        yield url


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, address):
    """Opens a page of the site; the options are those of a browser context. Whatever a test does there, the page's own policy
    must never have to refuse anything."""
    contexts, refused = [], []

    def open_(path: str, width: int = 1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.wait_for_function = partial(wait_until, page)
        page.faults, page.requested = [], []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None)
        page.on("request", lambda request: page.requested.append(request.url))
        page.goto(address + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert refused == []


def wait_until(page, expression: str, arg=None) -> None:
    """Until an expression is true, for half a minute. Playwright's own ``wait_for_function`` asks with ``eval`` inside the page,
    which the page's policy refuses."""
    for _ in range(1200):
        try:
            if page.evaluate(expression, arg):
                return
        except Error as error:
            if "context was destroyed" not in str(error):  # the page was left: ask the next one
                raise
        page.wait_for_timeout(25)
    raise TimeoutError(f"never true: {expression} ({arg})")


def violations(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found.response["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_no_fault(open_page, path, scheme, width):
    page = open_page(path, width, color_scheme=scheme)
    assert violations(page) == []
    assert page.faults == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_nothing_is_cut_off_at_320_pixels_with_wide_text_spacing(open_page, path):
    page = open_page(path, 320, bypass_csp=True)  # a reader's own style sheet is not the page's
    page.add_style_tag(content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_first_tab_leads_past_the_header(open_page):
    page = open_page("partnerships/hwc/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("javascript", [True, False])
def test_the_menu_opens_by_keyboard_on_a_phone(open_page, javascript):
    page = open_page("", 390, java_script_enabled=javascript)
    link = page.locator(".menu a", has_text="Case studies")
    assert not link.is_visible()
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    assert link.is_visible()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_without_javascript_a_page_says_the_same_and_shows_no_dead_control(open_page, path):
    """Every heading, fact and figure; what a script adds (filters, shortlist) is made by the script."""
    with_it, without = open_page(path), open_page(path, java_script_enabled=False)
    with_it.evaluate("document.querySelectorAll('#content .js-only').forEach((added) => added.remove())")
    facts = "#content :is(h1, h2, h3, dt, dd, th, td, .lead, .status, .record-row__place)"
    said = {" ".join(text.split()) for text in without.locator(facts).all_text_contents()}
    added = {" ".join(text.split()) for text in with_it.locator(facts).all_text_contents()} - said
    assert added <= {"Filter"} and len(said) > 1
    assert without.locator("button:visible").count() == 0 and without.locator("input:visible").count() == 0


def test_a_visit_asks_nobody_else_for_anything(open_page, address):
    page = open_page("")
    open_search(page)
    page.keyboard.type("debt")
    for path in PAGES.values():
        page.goto(address + path)
    assert {urlsplit(url).netloc for url in page.requested} == {urlsplit(address).netloc}


def test_ended_and_unknown_are_said_in_words(open_page):
    ended, unknown = open_page(PAGES["ended record"]), open_page(PAGES["thin record"])
    assert "This partnership has ended." in ended.locator("#content").inner_text()
    assert "We do not know whether this still runs." in unknown.locator("#content").inner_text()


def test_print_leaves_out_what_cannot_be_pressed_on_paper(open_page):
    page = open_page(PAGES["record"])
    page.emulate_media(media="print")
    for gone in (".site-header__nav", ".search-open", ".breadcrumbs", ".site-footer nav"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator(".print-only").inner_text().endswith("/partnerships/hwc/")
