"""Rules that go beyond one value: inside a record, between records, and between a record and its case study.

Each rule is a small function in one of the lists at the end. It yields problems and changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from . import prose
from .fields import CASE_STUDY_SECTIONS, SOURCED_FIELDS
from .model import CaseStudy, Population, Publication, Record, Retired, Survey
from .nodes import join
from .parse import EMAIL, ID, PHONE, Parsed
from .problems import NO_SOURCE, UNSOURCED, Problem, first_of, nearest
from .signs import hidden, number
from .vocabulary import NOT_FREE, Vocabulary

Vocabularies = Mapping[str, Vocabulary]


def filled_fields(record: Record) -> tuple[str, ...]:
    """Names of the filled fields that a source must stand behind, in the order of ``fields.RECORD``."""
    return tuple(name for name in SOURCED_FIELDS if getattr(record, name))


def item_sources(record: Record, name: str) -> list[tuple[str, ...]] | None:
    """The sources that each item of a list names, or None when the field is no list of groups."""
    items = getattr(record, name)
    if not isinstance(items, tuple) or not items or not hasattr(items[0], "source"):
        return None
    return [item.source for item in items]


def sources_behind(record: Record, name: str) -> tuple[str, ...]:
    """Ids of the sources that stand behind a field: those that list it in ``supports`` and those its items name."""
    listed = [source.id for source in record.sources if name in source.supports]
    named = [id for ids in item_sources(record, name) or [] for id in ids]
    return tuple(dict.fromkeys([*listed, *named]))


# --- one record -------------------------------------------------------------------------------------------------


def id_equals_file_name(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    stem = PurePosixPath(parsed.file).stem
    name = "partnership" if isinstance(parsed.value, CaseStudy) else "id"
    value = getattr(parsed.value, name)
    if value and value != stem:
        mend = f"write {name}: {stem}, or rename the file; the id of a published record never changes" if ID.match(stem) else f"rename the file to {value}{PurePosixPath(parsed.file).suffix}"
        yield parsed.problem(name, f'"{value}" differs from the file name', nearest=stem if ID.match(stem) else "", mend=mend)


# Names of pages of ours that stand beside those of records and publications.
_OURS = {Record: ("page",), Publication: ("map", "surveys")}


def id_is_free(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    id = getattr(parsed.value, "id", "")
    if NOT_FREE.match(id) or id in _OURS.get(type(parsed.value), ()):
        yield parsed.problem("id", f'"{id}" cannot be an id: it names something else', mend="choose a longer id, such as newham-hub, and rename the file")


def dates_in_order(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    record: Record = parsed.value
    if record.started and record.ended and _before(record.ended, record.started):
        yield parsed.problem("ended", f"{record.ended} is before started, {record.started}", mend="correct one of the two dates")
    if record.status_as_of and record.started and record.status_as_of < record.started[:4] and not {"started", "status_as_of"} & parsed.told:
        yield parsed.problem("status_as_of", f"{record.status_as_of} is before started, {record.started}", mend="correct one of the two dates")


def changed_after_listed(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    record: Record = parsed.value
    if record.last_changed and record.first_listed and record.last_changed < record.first_listed:
        yield parsed.problem("last_changed", f"{record.last_changed} is before first_listed, {record.first_listed}", mend="write the day of the last change; first_listed never changes")


def nothing_after_the_review(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    """What a source said cannot lie after the day on which it was read; an end may be announced."""
    record: Record = parsed.value
    dates = [("started", record.started), ("status_as_of", record.status_as_of)]
    dates += [(f"{name}.{number}.date", item.date) for name in ("timeline", "sources") for number, item in enumerate(getattr(record, name), 1)]
    for path, date in dates:
        if date and record.last_reviewed and _before(record.last_reviewed, date):
            yield parsed.problem(path, f"{date} is after last_reviewed, {record.last_reviewed}", mend="correct one of the two dates")


def _before(first: str, second: str) -> bool:
    """True when ``first`` lies before ``second``; a bare year is compared with years only."""
    length = min(len(first), len(second))
    return first[:length] < second[:length]


def status_is_dated(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    record: Record = parsed.value
    if record.status in ("active", "ended") and not {"status_as_of", "ended"} & set(parsed.places):
        yield parsed.problem("status_as_of", f"is missing, but the status is {record.status}", at="status", mend="add the year in which a source says so, or write status: unknown")
    if record.ended and record.status == "active":
        yield parsed.problem("status", f"is active, but the record ended in {record.ended}", mend="write status: ended, or take ended out")


def every_field_is_sourced(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    """Some source stands behind each filled field. Where a source's own list is at fault, that is told and not what follows."""
    record: Record = parsed.value
    named = [{meant for name in source.supports for meant in _meant(name)} for source in record.sources]
    if not named or {""} in named or any(_SOURCE_AT_FAULT.match(path) for path in parsed.told):
        return
    claimed = set().union(*named)
    bare = [name for name in filled_fields(record) if name not in claimed and not _items_are_sourced(parsed, name)]
    without = [number for number, source in enumerate(record.sources, 1) if not source.supports]
    if len(bare) > 1 and len(without) == 1:
        yield parsed.problem(f"sources.{without[0]}.supports", f"is missing, and no source stands behind {', '.join(bare)}", mend="list under supports: the fields that this source states")
        return
    for name in bare:
        yield parsed.problem(name, UNSOURCED, mend=f"add - {name} under supports: of the source that states it, or take {name} out")


