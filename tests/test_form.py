"""The form for adding and editing a record: the same rules as the check, and whether a person can use it by keyboard alone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import ROOT, copy_project
from landscape import checks, fields, parse
from landscape.editing import form_model
from landscape.exports.source_files import NAME
from landscape.load import RECORDS, load_vocabularies
from landscape.nodes import read_nodes
from test_browser import address, chromium, open_page, violations  # noqa: F401

ADD, EDIT = "contribute/add/", "contribute/edit/?id="
STEPS = [step.id for step in form_model.STEPS]
SOURCE = {"id": "s1", "title": "A page", "publisher": "A publisher", "url": "https://example.org/a"}


# The model

def test_each_field_of_a_record_is_asked_once_or_filled_by_the_form():
    asked = [name for step in form_model.STEPS for name in (*step.fields, *step.more)]
    assert sorted([*asked, *form_model.FILLED_BY_THE_FORM]) == sorted(field.name for field in fields.RECORD)


def test_the_words_of_the_form_belong_to_fields_that_exist():
    paths = {field.name for field in fields.RECORD} | {f"{field.name}.{part.name}" for field in fields.RECORD for part in field.parts}
    assert {*form_model.LABELS, *form_model.HINTS, *form_model.ITEMS, *form_model.LONG_TEXTS} <= paths
    assert {field.name for field in fields.RECORD if field.many and field.kind in ("group", "text", "id")} <= set(form_model.ITEMS)


def test_each_record_s_own_file_is_published_byte_for_byte(built):
    for path in (ROOT / RECORDS).glob("*.yml"):
        assert (built / "partnerships" / path.stem / NAME).read_bytes() == path.read_bytes()


# The same rules as the check

def sourced(**values) -> dict:
    """A right record with ``values`` over it; None takes a field out. One source stands behind all that is filled."""
    record = {
        "id": "invented-hub", "kind": "partnership", "name": "Invented Hub", "summary": "An invented hub.", "status": "unknown", "nation": "england",
        "region": "london", "local_authorities": ["newham"], "settings": ["gp-practice"], "last_reviewed": "2026-11-24", **values,
    }
    record = {name: value for name, value in record.items() if value is not None}
    return {"sources": [{**SOURCE, "supports": [name for name in fields.SOURCED_FIELDS if name in record and name not in ("outcomes", "timeline")]}], **record}


def figure(**values) -> dict:
    return {"measure": "people-helped", "what": "people helped", "as_written": "400", "period_kind": "annual", "source": ["s1"], **values}


def place(**values) -> dict:
    return {"name": "A surgery", "type": "gp-practice", **values}


TABLE = [
    {"kind": "partnership"}, sourced(), sourced(name=None), sourced(summary="x" * 4001), sourced(name="Write to a.b@example.org"), sourced(area="Ring 020 7946 0018"),
    sourced(area="Ring +44 (0)20 7946 0018 now"), sourced(area="from 1998 to 2004, £108,000 and 2,500,000"), sourced(name="Hid​den"), sourced(name="Tab­bed"),
    sourced(id="Bad_Id"), sourced(id="bad--id"), sourced(kind="club"), sourced(settings=["gp-practice", "gp-practice"]), sourced(settings=["surgery", "hospital"]),
    sourced(status="active"), sourced(status="active", status_as_of="2024"), sourced(status="ended"), sourced(status="ended", ended="2020"), sourced(status="active", ended="2020"),
    sourced(status_as_of="24"), sourced(status_as_of="1799"), sourced(started="2020-13"), sourced(started="2019-06-01"), sourced(started="2019-06", ended="2018"),
    sourced(started="2019-06", ended="2019"), sourced(started="2019", ended="2019-03"), sourced(started="2020-02", status_as_of="2019"), sourced(started="2020", status_as_of="2020"),
    sourced(nation=None), sourced(nation="scotland"), sourced(region="wales"), sourced(region=None, nation="wales"), sourced(region="north-west"), sourced(region=None), sourced(nation=None, region=None),
    sourced(local_authorities=["nowhere", "newham"]), sourced(local_authorities=["newham", "glasgow-city"], region=None), sourced(region="nort-west"),
    sourced(sites=[place(postcode="E20 1AS")]), sourced(sites=[place(postcode="E20")]), sourced(sites=[place(postcode="EC1A 1BB"), place(postcode="QQ1 1CC")]), sourced(sites=[{"town": "London"}]),
    sourced(sites=[place(source=["s9"])]), sourced(partners=[{"name": "A", "kind": "charity", "side": "advice", "roles": ["adviser", "owner"]}, {"kind": "x"}]),
    sourced(referral={"how": "By 0161 496 0000"}), sourced(referral={"who": ["gp", "nobody"]}), sourced(funding=[{"amount": "£5"}]), sourced(website="www.example.org"),
    sourced(website="https://user@example.org/"), sourced(website="http://localhost/"), sourced(website="HTTPS://Example.ORG:8080/a?b=c#d"), sourced(website="https://example.org:99999/"), sourced(website="https://example.org/a b"),
    sourced(outcomes=[figure()]), sourced(outcomes=[figure(source=None)]), sourced(outcomes=[figure(number="1,500")]), sourced(outcomes=[figure(number="-2.50")]), sourced(outcomes=[figure(number="1e3")]), sourced(outcomes=[figure(number_to="5")]),
    sourced(outcomes=[figure(number="5", number_to="5")]), sourced(outcomes=[figure(number="5", number_to="5.5")]), sourced(outcomes=[figure(rival="total")]), sourced(outcomes=[figure(rival="t"), figure(rival="t")]),
    sourced(outcomes=[figure(source=["s2"])]), sourced(outcomes=[{"measure": "people-helped"}]), sourced(timeline=[{"date": "2019-02-29", "what": "x", "source": ["s1"]}]), sourced(timeline=[{"date": "2020-02-29", "what": "x", "source": ["s1"]}]),
    sourced(sources=None), sourced(sources=[{**SOURCE, "supports": ["name"]}]), sourced(sources=[SOURCE]), sourced(sources=[{**SOURCE, "supports": ["name", "nme", "website"]}]),
    sourced(sources=[{**SOURCE, "supports": ["name"]}, {**SOURCE, "supports": ["name"]}]), sourced(sources=[{**SOURCE, "url": "https://www.docslib.org/x", "supports": ["name"]}]),
    sourced(sources=[{**SOURCE, "url": "https://docslib.org/x", "copy": "true", "supports": ["name"]}]), sourced(sources=[{"id": "s1", "title": "No address", "date": "May 2024"}]), sourced(sources=[{**SOURCE, "copy": "yes", "supports": ["name"]}]),
    sourced(programme="hwc"), sourced(programme="no-such-record"), sourced(programme="invented-hub"), sourced(programme="deep-end-money-advice-glasgow"), sourced(predecessors=["hwc", "invented-hub", "lost"]), sourced(successors=["Not An Id"]),
    sourced(name="Ring 020 7946 0018 or a@example.org"), sourced(website="a@example.org"), sourced(area="<p>Newham</p>"), sourced(area="Fish &amp; chips"), sourced(area="5 < 6 <b>x</b>"), sourced(area="Donâ€™t"), sourced(area="Âé is Â£5"),
    sourced(area="**Newham**"), sourced(area="a mark[^s1] here"), sourced(summary="See [the hub](https://example.org)"), sourced(area="-> here"), sourced(area="2 ** 3 [sic] (a) *"),
    sourced(website="https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org"), sourced(website="https://www.google.co.uk/url?q=https://example.org"), sourced(website="https://www.google.com/maps"),
    sourced(website="https://example.org/a…"), sourced(website="https://www.exa...org/a"), sourced(website="https://example.org/a..."),
    sourced(name="TBC"), sourced(area="to do: ask"), sourced(area="???"), sourced(area="é n/a"), sourced(area="N/A."), sourced(region="north-west", local_authorities=["newham", "hackney"]), sourced(sources=[SOURCE, {**SOURCE, "id": "s2", "supports": ["name"]}]),
    sourced(sources=[SOURCE, {**SOURCE, "id": "s2"}]), sourced(status="active", status_as_of="24"), sourced(nation="englnd"), sourced(outcomes=[figure(source=["s2"])], sources=[{**SOURCE, "id": "Bad Id", "supports": ["name"]}]),
    sourced(started="2061-09", status_as_of="2024", last_reviewed="2026-11-24"), sourced(sources=[{**SOURCE, "date": "2081-05-04", "supports": ["name"]}], last_reviewed="2026-11-24"), sourced(website="https://example.org/a”"), sourced(website="https://example.org/a,"),
    sourced(outcomes=[figure(source=["s2"]), figure(source=["s3"])], sources=[SOURCE, {**SOURCE, "supports": ["name"]}]), sourced(sites=[place(postcode="E2O 1AS")]), sourced(area="Ring 020.7946.0018"),
    sourced(first_listed="2026-11-24", last_changed="2026-11-23"), sourced(last_reviewed="2026-11"), sourced(last_reviewed=None), sourced(coverage="everywhere", advice_level=["advice"], issues=[], delivery=["referral"]),
    sourced(name='Quotes "and" : colons # hashes', area="no", aliases=["2019", "null", "~", "- x", "yes", "1_000", "'"], cautions=["[x]", "{y}", "& z", "* w", "! v", "% u", "@ t", "`s`"]), sourced(summary="Long. " * 60, describes_itself_as="0x1F"),
]
TABLE = [json.loads(json.dumps({name: value for name, value in record.items() if value not in (None, [])})) for record in TABLE]
for _record in TABLE:
    for _outcome in _record.get("outcomes", []):
        if _outcome.get("source", 0) is None:
            del _outcome["source"]

RUN = """async ([base, table]) => {
  const [{ load }, { check }, { write }] = await Promise.all(["form-model.js", "form-rules.js", "form-yaml.js"].map((name) => import(base + "assets/" + name)));
  const { model, records } = await load();
  return table.map((values) => ({ text: write(values, model), problems: check(values, model, records), without: check(values, model, records).filter((one) => !model.messages[one.rule]) }));
}"""


def problems_of_the_check(text: str, id: str, real) -> set[tuple[str, str]]:
    """(field, what) of all that the project's own check says about a file."""
    vocabularies, _ = load_vocabularies(ROOT)
    file = f"{RECORDS}/{id or 'x'}.yml"
    node, problems = read_nodes(text, file)
    parsed, more = parse.parse(file, node, fields.RECORD, vocabularies)
    records = {**real.records, **({parsed.value.id: parsed.value} if parsed.value.id else {})}
    return {(one.field, one.what) for one in [*problems, *more, *checks.check(parsed, vocabularies), *checks.check_links(parsed, records)]}


