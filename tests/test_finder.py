"""Filters, order, "near" and export of a list, in real Chromium against an independent count made here from the data."""

from __future__ import annotations

import csv
import io
import random
import re

import pytest

from test_browser import address, chromium, open_page, violations  # noqa: F401  (fixtures)

LIST = "partnerships/"


def values_of(landscape, record) -> dict[str, set[str]]:
    """What a record has under each filter, worked out from the record alone."""
    def above(one):
        return {one.id} if one.is_programme else set()

    chain, here = above(record), record
    while here.programme:
        here = landscape.records[here.programme]
        chain.add(here.id)
    return {
        "setting": set(record.settings), "nation": {record.nation} - {""}, "region": {record.region} - {""},
        "council": set(record.local_authorities), "issue": set(record.issues),
        "provider": {partner.kind for partner in record.partners if "adviser" in partner.roles},
        "programme": chain, "delivery": set(record.delivery), "status": {record.status},
        "case-study": {"yes" if record.id in landscape.case_studies else "no"}, "figures": {"yes" if record.outcomes else "no"},
    }


def holds(has: dict[str, set[str]], choices: dict[str, set[str]], ignoring: str = "") -> bool:
    return all((has[name] or {"none"}) & tags for name, tags in choices.items() if name != ignoring)


def ready(page):
    page.wait_for_function("document.documentElement.dataset.finder === 'ready'")
    return page


def shown(page) -> list[str]:
    """Ids of all rows, in order, after asking for more until there is no more."""
    more = page.locator(".finder__results > .button")
    while more.is_visible():
        rows = page.locator("ol.records > li").count()
        more.click()
        page.wait_for_function("(n) => document.querySelectorAll('ol.records > li').length > n", arg=rows)
    return page.evaluate("[...document.querySelectorAll('ol.records > li')].map((row) => row.dataset.id)")


def settle(page, search: str) -> None:
    """Go to choices by the address, as Back does, without loading the page again."""
    page.evaluate("(search) => { history.pushState(null, '', search); dispatchEvent(new PopStateEvent('popstate')); }", search)


def test_fifty_random_choices_show_and_count_what_the_data_say(open_page, real):
    page = ready(open_page(LIST))
    options = page.evaluate("(async () => (await (await fetch('../assets/list.json')).json()).filters.map((f) => [f.name, f.options.map((o) => o[0])]))()")
    has = {id: values_of(real, record) for id, record in real.records.items()}
    chance = random.Random(20261124)
    for _ in range(50):
        picked = chance.sample(options, chance.randint(1, 3))
        choices = {name: set(chance.sample(tags, min(len(tags), chance.randint(1, 4)))) for name, tags in picked}
        settle(page, "?" + "&".join(f"{name}={tag}" for name, tags in choices.items() for tag in sorted(tags)))
        expected = {id for id in has if holds(has[id], choices)}
        page.wait_for_function("(n) => document.querySelector('.finder__status').textContent.startsWith(n + ' of')", arg=len(expected))
        assert set(shown(page)) == expected
        counts = page.evaluate("[...document.querySelectorAll('.filter input')].map((box) => [box.name, box.value, Number(box.closest('label').querySelector('.number').textContent), box.disabled])")
        for name, tag, number, disabled in counts:
            wanted = sum(1 for id in has if tag in (has[id][name] or {"none"}) and holds(has[id], choices, ignoring=name))
            assert number == wanted, (choices, name, tag)
            assert disabled == (wanted == 0 and tag not in choices.get(name, ()))


def tick(page, filter_name: str, tag: str) -> None:
    box = page.locator(f'.filter input[name="{filter_name}"][value="{tag}"]')
    group = box.locator("xpath=ancestor::details[contains(@class, 'filter')]")
    if not group.evaluate("(details) => details.open"):
        group.locator("summary").click()
    box.check()


