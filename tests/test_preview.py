"""scripts/serve: what an editor sees while working on files."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Callable, Iterator

import pytest

from test_nothing_lost import RECORD, project, rename_record  # noqa: F401  (a fixture)


class Server:
    def __init__(self, project: Path):  # noqa: F811
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.project = project
        self.process = subprocess.Popen([str(project / "scripts/serve"), "--port", str(self.port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def ask(self, address: str) -> tuple[int, str]:
        """Status and text of an address; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{address}", timeout=30) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")
        except OSError:
            return 0, ""

    def until(self, address: str, shown: Callable[[str], bool]) -> str:
        """The text of a page as soon as it shows something; a test that waits in vain fails after a minute."""
        for _ in range(600):
            status, text = self.ask(address)
            if status == 200 and shown(text):
                return text
            time.sleep(0.1)
        raise AssertionError(f"{address} never showed it: {text[-2000:]}")


@pytest.fixture
def server(project) -> Iterator[Server]:  # noqa: F811
    one = Server(project)
    try:
        one.until("", lambda text: "</html>" in text)
        yield one
    finally:
        one.process.terminate()
        one.process.communicate(timeout=30)


PAGE = "partnerships/elderfield-surgery-advice/"


def test_a_changed_record_is_shown_and_a_broken_one_is_told_above_the_last_good_page(server):
    assert server.ask(PAGE)[0] == 200
    rename_record(server.project, "A better name")
    server.until(PAGE, lambda text: "<h1>A better name" in text)
    record = server.project / RECORD
    good = record.read_text(encoding="utf-8")
    record.write_text(good.replace("kind: partnership", "kind: <b>nothing</b>"), encoding="utf-8")
    text = server.until(PAGE, lambda text: "Mend this first" in text)
    assert "<h1>A better name" in text and f"{RECORD}:" in text and "&lt;b&gt;nothing&lt;/b&gt;" in text and "<b>nothing" not in text
    record.write_text(good, encoding="utf-8")
    server.until(PAGE, lambda text: "Mend this first" not in text)
    server.process.terminate()
    assert f"{RECORD}:" in server.process.communicate(timeout=30)[1], "the terminal tells it too"


def test_a_hand_written_page_and_a_template_are_followed(server):
    server.until("about/privacy/", lambda text: "<h1" in text)
    page = server.project / "docs/about/privacy.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOther words.\n", encoding="utf-8")
    server.until("about/privacy/", lambda text: "Other words." in text)
    template = server.project / "theme/pages/record.html"
    template.write_text(template.read_text(encoding="utf-8").replace("Who works with whom", "Who works with whom here"), encoding="utf-8")
    server.until(PAGE, lambda text: "Who works with whom here" in text)


def test_every_kind_of_address_is_answered(server):
    for address in ("", "partnerships/", f"{PAGE}card/", "settings/", "data/partnerships.csv", "api/v1/index.json", "assets/landscape.css", "assets/list.json", "assets/search.json", "feeds/changes.xml"):
        assert server.ask(address)[0] == 200, address
    assert server.ask("nothing/")[0] == 404 and "Page not found" in server.ask("nothing/")[1]
    assert server.ask("assets/../../mkdocs.yml")[0] == 404 and server.ask("assets/%2e%2e/%2e%2e/mkdocs.yml")[0] == 404, "nothing outside the site is given away"
    assert 'src="/_preview/reload.js?since=' in server.ask("")[1]