def test_the_form_and_the_check_say_the_same_about_each_record(open_page, address, real):  # noqa: F811
    page = open_page("about/")
    answers = page.evaluate(RUN, [address, TABLE])
    kinds = set()
    for values, answer in zip(TABLE, answers, strict=True):
        said = {(one["path"], one["what"]) for one in answer["problems"]}
        assert said == problems_of_the_check(answer["text"], values.get("id", ""), real), values
        assert answer["without"] == []
        kinds |= {one["rule"] for one in answer["problems"]}
    # Every rule has been broken once ("taken" and "circle" need records that a single file does not have).
    assert kinds | {"taken", "circle"} == set(form_model.MENDS)


def test_no_fault_is_found_in_the_real_records_and_a_file_written_anew_says_the_same(open_page, address, real):  # noqa: F811
    page = open_page("about/")
    answers = page.evaluate("""async ([base, ids]) => {
      const [{ load, recordText }, { check }, { readFile, rewrite, write, same }] = await Promise.all(["form-model.js", "form-rules.js", "form-yaml.js"].map((name) => import(base + "assets/" + name)));
      const { model, records } = await load();
      return Promise.all(ids.map(async (id) => {
        const text = await recordText(id);
        const values = readFile(text, model);
        return { id, problems: check(values, model, records), again: same(readFile(write(values, model), model), values), kept: rewrite(text, values, values, model) === text };
      }));
    }""", [address, sorted(real.records)])
    assert len(answers) == len(real.records)
    assert [one for one in answers if one["problems"] or not one["again"] or not one["kept"]] == []


