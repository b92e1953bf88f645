"""Files in their usual form: nothing is lost, nothing changes its value, and a second time changes nothing."""

from __future__ import annotations

import random

import pytest

from conftest import HERE, ROOT
from landscape.__main__ import main
from landscape.editing import formatting
from landscape.editing.schema import OF_FOLDER, first_line
from landscape.fields import RECORD
from landscape.load import RECORDS
from landscape.nodes import read_nodes

FILES = [(path, formatting.FOLDERS[folder], first_line(folder) if folder in OF_FOLDER else "") for folder in formatting.FOLDERS for path in sorted((ROOT / folder).glob("*.yml"))]
GOOD = (HERE / "broken" / "newham-welfare-hub.yml").read_text(encoding="utf-8")


def put(text: str) -> str:
    made, problems = formatting.formatted(text, RECORD)
    assert problems == []
    return made


def values(text: str):
    return formatting._values(read_nodes(text, "")[0])


def test_published_files_keep_their_values_and_stay_the_same_the_second_time():
    for path, spec, header in FILES:
        text = path.read_text(encoding="utf-8")
        made, problems = formatting.formatted(text, spec, path.name, header)
        assert problems == [] and values(made) == values(text), path.name
        assert formatting.formatted(made, spec, path.name, header) == (made, []), path.name


def test_the_usual_form_is_that_of_the_published_files():
    """Nearly all: a record that someone adds without scripts/format is welcome too."""
    other = [path.name for path, spec, header in FILES if formatting.formatted(path.read_text(encoding="utf-8"), spec, path.name, header)[0] != path.read_text(encoding="utf-8")]
    assert len(other) < len(FILES) / 20, other


def shuffled(text: str, seed: int) -> str:
    """A record with its fields, each with the comment above it, in another order."""
    blocks: list[list[str]] = []
    for line in text.rstrip("\n").split("\n"):
        begins = line[:1] not in (" ", "") and not (blocks and blocks[-1][-1].startswith("#"))
        blocks.append([line]) if begins else blocks[-1].append(line)
    random.Random(seed).shuffle(blocks)
    return "\n".join(line for block in blocks for line in block) + "\n"


@pytest.mark.parametrize("seed", range(8))
def test_any_order_comes_back_to_the_usual_one_with_its_comments(seed):
    text = "\n".join(line for field in GOOD.split("\n")[1:] for line in ([f"# About {field}", field] if field[:1].isalpha() else [field]))
    assert put(shuffled(text, seed)) == put(text) == text


def test_fields_of_items_and_groups_come_in_order_too():
    text = GOOD.replace("  - name: Bridge Road Practice\n    type: gp-practice\n", "  # The first.\n  - type: gp-practice  # a practice\n    # As its sign has it.\n    name: Bridge Road Practice\n")
    text = text.replace("  who: [gp, self]\n  how: Staff book people straight into the adviser's diary.\n", "  how: Staff book people straight into the adviser's diary.\n  who: [gp, self]\n")
    made = put(text)
    assert "sites:\n  # The first.\n  # As its sign has it.\n  - name: Bridge Road Practice\n    type: gp-practice  # a practice\n    town: London\n" in made
    assert "referral:\n  who: [gp, self]\n  how: Staff" in made and values(made) == values(text)


def test_lists_and_groups_are_indented_alike():
    text = GOOD.replace("issues:\n  - benefits\n  - debt\n", "issues:\n- benefits\n# the other\n- debt\n").replace("referral:\n  who: [gp, self]\n  how:", "referral:\n     who: [gp, self]\n     how:")
    assert put(text) == GOOD.replace("  - debt\n", "  # the other\n  - debt\n")


def test_long_lines_are_broken_and_short_ones_left():
    long = " ".join(["word"] * 40)
    made = put(GOOD.replace("area: Stratford, Newham", f"area: {long}").replace("  - The two sources count", f"  - {long}\n  - The two sources count"))
    assert "area: >-\n  word" in made and "  - >-\n    word" in made and max(map(len, made.split("\n"))) <= formatting.WIDTH
    listed = put(GOOD.replace("supports: [name,", f"supports: [name, {', '.join(['name'] * 30)},"))
    assert "\n      name, name" in listed and max(map(len, listed.split("\n"))) <= formatting.WIDTH
    url = GOOD.replace("https://www.example.org/hub", "https://www.example.org/" + "x" * 200)
    assert put(url) == url


@pytest.mark.parametrize("before, after", [
    ("area: Stratford, Newham", "area: Stratford   # and more\nbeyond: kept"), ("name: Newham Welfare Hub", 'name: "Newham: \'hub\'"'), ("nation: england", "\nnation: england\n\n\n"),
    ("summary: >-\n", "summary: |\n"), ("aliases: [The Hub]", "aliases: [The Hub,\n  'Hub, the']"), ("    side: advice", "    side: advice\n\n    note: |-\n      # not a comment\n        deeper\n"),
    ("predecessors:\n  - old-elderfield-desk", "predecessors:\n  -\n    old-elderfield-desk"), ("area: Stratford, Newham", "area: Stratford,\n  Newham"), ("first_listed", "# The end.\nfirst_listed"),
    ("    roles: [adviser]", "    roles: [adviser]\n  # one more below\n  - {name: Other, kind: charity, side: other}"),
])
def test_no_way_of_writing_loses_a_value_or_a_comment(before, after):
    text = GOOD.replace(before, after, 1)
    made = put(text)
    assert values(made) == values(text) and put(made) == made
    assert sorted(line.partition("#")[2].strip() for line in made.split("\n") if "#" in line) == sorted(line.partition("#")[2].strip() for line in text.split("\n") if "#" in line)


@pytest.fixture
def untidy(small_site):
    for path in (small_site / RECORDS).iterdir():
        path.unlink()
    path = small_site / RECORDS / "newham-welfare-hub.yml"
    path.write_bytes(GOOD.replace("nation: england\nregion: london\n", "region: london\nnation: england\n").partition("\n")[2].replace("\n", "\r\n").encode())
    return path


def test_a_check_names_the_files_and_changes_nothing(untidy, small_site, capsys):
    before = untidy.read_bytes()
    assert main(["format", "--check", str(untidy), "--root", str(small_site)]) == 1
    assert "data/partnerships/newham-welfare-hub.yml\n1 file to put in order. Run scripts/format.\n" == capsys.readouterr().out
    assert untidy.read_bytes() == before


def test_the_command_puts_files_in_order(untidy, small_site, capsys):
    assert main(["format", str(untidy), "--root", str(small_site)]) == 0
    assert untidy.read_bytes() == GOOD.encode() and "1 file put in order." in capsys.readouterr().out
    assert main(["format", "--check", str(untidy), "--root", str(small_site)]) == 0
    assert capsys.readouterr().out == "Every file is in order.\n"


@pytest.mark.parametrize("content, words", [(GOOD.replace("nation: england", "nation:england").encode(), "a colon without a space after it"), (GOOD.encode("cp1252"), "not in UTF-8"), (b"", "the file is empty")])
def test_a_file_that_cannot_be_read_is_told_and_left_alone(untidy, small_site, capsys, content, words):
    untidy.write_bytes(content)
    assert main(["format", str(untidy), "--root", str(small_site)]) == 1
    assert words in capsys.readouterr().out and untidy.read_bytes() == content