def _meant(name: str) -> tuple[str, ...]:
    """The fields that an entry of supports surely means: also several that lack the comma between them."""
    several = re.split(r"[\s,;/&]+", name)
    if all(one in SOURCED_FIELDS for one in several):
        return tuple(several)
    return (nearest(name, SOURCED_FIELDS),)


_SOURCE_AT_FAULT = re.compile(r"sources(\.\d+(\.supports)?)?\Z")


def _items_are_sourced(parsed: Parsed, name: str) -> bool:
    """True when every item of a list names its own source, or has been told to."""
    items = item_sources(parsed.value, name)
    told = (f"{name}.{number}.source" for number in range(1, len(items or ()) + 1))
    return items is not None and all(named or path in parsed.places or path in parsed.told for named, path in zip(items, told))


def sources_are_used_well(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    sources = parsed.value.sources
    yield from _repeated_source_ids(parsed)
    for number, source in enumerate(sources, 1):
        host = (urlsplit(source.url).hostname or "").removeprefix("www.").rstrip(".")
        if not source.copy and any(host == tag or host.endswith("." + tag) for tag in vocabularies["copy-hosts"].terms):
            yield parsed.problem(f"sources.{number}.url", f"is on {host}, which holds copies of documents published elsewhere", mend="add copy: true below it, or give the address of the original")


def _repeated_source_ids(parsed: Parsed) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, source in enumerate(parsed.value.sources, 1):
        if source.id in seen:
            yield parsed.problem(f"sources.{number}.id", f'"{source.id}" is already the id of source {seen[source.id]}', mend="give each source an id of its own")
        seen.setdefault(source.id, number)


def supports_name_filled_fields(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    record: Record = parsed.value
    used = {id for name in SOURCED_FIELDS for ids in item_sources(record, name) or [] for id in ids}
    for number, source in enumerate(record.sources, 1):
        for position, name in enumerate(source.supports, 1):
            path = f"sources.{number}.supports.{position}"
            if name not in SOURCED_FIELDS:
                several = _meant(name)
                mend = f"write them as a list: [{', '.join(several)}]" if len(several) > 1 else "write the name of a field of this record"
                yield parsed.problem(path, f'"{name}" is not a field that a source stands behind', allowed=", ".join(SOURCED_FIELDS), nearest=nearest(name, SOURCED_FIELDS), mend=mend)
            elif name not in parsed.places and name not in parsed.told:
                yield parsed.problem(path, f'"{name}" is not filled in this record', mend=f"fill {name}, or take this line out")
        if not source.supports and source.id not in used and f"sources.{number}.supports" not in parsed.told:
            yield parsed.problem(f"sources.{number}", "stands behind nothing", mend="list the fields it states under supports:, or take it out")


def source_ids_exist(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    """Items name sources that are there. When the sources themselves lack as many ids, the fault is told there and not here."""
    known = list(dict.fromkeys(source.id for source in parsed.value.sources if source.id))
    unknown = [(place, id) for place, id in _named_sources(parsed) if id not in known]
    if not known or not unknown:
        return
    without_id = sum(_SOURCE.match(path) is not None for path in parsed.places) - len(known)
    if without_id >= len({id for _, id in unknown}):
        return
    for place, id in unknown:
        yield parsed.problem(place, f'"{id}" {NO_SOURCE}', allowed=", ".join(known), nearest=nearest(id, known), mend="use the id of a source below, or add the source")


_SOURCE = re.compile(r"sources\.\d+\Z")


def _named_sources(parsed: Parsed) -> Iterator[tuple[str, str]]:
    """(field path, id) of each source that an item names."""
    for name in ("sites", "partners", "funding", "outcomes", "timeline", "figures"):
        for number, item in enumerate(getattr(parsed.value, name, ()), 1):
            for position, id in enumerate(item.source, 1):
                path = f"{name}.{number}.source"
                yield (join(path, position) if join(path, position) in parsed.places else path), id


def rivals_come_in_pairs(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    record: Record = parsed.value
    counts = Counter(outcome.rival for outcome in record.outcomes if outcome.rival)
    for number, outcome in enumerate(record.outcomes, 1):
        if outcome.rival and counts[outcome.rival] == 1:
            yield parsed.problem(f"outcomes.{number}.rival", f'"{outcome.rival}" stands on this figure alone', mend="write the same word on the figure it disagrees with, or take it out")


def people_are_whole(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    for number, one in enumerate(parsed.value.regions, 1):
        if one.people and not (one.people.isdigit() and int(one.people)):
            yield parsed.problem(f"regions.{number}.people", f"{one.people} is not a number of people", mend="write a whole number above 0")


def ranges_go_up(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    for number, outcome in enumerate(parsed.value.outcomes, 1):
        if outcome.number_to and not outcome.number:
            yield parsed.problem(f"outcomes.{number}.number_to", "has no number to start from", mend="add number:, the lower end of the range")
        elif outcome.number_to and float(outcome.number_to) <= float(outcome.number):
            yield parsed.problem(f"outcomes.{number}.number_to", f"{outcome.number_to} is not more than number, {outcome.number}", mend="write the lower end as number and the upper end as number_to")


def places_fit(parsed: Parsed, vocabularies: Vocabularies) -> Iterator[Problem]:
    record: Record = parsed.value
    region_nation = vocabularies["regions"][record.region].nation if record.region else ""
    if record.region and "nation" not in parsed.places:
        yield parsed.problem("nation", "is missing, but the region is filled", at="region", nearest=region_nation, mend=f"add nation: {region_nation}")
    if record.region and record.nation and region_nation != record.nation:
        yield parsed.problem("region", f"{record.region} is not in {record.nation}", mend="correct the nation or the region")
        return
    regions = {vocabularies["local-authorities"][tag].region for tag in record.local_authorities}
    if record.region and len(record.local_authorities) > 1 and len(regions) == 1 and record.region not in regions:
        yield parsed.problem("region", f"{record.region} holds none of the councils: all are in {min(regions)}", nearest=min(regions), mend="correct the region or the councils")
        return
    for number, tag in enumerate(record.local_authorities, 1):
        yield from _council_fits(parsed, vocabularies, number, tag)


def _council_fits(parsed: Parsed, vocabularies: Vocabularies, number: int, tag: str) -> Iterator[Problem]:
    record: Record = parsed.value
    region = vocabularies["local-authorities"][tag].region
    if record.region and region != record.region:
        yield parsed.problem(f"local_authorities.{number}", f"{tag} is in {region}, not in {record.region}", mend="correct the region; leave it out if the partnership works in several")
    elif record.nation and vocabularies["regions"][region].nation != record.nation:
        yield parsed.problem(f"local_authorities.{number}", f"{tag} is not in {record.nation}", mend="correct the nation or the council")


# --- between records ----------------------------------------------------------------------------------------------


def records_exist(parsed: Parsed, records: Mapping[str, Record]) -> Iterator[Problem]:
    """Links to other records lead somewhere, and not to the record itself."""
    for path, id in links(parsed.value):
        if id not in records:
            yield parsed.problem(path, f'there is no record "{id}"', nearest=nearest(id, records), mend="use the id of a file in data/partnerships")
        elif isinstance(parsed.value, Record) and id == parsed.value.id:
            yield parsed.problem(path, "is the record itself", mend="take it out")


def links(value: Record | Publication | CaseStudy) -> Iterator[tuple[str, str]]:
    """(field path, id) of each record that a record, publication or case study names."""
    for name in ("programme", "partnership"):
        if getattr(value, name, ""):
            yield name, getattr(value, name)
    for name in ("predecessors", "successors", "partnerships"):
        for number, id in enumerate(getattr(value, name, ()), 1):
            yield f"{name}.{number}", id


def programmes_are_programmes(parsed: Parsed, records: Mapping[str, Record]) -> Iterator[Problem]:
    record: Record = parsed.value
    above = records.get(record.programme) if record.programme else None
    if above and not above.is_programme:
        yield parsed.problem("programme", f'"{above.id}" is a partnership, not a programme', mend="name a record whose kind is programme")
    chain = [record.id]
    while above and above.id not in chain:
        chain.append(above.id)
        above = records.get(above.programme)
    if above and above.id == record.id:
        yield parsed.problem("programme", f"goes round in a circle: {' > '.join(chain)} > {record.id}", mend="take one of the links out")


# --- retired records ---------------------------------------------------------------------------------------------------


def retired_once(listed: Parsed, records: Mapping[str, Record]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, one in enumerate(listed.value.get("retired", ()), 1):
        if one.id in seen:
            yield listed.problem(f"retired.{number}.id", f'"{one.id}" is retired twice (first as entry {seen[one.id]})', mend="keep one of the two entries")
        seen.setdefault(one.id, number)


def became_a_record(listed: Parsed, records: Mapping[str, Record]) -> Iterator[Problem]:
    """An old address leads to a record that is there, in one step."""
    later = {one.id: one.became for one in listed.value.get("retired", ())}
    for number, one in enumerate(listed.value.get("retired", ()), 1):
        if one.became and one.became not in records:
            yield listed.problem(f"retired.{number}.became", f'there is no record "{one.became}"', nearest=later.get(one.became) or nearest(one.became, records), mend="use the id of a file in data/partnerships, or take the line out")


def ids_are_not_used_again(record: Parsed, retired: Mapping[str, Retired]) -> Iterator[Problem]:
    gone = retired.get(getattr(record.value, "id", ""))
    if gone and isinstance(record.value, Record):
        yield record.problem("id", f'"{gone.id}" was the id of a record that was retired on {gone.date}, and no id is used twice', mend="choose another id; if this is that same record brought back, take its entry out of data/retired.yml")


# --- case studies ----------------------------------------------------------------------------------------------------


MAX_PROSE = 40_000
_ADDRESS = re.compile(r"https?://\S+")


def prose_is_clean(study: Parsed) -> Iterator[Problem]:
    """What a text field may not hold, the prose may not hold. It is asked first: the other rules read the prose as Markdown."""
    case = study.value
    if len(case.text) > MAX_PROSE:
        yield Problem(study.file, case.first_line, 1, "", f"the text is longer than {MAX_PROSE:,} characters", mend="shorten it")
        return
    for line, text in enumerate(case.text.split("\n"), case.first_line):
        sign = hidden(text)
        if sign:
            yield Problem(study.file, line, text.index(sign) + 1, "", f"holds an invisible character ({number(sign)})", mend="delete it and type the text again")
        for name, shape in (("an e-mail address", EMAIL), ("a phone number", PHONE)):
            found = shape.search(_ADDRESS.sub(lambda address: "x" * len(address[0]), text))  # which may hold digits like a phone number
            if found:
                yield Problem(study.file, line, found.start() + 1, "", f"holds {name}", mend="records hold no personal data: give the organisation's web address instead")
    for line, column, address in prose.refused_links(case.text):
        yield Problem(study.file, case.first_line + line - 1, column, "", f'a link to "{address[:60]}", which is no web address', mend="write an address that starts with https:// or http://, or take the link out")


def sections_are_the_common_ones(study: Parsed, record: Record | None) -> Iterator[Problem]:
    wanted, case = list(CASE_STUDY_SECTIONS), study.value
    found = [(line, text) for line, level, text in prose.headings(case.text) if level == 2]
    if [text for _, text in found] != wanted:
        line = next((line for (line, text), name in zip(found, wanted) if text != name), found[-1][0] if found else 1)
        yield Problem(study.file, line + case.first_line - 1, 1, "", "the headings are not those of a case study", allowed=" · ".join(f"## {name}" for name in wanted), mend="use these five headings, in this order")


def marks_lead_to_sources(study: Parsed, record: Record | None) -> Iterator[Problem]:
    known = [source.id for source in record.sources] if record else []
    for line, column, id in prose.marks(study.value.text):
        if record and id not in known:
            yield Problem(study.file, line + study.value.first_line - 1, column, "", f'[^{id}] is not a source of {record.id}', allowed=", ".join(known), nearest=nearest(id, known), mend="use the id of a source in the record")


def figures_carry_marks(study: Parsed, record: Record | None) -> Iterator[Problem]:
    for line, column, figure in prose.unmarked_figures(study.value.text):
        yield Problem(study.file, line + study.value.first_line - 1, column, "", f'the figure "{figure}" has no source mark', mend="end the sentence with a mark such as [^s1], the id of a source in the record")


RecordRule = Callable[[Parsed, Vocabularies], Iterator[Problem]]
IN_A_RECORD: tuple[RecordRule, ...] = (
    id_equals_file_name, id_is_free, nothing_after_the_review, dates_in_order, changed_after_listed, status_is_dated, every_field_is_sourced, sources_are_used_well,
    source_ids_exist, rivals_come_in_pairs, ranges_go_up, places_fit,
    supports_name_filled_fields,  # the last: what another rule has told to be missing is not told again
)
IN_A_SURVEY: tuple[RecordRule, ...] = (id_equals_file_name, id_is_free, sources_are_used_well, source_ids_exist)
IN_A_POPULATION: tuple[RecordRule, ...] = (id_equals_file_name, id_is_free, sources_are_used_well, people_are_whole)
IN_ANYTHING: tuple[RecordRule, ...] = (id_equals_file_name, id_is_free)
BETWEEN_RECORDS = (records_exist, programmes_are_programmes)
IN_THE_RETIRED = (retired_once, became_a_record)
IN_A_CASE_STUDY = (sections_are_the_common_ones, marks_lead_to_sources, figures_carry_marks)


def check(parsed: Parsed, vocabularies: Vocabularies) -> list[Problem]:
    """Problems inside one parsed file."""
    rules = {Record: IN_A_RECORD, Survey: IN_A_SURVEY, Population: IN_A_POPULATION}.get(type(parsed.value), IN_ANYTHING)
    if parsed.value is None:
        return []
    found: list[Problem] = []
    for rule in rules:
        more = first_of(rule(parsed, vocabularies))
        parsed.told |= {problem.field for problem in more}
        found += more
    return found


def check_links(parsed: Parsed, records: Mapping[str, Record]) -> list[Problem]:
    """Problems between one parsed file and the records."""
    rules = BETWEEN_RECORDS if isinstance(parsed.value, Record) else BETWEEN_RECORDS[:1]
    found = [problem for rule in rules for problem in first_of(rule(parsed, records))]
    if isinstance(parsed.value, CaseStudy):
        record = records.get(parsed.value.partnership)
        found += first_of(prose_is_clean(parsed)) or [problem for rule in IN_A_CASE_STUDY for problem in first_of(rule(parsed, record))]
    return found


def check_retired(listed: Parsed, records: Mapping[str, Record]) -> list[Problem]:
    """Problems of the list of retired records."""
    return [problem for rule in IN_THE_RETIRED for problem in first_of(rule(listed, records))]