# By keyboard alone

def tab_to(page, id: str) -> None:
    """Press Tab until the control has the focus, as someone without a mouse does."""
    for _ in range(250):
        if page.evaluate("document.activeElement.id") == id:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {id} by keyboard")


def fill(page, id: str, text: str) -> None:
    tab_to(page, id)
    page.keyboard.type(text)


def tick(page, id: str) -> None:
    tab_to(page, id)
    page.keyboard.press("Space")


def choose(page, id: str) -> None:
    """Tab into a set of radio buttons and press the arrow until the wanted one is chosen."""
    name = re.sub("-.*", "", id.removeprefix("f-"))
    for _ in range(250):
        if page.evaluate("document.activeElement.name") == name:
            break
        page.keyboard.press("Tab")
    for _ in range(10):
        if page.evaluate("document.activeElement.id") == id:
            page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no way to {id} by keyboard")


def press(page, words: str) -> None:
    """Tab to a button or link by its words and press Enter."""
    for _ in range(250):
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {words} by keyboard")


def at_step(page, id: str) -> None:
    page.wait_for_function(f"new URLSearchParams(location.search).get('step') === '{id}'")
    assert page.evaluate("document.activeElement.id") in ("form-step", "form-summary")


def fill_all(page, name: str = "Elderfield Money Hub") -> None:
    """Every step of the form, by keyboard."""
    page.wait_for_selector("#f-name")
    fill(page, "f-name", name)
    fill(page, "f-summary", "Advisers of an invented charity see patients of an invented surgery once a week, and help them with benefits and debt.")
    press(page, "Continue")
    at_step(page, "place")
    choose(page, "f-nation")
    fill(page, "f-region", "London")
    fill(page, "f-local_authorities.1", "Newham")
    fill(page, "f-area", "Elderfield, Newham")
    press(page, "Continue")
    at_step(page, "who")
    tick(page, "f-settings")
    fill(page, "f-partners.1.name", "Elderfield Surgery")
    fill(page, "f-partners.1.kind", "GP practice")
    choose(page, "f-partners.1.side")
    tick(page, "f-partners.1.roles")  # host, the first of the roles
    press(page, "Add another organisation")
    fill(page, "f-partners.2.name", "Elderfield Advice")
    fill(page, "f-partners.2.kind", "Charity")
    choose(page, "f-partners.2.side-advice")
    tick(page, "f-partners.2.roles-adviser")
    press(page, "Continue")
    at_step(page, "help")
    tick(page, "f-issues")
    press(page, "Continue")
    at_step(page, "access")
    press(page, "Continue")
    at_step(page, "running")
    choose(page, "f-status")
    fill(page, "f-status_as_of", "2025")
    press(page, "Continue")
    at_step(page, "money")
    press(page, "Add a figure")
    fill(page, "f-outcomes.1.measure", "People helped")
    fill(page, "f-outcomes.1.what", "people helped")
    fill(page, "f-outcomes.1.as_written", "over 400")
    choose(page, "f-outcomes.1.period_kind")
    press(page, "Continue")
    at_step(page, "sources")
    fill(page, "f-sources.1.title", "A year of advice: what we did")
    fill(page, "f-sources.1.publisher", "Elderfield Advice")
    fill(page, "f-sources.1.date", "2025-06")
    fill(page, "f-sources.1.url", "https://example.org/year?a=1&b=2")
    press(page, "Continue")
    at_step(page, "send")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """A copy of the project, for files that the form made."""
    folder = tmp_path_factory.mktemp("form") / "project"
    copy_project(folder)
    return folder


