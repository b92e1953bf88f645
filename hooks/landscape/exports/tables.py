"""The landscape as tables, made once: CSV, the workbook, the database and the data package all write these rows.

Columns are the fields of ``fields.py``, with the same names (``_`` for ``-``), so a table never says less than the records.
A group that a record has once becomes a column for each part (``referral_who``); a group that it has many times becomes a
table of its own, with the record's id and the item's position. What only the tables have is declared here as fields too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Iterable, Iterator, Mapping, Sequence

from .. import fields as f
from ..fields import Field
from ..site import Site
from ..vocabulary import Vocabulary
from . import plain

# One cell: a text ("" when nothing is recorded), a number, true or false, or the texts of a list.
Cell = str | int | float | bool | tuple[str, ...]
Row = tuple[Cell, ...]
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Link:
    """A foreign key: each row's ``columns`` hold the key ``to`` of a row of ``table``, or nothing."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows in a fixed order. ``key`` names the columns that tell one row from every other."""

    name: str
    title: str
    about: str
    columns: tuple[Field, ...]
    key: tuple[str, ...]
    links: tuple[Link, ...]
    rows: tuple[Row, ...]


POSITION = Field("position", "number", "Its place in the order that the record gives.", "1", required=True)
ADDRESS = Field("landscape_url", "url", "Its page on this site.", required=True)
PARTNERSHIP = Field("partnership", "id", "The id of the partnership or programme.", required=True)
PUBLICATION = Field("publication", "id", "The id of the publication.", required=True)
SURVEY = Field("survey", "id", "The id of the survey.", required=True)

RECORD_EXTRA = (
    ADDRESS,
    Field("case_study", "url", "The page of its case study, if it has one."),
    Field("publications", "id", "Ids of the publications about it.", many=True),
)
PUBLICATION_EXTRA = (ADDRESS, Field("authors", "text", "The authors that the page seen shows, in one text.", many=True))
CASE_STUDY_EXTRA = (Field("text", "text", "The case study in Markdown. Marks such as [^s1] are ids of the record's sources."), ADDRESS)
PROVENANCE = (
    PARTNERSHIP,
    Field("field", "text", "The field that the source stands behind.", "summary", required=True),
    Field("source", "id", "The id of the source inside the record.", "s1", required=True),
)
TAGS = (
    Field("field", "text", "The field that holds the term.", "settings", required=True),
    Field("vocabulary", "text", "The list that the term belongs to.", "settings", required=True),
    Field("tag", "text", "The term, as the other tables write it.", "gp-practice", required=True),
    Field("label", "text", "The term in words.", "GP practice", required=True),
)
TERM = (
    Field("vocabulary", "text", "The list that the term belongs to.", "settings", required=True),
    Field("tag", "text", "The term, as the other tables write it.", "gp-practice", required=True),
    Field("label", "text", "The term in words.", "GP practice", required=True),
    Field("plural", "text", "The term in words, for several."),
    Field("definition", "text", "What the term means here."),
    Field("synonyms", "text", "Other words for it.", many=True),
    Field("formerly", "text", "Tags that it had before.", many=True),
    Field("code", "text", "The GSS code of an area.", "E09000025"),
    Field("nation", "text", "The nation that an area lies in.", "england"),
    Field("region", "text", "The region that a council area lies in.", "london"),
    Field("tier", "text", "The tier of a council.", "county"),
    Field("unit", "text", "The unit of an outcome measure.", "pounds"),
    Field("start", "text", "The year in which an area began."),
    Field("end", "text", "The year in which an area ceased to exist."),
    Field("strength", "text", "How strong the evidence of a study design can be."),
    Field("gives_advice", "flag", "true for a kind of organisation that gives advice."),
)

_TO_PARTNERSHIP = Link(("partnership",), "partnerships", ("id",))


@lru_cache(maxsize=1)
def tables(site: Site) -> tuple[Table, ...]:
    """All tables, in the order in which a reader meets them. Made once for a site, in time that grows with its records."""
    landscape = site.landscape
    records = [plain.record(site, one) for one in plain.in_order(landscape.records)]
    works = [{**plain.publication(site, one), "authors": _authors(one.author)} for one in plain.in_order(landscape.publications)]
    surveys = [plain.survey(site, one) for one in plain.in_order(landscape.surveys)]
    studies = [plain.case_study(site, one) for one in plain.in_order(landscape.case_studies)]
    partnerships = _main("partnerships", "Partnerships and programmes", "Each partnership and programme.", f.RECORD, RECORD_EXTRA, records, links=(Link(("programme",), "partnerships", ("id",)),))
    publications = _main("publications", "Publications", "Each work of the bibliography.", f.PUBLICATION, PUBLICATION_EXTRA, works)
    return (
        partnerships,
        *_groups(f.RECORD, PARTNERSHIP, "partnerships", records),
        _tags(partnerships, PARTNERSHIP, site.vocabularies),
        _provenance(records),
        _main("case_studies", "Case studies", "Each case study, with its text.", f.CASE_STUDY, CASE_STUDY_EXTRA, studies, ("partnership",), (_TO_PARTNERSHIP,)),
        publications,
        *_groups(f.PUBLICATION, PUBLICATION, "publications", works),
        _tags(publications, PUBLICATION, site.vocabularies),
        _studied(works),
        _main("surveys", "Published surveys", "Each published survey or review of the whole field.", f.SURVEY, (ADDRESS,), surveys),
        *_groups(f.SURVEY, SURVEY, "surveys", surveys),
        _terms(site.vocabularies),
    )


