"""The content security policy, which stands in the head of every page and in ``_headers``: pages need nothing that it forbids.

The tests of the browser in all other files run under it too: see ``open_page`` in test_browser.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT
from landscape.exports.hosting import EVERYWHERE, META_POLICY, POLICY
from test_browser import address, chromium  # noqa: F401  (fixtures)

META = f'<meta http-equiv="Content-Security-Policy" content="{META_POLICY}">'
TAG = re.compile(r"""<[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>""")
# <script>, or a value that runs or draws; what a browser does not run is data.
DATA = re.compile(r'<script type="application/(ld\+)?json"')
FORBIDDEN = re.compile(r"""^<(script(?![^>]*\ssrc=)|style|iframe|frame|object|embed|base)\b|\s(on[a-z]+|style|srcdoc)\s*=|=\s*["']?\s*javascript:|http-equiv="refresh\"""", re.IGNORECASE)
# Attributes that make a browser fetch something; a link of these kinds only says where something is.
FETCHED = re.compile(r"""^<link\b(?![^>]*\brel="(canonical|alternate|license|search|cite-as)")[^>]*\bhref="(https?:)?//|\s(src|srcset|poster|background|ping|manifest|action|formaction)\s*=\s*["']?(https?:)?//""", re.IGNORECASE)


def tags(text: str) -> list[str]:
    return [tag for tag in TAG.findall(text) if not DATA.match(tag)]


@pytest.fixture(scope="module")
def pages(built) -> dict[str, str]:
    found = {path.relative_to(built).as_posix(): path.read_text(encoding="utf-8") for path in sorted(built.rglob("*.html"))}
    assert len(found) > 500 and "404.html" in found
    return found


def test_every_page_has_the_policy_before_anything_that_loads(pages):
    """A policy in a page counts only for what comes after it."""
    wrong = [name for name, text in pages.items() if text.count('http-equiv="Content-Security-Policy"') != 1 or META not in text or re.search(r"<(link|script|style|img|svg|body)\b", text.partition(META)[0])]
    assert wrong == []


def test_no_page_or_picture_has_a_script_a_style_or_a_handler_inside(pages, built):
    """Values are read without their quotation, so that a word such as "onset=" in a text is not taken for an attribute."""
    pictures = {path.relative_to(built).as_posix(): path.read_text(encoding="utf-8") for path in built.rglob("*.svg")}
    assert pictures
    found = {name: [tag for tag in tags(text) if FORBIDDEN.search(re.sub(r'"[^"]*"', quiet, tag))] for name, text in {**pages, **pictures}.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def quiet(value: re.Match) -> str:
    """A quoted value that cannot be taken for an attribute; one that runs stays as it is."""
    return value[0] if value[0].lower().lstrip('" ').startswith(("javascript:", "refresh")) else '""'


@pytest.mark.parametrize("tag", ["<script>", '<script type="module">', '<p style="color:red">', "<style>", '<a href=" javascript:x">', '<body onload="x">', '<meta http-equiv="refresh" content="0">', "<base href='x'>", '<iframe src="x">'])
def test_what_is_forbidden_would_be_found(tag):
    assert FORBIDDEN.search(re.sub(r'"[^"]*"', quiet, tags(tag)[0]))


@pytest.mark.parametrize("tag", ['<script src="a.js">', '<p title="onset=3 style=x">', '<link rel="stylesheet" href="a.css">'])
def test_what_is_allowed_would_not_be_found(tag):
    assert not FORBIDDEN.search(re.sub(r'"[^"]*"', quiet, tags(tag)[0]))


def test_no_page_names_anything_of_another_place_to_fetch(pages):
    found = {name: [tag for tag in tags(text) if FETCHED.search(tag)] for name, text in pages.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert FETCHED.search('<link rel="preconnect" href="https://example.org">') and FETCHED.search('<img alt="" src="//example.org/x.png">')


def test_the_policy_is_tight():
    """What the issue of trust asks: nothing but our own, and no way around it for scripts and styles."""
    parts = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert parts["default-src"] == "'self'" and parts["object-src"] == parts["base-uri"] == parts["frame-ancestors"] == "'none'"
    assert parts["form-action"] == "'self'" and not {"script-src", "style-src", "connect-src", "font-src"} & set(parts)
    assert "unsafe" not in POLICY and "*" not in POLICY and "http" not in POLICY
    assert dict(EVERYWHERE)["Content-Security-Policy"] == POLICY == f"{META_POLICY}; frame-ancestors 'none'"


# --- in Chromium, with nothing but what stands in the page: as GitHub Pages serves it ------------------------------------


def kinds(pages: dict[str, str]) -> list[str]:
    """One page of each kind that can behave in its own way: by the scripts and styles it loads, drawings and data inside."""
    found: dict[tuple, str] = {}
    for name, text in pages.items():
        loads = tuple(sorted(set(re.findall(r"assets/([\w-]+\.(?:js|css))\"", text))))
        found.setdefault((loads, "role=\"img\"" in text, "<script type=\"application/json\"" in text, "class=\"cite" in text), name.removesuffix("index.html"))
    return [*found.values(), "partnerships/hwc/card/", "shortlist/?id=hwc", "compare/?id=hwc", "contribute/edit/?id=hwc", "partnerships/#near=G31", "partnerships/?region=london&view=map"]


def test_no_kind_of_page_is_refused_anything_or_asks_elsewhere_or_keeps_anything(chromium, address, pages):  # noqa: F811
    """All at once, because most of the time of a page is waiting. A page that is only looked at keeps nothing on the device."""
    context, refused, asked = chromium.new_context(), [], []
    context.on("console", lambda message: refused.append(f"{message.page.url}: {message.text}") if "Content Security Policy" in message.text else None)
    context.on("weberror", lambda error: refused.append(f"{error.page.url}: {error.error}"))
    context.on("request", lambda request: asked.append(request.url))
    tabs = [(context.new_page(), url) for url in kinds(pages)]
    for tab, url in tabs:
        tab.goto(address + url, wait_until="commit")
    for tab, url in tabs:
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0], url
    assert refused == []
    assert len(asked) > 100 and [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert context.cookies() == []
    context.close()


def test_the_policy_in_the_page_is_in_force(chromium, address):  # noqa: F811
    """So that the tests above cannot pass because no policy was there."""
    page = chromium.new_page()
    page.add_init_script("addEventListener('securitypolicyviolation', (event) => (window.refused ??= []).push(event.effectiveDirective))")
    page.goto(address)
    page.evaluate("""async () => {
        const script = Object.assign(document.createElement("script"), { textContent: "window.ran = true" });
        const style = Object.assign(document.createElement("style"), { textContent: "body { opacity: 0.5 }" });
        document.body.append(script, style);
        document.body.setAttribute("style", "opacity: 0.5");
        await fetch("https://example.org/").catch(() => 0);
        await new Promise((done) => setTimeout(done));
    }""")
    assert page.evaluate("[window.ran, getComputedStyle(document.body).opacity]") == [None, "1"]
    assert sorted(page.evaluate("window.refused")) == ["connect-src", "script-src-elem", "style-src-attr", "style-src-elem"]
    page.close()


# --- what the page on privacy says ----------------------------------------------------------------------------------------


def test_only_what_the_privacy_page_names_is_kept_on_a_device():
    """A script that keeps something new must be named there, and so here."""
    keeping = {path.name for path in sorted((ROOT / "theme/assets").glob("*.js")) if re.search(r"\b(localStorage|sessionStorage|indexedDB|caches\.|cookie|serviceWorker)", path.read_text(encoding="utf-8"))}
    assert keeping == {"shortlist-store.js", "form-draft.js"}
    page = (ROOT / "docs/about/privacy.md").read_text(encoding="utf-8")
    assert all(f"`{key(name)}" in page for name in keeping)


def key(name: str) -> str:
    """The name under which a script keeps what it keeps."""
    return re.search(r'^const KEY = "([a-z-]+)";', Path(ROOT / "theme/assets" / name).read_text(encoding="utf-8"), re.MULTILINE)[1]
