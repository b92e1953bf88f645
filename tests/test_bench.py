"""The parts of scripts/bench that need no clock: the same records each time, a fair comparison, the tables and the verdicts."""

from __future__ import annotations

import json
import math
import re
import sys
import time

import pytest

from bench import bars, fairness, measuring, page
from bench.__main__ import PAGE, one_round
from bench.records import changed, make, sentence, values
from bench.results import LOAD, REAL, SAME, SERVE, Mixed, Result, keep, kept
from bench.tools import HERE, MORE, TOOLS, Tool
from conftest import ROOT
from landscape.load import load_vocabularies, parse_yaml
from landscape import fields

NAMES = {tool.key: tool.name for tool in TOOLS}


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    return make(tmp_path_factory.mktemp("records") / "data/partnerships", 12)


@pytest.fixture
def site(records, tmp_path):
    """What a fair tool makes: a page for each record with its facts, and a list."""
    folder = tmp_path / "site"
    for id, text in records.texts.items():
        lay(folder / "partnerships" / id, "".join(f"<p>{fact}</p>" for fact in fairness.facts(values(text), records.labels)))
    lay(folder / "partnerships", "".join(f'<a href="/partnerships/{id}/">one</a>' for id in records.texts))
    return folder


def lay(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, encoding="utf-8")


def test_records_are_the_same_bytes_each_time(records, tmp_path):
    assert make(tmp_path, 12).texts == records.texts


def test_records_are_one_to_two_kilobytes_and_differ_in_what_they_have(tmp_path):
    texts = make(tmp_path, 200).texts.values()
    assert all(1000 <= len(text.encode()) <= 2000 for text in texts)
    assert {len(values(text)["outcomes"]) for text in texts} == {1, 2, 3}
    assert {len(values(text)["sources"]) for text in texts} == {1, 2}


def test_records_have_no_problem(tmp_path):
    make(tmp_path / "data/partnerships", 40)
    vocabularies = load_vocabularies(ROOT)[0]
    problems = [parse_yaml(path, tmp_path, fields.RECORD, vocabularies)[1] for path in (tmp_path / "data/partnerships").iterdir()]
    assert problems == [[]] * 40


def test_a_site_with_every_fact_is_let_pass(site, records):
    assert fairness.check(site, records) > 500


@pytest.mark.parametrize("part", ["name", "url", "summary", "area"])
def test_a_page_that_lacks_a_fact_is_refused(site, records, part):
    record = values(records.texts["synthetic-00003"])
    fact = f'href="{record["sources"][0]["url"]}"' if part == "url" else record[part].strip()
    path = site / "partnerships/synthetic-00003/index.html"
    path.write_text(path.read_text(encoding="utf-8").replace(fact, ""), encoding="utf-8")
    with pytest.raises(measuring.RunFailed, match=f"the page of synthetic-00003 lacks “{re.escape(fact)}”"):
        fairness.check(site, records)


def test_a_site_that_lacks_a_page_is_refused(site, records):
    (site / "partnerships/synthetic-00003/index.html").unlink()
    with pytest.raises(measuring.RunFailed, match="there is no page synthetic-00003/index.html"):
        fairness.check(site, records)


def test_a_list_that_lacks_a_row_is_refused(site, records):
    lay(site / "partnerships", "".join(f'<a href="{id}/">one</a>' for id in records.texts if id != "synthetic-00003"))
    with pytest.raises(measuring.RunFailed, match="no row for synthetic-00003"):
        fairness.check(site, records)


def test_a_list_may_have_several_pages(site, records):
    ids = list(records.texts)
    lay(site / "partnerships", "".join(f'<a href="{id}/">one</a>' for id in ids[:6]))
    lay(site / "partnerships/page/2", "".join(f'<a href="../../{id}/">one</a>' for id in ids[6:]))
    assert fairness.check(site, records)


def test_a_change_is_in_the_summary_that_every_page_must_show(site, records):
    text = changed(records.texts["synthetic-00003"], "7")
    assert sentence("7") in values(text)["summary"]
    with pytest.raises(measuring.RunFailed, match="the page of synthetic-00003 lacks"):  # the site is still as it was
        fairness.check(site, type(records)({**records.texts, "synthetic-00003": text}, records.labels))