def test_the_question_of_a_practitioner_takes_three_choices_and_its_address_says_it_again(open_page, real):
    """GP practices in Scotland that help with debt: active ones stand first without a choice."""
    page = ready(open_page(LIST))
    for filter_name, tag in (("setting", "gp-practice"), ("nation", "scotland"), ("issue", "debt")):
        tick(page, filter_name, tag)
    expected = {id for id, record in real.records.items() if "gp-practice" in record.settings and record.nation == "scotland" and "debt" in record.issues}
    page.wait_for_function("(n) => document.querySelector('.finder__status').textContent.startsWith(n + ' of')", arg=len(expected))
    assert expected and page.url.endswith("?setting=gp-practice&nation=scotland&issue=debt")
    assert real.records[shown(page)[0]].status == "active"
    again = ready(open_page(LIST + "?setting=gp-practice&nation=scotland&issue=debt"))
    assert set(shown(again)) == set(shown(page)) == expected


def test_a_question_with_no_answer_says_which_choice_to_take_away(open_page, real):
    """GP practices in Wales that help with debt: none is recorded, and the page says what there is instead."""
    page = ready(open_page(LIST + "?setting=gp-practice&nation=wales&issue=debt"))
    records = real.records.values()
    assert shown(page) == []
    without_debt = sum("gp-practice" in record.settings and record.nation == "wales" for record in records)
    without_wales = sum("gp-practice" in record.settings and "debt" in record.issues for record in records)
    said = page.locator(".finder .notice:visible").inner_text()
    assert f"without Debt and money: {without_debt}" in said and f"without Wales: {without_wales}" in said


def test_back_and_forward_step_through_choices(open_page):
    page = ready(open_page(LIST))
    tick(page, "nation", "wales")
    tick(page, "nation", "scotland")
    page.wait_for_function("document.querySelectorAll('.chip').length === 2")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.chip').length === 1")
    assert page.url.endswith("?nation=wales")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.chip').length === 0")
    page.go_forward()
    page.wait_for_function("document.querySelectorAll('.chip').length === 1")


def test_unknown_parameters_are_ignored_and_wrong_values_explained(open_page, real):
    page = ready(open_page(LIST + "?colour=green&setting=bogus"))
    assert len(shown(page)) == len(real.records)
    assert page.locator(".finder__problem").inner_text().strip() == "“bogus” is not one of the choices under Setting and was left out."
    page = ready(open_page(LIST + "?setting=hospise&sort=nme"))
    said = page.locator(".finder__problem").inner_text()
    assert "The nearest is “hospice”" in said and "“nme” is not one of the choices under Order" in said


def test_a_renamed_tag_keeps_working(open_page):
    page = ready(open_page(LIST))
    chosen = page.evaluate("""async () => {
        const { readState } = await import(new URL('../assets/finder-state.js', location.href));
        const filters = [{ name: 'setting', legend: 'Setting', options: [['new', 'New']], renamed: { old: 'new' } }];
        return [...readState({ search: '?setting=old', hash: '' }, filters).chosen.get('setting')];
    }""")
    assert chosen == ["new"]


def test_the_count_is_announced_and_the_focus_stays(open_page):
    page = ready(open_page(LIST))
    tick(page, "setting", "hospice")
    page.wait_for_function("!document.querySelector('.finder__status').textContent.startsWith('174')")
    assert page.locator(".finder__status").get_attribute("role") == "status"
    assert page.evaluate("document.activeElement.value") == "hospice"


def test_a_chip_takes_its_choice_back_and_leaves_the_focus_somewhere_useful(open_page):
    page = ready(open_page(LIST + "?nation=wales&setting=hospital"))
    page.locator(".chip", has_text="Wales").click()
    page.wait_for_function("document.querySelectorAll('.chip').length === 1")
    assert page.url.endswith("?setting=hospital")
    assert page.evaluate("document.activeElement.className") == "chip"
    page.locator(".chip").click()
    page.wait_for_function("document.querySelectorAll('.chip').length === 0")
    assert page.evaluate("document.activeElement.className") == "finder__status"