def check_data(project, id: str, text: str) -> subprocess.CompletedProcess:
    (project / RECORDS / f"{id}.yml").write_text(text, encoding="utf-8", newline="")
    return subprocess.run([str(project / "scripts/check-data")], capture_output=True, text=True, cwd=project)


def test_a_first_time_editor_adds_a_record_by_keyboard_and_its_file_passes(open_page, address, scratch):  # noqa: F811
    page = open_page(ADD)
    fill_all(page)
    text = page.locator(".form-file code").text_content()
    done = check_data(scratch, "elderfield-money-hub", text)
    assert done.returncode == 0, done.stdout + text
    asked = parse_qs(urlsplit(page.locator("#form-github").get_attribute("href")).query)
    assert asked == {"filename": ["elderfield-money-hub.yml"], "value": [text]}
    assert urlsplit(page.locator("#form-github").get_attribute("href")).path.endswith(f"/new/main/{RECORDS}")
    with page.expect_download() as downloading:
        page.locator("#form-download").focus()
        page.keyboard.press("Enter")
    assert downloading.value.suggested_filename == "elderfield-money-hub.yml"
    assert downloading.value.path().read_text(encoding="utf-8") == text
    assert page.faults == []
    assert {urlsplit(url).netloc for url in page.requested if not url.startswith("blob:")} == {urlsplit(address).netloc}


