"""A new record from questions or flags: it passes once nothing is left to do, and never takes an id that is taken."""

from __future__ import annotations

import re

import pytest

from landscape.__main__ import _parser, main
from landscape.editing import starter
from landscape.fields import RECORD
from landscape.load import RECORDS, load
from landscape.problems import ProblemsFound

FULL = [
    "--name", "Newham Welfare Hub", "--summary", "An invented adviser sits in an invented surgery: it helps.", "--status", "active", "--status-as-of", "2024", "--nation", "england", "--region", "london",
    "--local-authorities", "newham", "--settings", "gp-practice; hospital", "--source-title", "Two years", "--source-publisher", "Elderfield Trust", "--source-url", "https://example.org/two-years", "--date", "2026-11-24",
]


def run(site, *arguments: str) -> int:
    return main(["new", "--root", str(site), *arguments])


def written(site, id: str = "newham-welfare-hub") -> str:
    return (site / RECORDS / f"{id}.yml").read_text(encoding="utf-8")


def test_all_flags_make_a_record_that_passes_at_once(small_site, capsys):
    assert run(small_site, *FULL) == 0
    assert "It passes the check." in capsys.readouterr().out
    record = load(small_site).records["newham-welfare-hub"]
    assert (record.settings, record.first_listed, record.last_reviewed) == (("gp-practice", "hospital"), "2026-11-24", "2026-11-24")
    assert main(["format", "--check", "--root", str(small_site), str(small_site / RECORDS / "newham-welfare-hub.yml")]) == 0
    assert written(small_site).startswith("# yaml-language-server: $schema=../schema/record.json\nid: newham-welfare-hub\n")


def test_a_starter_names_each_field_and_passes_when_what_is_to_do_is_done(small_site, capsys):
    assert run(small_site, "--name", "Newham Welfare Hub", "--date", "2026-11-24") == 0
    text = written(small_site)
    assert "Fill in what says TODO" in capsys.readouterr().out
    assert all(re.search(rf"^(# )?{field.name}:", text, re.MULTILINE) for field in RECORD if field.name != "last_changed")
    with pytest.raises(ProblemsFound) as found:
        load(small_site)
    lines = [number for number, line in enumerate(text.split("\n"), 1) if "TODO" in line and not line.startswith("#")]
    assert [problem.line for problem in found.value.problems] == lines
    for before, after in (("summary: TODO", "summary: An invented hub."), ("status: TODO", "status: unknown"), ("[TODO]", "[hospital]"), ("title: TODO", "title: Page"), ("publisher: TODO", "publisher: Trust"), ("url: TODO", "url: https://example.org/")):
        text = text.replace(before, after)
    (small_site / RECORDS / "newham-welfare-hub.yml").write_text(text)
    assert load(small_site).records["newham-welfare-hub"].settings == ("hospital",)


def test_every_example_of_a_starter_can_be_uncovered(small_site):
    """Each field behind a #, uncovered and with its source, gives no fault of its own."""
    run(small_site, *FULL[:-4], "--source-title", "", "--date", "2026-11-24")
    text = written(small_site)
    shown = re.sub(r"^# ((?:[a-z_]+:| {2,}).*)$", r"\1", text, flags=re.MULTILINE)
    hidden = [field.name for field in RECORD if re.search(rf"^# {field.name}:", text, re.MULTILINE) and field.sourced and field.name not in ("outcomes", "timeline")]
    for name, value in (("title: TODO", "title: Page"), ("url: TODO", "url: https://example.org/"), ("supports: [", f"supports: [{', '.join(hidden)}, "), ("ended: 2020", "")):
        shown = shown.replace(name, value)
    shown = shown.replace("ended, ", "")
    (small_site / RECORDS / "newham-welfare-hub.yml").write_text(shown)
    with pytest.raises(ProblemsFound) as found:
        load(small_site)
    assert {problem.what.partition('"')[0] for problem in found.value.problems} == {"there is no record "}


