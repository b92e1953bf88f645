"""The check of links inside the site: what is dead, and what only looks so. Each case is a site of two pages and a file."""

from __future__ import annotations

import pytest

from landscape.link_check import dead_links

SITE = "https://example.org/sub/"
OTHER = ("b/c/", '<h1 id="top-of-c">C</h1><p id="caf\u00e9">\u2026</p>')
FILES = {"assets/style.css", "feeds/changes.xml"}


def faults(link: str, page: str = "a/") -> list[str]:
    pages = [(page, f'<p id="here">x</p><a class="x" href="{link}">x</a>'), OTHER]
    return [f"{fault.link} {fault.what}" for fault in dead_links(pages, FILES, SITE)]


@pytest.mark.parametrize("link", [
    "", "#here", "#", "../b/c/", "../b/c/#top-of-c", "../b/c/?id=x#top-of-c", "../b/c/#caf%C3%A9", "?id=x", "../assets/style.css",
    "../assets/style.css?v=1", "./../b/c/", "../b/./c/", "../b/c/../c/", ".", "./", "/sub/b/c/", "/sub/assets/style.css", f"{SITE}b/c/",
    f"{SITE}feeds/changes.xml", "https://example.org/elsewhere", "//example.org/x", "mailto:x", "tel:1", "data:text/plain,x",
])
def test_what_leads_somewhere(link):
    assert faults(link) == []


@pytest.mark.parametrize("link, said", [
    ("#there", "#there leads to a place that the page /a/ does not have"),
    ("../b/c/#bottom", "b/c/#bottom leads to a place that the page /b/c/ does not have"),
    ("../b/d/", "b/d/ leads to nothing on the site"),
    ("../b/c", "b/c needs a / at its end"),
    ("../b/", "b/ leads to nothing on the site"),
    ("..", ".. leads to nothing on the site"),
    ("assets/style.css", "assets/style.css leads to nothing on the site"),
    ("../assets/style.css/", "assets/style.css/ leads to nothing on the site"),
    ("../../b/c/", "../../b/c/ leads out of the site"),
    ("/b/c/", "/b/c/ leads out of the site"),
    ("/sub/b/d/", "/sub/b/d/ leads to nothing on the site"),
    (f"{SITE}b/d/", f"{SITE}b/d/ leads to nothing on the site"),
    ("../b/c/&amp;x", "b/c/&amp;x leads to nothing on the site"),
])
def test_what_leads_nowhere(link, said):
    assert faults(link) == [said]


def test_the_pages_at_the_top_and_by_name():
    assert faults("b/c/", page="") == [] and faults("#here", page="404.html") == []
    assert faults("../b/c/", page="") == ["../b/c/ leads out of the site"]


def test_one_fault_of_the_frame_is_told_once():
    pages = [(page, f'<img src="{up}assets/none.png">') for page, up in (("", ""), ("a/", "../"), ("b/c/", "../../"))]
    told = dead_links(pages, FILES, SITE)
    assert [str(fault) for fault in told] == ['page /: "assets/none.png" leads to nothing on the site (and on 2 more pages)']


def test_a_name_that_stands_twice():
    told = dead_links([("a/", '<p id="x">1</p><p id="x">2</p><p id="y">3</p>'), ("b/", '<p id="x">1</p>')], FILES, SITE)
    assert [str(fault) for fault in told] == ['page /a/: "#x" is the name of two places on the page']


def test_what_only_looks_like_a_link_is_left_alone():
    """Text has its quotes escaped; a name with another ending is no link."""
    page = '<p data-href="nowhere/">Write &lt;a href=&#34;nowhere/&#34;&gt; or &lt;a id=&quot;here&quot;&gt;</p><script type="application/ld+json">{"text": "x href=\\"nowhere/\\""}</script>'
    assert dead_links([("a/", page)], FILES, SITE) == []
