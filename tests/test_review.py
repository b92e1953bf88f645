"""The review of a change: what it says, and that no text of a contribution becomes anything but text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from landscape import fields as f
from landscape.editing import duplicates, review
from landscape.editing.changes import Change, changes
from landscape.editing.links import Answer
from landscape.model import Referral, Retired
from landscape.problems import Problem
from landscape.vocabulary import Term


def changed(small, id: str, **values) -> review.Difference:
    return review.compare(small, replace(small, records={**small.records, id: replace(small.records[id], **values)}))


# --- field by field -------------------------------------------------------------------------------------------------


def diff(small, old, **values) -> list[Change]:
    return changes(old, replace(old, **values), f.RECORD, small.vocabularies)


def test_terms_and_lists_are_told_in_words(small):
    record = small.records["thin-clinic"]
    assert diff(small, record, status="ended", ended="2026-03", local_authorities=("newham",)) == [
        Change("Status", "", (small.vocabularies["statuses"].label(record.status),), ("Ended",)),
        Change("When did it end?", "", (), ("March 2026",)),
        Change("Councils", "", (), ("Newham",)),
    ]


def test_an_item_that_changed_is_told_by_its_part(small):
    record = small.records["elderfield-surgery-advice"]
    partner = record.partners[0]
    found = diff(small, record, partners=(replace(partner, note="A new note"), *record.partners[1:]))
    assert [(one.item, one.new) for one in found] == [(partner.name, ("A new note",))]
    renamed = diff(small, record, partners=(replace(partner, name="Another name"), *record.partners[1:]))
    assert [(one.gone, one.new) for one in renamed] == [((partner.name,), ("Another name",))]


def test_items_that_came_went_or_moved(small):
    record = small.records["elderfield-surgery-advice"]
    assert len(record.partners) > 1
    [gone] = diff(small, record, partners=record.partners[1:])
    assert len(gone.gone) == 1 and record.partners[0].name in gone.gone[0] and gone.new == ()
    [moved] = diff(small, record, partners=tuple(reversed(record.partners)))
    assert (moved.gone, moved.new) == ((), ())


def test_a_group_that_was_not_there_is_told_part_by_part(small):
    record = replace(small.records["thin-clinic"], referral=None)
    found = diff(small, record, referral=Referral(who=("gp",), how="Ask."))
    assert [one.new for one in found] == [(small.vocabularies["referrers"].label("gp"),), ("Ask.",)]


def test_every_field_of_every_real_record_can_be_told(real):
    """Each record against the next one: no value is without words."""
    records = list(real.records.values())
    for old, new in zip(records, records[1:]):
        assert all(one.where and all(isinstance(text, str) and text for text in (*one.gone, *one.new)) for one in changes(old, new, f.RECORD, real.vocabularies))


def test_long_texts_show_what_differs():
    old = "The advisers see people in the surgery on two mornings of each week and by telephone on others."
    assert review._from_to(old, old.replace("two mornings", "three mornings")) == old.replace("two", "~~two~~ **three**").replace(".", ".")


# --- what a review says -----------------------------------------------------------------------------------------------


def test_nothing_changed(small):
    assert review.review(review.compare(small, small)) == "# What this change does\n\nNo record changes.\n"


def test_a_changed_record_tells_its_lists_and_its_dates(small):
    text = review.review(changed(small, "thin-clinic", settings=("hospice",), status="ended", ended="2026"))
    assert "1 record changed and 1 record ended." in text
    assert "`/partnerships/thin-clinic/` changes; enters Settings: Hospice" in text and "leaves Settings: " in text
    assert "`thin-clinic`: what it says has changed, so set `last_changed:`" in text
    assert "## Records ended" in text


@pytest.mark.parametrize("values, says", [
    ({"last_changed": "2026-05-09"}, "`last_changed:` has changed and nothing else"),
    ({"last_reviewed": "2020-01-01"}, "`last_reviewed:` went back"),
    ({"summary": "Another.", "last_changed": "2026-05-09"}, ""),
    ({"last_reviewed": "2026-05-09"}, ""),
])
def test_dates_that_an_editor_forgets(small, values, says):
    found = list(review.reminders(changed(small, "thin-clinic", **values)))
    assert (says in found[0]) if says else not found


def test_a_record_that_is_gone_must_be_retired(small):
    rest = {id: one for id, one in small.records.items() if id != "thin-clinic"}
    lost = review.compare(small, replace(small, records=rest))
    assert [(problem.file, problem.what) for problem in lost.problems] == [("data/retired.yml", '"thin-clinic" is gone, but has no entry here')]
    entry = {"thin-clinic": Retired("thin-clinic", "Thin clinic", "", "2026-05-01", "It never was.")}
    retired = review.compare(small, replace(small, records=rest, retired=entry))
    assert not retired.problems and "## Records retired" in review.review(retired)


def test_a_record_that_cannot_be_read_is_broken_and_not_gone(small):
    rest = {id: one for id, one in small.records.items() if id != "thin-clinic"}
    broken = Problem("data/partnerships/thin-clinic.yml", 3, 1, "", "a tab character")
    found = review.compare(small, replace(small, records=rest), [broken])
    assert found.problems == [broken] and not found.gone
    assert "data/partnerships/thin-clinic.yml:3:1: a tab character" in review.review(found).replace("\\", "")


def test_other_kinds_and_vocabulary_are_told(small):
    work = next(iter(small.publications.values()))
    study = next(iter(small.case_studies.values()))
    terms = {**small.vocabularies["settings"].terms, "moon-base": Term("moon-base", "Moon base")}
    after = replace(
        small, publications={work.id: replace(work, finding="Another finding.")},
        case_studies={study.partnership: replace(study, text=study.text.rstrip() + "\n\nOne more paragraph.\n", first_line=9)},
        vocabularies={**small.vocabularies, "settings": replace(small.vocabularies["settings"], terms=terms)},
    )
    text = review.review(review.compare(small, after))
    assert "Another finding." in text and "added One more paragraph." in text and "`moon-base` added: Moon base" in text
    assert f"`/case-studies/{study.partnership}/` changes" in text


def test_new_links_are_listed_with_what_they_answered(small):
    found = changed(small, "thin-clinic", website="https://example.org/new-page")
    assert review.new_links(found) == ["https://example.org/new-page"]
    assert "- `https://example.org/new-page`\n" in review.review(found)
    assert "- `https://example.org/new-page` answers 404" in review.review(found, {"https://example.org/new-page": Answer("failed", "answers 404", "2026-06-01")})


def test_a_large_import_is_cut_to_what_can_be_posted(small):
    model = small.records["thin-clinic"]
    many = {f"copy-{number}": replace(model, id=f"copy-{number}", name=f"Copy {number}", summary="word " * 200) for number in range(500)}
    text = review.review(review.compare(small, replace(small, records={**small.records, **many})))
    assert "500 records added" in text and len(text) < 65_536


# --- hostile text -------------------------------------------------------------------------------------------------------

HOSTILE = "<img src=x onerror=alert(1)> ![p](https://evil.example/p.png) [l](https://evil.example) @team #12 https://evil.example www.evil.example\n::error file=x::y\n##[error]z `a` ~~b~~ **c** | d"


def hostile(small) -> str:
    model = small.records["elderfield-surgery-advice"]
    partner = replace(model.partners[0], name=HOSTILE, note=HOSTILE)
    bad = replace(model, name=HOSTILE, summary=HOSTILE, area=HOSTILE, aliases=(HOSTILE,), partners=(partner, *model.partners[1:]), sources=tuple(replace(source, title=HOSTILE, publisher=HOSTILE) for source in model.sources))
    after = replace(small, records={**small.records, model.id: bad, "new": replace(bad, id="new")})
    return review.review(review.compare(small, after, [Problem("data/x.yml", 1, 1, HOSTILE, HOSTILE, nearest=HOSTILE)]))


def test_hostile_text_stays_text(small):
    text = hostile(small)
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert "<img" not in html and "<a " not in html and "alert(1)" in html
    assert not re.search(r"@\w|#\d|www\.|https?://(?!\u2060)", re.sub(r"`[^`\n]*`", "", text))


def test_hostile_text_gives_no_workflow_command(small):
    assert not [line for line in hostile(small).splitlines() if line.lstrip().startswith("::") or "##[" in line]
    note = Problem("data/x.yml", 1, 1, "a\n::error::b", "c\r\n::stop-commands::d", nearest="e\n::add-mask::f").annotation()
    assert "\n" not in note and "\r" not in note
    printed = str(Problem("data/x.yml", 1, 1, "a\n::error::b", "c\r\n::stop-commands::d", nearest="e\n::add-mask::f"))
    assert not [line for line in printed.splitlines() if line.lstrip().startswith("::")]


# --- likely duplicates ----------------------------------------------------------------------------------------------------


def twin(real, id: str, **values):
    copy = replace(real.records[id], id="new-one", **values)
    return duplicates.likely_duplicates({**real.records, "new-one": copy}, ["new-one"], real.vocabularies["local-authorities"])


def test_a_record_written_again_is_found_with_its_reasons(real):
    found = twin(real, "royal-trinity-hospice-welfare-rights", name="Royal Trinity Hospice: Welfare rights advise")
    assert found[0].other.id == "royal-trinity-hospice-welfare-rights"
    assert any("alike" in reason for reason in found[0].reasons) and any("the same partner" in reason for reason in found[0].reasons)


def test_the_same_partners_in_the_same_council_are_told_whatever_the_name(real):
    record = real.records["citizens-advice-edinburgh-hospitals"]
    found = twin(real, record.id, name="Quite another thing", aliases=(), former_names=())
    assert record.id in {one.other.id for one in found}


def test_the_same_name_in_another_nation_is_no_duplicate(real):
    scot = next(one for one in real.records.values() if one.nation == "scotland" and one.local_authorities)
    assert scot.id not in {one.other.id for one in twin(real, scot.id, nation="wales", region="wales", local_authorities=("cardiff",), website="")}


def test_few_records_of_the_real_list_are_taken_for_each_other(real):
    found = duplicates.likely_duplicates(real.records, real.records, real.vocabularies["local-authorities"])
    assert len(found) <= len(real.records) // 20


def test_only_records_of_the_same_place_are_compared(real):
    known = duplicates.Known(real.records.values(), real.vocabularies["local-authorities"])
    record = real.records["citizens-advice-edinburgh-hospitals"]
    near = known.near(record)
    assert all(set(other.local_authorities) & set(record.local_authorities) or not other.local_authorities and other.nation in ("", record.nation) for other in near)
    assert 0 < len(near) < len(real.records) / 4
