"""Hostile words in the browser: in the address, in what the scripts fetch, in what a form writes. In real Chromium."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

from conftest import ROOT
from filled_files import KINDS, paths, write
from landscape import fields as f
from landscape.load import load_vocabularies
from landscape.nodes import read_nodes
from test_browser import address, chromium, open_page  # noqa: F401  (fixtures)

MARKUP = "<img src=x onerror=attacked.push(1)>\"'><script>attacked.push(2)</script>"
RUN = "javascript:attacked.push(3)"
# Each page whose script reads the address, with {} for hostile words, and a second value that would be code or a path.
ADDRESSES = (
    "?q={}", "partnerships/?setting={}&setting=__proto__&region={}&sort={}&view={}#near={}", "settings/gp-practice/?issue={}&issue=javascript:attacked.push(3)", "map/?setting={}", "research/?design={}",
    "shortlist/?id=hwc&id={}&id=javascript:attacked.push(3)&id=../../evil", "compare/?id=hwc&id={}&id=javascript:attacked.push(3)", "contribute/edit/?id={}", "contribute/edit/?id=../../evil", "contribute/add/?step={}",
)
# Ways in which a script could make a text into markup or code. DOMParser is none of them: the finder reads further pages of
# our own list with it, and what it reads runs no script.
SINKS = r"\.(?:innerHTML|outerHTML|srcdoc)\b|insertAdjacentHTML|document\.write|createContextualFragment|setHTML|\beval\(|new Function|setTimeout\(\s*[\"'`]|setInterval\(\s*[\"'`]"


def test_no_script_of_ours_makes_markup_of_a_text():
    scripts = sorted((ROOT / "theme/assets").glob("*.js"))
    assert len(scripts) > 25
    assert [(path.name, found[0]) for path in scripts for found in re.finditer(SINKS, path.read_text(encoding="utf-8"))] == []


def answer_with(text: str):
    return lambda route: route.fulfill(body=text, content_type="application/json" if text[:1] in "[{" else "application/yaml")


@pytest.fixture
def watched(chromium, address):
    """Opens a page and tells what an attack would have done: code that ran, elements and addresses that it would have made.
    ``answers`` are what the page gets in place of the site's own files."""
    contexts = []

    def open_(path: str, answers: dict[str, str] | None = None, wait: str = "networkidle"):
        context = chromium.new_context()
        context.add_init_script("window.attacked = []; window.alert = () => attacked.push('alert');")
        contexts.append(context)
        page = context.new_page()
        for file, text in (answers or {}).items():
            page.route(f"{address}{file}", answer_with(text))
        page.goto(address + path, wait_until=wait)
        return page

    yield open_
    for context in contexts:
        context.close()


def attack(page) -> list:
    """What went wrong on a page: nothing, if all is well."""
    return page.evaluate("""() => [...attacked, ...[...document.querySelectorAll("img[onerror], [src=x], main script:not([type])")].map((one) => one.outerHTML),
        ...[...document.querySelectorAll("[href], [action], [src]")].flatMap((one) => [one.href, one.action, one.src]).filter((url) => /^\\s*(javascript|data|vbscript):/i.test(String(url)))]""")


@pytest.mark.parametrize("path", ADDRESSES)
def test_words_of_the_address_stay_words(watched, path):
    assert attack(watched(path.replace("{}", quote(MARKUP, safe="")))) == []


def hostile(value):
    """The same data with hostile words in place of each text that is not an id or a date."""
    if isinstance(value, dict):
        return {key: part if key in ("id", "status", "url") else hostile(part) for key, part in value.items()}
    return [hostile(part) for part in value] if isinstance(value, list) else MARKUP if isinstance(value, str) else value


@pytest.mark.parametrize("path", ["shortlist/?id=hwc&id=wahp", "compare/?id=hwc&id=wahp"])
def test_words_of_a_record_stay_words_in_the_shortlist_and_the_comparison(watched, built, path):
    files = {f"shortlist/records/{id}.json": json.dumps(hostile(json.loads((built / f"shortlist/records/{id}.json").read_text(encoding="utf-8")))) for id in ("hwc", "wahp")}
    page = watched(path, files)
    assert attack(page) == [] and page.locator("main").inner_text().count("<img src=x") > 4