@pytest.mark.parametrize("typed", ["g31", "G31", " g31 1aa ", "G311AA"])
def test_a_postcode_in_any_spelling_is_answered_in_the_browser_alone(open_page, typed):
    page = ready(open_page(LIST))
    before = len(page.requested)
    page.get_by_label("Near: postcode, council or town").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.finder__status').textContent.includes('of G31')")
    assert page.url.endswith("/partnerships/#near=G31")
    page.reload()
    ready(page)
    assert "within 30 miles of G31, nearest first" in page.locator(".finder__status").inner_text()
    assert all("g31" not in url.lower() for url in page.requested[before:])
    away = page.locator(".record-row:not(.record-row--ended) .record-row__distance").all_text_contents()
    assert away[0] == "Covers Glasgow City, the council area of G31"
    miles = [0 if "Covers" in words else int(re.search(r"(\d+) mile", words)[1]) for words in away if words != "Distance not known"]
    assert miles == sorted(miles) and miles[0] == 0 and miles[-1] > 10


@pytest.mark.parametrize(
    "typed, said",
    [
        ("ZZ9", "We do not know the postcode district ZZ9."),
        ("Atlantis", "We do not know “Atlantis”."),
        ("Inverclide", "Did you mean Inverclyde?"),
        ("North West", "all in North West"),
        ("BT7 1NN", "Here is what is listed in Northern Ireland."),
    ],
)
def test_a_place_that_is_not_known_is_explained(open_page, typed, said):
    page = ready(open_page(LIST))
    page.get_by_label("Near: postcode, council or town").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_function("(said) => document.querySelector('.finder__problem').textContent.includes(said)", arg=said)


def near(page, typed: str) -> None:
    page.get_by_label("Near: postcode, council or town").fill(typed)
    page.keyboard.press("Enter")


def test_northern_ireland_is_answered_as_a_whole_and_left_by_the_next_place(open_page, real):
    northern = {id for id, record in real.records.items() if record.nation == "northern-ireland"}
    page = ready(open_page(LIST))
    near(page, "bt1")
    page.wait_for_function("document.querySelectorAll('.chip').length === 1")
    assert set(shown(page)) == northern
    again = ready(open_page(LIST + "#near=BT1"))
    assert set(shown(again)) == northern
    near(page, "G31")
    page.wait_for_function("document.querySelector('.finder__status').textContent.includes('of G31')")
    assert "Glasgow" in page.locator("ol.records > li").first.inner_text()


@pytest.mark.parametrize("path", ["nations/scotland/", "regions/london/"])
def test_a_list_with_nothing_in_northern_ireland_leads_there(open_page, path):
    page = ready(open_page(path))
    near(page, "BT1")
    page.wait_for_selector(".finder__problem:visible")
    assert "nothing in this list is there" in page.locator(".finder__problem").inner_text()
    assert page.locator(".finder__problem a").get_attribute("href").endswith("nations/northern-ireland/")


@pytest.mark.parametrize("typed, label", [("Glasgow", "Glasgow"), ("Glasgow City Council", "Glasgow City"), ("Ynys Môn", "Isle of Anglesey"), ("london borough of newham", "Newham"), ("Barking", "Barking and Dagenham"), ("E20 1", "E20"), ("E20 1A", "E20"), ("G3 1", "G3")])
def test_a_place_in_any_usual_spelling_is_known(open_page, typed, label):
    page = ready(open_page(LIST))
    near(page, typed)
    page.wait_for_function("(label) => document.querySelector('.finder__status').textContent.includes('of ' + label)", arg=label)


def test_a_town_is_a_place_too(open_page):
    page = ready(open_page(LIST + "#near=Greenock"))
    assert "Inverclyde" in page.locator("ol.records > li").first.inner_text()


