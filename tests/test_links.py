"""The check of outside links, against a server on this machine. Nothing here asks the network."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from landscape.editing import links
from landscape.editing.links import Answer, Asker
from landscape.load import load
from landscape.model import Exclusion

TODAY = date(2026, 12, 1)


class _Pages(BaseHTTPRequestHandler):
    """/ok, /missing, /flaky (503 twice, then ok), /head-refused (only GET works), /moved, /for-now, /circle, /forbidden, and an archive."""

    asked: Counter = Counter()
    agents: set = set()

    def do_GET(self):
        path = self.path.partition("?")[0]
        type(self).asked[self.command, path] += 1
        type(self).agents.add(self.headers["User-Agent"])
        flaky = 200 if self.asked["GET", path] > 2 else 503
        codes = {"/missing": 404, "/forbidden": 403, "/moved": 301, "/for-now": 302, "/circle": 302, "/broken": 500, "/flaky": flaky, "/head-refused": 405 if self.command == "HEAD" else 200}
        self.send_response(codes.get(path, 200))
        target = {"/moved": "/ok", "/for-now": "/ok", "/circle": "/circle"}.get(path)
        if target:
            self.send_header("Location", target)
        body = self.archive() if path == "/archive" else b"page"
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def archive(self) -> bytes:
        known = "%2Fmissing" in self.path
        closest = {"available": True, "url": "http://web.archive.org/web/2020/https://example.org/missing"}
        return json.dumps({"archived_snapshots": {"closest": closest} if known else {}}).encode()

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    _Pages.asked, _Pages.agents = Counter(), set()
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.fixture
def asker(server) -> Asker:
    return Asker("test-agent", pause=0, inside=True, sleep=lambda seconds: None, archive=f"{server}/archive")


def asked(server: str, asker: Asker, *paths: str) -> dict[str, Answer]:
    found = asker.all([server + path for path in paths], TODAY)
    return {url.removeprefix(server): answer for url, answer in found.items()}


def test_each_answer_has_its_state(server, asker):
    found = asked(server, asker, "/ok", "/missing", "/flaky", "/head-refused", "/forbidden", "/circle", "/broken")
    assert {path: answer.state for path, answer in found.items()} == {"/ok": "ok", "/missing": "failed", "/flaky": "ok", "/head-refused": "ok", "/forbidden": "refused", "/circle": "failed", "/broken": "failed"}
    assert found["/missing"].reason == "answers 404" and found["/broken"].reason == "answers 500" and found["/circle"].reason == "redirects in a circle"
    assert _Pages.agents == {"test-agent"}


def test_a_head_that_leads_to_a_page_is_all_that_is_asked(server, asker):
    asked(server, asker, "/ok")
    assert _Pages.asked == {("HEAD", "/ok"): 1}


def test_a_broken_page_is_tried_again_and_a_missing_one_is_not(server, asker):
    asked(server, asker, "/broken", "/missing")
    assert _Pages.asked["GET", "/broken"] == links.RETRIES + 1 and _Pages.asked["GET", "/missing"] == 1


def test_only_a_move_for_good_is_proposed(server, asker):
    found = asked(server, asker, "/moved", "/for-now")
    assert found["/moved"].moved == f"{server}/ok" and found["/for-now"].moved == ""


def test_a_host_has_a_pause_between_questions(server):
    pauses = []
    Asker("test-agent", pause=1.5, inside=True, sleep=pauses.append).all([f"{server}/ok?{number}" for number in range(4)], TODAY)
    assert pauses == [1.5] * 3


def test_what_does_not_answer_is_told_in_words(asker):
    found = asker.all(["http://127.0.0.1:9/refused", "http://no-such-host.invalid/"], TODAY)
    assert {answer.reason for answer in found.values()} == {"cannot be reached", "has no such host"}


def test_a_contribution_cannot_make_the_check_ask_this_machine(server):
    found = Asker("test-agent", pause=0, sleep=lambda seconds: None).all([f"{server}/ok"], TODAY)
    assert found[f"{server}/ok"].reason == "is not an address of the public internet" and not _Pages.asked


# --- what is asked, and what is known from before -----------------------------------------------------------------------


def test_links_are_those_of_data_and_pages_without_examples(real):
    from conftest import ROOT

    places = links.collect(real, ROOT)
    record = real.records["hwc"]
    assert any("hwc.yml: sources.1.url" in place for place in places[record.sources[0].url.partition("#")[0]])
    assert any(place.startswith("docs/") for found in places.values() for place in found)
    assert not any("example.org" in url or "#" in url for url in places)


def test_an_exclusion_covers_its_address_or_all_below_it():
    exclusions = (Exclusion("https://a.example/x/", "r", "2026-01-01"), Exclusion("https://b.example/one", "r", "2026-01-01"))
    covered = [url for url in ("https://a.example/x/y", "https://a.example/y", "https://b.example/one", "https://b.example/one/two") if links.excluded(url, exclusions)]
    assert covered == ["https://a.example/x/y", "https://b.example/one"]


def test_fresh_answers_are_not_asked_again_and_failures_are(server, asker, small):
    cache = {f"{server}/ok": Answer("ok", "", "2026-11-28"), f"{server}/moved": Answer("ok", "", "2026-11-01"), f"{server}/missing": Answer("failed", "answers 404", "2026-11-28", first_failed="2026-11-14")}
    found = links.check_links(small, cache, asker, cache, TODAY)
    assert {path for _, path in _Pages.asked} == {"/ok", "/moved", "/missing"} and ("HEAD", "/ok") in _Pages.asked  # /ok by the redirect
    assert _Pages.asked["HEAD", "/ok"] == 1
    assert found[f"{server}/missing"].first_failed == "2026-11-14"
    assert found[f"{server}/ok"].checked == "2026-11-28" and found[f"{server}/moved"].checked == "2026-12-01"


def test_a_cache_that_cannot_be_read_is_no_cache(tmp_path):
    file = tmp_path / "links.json"
    links.write_cache(file, {"https://a.example/": Answer("ok", "", "2026-11-28")})
    assert links.read_cache(file) == {"https://a.example/": Answer("ok", "", "2026-11-28")}
    for text in ("{", "[]", '{"a": {"state": 1, "odd": 2}}', '{"a": 3}'):
        file.write_text(text)
        assert links.read_cache(file) == {}


# --- the report -----------------------------------------------------------------------------------------------------------


def test_the_report_says_where_since_when_and_proposes_a_copy(server, asker, small_site):
    places = {f"{server}/missing": ["data/partnerships/x.yml: sources.1.url"], f"{server}/moved": ["docs/a.md"], f"{server}/forbidden": ["docs/b.md"]}
    answers = links.with_first_days(asker.all(places, TODAY), {f"{server}/missing": "2026-11-14"})
    told = links.link_report(answers, asker, TODAY)
    text = links.to_markdown(told, answers, places, (Exclusion("https://unused.example/", "r", "2026-01-01"),))
    assert "3 addresses checked: 1 failed, 1 refused programs, 1 moved for good." in text
    assert f"`{server}/missing` answers 404, since 2026-11-14" in text and "data/partnerships/x.yml: sources.1.url" in text
    assert "`https://web.archive.org/web/2020/https://example.org/missing`" in text
    assert "`https://unused.example/`" in text
    (small_site / "data/link-report.json").write_text(links.to_json(told))
    assert load(small_site).link_report == told


def test_the_command_keeps_a_report_and_asks_nothing_that_is_excluded(small_site, capsys, monkeypatch):
    from landscape.__main__ import main

    monkeypatch.setattr(links.requests.Session, "request", lambda *_, **__: pytest.fail("asked"))
    hosts = sorted({"/".join(url.split("/")[:3]) + "/" for url in links.collect(load(small_site), small_site)})
    entries = "".join(f"  - url: {host}\n    reason: Invented.\n    date: 2026-11-24\n" for host in hosts)
    (small_site / "data/link-exclusions.yml").write_text(f"exclusions:\n{entries}")
    assert main(["links", "--keep", "--date", "2026-12-01", "--root", str(small_site)]) == 0
    assert "0 addresses checked" in capsys.readouterr().out
    assert load(small_site).link_report.date == "2026-12-01"