def test_words_of_a_page_stay_words_in_the_search(watched, built):
    index = json.loads((built / "assets/search.json").read_text(encoding="utf-8"))
    for document in index["documents"]:
        document["title"], document["detail"] = f"Glasgow {MARKUP}", MARKUP
    texts = ["Glasgow " + MARKUP for _ in index["documents"]]
    page = watched("?q=glasgow", {"assets/search.json": json.dumps(index), "assets/search-text.json": json.dumps(texts)})
    page.wait_for_function("document.querySelector('dialog[open]')?.innerText.includes('<img src=x')")
    assert attack(page) == []


def test_words_of_a_file_stay_words_in_the_form_that_edits_it(watched):
    vocabularies = load_vocabularies(ROOT)[0]
    kind = next(kind for kind in KINDS if kind.spec is f.RECORD)
    texts = {path for path, field in paths(kind.spec) if field.kind == "text" and path != "sources.supports"}
    file = write(kind, vocabularies, lambda path, field: MARKUP if path in texts else RUN if field.kind == "url" else None).text
    page = watched("contribute/edit/?id=hwc", {"partnerships/hwc/record.yml": file})
    page.wait_for_selector("#form input, #form textarea")
    seen = ""
    for step in page.evaluate("async () => (await (await fetch(new URL('../../assets/form-model.json', location.href))).json()).steps.map((one) => one.id)"):
        page.goto(f"{page.url.partition('&step')[0]}&step={step}", wait_until="load")
        page.wait_for_selector("#form h2, #form h3")
        assert attack(page) == [], step
        seen += page.locator("#form").inner_text() + "".join(page.eval_on_selector_all("#form input, #form textarea", "all => all.map((one) => one.value)"))
    assert seen.count("<img src=x") > 20


HOSTILE_TEXTS = [
    MARKUP, "a: b", "a #b", "- a", "? a", "'a", '"a', "a\\", "\\UFFFFFFFF", "&a b", "*a", "!!x a", "| a", "> a", "% a", "@a", "`a`", "{a: b}", "[a, b]", "--- a", "... a", "<<", "=", "~", "null", "no", "2019", "0x1F", "1e3", ".inf",
    "a: b\nid: other", "a\n---\nb", "a\r\nid: x", "a\u2028id: x", "a\x85id: x", "a\u202eb", "\u200b", "a\tb", "{{ 7 * 7 }}", "x " * 200 + ": #", "é שלום 😀", " a ", "a\x00b", "a\x1b[2J", "::error::a", "##[error]a",
]


def test_the_form_writes_any_text_as_a_value_and_nothing_else(watched):
    """What the browser writes, the check reads: the same fields, each with its text but for spaces, or a fault; never another field."""
    page = watched("contribute/add/", wait="load")
    made = page.evaluate("""async (texts) => {
        const base = new URL("../../assets/", location.href);
        const [{ load }, { write }] = await Promise.all(["form-model.js", "form-yaml.js"].map((name) => import(base + name)));
        const { model } = await load();
        return texts.map((text) => write({ id: "x", name: text, aliases: [text, "b"], summary: text, partners: [{ name: text, note: text }] }, model));
    }""", HOSTILE_TEXTS)
    for text, file in zip(HOSTILE_TEXTS, made):
        root, problems = read_nodes(file, "x.yml")
        if root is None:
            assert problems, text
            continue
        assert list(root.value) == ["id", "name", "aliases", "summary", "partners"], (text, file)
        item = root.value["partners"].node.value[0].value
        assert list(item) == ["name", "note"] and len(root.value["aliases"].node.value) == 2
        for node in (root.value["name"].node, root.value["summary"].node, item["note"].node):
            assert node.value.split() == text.split(), (text, file)
