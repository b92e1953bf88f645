"""The headers that ``_headers`` tells hosts to send: pages work under them, in real Chromium."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright

from landscape.exports.hosting import HEADERS
from site_server import served
from test_browser import FLAGS

# One of each kind that runs a script or draws something.
PAGES = ["", "partnerships/", "partnerships/hwc/", "partnerships/hwc/card/", "map/", "landscape/", "evidence/", "research/", "shortlist/?id=hwc", "compare/?id=hwc", "contribute/add/", "contribute/edit/?id=hwc", "guidance/funding/"]
SENT = dict(dict(HEADERS)["/*"])


@pytest.fixture(scope="module")
def under_the_headers(built):
    """A page of the built site, each answer of which has the headers; what the policy refused is in ``page.refused``."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    with served(built) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        page = browser.new_page()
        page.refused = []

        def send(route):
            answer = route.fetch()
            route.fulfill(response=answer, headers={**answer.headers, **{name.lower(): value for name, value in SENT.items()}})

        page.route("**/*", send)
        page.on("console", lambda message: page.refused.append(message.text) if "Content Security Policy" in message.text else None)
        page.on("pageerror", lambda error: page.refused.append(str(error)))
        page.address = address
        yield page
        browser.close()


def test_no_page_needs_what_the_policy_forbids(under_the_headers):
    for url in PAGES:
        under_the_headers.goto(under_the_headers.address + url, wait_until="networkidle")
        assert under_the_headers.refused == [], url


def test_the_policy_is_in_force(under_the_headers):
    """So that the test above cannot pass because no policy was sent."""
    under_the_headers.goto(under_the_headers.address)
    under_the_headers.evaluate("() => { const one = document.createElement('script'); one.textContent = 'window.ran = true'; document.body.append(one); }")
    assert under_the_headers.evaluate("() => window.ran") is None
    assert under_the_headers.refused != []
    under_the_headers.refused.clear()