def test_a_record_too_long_for_an_address_is_copied_instead(open_page):  # noqa: F811
    page = open_page(ADD)
    page.wait_for_selector("#f-name")
    draft = sourced(id="long-hub", timeline=[{"date": "2020", "what": "A long story. " * 200, "source": ["s1"]}, {"date": "2021", "what": "And on it goes. " * 200, "source": ["s1"]}])
    page.evaluate("(values) => localStorage.setItem('landscape-form-add', JSON.stringify({ values }))", draft)
    page.goto(page.url + "?step=send")
    page.wait_for_selector("#form-github")
    assert parse_qs(urlsplit(page.locator("#form-github").get_attribute("href")).query) == {"filename": ["long-hub.yml"]}
    assert "too long for a link" in page.locator("#form").inner_text()


# What is wrong is said in place

def test_a_wrong_postcode_is_explained_at_its_question(open_page):  # noqa: F811
    page = open_page(f"{ADD}?step=place")
    page.wait_for_selector("#f-area")
    page.locator(".form-more summary").click()
    page.locator("#f-sites-add").click()
    page.fill("#f-sites\\.1\\.name", "The surgery")
    page.select_option("#f-sites\\.1\\.type", "gp-practice")
    page.fill("#f-sites\\.1\\.postcode", "E20")
    page.locator("button", has_text="Continue").click()
    assert page.evaluate("document.activeElement.id") == "form-summary"
    box = page.locator("#f-sites\\.1\\.postcode")
    assert box.get_attribute("aria-invalid") == "true" and "f-sites.1.postcode-error" in box.get_attribute("aria-describedby")
    assert 'is not a UK postcode' in page.locator("#f-sites\\.1\\.postcode-error").inner_text()
    assert page.title().startswith("Error: ")
    page.locator(".form-summary a").click()
    assert page.evaluate("document.activeElement.id") == "f-sites.1.postcode"
    page.fill("#f-sites\\.1\\.postcode", "e201as")
    page.locator("button", has_text="Continue").click()
    at_step(page, "who")


def test_a_likely_duplicate_is_shown_with_its_reason(open_page, real):  # noqa: F811
    known = next(record for record in real.records.values() if record.local_authorities and record.partners)
    page = open_page(f"{ADD}?step=place")
    page.wait_for_selector("#f-area")
    draft = sourced(id="another-hub", name="Quite Another Name", nation=known.nation, region=known.region, local_authorities=list(known.local_authorities), partners=[{"name": known.partners[0].name, "kind": "charity", "side": "advice"}])
    page.evaluate("(values) => localStorage.setItem('landscape-form-add', JSON.stringify({ values }))", draft)
    page.reload()
    notice = page.locator("#form-duplicates")
    council = load_vocabularies(ROOT)[0]["local-authorities"].label(known.local_authorities[0])
    assert f"a record in {council}" in notice.inner_text() and f"with this partner exists: {known.partners[0].name}" in notice.inner_text()
    assert notice.locator(f"a[href$='/partnerships/{known.id}/']").count() == 1


def test_an_id_that_is_taken_is_refused(open_page):  # noqa: F811
    page = open_page(ADD)
    page.fill("#f-name", "Healthier, Wealthier Children")
    page.fill("#f-summary", "Invented.")
    page.fill("#f-id", "hwc")
    page.locator("button", has_text="Continue").click()
    assert "is the short name of a record that is here already" in page.locator("#f-id-error").inner_text()