@pytest.mark.parametrize("outcode, council, region, nation", [("PA42", "argyll-and-bute", "scotland", "scotland"), ("DG12", "dumfries-and-galloway", "scotland", "scotland"), ("NP16", "monmouthshire", "wales", "wales"), ("SY13", "shropshire", "west-midlands", "england"), ("SP1", "wiltshire", "south-west", "england"), ("TD15", "northumberland", "north-east", "england")])
def test_a_district_near_a_border_lies_on_its_own_side(open_page, outcode, council, region, nation):
    page = open_page(LIST)
    found = page.evaluate("""async (outcode) => {
        const { locate } = await import(new URL('../assets/finder-near.js', location.href));
        return locate(outcode, await (await fetch('../assets/places.json')).json());
    }""", outcode)
    assert (found["councils"][0], found["region"], found["nation"]) == (council, region, nation)


def test_where_nothing_is_near_the_wider_places_and_models_are_offered_with_the_same_choices(open_page, real):
    page = ready(open_page(LIST + "?setting=maternity#near=TR21"))
    assert "None within 30 miles of TR21" in page.locator(".finder__status").inner_text()
    text = page.locator(".finder__place").inner_text()
    maternity = [record for record in real.records.values() if "maternity" in record.settings]
    assert f"South West: {sum(record.region == 'south-west' for record in maternity)}" in text
    assert f"England: {sum(record.nation == 'england' for record in maternity)}" in text
    models = [link.split("/")[-2] for link in page.locator(".finder__place li a").evaluate_all("(links) => links.map((link) => link.href)")]
    assert len(models) == 3 and all("maternity" in real.records[id].settings for id in models)
    assert models[0] in real.case_studies and real.records[models[0]].status != "ended"
    page.locator(".finder__place a", has_text="England").click()
    ready(page)
    assert page.url.endswith("?setting=maternity&nation=england")


def test_a_place_table_that_does_not_load_is_told(open_page):
    page = ready(open_page(LIST))
    page.route("**/assets/places.json", lambda route: route.abort())
    near(page, "G31")
    page.wait_for_function("document.querySelector('.finder__problem').textContent.includes('did not load')")


def test_the_same_place_again_is_no_new_step(open_page):
    page = ready(open_page(LIST))
    steps = page.evaluate("history.length")
    near(page, "ZZ9")
    page.wait_for_selector(".finder__problem:visible")
    assert page.evaluate("history.length") == steps


def test_an_order_by_distance_without_a_place_keeps_the_focus_and_says_what_to_do(open_page):
    page = ready(open_page(LIST))
    page.locator("#finder-sort").focus()
    page.locator("#finder-sort").select_option("distance")
    page.wait_for_function("document.querySelector('.finder__status').textContent.startsWith('To put the nearest first, type a place.')")
    assert page.evaluate("document.activeElement.id") == "finder-sort"


def test_a_click_after_all_choices_are_cleared_is_not_lost(open_page):
    """The focus that clearing moves must not move the page under the pointer."""
    page = ready(open_page(LIST + "?setting=hospice"))
    page.get_by_role("button", name="Clear all choices").click()
    page.wait_for_function("document.querySelectorAll('.chip').length === 0")
    box = page.locator('.filter input[value="hospital"]').bounding_box()
    page.mouse.click(box["x"] + 40, box["y"] + 8)
    page.wait_for_function("document.querySelectorAll('.chip').length === 1")


def test_paper_gets_all_that_match_with_its_address(open_page, real):
    page = ready(open_page(LIST + "?issue=benefits"))
    expected = sum("benefits" in record.issues for record in real.records.values())
    assert expected > 60 and page.locator("ol.records > li").count() == 60
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("ol.records > li").count() == expected
    page.emulate_media(media="print")
    assert page.locator(".finder .on-paper").inner_text().endswith("/partnerships/?issue=benefits")
    assert not page.get_by_role("button", name="Clear all choices").is_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_function("document.querySelectorAll('ol.records > li').length === 60")