def test_a_tool_that_fails_is_recorded_with_its_last_words(records, tmp_path):
    tool = Tool("hugo", "Hugo", lambda project, records: None, "{id}.yml", lambda: [sys.executable, "-c", "print('one'); raise SystemExit('too many words')"])
    result = Result()
    one_round(tool, tmp_path, records, result, 1)
    assert result.failed == "ended with code 1: too many words"
    assert page.size_table({"hugo": result}, NAMES).splitlines()[2].startswith("| Hugo | failed |")


def test_a_tool_that_makes_nothing_is_recorded_as_failed(records, tmp_path):
    result = Result()
    one_round(Tool("hugo", "Hugo", lambda project, records: None, "{id}.yml", lambda: [sys.executable, "-c", ""]), tmp_path, records, result, 1)
    assert result.failed == "there is no page partnerships/index.html"
    assert result.cold == []


@pytest.mark.skipif(not (measuring.PROC / "self/smaps_rollup").exists(), reason="memory is measured on Linux only")
def test_memory_of_a_process_that_the_command_starts_counts(tmp_path):
    child = "import sys, time; held = bytearray(60_000_000); time.sleep(0.5)"
    parent = f"import subprocess, sys; held = bytearray(60_000_000); subprocess.run([sys.executable, '-c', {child!r}])"
    assert measuring.run([sys.executable, "-c", parent], tmp_path, memory=True).peak > 120_000_000


def test_a_command_that_does_not_end_is_stopped(tmp_path):
    """With what it started: a tool that is left running would slow down all that come after it."""
    script = "import os, subprocess, time; subprocess.Popen(['sleep', '60']); open('session', 'w').write(str(os.getsid(0))); time.sleep(60)"
    with pytest.raises(measuring.RunFailed, match="stopped after 1 seconds"):
        measuring.run([sys.executable, "-c", script], tmp_path, limit=1)
    session = int((tmp_path / "session").read_text())
    until = time.monotonic() + 10  # the kernel takes a moment to end them
    while measuring.session_memory(session) and time.monotonic() < until:
        time.sleep(0.05)
    assert measuring.session_memory(session) == 0


RESULTS = {
    "5000": {
        "pages": Result([2.0, 1.0, 3.0], [0.5], 100_000_000, 22_000), "whole": Result([9.0], [0.9], 200_000_000, 22_000),
        "hugo": Result([2.5], [3.0], 50_000_000, 7700), "zensical": Result(failed="ended with code 1: too many words"),
    },
    "10000": {"pages": Result([4.1], [1.0], 150_000_000), "whole": Result([20.0], [2.0], 410_000_000), "hugo": Result([5.0], [6.0])},
    REAL: {REAL: Result([2.0], peak=90_000_000)},
    SERVE: {"500": Result(rebuild=[0.5, 0.7]), "5000": Result(rebuild=[2.5])},
}


def test_the_table_has_medians_and_ratios_to_hugo():
    assert page.size_table(RESULTS["5000"], NAMES).splitlines()[2:] == [
        "| Here: record pages and list | 2.00 | 1.00 to 3.00 | 0.80 | 0.50 | 0.17 | 100 | 2.00 | 22,000 |",
        "| Here: the whole site | 9.00 | 9.00 to 9.00 | 3.60 | 0.90 | 0.30 | 200 | 4.00 | 22,000 |",
        "| Hugo | 2.50 | 2.50 to 2.50 | 1.00 | 3.00 | 1.00 | 50 | 1.00 | 7,700 |",
        "| Zensical | failed | – | – | – | – | – | – | – |",
    ]


def test_bars_are_met_or_missed_by_how_much():
    assert [(one.met, one.words()) for one in bars.verdicts(RESULTS)] == [
        (True, "met, 20% below"),  # 2.0 of 2.5 seconds
        (False, "MISSED by 8%"),  # the whole site's 0.9 against a third of 2.5, Hugo's lesser time
        (False, "MISSED by 2%"),  # 410 MB, the larger of ours
        (False, "MISSED by 6%"),  # 20.0 against 9.0 seconds, the worse of ours
        (True, "met, 33% below"),
        (True, "met, 40% below"),
        (False, "MISSED by 25%"),
    ]