def test_a_field_without_a_source_is_named_where_it_can_be_ticked(open_page):  # noqa: F811
    page = open_page(ADD)
    page.wait_for_selector("#f-name")
    page.evaluate("(values) => localStorage.setItem('landscape-form-add', JSON.stringify({ values }))", sourced())
    page.goto(page.url + "?step=sources")
    page.wait_for_selector("#tick-1-region")
    assert "behind everything" in page.locator("#form-gaps").inner_text()
    page.uncheck("#tick-1-region")
    assert page.locator("#form-gaps").inner_text() == "No source stands behind: Region."
    page.locator("button", has_text="Continue").click()
    assert "no source stands behind it" in page.locator("#tick-1-region-error").inner_text()
    page.locator(".form-summary a").click()
    assert page.evaluate("document.activeElement.id") == "tick-1-region"
    for box in page.locator(".form-ticks input").all():
        box.uncheck()
    page.locator("button", has_text="Continue").click()
    assert "no source stands behind name, summary" in page.locator(".form-ticks .form-error").inner_text()
    page.locator(".form-summary a").click()
    assert page.evaluate("document.activeElement.id") == "tick-1-name"
    page.reload()
    page.wait_for_selector("#tick-1-region")
    assert not page.is_checked("#tick-1-region")  # what was unticked by hand is not ticked again


def test_back_leads_to_the_step_before_and_a_draft_survives_a_reload(open_page):  # noqa: F811
    page = open_page(ADD)
    page.fill("#f-name", "Kept Hub")
    page.fill("#f-summary", "Kept.")
    page.locator("button", has_text="Continue").click()
    at_step(page, "place")
    page.go_back()
    page.wait_for_selector("#f-name")
    page.reload()
    page.wait_for_selector("#f-name")
    assert page.input_value("#f-name") == "Kept Hub"
    assert page.locator("#form-restored").is_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("button", has_text="Delete this draft").click()
    page.wait_for_function("!document.getElementById('f-name')?.value")
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("stored", ["[1]", "nonsense", '{"values": {"name": {"x": 1}, "sources": "s", "partners": [null, 3], "__proto__": []}}', '{"values": null}'])
def test_a_spoilt_draft_does_no_harm(open_page, stored):  # noqa: F811
    page = open_page(ADD)
    page.wait_for_selector("#f-name")
    page.evaluate("(stored) => localStorage.setItem('landscape-form-add', stored)", stored)
    page.reload()
    page.wait_for_selector("#f-name")
    assert page.input_value("#f-name") == "" and page.faults == []


# Editing

COMMENTED = '''# kept: a comment at the top
id: {id}   # kept: beside the id
kind: partnership
name: A Hub
unknown_field: [kept, too]
# kept: above the summary
summary: >-
  Two lines of text, folded by hand
  here.
status: unknown   # kept: beside the status
nation: england
settings: [gp-practice]
partners:
  # kept: above the first partner
  - {{name: First Partner, kind: charity, side: advice, odd: kept}}   # kept: beside the first
  - name: Second Partner
    kind: gp-practice   # kept: inside the second
    side: health

sources:
  - id: s1
    title: A page   # kept: beside the title
    publisher: Someone
    url: https://example.org/a
    supports: [name, summary, status, nation, settings, partners]
    # kept: at the end of the source
last_reviewed: 2026-01-01
# kept: at the end
'''


def open_for_editing(page, id: str, text: str, step: str) -> None:
    """Open the form on a record whose published file is ``text``."""
    page.route(f"**/partnerships/{id}/{NAME}", lambda route: route.fulfill(body=text, content_type="text/plain; charset=utf-8"))
    page.goto(page.url.replace("about/", f"{EDIT}{id}&step={step}"))
    page.wait_for_selector("#form-step")


