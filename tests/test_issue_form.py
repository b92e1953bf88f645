"""The issue forms follow the fields and the vocabulary; a filled form becomes a record that passes, or a comment that says why not."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from ruamel.yaml import YAML

from conftest import HERE, ROOT
from landscape.__main__ import main
from landscape.editing import issue_form
from landscape.editing.issue_form import FOLDER, NO_ANSWER, questions
from landscape.editing.issue_record import comment, convert, proposed_id
from landscape.editing.markdown import plain
from landscape.editing.record_yaml import record_text
from landscape.exports.plain import plain as as_plain
from landscape.fields import RECORD
from landscape.nodes import MAX_BYTES, read_nodes
from landscape.parse import parse

TODAY = date(2026, 11, 24)
MENUS = {"settings": "settings", "issues": "issues", "delivery": "delivery", "advice_level": "advice-levels", "referral_who": "referrers", "status": "statuses", "nation": "nations", "region": "regions", "kind": "kinds"}


def body(name: str, changes: dict[str, str] | None = None) -> str:
    """A saved issue, with the answers to some questions replaced, by the label of the question."""
    text = (HERE / "issues" / f"{name}.md").read_text(encoding="utf-8")
    for label, answer in (changes or {}).items():
        assert f"### {label}\n\n" in text, label
        head, _, rest = text.partition(f"### {label}\n\n")
        text = f"{head}### {label}\n\n{answer}\n\n### " + rest.partition("\n### ")[2]
    return text


@pytest.fixture
def from_issue(small_site, capsys):
    """Runs the command on a saved issue in the small site; gives (exit code, output, names of new files)."""
    def run(name: str, text: str = "") -> tuple[int, str, set[str]]:
        folder = small_site / "data/partnerships"
        before = set(folder.iterdir())
        file = small_site / "body.md"
        file.write_text(text or body(name), encoding="utf-8")
        code = main(["from-issue", str(file), "--number", "12", "--date", "2026-11-24", "--root", str(small_site)])
        file.unlink()
        return code, capsys.readouterr().out, {path.name for path in set(folder.iterdir()) - before}
    return run


# --- the forms --------------------------------------------------------------------------------------------------------


def site_address() -> str:
    return next(line.split('"')[1] for line in (ROOT / "mkdocs.yml").read_text(encoding="utf-8").splitlines() if line.startswith("site_url"))


def test_the_forms_are_those_of_today(real):
    made = issue_form.forms(real.vocabularies, site_address())
    assert {path.name: path.read_text(encoding="utf-8") for path in (ROOT / FOLDER).iterdir()} == made


def test_the_menus_hold_the_vocabulary_and_nothing_else(real):
    form = YAML(typ="safe").load((ROOT / FOLDER / "add-partnership.yml"))
    menus = {part["id"]: part["attributes"]["options"] for part in form["body"] if part["type"] == "dropdown"}
    assert set(menus) == {*MENUS, "sources_copy", "sources_supports"}
    for id, vocabulary in MENUS.items():
        assert menus[id] == [term.label for term in real.vocabularies[vocabulary]]


def test_what_is_asked_line_by_line_names_every_term(real):
    form = YAML(typ="safe").load((ROOT / FOLDER / "add-partnership.yml"))
    about = {part["id"]: part["attributes"].get("description", "") for part in form["body"] if "id" in part}
    for question in questions(real.vocabularies):
        for part in issue_form.columns(question) if question.shape == "rows" else ():
            for term in real.vocabularies[part.vocabulary] if part.vocabulary else ():
                assert term.label in about[question.id], (question.id, term.tag)


def test_no_choice_holds_a_comma_because_github_puts_commas_between_choices(real):
    for question in questions(real.vocabularies):
        if question.shape in ("menu", "menus"):
            assert [words for words in issue_form.options(question, real.vocabularies) if "," in words] == []


def test_each_question_has_a_label_of_its_own_and_each_required_field_is_asked(real):
    labels = [question.label for question in questions(real.vocabularies)]
    assert len(set(labels)) == len(labels)
    assert {field.name for field in RECORD if field.required} - {question.path for question in questions(real.vocabularies)} == {"last_reviewed"}


@pytest.mark.parametrize("name", ["add-partnership", "correct-record", "still-correct", "config"])
def test_github_reads_the_forms(name):
    schema = "vendor.github-issue-config" if name == "config" else "vendor.github-issue-forms"
    done = subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / FOLDER / f"{name}.yml")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


# --- a filled form ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name, file", [("short", "marlow-vale-hospice-welfare-advice.yml"), ("full", "newham-well-advice.yml"), ("hostile", "hostile-hospice.yml")])
def test_a_filled_form_becomes_a_record_that_passes(name, file, from_issue, small_site, capsys):
    assert from_issue(name) == (0, f"data/partnerships/{file}\n", {file})
    assert main(["check", "--root", str(small_site)]) == 0


def test_every_answer_is_in_the_record(small):
    made = convert(body("full"), small, TODAY)
    assert made.problems == ()
    record = parse("x.yml", read_nodes(made.text, "x.yml")[0], RECORD, small.vocabularies)[0].value
    assert (record.id, record.programme, record.name) == ("newham-well-advice", "elderfield-advice-programme", 'Newham Well Advice: the clinic\'s "own" desk')
    assert record.aliases == ("Well Advice", "Newham: money & rights")
    assert record.local_authorities == ("newham", "tower-hamlets")
    assert [(one.name, one.kind, one.side, one.roles, one.note) for one in record.partners] == [
        ("Example Street Surgery", "gp-practice", "health", ("host", "referrer"), ""),
        ("Newham Example Rights", "charity", "advice", ("adviser",), "sits in each practice one day a week"),
    ]
    assert record.sites[0].postcode == "E20 1AS"
    assert (record.referral.who, record.status, record.status_as_of, record.started) == (("gp", "social-prescriber", "self"), "active", "2025", "2021-03")
    assert [(one.measure, one.as_written, one.source) for one in record.outcomes] == [("income-gained", "£1.2 million", ("s2",)), ("people-helped", "840", ("s1", "s2"))]
    assert [(one.id, one.url, one.date) for one in record.sources] == [("s1", "https://www.example.org/well-advice/about", "2025-02-11"), ("s2", "https://www.example.org/report.pdf", "2024-07")]
    assert record.sources[1].supports == ("funding", "outcomes")
    assert (record.first_listed, record.last_reviewed) == ("2026-11-24", "2026-11-24")


def test_remarks_stay_out_of_the_record(small):
    assert "case study" not in convert(body("full"), small, TODAY).text


def test_all_faults_are_told_at_once_by_question(from_issue):
    code, said, made = from_issue("faults")
    assert (code, made) == (1, set())
    for words in (
        "**Short name for its address and file** \"Stray Faults\" is not an id", "**Summary** holds an e-mail address and a phone number", "**When did it start?** \"03/2021\"",
        "**Councils, line 1** \"Newhamm\" is not a council area. Did you mean: newham. Choose one from the list.", "**Places that a source names, line 1, postcode** \"E20 1A\"", "**Partners, line 1** has 6 parts",
        "**Partners, line 2, kind of organisation** \"Charty\"", "**Figures, line 1** \"s7\" is not the id of a source", "**Its own web page** \"www", "**Status** is filled, but no source stands behind it. Choose it under",
    ):
        assert words in said, words
    assert "supports:" not in said and "take this line out" not in said


def test_an_id_that_is_taken_is_told(small):
    taken = convert(body("short", {"Short name for its address and file": "thin-clinic"}), small, TODAY)
    assert [problem.field for problem in taken.problems] == ["id"] and "listed already" in comment(taken.problems)


def test_the_id_of_a_retired_record_is_told(small):
    gone = next(iter(small.retired))
    found = convert(body("short", {"Short name for its address and file": gone}), small, TODAY)
    assert [problem.field for problem in found.problems] == ["id"] and "never used again" in comment(found.problems)


def test_an_empty_answer_to_a_required_question_is_told(small):
    said = comment(convert(body("short", {"Summary": NO_ANSWER}), small, TODAY).problems)
    assert "**Summary** is missing. Fill it in." in said


# --- hostile forms --------------------------------------------------------------------------------------------------------


def test_no_answer_becomes_yaml_of_its_own(small):
    made = convert(body("hostile"), small, TODAY)
    record = parse("x.yml", read_nodes(made.text, "x.yml")[0], RECORD, small.vocabularies)[0].value
    assert (record.status, record.id) == ("unknown", "hostile-hospice")
    assert record.aliases == (': { } [ ] , & * # ? | - < > = ! % @ \\', "\"quoted: 'twice'\"", "no", "2024-01-01", "%YAML 1.1", "{{ config }}")
    assert record.summary.startswith("```yaml status: ended ``` --- id: other &a [*a, *a] !!python/object:os.system ### Not a question")


def test_a_question_inside_an_answer_is_refused_not_believed(from_issue):
    code, said, made = from_issue("smuggled")
    assert (code, made) == (1, set())
    assert "**Status** stands twice in the form" in said and "**In which year did a source say so?** stands twice" in said


@pytest.mark.parametrize("text", ["", "hello", "### Name\n\nOnly this", "\x00\x01\ufffe", "### Name\n" * 5_000])
def test_what_is_no_form_is_told_without_a_crash(text, small):
    assert convert(text, small, TODAY).problems


def test_a_huge_form_is_refused(small):
    found = convert(body("short", {"Summary": "word " * MAX_BYTES}), small, TODAY)
    assert [problem.what for problem in found.problems] == [f"the form holds more than {MAX_BYTES:,} characters"]


@pytest.mark.parametrize("id", ["../../hooks/evil", "a/b", ".", "x\ny", "-rf", "$(touch x)"])
def test_an_id_cannot_lead_out_of_the_folder(id, from_issue):
    code, _, made = from_issue("short", body("short", {"Short name for its address and file": id}))
    assert (code, made) == (1, set())


def test_line_ends_of_a_browser_do_not_matter(small):
    assert convert(body("full").replace("\n", "\r\n"), small, TODAY) == convert(body("full"), small, TODAY)


def test_a_comment_shows_what_was_typed_as_text(small):
    typed = {"When did it start?": "@someone <img src=x> [a](javascript:x) #1 `x` ::error::", "In which year did a source say so?": "![](https://example.org/x)"}
    said = comment(convert(body("short", typed), small, TODAY).problems)
    assert "someone" in said and "example" in said
    assert "@someone" not in said and "<img" not in said.replace("\\<img", "") and "](" not in said.replace("\\](", "") and "://example" not in said
    assert not any(line.startswith("::") for line in said.splitlines())


def test_plain_text_is_on_one_line():
    assert "\n" not in plain("a\n\n# b\r\n- c")


# --- parts ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name, id", [("Newham Welfare Hub", "newham-welfare-hub"), ("Cyngor a Môr: St John's & Friends", "cyngor-a-mor-st-johns-and-friends"), ("一二", "unnamed"), ("", "unnamed")])
def test_an_id_is_made_from_the_name(name, id):
    assert proposed_id(name) == id


def test_what_the_writer_writes_is_read_back_the_same(real):
    """Every real record through the writer and the parser: the same values."""
    for id, record in real.records.items():
        text = record_text(as_plain(record))
        node, problems = read_nodes(text, f"{id}.yml")
        parsed, more = parse(f"{id}.yml", node, RECORD, real.vocabularies)
        assert (problems, more) == ([], []), id
        assert parsed.value == record


def test_yaml_of_the_forms_reads_back_as_text(real):
    """No choice or placeholder becomes a number, a day or yes and no for GitHub's reader, which follows YAML 1.1."""
    for text in issue_form.forms(real.vocabularies, site_address()).values():
        old = YAML(typ="safe", pure=True)
        old.version = (1, 1)
        new = YAML(typ="safe", pure=True).load(StringIO(text))
        assert old.load(StringIO(text)) == new