def test_what_was_not_measured_is_neither_met_nor_missed():
    verdicts = bars.verdicts({"5000": {"hugo": Result([1.0], [1.0], 1)}})
    assert {(one.words(), one.met, one.missed) for one in verdicts} == {("not measured", False, False)}


def test_a_row_of_ours_that_failed_misses_its_bar():
    cold = bars.verdicts({"5000": {"pages": Result(failed="no"), "hugo": Result([1.0], [1.0])}})[0]
    assert (cold.value, cold.missed, cold.words()) == (math.inf, True, "MISSED: the build failed")


def test_a_page_keeps_what_is_written_by_hand():
    text = f"---\nchecked: 2026-01-01\n---\n# Fast\n\n{page.BEGIN}\n\nold\n\n{page.END}\n\n## Dropped\n\nchecked: by hand\n"
    assert page.place(text, "new", "2026-11-28") == text.replace("checked: 2026-01-01", "checked: 2026-11-28").replace("old", "new")


def test_a_page_without_its_marks_is_not_written():
    with pytest.raises(page.NoPlace):
        page.place("# Fast\n", "new", "2026-11-28")


def test_the_real_page_has_a_place_for_figures_and_keeps_the_rest():
    text = PAGE.read_text(encoding="utf-8")
    written = page.place(text, page.figures(RESULTS, bars.verdicts(RESULTS), {"Cores": "2"}, NAMES, "2026-11-28"), "2026-11-28")
    assert written.partition(page.END)[2] == text.partition(page.END)[2]
    assert "## What was tried and dropped" in written
    assert "Zensical failed: `ended with code 1: too many words`." in written


def test_figures_are_kept_size_by_size_and_come_back(tmp_path):
    about = {**dict.fromkeys(SAME, "x"), LOAD: "0.5"}
    keep(tmp_path, "10000", RESULTS["10000"], {**about, LOAD: "10.5"})
    keep(tmp_path, "5000", RESULTS["5000"], {**about, "Hugo": "0.168.0"})
    results, told = kept(tmp_path)
    assert list(results) == ["5000", "10000"] and results["5000"] == RESULTS["5000"]
    assert (told[LOAD], told["Hugo"]) == ("10.5", "0.168.0")


@pytest.mark.parametrize("name", SAME)
def test_figures_of_another_machine_or_program_are_not_mixed_in(tmp_path, name):
    about = {**dict.fromkeys(SAME, "x"), LOAD: "0.5"}
    keep(tmp_path, "200", {}, about)
    keep(tmp_path, "1000", {}, {**about, name: "y"})
    with pytest.raises(Mixed):
        kept(tmp_path)


@pytest.mark.parametrize("tool", [*TOOLS, *MORE], ids=lambda tool: tool.key)
def test_each_tool_reads_the_facts_of_a_record_from_its_own_file(tool, records, tmp_path):
    text = records.texts["synthetic-00003"]
    tool.write(tmp_path, "synthetic-00003", text, records.labels)
    written = (tmp_path / tool.file.format(id="synthetic-00003")).read_text(encoding="utf-8")
    assert values(text)["name"] in written
    assert values(text)["sources"][0]["url"] in written


def test_what_is_installed_is_pinned_with_hashes_and_names_no_registry():
    lock = json.loads((HERE / "eleventy/package-lock.json").read_text(encoding="utf-8"))
    packages = [one for name, one in lock["packages"].items() if name]
    assert packages and all("integrity" in one and "resolved" not in one for one in packages)
    pins = (HERE / "requirements.txt").read_text(encoding="utf-8")
    assert len(re.findall(r"^[a-z].*==.*\\\n +--hash=sha256:", pins, re.MULTILINE)) == len(re.findall(r"^[a-z].*==", pins, re.MULTILINE)) > 5
    assert "index-url" not in pins