def _main(name: str, title: str, about: str, spec: Sequence[Field], extra: Sequence[Field], values: Iterable[Values], key: tuple[str, ...] = ("id",), links: tuple[Link, ...] = ()) -> Table:
    """The table of one kind of record: a row for each."""
    columns = (*_columns(spec), *extra)
    return Table(name, title, about, columns, key, links, tuple(_row(columns, _flat(one)) for one in values))


def _columns(spec: Sequence[Field]) -> Iterator[Field]:
    """Fields as columns. What a record has many times has a table of its own and no column."""
    for field in spec:
        name = field.name.replace("-", "_")
        if field.kind != "group":
            yield replace(field, name=name)
        elif not field.many:
            yield from (replace(part, name=f"{name}_{part.name.replace('-', '_')}", required=False) for part in field.parts)


def _flat(values: Values) -> dict[str, Any]:
    """A record's values by column name: a group's parts stand beside the rest."""
    flat = {"landscape_url": values["url"]}
    for name, value in values.items():
        column = name.replace("-", "_")
        if isinstance(value, Mapping):
            flat.update({f"{column}_{part.replace('-', '_')}": inner for part, inner in value.items()})
        else:
            flat[column] = value
    return flat


def _row(columns: Iterable[Field], values: Values) -> Row:
    return tuple(_cell(column, values.get(column.name, "")) for column in columns)


def _cell(column: Field, value: Any) -> Cell:
    """A value in the type of its column. Numbers and years are numbers, so that no format has to guess."""
    if column.many:
        return tuple(value)
    if value != "" and column.kind in ("number", "year"):
        return value if isinstance(value, int) else float(value) if "." in value else int(value)
    return value


# What the tables of groups are called, and what they hold.
_GROUPS = {
    "sites": ("Sites", "Places that a source names, such as a GP practice."),
    "partners": ("Partners", "The organisations of each partnership and what each does."),
    "funding": ("Funding", "Who pays or paid."),
    "outcomes": ("Outcomes", "Figures that a source states."),
    "timeline": ("Timeline", "Dated events."),
    "sources": ("Sources", "The pages and documents that each record rests on."),
    "publication_author": ("Authors of publications", "The authors of each publication, in order."),
    "survey_figures": ("Figures of surveys", "Figures that a survey states."),
    "survey_sources": ("Sources of surveys", "The pages and documents that each survey was read in."),
}


def _groups(spec: Sequence[Field], owner: Field, table: str, values: Sequence[Values]) -> Iterator[Table]:
    """A table for each group that a record has many times. A source is known by its id, other items by their position."""
    for field in spec:
        if field.kind == "group" and field.many:
            name = field.name if owner is PARTNERSHIP else f"{owner.name}_{field.name}"
            columns = (owner, POSITION, *field.parts)
            key = (owner.name, "id" if field.parts is f.SOURCE else "position")
            rows = (_row(columns, {owner.name: one["id"], "position": number, **item}) for one in values for number, item in enumerate(one.get(field.name, ()), 1))
            yield Table(name, *_GROUPS[name], columns, key, (Link((owner.name,), table, ("id",)),), tuple(rows))


def _tags(table: Table, owner: Field, vocabularies: Mapping[str, Vocabulary]) -> Table:
    """Every term of a table's rows on a row of its own, with its words: the form that counts and pivot tables need."""
    tagged = [(number, column) for number, column in enumerate(table.columns) if column.vocabulary]
    rows = (
        (row[0], column.name, column.vocabulary, tag, vocabularies[column.vocabulary].label(tag))
        for row in table.rows for number, column in tagged for tag in _as_list(row[number])
    )
    links = (Link((owner.name,), table.name, ("id",)), Link(("vocabulary", "tag"), "vocabularies", ("vocabulary", "tag")))
    about = f"Each term of each {owner.name}, such as a setting or an issue, on a row of its own."
    return Table(f"{owner.name}_tags", f"Terms of {table.title.lower()}", about, (owner, *TAGS), (owner.name, "field", "tag"), links, tuple(rows))


def _as_list(cell: Cell) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else (cell,) if cell else ()


def _provenance(records: Iterable[Values]) -> Table:
    rows = ((one["id"], field, source) for one in records for field, ids in one["provenance"].items() for source in ids)
    links = (_TO_PARTNERSHIP, Link(("partnership", "source"), "sources", ("partnership", "id")))
    return Table("provenance", "Provenance", "Which source stands behind which field of each partnership.", PROVENANCE, ("partnership", "field", "source"), links, tuple(rows))


def _studied(works: Iterable[Values]) -> Table:
    rows = ((work["id"], id) for work in works for id in work.get("partnerships", ()))
    links = (Link(("publication",), "publications", ("id",)), _TO_PARTNERSHIP)
    return Table("publication_partnerships", "Publications about partnerships", "Which publication is about which partnership.", (PUBLICATION, PARTNERSHIP), ("publication", "partnership"), links, tuple(rows))


def _terms(vocabularies: Mapping[str, Vocabulary]) -> Table:
    rows = (_row(TERM, {"vocabulary": name, **vars(term)}) for name in sorted(vocabularies) for term in vocabularies[name])
    return Table("vocabularies", "Vocabularies", "Every term that the other tables use, with its definition.", TERM, ("vocabulary", "tag"), (), tuple(rows))


def _authors(names: Iterable) -> list[str]:
    """"Woodhead, Charlotte": the family name first, as reference managers write it; an organisation as it is."""
    return [name.literal or ", ".join(part for part in (name.family, name.given) if part) for name in names]