@pytest.mark.parametrize("arguments, words", [
    (["thin-clinic"], '"thin-clinic" is the id of a record that is there already: data/partnerships/thin-clinic.yml'), (["--name", "Thin Clinic"], "is there already"),
    (["hub-of-old"], "retired on 2026-01-31. No id is used twice"), (["Newham Hub"], "Did you mean newham-hub?"), (["../../x"], "is not an id"), ([], "Give an id, or a name to make it from"),
    (["hub", "--nation", "England"], '--nation: "England" is not a nation. Did you mean england?'), (["hub", "--settings", "hospital; gp"], "--settings: \"gp\" is not a setting."),
    (["hub", "--source-url", "www.example.org"], "Did you mean https://www.example.org?"), (["hub", "--summary", "Write to a@example.org"], "holds an e-mail address"), (["hub", "--started", "09/2016"], "Did you mean 2016-09?"),
])
def test_what_cannot_be_is_told_and_nothing_is_written(small_site, capsys, arguments, words):
    (small_site / "data/retired.yml").write_text("retired:\n  - id: hub-of-old\n    name: Hub\n    date: 2026-01-31\n    why: It was listed twice.\n")
    before = sorted(path.name for path in (small_site / RECORDS).iterdir())
    assert run(small_site, *arguments) == 1
    assert words in capsys.readouterr().out
    assert sorted(path.name for path in (small_site / RECORDS).iterdir()) == before


@pytest.mark.parametrize("name, id", [("Caffè Cymru: Llŷn & Môn's hub", "caffe-cymru-llyn-and-mons-hub"), ("  The HUB (Newham) ", "the-hub-newham"), ("No. 10", "no-10")])
def test_the_id_is_proposed_from_the_name(small_site, name, id):
    assert run(small_site, "--name", name) == 0
    assert f"id: {id}\n" in written(small_site, id)


def answer(site, *answers: str) -> tuple[int, str]:
    """A run on a terminal that gets these answers; further questions get none. The exit code, and all questions."""
    given, asked = iter(answers), []
    options = _parser().parse_args(["new", "--root", str(site), "--date", "2026-11-24"])

    def ask(question: str) -> str:
        asked.append(question)
        return next(given, "")

    return starter.run(options, site, ask, terminal=True), " ".join(asked)


def test_a_terminal_asks_again_until_an_answer_can_be(small_site, capsys):
    answers = ("Newham Welfare Hub", "", "An invented hub.", "current", "active", "24", "2024", "England", "england", "london", "Newham", "newham", "gp-practice", "", "Page", "Trust", "", "https://example.org/page", "thin-clinic", "")
    code, _ = answer(small_site, *answers)
    out = capsys.readouterr().out
    assert code == 0 and "It passes the check." in out
    assert '"current" is not a status. Did you mean active?' in out and '"24" is not a year' in out and '"thin-clinic" is the id of a record that is there already' in out
    assert load(small_site).records["newham-welfare-hub"].local_authorities == ("newham",)


def test_a_record_without_a_name_needs_an_id(small_site, capsys):
    code, asked = answer(small_site, *[""] * 13, "", "Hub 1", "hub-1")
    out = capsys.readouterr().out
    assert code == 0 and "file name, such as newham-welfare-hub:" in asked and '"" is not an id' in out and "Did you mean ?" not in out and "Did you mean hub-1?" in out


def test_a_question_that_does_not_arise_is_not_asked(small_site):
    code, asked = answer(small_site, "Hub", "", "An invented hub.", "unknown")
    assert code == 0 and "status as of" not in asked and "source url" in asked


def test_whoever_stops_writes_nothing(small_site, capsys):
    def stop(question: str) -> str:
        raise EOFError

    options = _parser().parse_args(["new", "--root", str(small_site)])
    assert starter.run(options, small_site, stop, terminal=True) == 1
    assert "Nothing was written." in capsys.readouterr().out