def test_an_edit_changes_only_what_was_changed(open_page):  # noqa: F811
    text = COMMENTED.format(id="hwc")
    page = open_page("about/")
    open_for_editing(page, "hwc", text, "who")
    page.fill("#f-partners\\.2\\.name", "Second Partner, renamed")
    page.goto(page.url.replace("step=who", "step=running"))
    page.check("#f-status")
    page.fill("#f-status_as_of", "2025")
    page.goto(page.url.replace("step=running", "step=send"))
    page.locator(".form-summary a").click()  # no source stands behind the year yet, and none is taken for granted
    assert page.evaluate("document.activeElement.id") == "tick-1-status_as_of"
    page.check("#tick-1-status_as_of")
    page.locator("button", has_text="Continue").click()
    made = page.locator(".form-file code").text_content()
    kept = re.findall("# kept: .*", text)
    assert sorted(re.findall("# kept: .*", made)) == sorted(kept)
    day = page.evaluate("new Intl.DateTimeFormat('en-CA').format(new Date())")
    ticked = text.replace("status, nation,", "status, status_as_of, nation,")
    wanted = ticked.replace("status: unknown   #", "status: active   #").replace("# kept: beside the status\n", "# kept: beside the status\nstatus_as_of: 2025\n").replace("Second Partner\n", "Second Partner, renamed\n").replace("last_reviewed:", f"last_changed: {day}\nlast_reviewed:")
    squeeze = lambda whole: [re.sub(r"\s+#", " #", line) for line in whole.splitlines() if line.strip()]  # noqa: E731
    assert squeeze(made) == squeeze(wanted)
    assert "Second Partner, renamed" in page.locator("#form table.data").inner_text()


def test_an_edited_real_record_passes_the_check(open_page, scratch):  # noqa: F811
    page = open_page(f"{EDIT}hwc&step=name")
    page.fill("#f-summary", "A summary that someone wrote anew: it is short.")
    page.goto(page.url.replace("step=name", "step=send"))
    page.wait_for_selector("#form-copy")
    made = page.locator(".form-file code").text_content()
    done = check_data(scratch, "hwc", made)
    assert done.returncode == 0, done.stdout
    old = (ROOT / RECORDS / "hwc.yml").read_text(encoding="utf-8").splitlines()
    new = [line for line in made.splitlines() if line not in old]
    assert len(new) == 2 and new[0] == "  A summary that someone wrote anew: it is short." and new[1].startswith("last_changed: ")
    shutil.copy(ROOT / RECORDS / "hwc.yml", scratch / RECORDS / "hwc.yml")


def test_a_name_that_is_no_record_is_said(open_page):  # noqa: F811
    for id in ("no-such-record", "..%2F..", ""):
        page = open_page(f"{EDIT}{id}")
        page.wait_for_selector("#form [role=alert]")
        assert page.locator("#form input").count() == 0


# For everyone

@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_any_step(open_page, scheme, width):  # noqa: F811
    page = open_page(f"{EDIT}hwc&step=name", width, color_scheme=scheme)
    for step in STEPS:
        page.goto(page.url.rpartition("=")[0] + f"={step}")
        page.wait_for_selector("#form-step")
        assert violations(page) == [], step
    page.goto(page.url.split("contribute/")[0] + ADD)
    page.wait_for_selector("#f-name")
    page.locator("button", has_text="Continue").click()
    page.wait_for_selector("#form-summary")
    assert violations(page) == []
    assert page.faults == []


def test_each_step_fits_320_pixels(open_page):  # noqa: F811
    page = open_page(f"{EDIT}hwc&step=name", 320)
    for step in STEPS:
        page.goto(page.url.rpartition("=")[0] + f"={step}")
        page.wait_for_selector("#form-step")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, step


@pytest.mark.parametrize("path", [ADD, f"{EDIT}hwc"])
def test_without_javascript_the_other_ways_are_told(open_page, path):  # noqa: F811
    page = open_page(path, java_script_enabled=False)
    assert page.locator("#form-without").is_visible()
    assert page.locator("input:visible, button:visible, .notice:visible").count() == 0
    assert page.locator("h2#other-ways + ul li").count() == 3


def test_a_record_leads_to_its_form(open_page):  # noqa: F811
    page = open_page("partnerships/hwc/")
    page.locator("a", has_text="edit this record with a form").click()
    page.wait_for_selector("#form-step")
    assert page.url.endswith("/contribute/edit/?id=hwc")