def test_more_rows_in_the_table_take_the_focus(open_page):
    page = ready(open_page(LIST + "?issue=benefits&view=table"))
    page.locator(".finder__results > .button").click()
    page.wait_for_function("document.querySelectorAll('.finder tbody tr').length > 60")
    assert page.evaluate("[...document.querySelectorAll('.finder tbody tr')].indexOf(document.activeElement.closest('tr'))") == 60


def test_every_order_puts_ended_records_last(open_page, real):
    for sort in ("relevance", "name", "reviewed", "started"):
        page = ready(open_page(LIST + f"?sort={sort}"))
        ended = [real.records[id].status == "ended" for id in shown(page)]
        assert ended == sorted(ended), sort
    names = [real.records[id].name.casefold() for id in shown(ready(open_page(LIST + "?sort=name"))) if real.records[id].status != "ended"]
    assert names == sorted(names)


def test_the_table_says_what_the_list_says(open_page, real):
    page = ready(open_page(LIST + "?nation=wales&view=table"))
    rows = page.locator(".finder table tbody tr")
    assert rows.count() == sum(record.nation == "wales" for record in real.records.values())
    assert not page.locator("ol.records").is_visible()


def test_the_csv_holds_what_is_filtered_and_no_formula(open_page, real):
    page = ready(open_page(LIST + "?nation=northern-ireland"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert {row["Name"] for row in rows} == {record.name for record in real.records.values() if record.nation == "northern-ireland"}
    assert all(row["Address"].startswith("http") and row["Settings"] and row["Last reviewed"] == "24 November 2026" for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_not_recorded_can_be_reached(open_page, real):
    page = ready(open_page(LIST + "?provider=none"))
    assert set(shown(page)) == {id for id, record in real.records.items() if not record.providers}


def test_a_facet_page_filters_its_own_records(open_page, real):
    page = ready(open_page("settings/hospice/"))
    assert page.locator('.filter input[name="setting"]').count() == 0
    tick(page, "nation", "scotland")
    expected = {id for id, record in real.records.items() if "hospice" in record.settings and record.nation == "scotland"}
    page.wait_for_function("(n) => document.querySelectorAll('ol.records > li').length === n", arg=len(expected))
    assert set(shown(page)) == expected


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_with_the_filters_open(open_page, scheme, width):
    page = ready(open_page(LIST + "?setting=hospice&nation=bogus#near=G31", width, color_scheme=scheme))
    page.evaluate("document.querySelectorAll('.finder details').forEach((details) => { details.open = true; })")
    assert violations(page) == []
    page = ready(open_page(LIST + "?setting=hospice&view=table", width, color_scheme=scheme))
    assert violations(page) == []


def test_a_keyboard_alone_filters_the_list(open_page, real):
    page = ready(open_page(LIST, 390))
    page.locator(".finder__panel > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelectorAll('.chip').length === 1")
    assert len(shown(page)) == sum("gp-practice" in record.settings for record in real.records.values())


@pytest.mark.parametrize("path", [LIST, "settings/gp-practice/"])
def test_the_open_filters_fit_a_narrow_screen(open_page, path):
    page = ready(open_page(path, 320))
    page.evaluate("document.querySelectorAll('.finder details').forEach((details) => { details.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_map_shows_what_is_filtered_and_says_so(open_page, real):
    page = ready(open_page(LIST + "?nation=wales"))
    page.get_by_role("group", name="Show as").get_by_role("link", name="Map").click()
    page.wait_for_selector("#place-by-place + .notice")
    wales = {id for id, record in real.records.items() if record.nation == "wales"}
    on_it = {link.split("/")[-2] for link in page.evaluate("[...document.querySelectorAll('.place li a')].map((link) => link.href)")}
    placed = {id for id in wales if real.records[id].local_authorities}
    assert on_it and on_it <= wales and placed <= on_it
    assert f"{len(on_it)} of the {len(wales)} chosen in the list" in page.locator("#place-by-place + .notice").inner_text()
    assert violations(page) == []
