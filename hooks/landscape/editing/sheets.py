"""Many records at once from a spreadsheet: a row for each record, a column for each field.

The columns follow from ``fields``. An item of a list of groups has numbered columns (``partner_2_name``); several values in one
cell have ; between them. Every row becomes a record's file, which is read by the same parser and judged by the same checks as any
other; what they find is told by row and column. Nothing is written unless all is well.

A row whose id exists updates that record: a filled cell counts, an empty one changes nothing. An item that is there already is
found by what it is (a partner by its name, a source by its id or address); others are added. Nothing is taken out.
"""

from __future__ import annotations

import csv
import io
import re
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field as dataclass_field, replace
from datetime import date
from pathlib import Path
from typing import Any, Iterator, Mapping, Sequence

from ruamel.yaml.comments import CommentedMap

from ..checks import check, check_links, ids_are_not_used_again
from ..fields import RECORD, SOURCED_FIELDS, Field
from ..load import RECORDS, load
from ..model import Landscape
from ..nodes import join, read_nodes
from ..parse import Parsed, parse
from ..problems import Problem, ProblemsFound, count, nearest, report
from ..suggest import slug
from .formatting import lead
from .record_yaml import dump, record_text, round_trip, yaml_value
from .schema import first_line

TEMPLATE = "partnerships-template.csv"
EVERYTHING = "everything"  # in a source's supports: all fields of the row that need a source
_LIST_SIGN = ";"
_REMARK = "#"  # a row whose first cell starts with it is left out
# The name of one item of each list of groups, and how many the template has columns for. A sheet may have more.
_ITEMS = {"sites": ("site", 3), "partners": ("partner", 5), "funding": ("funding", 2), "outcomes": ("outcome", 4), "timeline": ("event", 4), "sources": ("source", 4)}
# What tells an item of a list from the others.
_SAME = {"sites": ("name",), "partners": ("name",), "funding": ("funder",), "outcomes": ("measure", "what"), "timeline": ("date", "what"), "sources": ("id",)}
_FIELDS = {field.name: field for field in RECORD}
_NUMBERED = re.compile(rf"({'|'.join(one for one, _ in _ITEMS.values())})_([0-9]{1,3})_(\w+)\Z")
_LISTS = {one: name for name, (one, _) in _ITEMS.items()}

Values = dict[str, Any]


# --- columns ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A column: the field it fills, and of an item of a list its number, from 1, and its part."""

    name: str
    field: Field
    number: int = 0
    part: Field | None = None

    @property
    def value(self) -> Field:
        """The field that says what a cell may hold."""
        return self.part or self.field


def columns() -> list[Column]:
    """The columns of the template, in order."""
    return [column for field in RECORD for column in _columns(field)]


def _columns(field: Field) -> Iterator[Column]:
    if field.kind != "group":
        yield Column(field.name, field)
    elif not field.many:
        yield from (Column(f"{field.name}_{part.name}", field, 0, part) for part in field.parts)
    else:
        one, most = _ITEMS[field.name]
        yield from (Column(f"{one}_{number}_{part.name}", field, number, part) for number in range(1, most + 1) for part in field.parts)


def template() -> bytes:
    """The empty sheet: names of the columns, and a row that says what belongs there. As Excel writes UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in columns())
    writer.writerow(f"{_REMARK if number == 0 else ''}{' ' if number == 0 else ''}{_hint(column)}" for number, column in enumerate(columns()))
    return out.getvalue().encode("utf-8-sig")


def _hint(column: Column) -> str:
    value = column.value
    several = f" Put {_LIST_SIGN} between several." if value.many else ""
    example = f" Such as: {value.example}" if value.example else ""
    return f"{'Needed. ' if value.required else ''}{value.meaning}{several}{example}"


def column_of(name: str) -> Column | None:
    """The column of that name, with any number."""
    match = _NUMBERED.match(name)
    if match:
        field = _FIELDS[_LISTS[match[1]]]
        part = next((part for part in field.parts if part.name == match[3]), None)
        return Column(name, field, int(match[2]), part) if part and int(match[2]) else None
    return {column.name: column for column in columns()}.get(name)


# --- cells ----------------------------------------------------------------------------------------------------------------


@dataclass
class Row:
    """A row of the sheet: its number as the spreadsheet shows it, its cells by number of column, and what it says."""

    number: int
    cells: dict[int, str]
    values: Values = dataclass_field(default_factory=dict)
    places: dict[str, int] = dataclass_field(default_factory=dict)  # field path to number of column


@dataclass
class Sheet:
    file: str
    header: dict[int, Column]
    rows: list[Row]
    encoding: str = "UTF-8"

    def problem(self, row: int, column: int, what: str, name: str = "", **hints: str) -> Problem:
        """A problem of a cell; its field is the name of the column."""
        shown = name or (self.header[column].name if column in self.header else "")
        return Problem(self.file, row, column, shown, what, **hints)


def read_sheet(content: bytes, file: str) -> tuple[Sheet, list[Problem]]:
    """The rows of a CSV file as Excel, LibreOffice or Google write it: commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252."""
    text, encoding = _decoded(content)
    lines = io.StringIO(re.sub(r"\A[sS][eE][pP]=.\r?\n", "", text), newline="")
    first = lines.getvalue().partition("\n")[0]
    sign = max(",;\t", key=first.count)
    reader = csv.reader(lines, delimiter=sign, strict=True)
    try:
        table = list(reader)
    except csv.Error:
        return Sheet(file, {}, []), [Problem(file, reader.line_num, 1, "", "the sheet cannot be read as CSV from this line on", mend="look for a quotation mark that is not closed, or save the sheet again as CSV UTF-8")]
    header, problems = _header(table[0] if table else [], file)
    sheet = Sheet(file, header, [], encoding)
    named = [bool(name.strip()) for name in table[0]] if table else []
    for number, cells in enumerate(table[1:], 2):
        filled = {place: cell.strip() for place, cell in enumerate(cells, 1) if cell.strip()}
        if filled and not cells[0].lstrip().startswith(_REMARK):
            problems += _outside(sheet, number, filled, named)
            sheet.rows.append(Row(number, {place: cell for place, cell in filled.items() if place in header}))
    if not sheet.rows and not problems:
        problems = [Problem(file, 2, 1, "", "the sheet has no rows", mend="write one record in each row below the names of the columns")]
    return sheet, problems


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding, name in ((b"\xff\xfe", "utf-16", "UTF-16"), (b"\xfe\xff", "utf-16", "UTF-16"), (b"", "utf-8-sig", "UTF-8")):
        if content.startswith(mark):
            try:
                return content.decode(encoding), name
            except UnicodeDecodeError:
                continue
    return content.decode("cp1252", "replace"), "Windows-1252"


def _header(names: Sequence[str], file: str) -> tuple[dict[int, Column], list[Problem]]:
    """The columns by number, with problems of names that are no column's."""
    header: dict[int, Column] = {}
    problems, seen = [], set()
    known = [column.name for column in columns()]
    for place, written in enumerate(names, 1):
        name = re.sub(r"[\s-]+", "_", written.strip().lower())
        column = column_of(name)
        if not name:
            continue
        if column is None:
            problems.append(Problem(file, 1, place, written.strip(), "is not the name of a column", nearest=nearest(name, known), mend="use the names of the template, or take the column out"))
        elif name in seen:
            problems.append(Problem(file, 1, place, name, "is the name of two columns", mend="keep one of the two"))
        else:
            header[place] = column
            seen.add(name)
    if not problems and "id" not in seen:
        problems.append(Problem(file, 1, 1, "id", "the sheet has no column id", mend=f"start from the template, {TEMPLATE}"))
    return header, problems


def _outside(sheet: Sheet, row: int, filled: Mapping[int, str], named: Sequence[bool]) -> Iterator[Problem]:
    """The first cell that stands under no name, as after a comma in a text without quotation marks."""
    place = next((place for place in filled if place > len(named) or not named[place - 1]), 0)
    if place > len(named):
        yield sheet.problem(row, place, "the row has more cells than there are columns", mend="put texts with a comma in quotation marks, or save the sheet again as CSV UTF-8")
    elif place:
        yield sheet.problem(row, place, "the column has no name", mend="write its name in row 1, or empty it")


def read_row(sheet: Sheet, row: Row) -> None:
    """Fill ``row.values`` and ``row.places`` from its cells. Values stay as typed; the check judges them."""
    items: dict[tuple[str, int], Values] = {}
    for place, cell in sorted(row.cells.items()):
        column = sheet.header[place]
        value = _cell(cell, column.value)
        if column.part is None:
            row.values[column.name] = value
            row.places[column.name] = place
        elif not column.number:
            row.values.setdefault(column.field.name, {})[column.part.name] = value
            row.places.setdefault(column.field.name, place)
            row.places[join(column.field.name, column.part.name)] = place
        else:
            items.setdefault((column.field.name, column.number), {})[column.part.name] = value
    for (name, number), item in sorted(items.items()):
        listed = row.values.setdefault(name, [])
        listed.append(item)
        _place_item(sheet, row, join(name, len(listed)), name, number)


def _place_item(sheet: Sheet, row: Row, path: str, name: str, number: int) -> None:
    for place in sorted(row.cells):
        column = sheet.header[place]
        if (column.field.name, column.number) == (name, number) and column.part:
            row.places.setdefault(name, place)
            row.places.setdefault(path, place)
            row.places[join(path, column.part.name)] = place


def _cell(cell: str, field: Field) -> Any:
    if field.kind == "flag" and cell.lower() in ("true", "false"):
        return cell.lower() == "true"  # Excel writes flags in capitals
    return [item.strip() for item in cell.split(_LIST_SIGN) if item.strip()] if field.many else cell


# --- rows to files --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """The file that a row makes or changes."""

    id: str
    text: str
    is_new: bool


def convert(sheet: Sheet, landscape: Landscape, today: date) -> tuple[list[Made], list[Problem]]:
    """The files of all rows, and every problem of the sheet. ``today`` is the day on which new records are first listed, unless
    the sheet has its own."""
    made, parsed, problems = [], [], []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        read_row(sheet, row)
        found = list(_id_problems(sheet, row, landscape, seen))
        if not found:
            one, item, found = _convert(sheet, row, landscape, today)
            made.append(one)
            parsed += [(row, item)] if item else []
        problems += found
    records = {**landscape.records, **{item.value.id: item.value for _, item in parsed if item.value.id}}
    for row, item in parsed:
        problems += [_in_sheet(sheet, row, problem) for problem in check_links(item, records)]
    return made, problems


def _id_problems(sheet: Sheet, row: Row, landscape: Landscape, seen: dict[str, int]) -> Iterator[Problem]:
    id = row.values.get("id", "")
    place = next(place for place, column in sheet.header.items() if column.name == "id")
    if not id:
        yield sheet.problem(row.number, place, "is missing", nearest=slug(row.values.get("name", "")), mend="write the record's id; a new record needs a new one")
    elif id in seen:
        yield sheet.problem(row.number, place, f'"{id}" stands in row {seen[id]} too', mend="keep one row for each record")
    seen.setdefault(id, row.number)


def _convert(sheet: Sheet, row: Row, landscape: Landscape, today: date) -> tuple[Made, Parsed | None, list[Problem]]:
    """The file of one row, and what the checks say of it."""
    id = row.values["id"]
    old = landscape.record_files.get(id)
    _name_everything(row)
    if old is None:
        text = _new_text(row.values, today)
    else:
        text = updated(old.decode("utf-8-sig").replace("\r\n", "\n"), row)
    file = f"{RECORDS}/{id}.yml"
    node, found = read_nodes(text, file)
    item = None
    if node is not None:
        item, more = parse(file, node, RECORD, landscape.vocabularies)
        found = [*found, *more, *check(item, landscape.vocabularies), *ids_are_not_used_again(item, landscape.retired)]
    return Made(id, text, old is None), item, [_in_sheet(sheet, row, problem) for problem in found]


def _name_everything(row: Row) -> None:
    filled = [name for name in SOURCED_FIELDS if row.values.get(name)]
    for source in row.values.get("sources", ()):
        if [word.lower() for word in source.get("supports", ())] == [EVERYTHING]:
            source["supports"] = filled


def _new_text(values: Values, today: date) -> str:
    for number, source in enumerate(values.get("sources", ()), 1):
        source.setdefault("id", f"s{number}")
    dated = {"first_listed": today.isoformat(), "last_reviewed": today.isoformat(), **values}
    return f"{first_line(RECORDS)}\n{record_text(dated)}"


def _in_sheet(sheet: Sheet, row: Row, problem: Problem) -> Problem:
    """A problem of a record's file as one of the cell that the value came from."""
    known = problem.field
    while known and known not in row.places:
        known = known.rpartition(".")[0]
    place = row.places.get(known, row.places.get("id", 1))
    column = sheet.header.get(place)
    name = column.name if column else problem.field
    part = problem.field.removeprefix(known).strip(".").partition(".")[0]
    if column and column.number and part and not part.isdigit():
        name = f"{_ITEMS[column.field.name][0]}_{column.number}_{part}"
    elif not known:
        name = problem.field
    there = next((number for number, one in sheet.header.items() if one.name == name), place)
    mend = next((re.sub(said, ours, problem.mend) for said, ours in _MENDS if re.search(said, problem.mend)), problem.mend)
    return replace(problem, file=sheet.file, line=row.number, column=there, field=name, mend=mend.replace(", ", "; ") if mend.startswith("put ; between") else mend)


# How to mend in a sheet what is mended otherwise in a file: words of the check, and ours.
_MENDS = (
    (r"write them as a list: \[(.*)\]", r"put ; between them: \1"), (r"add - (\w+) under supports: of the source that states it, or take \w+ out", r"add \1 to the cell …_supports of the source that states it, or empty this cell"),
    (r"^add \w+: and ", "write "), (r"use the id of a source below, or add the source", "use the id of a source of this record"), (r", or take (?:the line|this line|it) out", ", or empty the cell"),
)


# --- updates ----------------------------------------------------------------------------------------------------------------


def updated(text: str, row: Row) -> str:
    """A record's text with the row's values in it. Lines of fields that the row does not hold stay as they are."""
    doc: CommentedMap = round_trip().load(text)
    names = [name for name in row.values if name != "id"]
    changed = [name for name in names if _merge(doc, _FIELDS[name], row.values[name], row)]
    return _spliced(text, doc, changed)


def _merge(doc: CommentedMap, field: Field, value: Any, row: Row) -> bool:
    """Put a value into a record. True when that changes it."""
    before = dump(CommentedMap({field.name: doc[field.name]})) if field.name in doc else ""
    if field.kind != "group":
        doc[field.name] = yaml_value(value, field)
    elif not field.many:
        _merge_group(doc.setdefault(field.name, CommentedMap()), field, value)
    else:
        _merge_items(doc, field, value, row)
    return dump(CommentedMap({field.name: doc[field.name]})) != before


def _merge_group(group: CommentedMap, field: Field, value: Values) -> None:
    parts = {part.name: part for part in field.parts}
    for name, one in value.items():
        known = list(group.get(name) or ())
        gained = [*known, *(item for item in one if item not in known)] if name == "supports" else one
        group[name] = yaml_value(gained, parts[name])


def _merge_items(doc: CommentedMap, field: Field, items: list[Values], row: Row) -> None:
    """Change the items that are there and add the others; note where each stands now."""
    if field.name not in doc:
        doc[field.name] = yaml_value([], field)
    listed = doc[field.name]
    places = {path: place for path, place in row.places.items() if path.startswith(f"{field.name}.")}
    for path in places:
        del row.places[path]
    for number, item in enumerate(items, 1):
        there = next((at for at, one in enumerate(listed) if _is_same(one, item, field.name)), len(listed))
        if there == len(listed):
            if field.name == "sources":
                item.setdefault("id", _free_id(listed))
            listed.append(yaml_value([item], field)[0])
        else:
            _merge_group(listed[there], field, item)
        start = join(field.name, number)
        row.places |= {join(field.name, there + 1) + path.removeprefix(start): place for path, place in places.items() if path == start or path.startswith(start + ".")}


def _free_id(sources: Sequence[Mapping[str, Any]]) -> str:
    taken = {str(source.get("id")) for source in sources}
    return next(id for number in range(1, len(taken) + 2) if (id := f"s{number}") not in taken)


def _is_same(one: Mapping[str, Any], item: Values, name: str) -> bool:
    """True when an item of a record is the one that the sheet means; a source without an id is known by its address."""
    if name == "sources" and "id" not in item:
        return one.get("url") == item.get("url", "")
    return all(str(one.get(part, "")) == str(item.get(part, "")) for part in _SAME[name])


def _spliced(text: str, doc: CommentedMap, names: Sequence[str]) -> str:
    """The text with the lines of the changed fields written anew; fields that are new stand where their order wants them."""
    lines = text.rstrip("\n").split("\n")
    node, _ = read_nodes(text, "")
    entries = list(node.value.items())
    order = [field.name for field in RECORD]
    begins = {name: lead(lines, entry.line - 1, 0, 0) for name, entry in entries}
    starts = [*begins.values(), len(lines)]
    splices = []
    for name in names:
        new = [line for line in dump(CommentedMap({name: doc[name]})).rstrip("\n").split("\n")]
        while new and (not new[-1].strip() or new[-1].startswith("#")):
            new.pop()  # a comment that belongs to the next field, whose lines stay
        if name in begins:
            place = list(begins).index(name)
            splices.append((entries[place][1].line - 1, starts[place + 1], new))
        else:
            after = [begins[other] for other in begins if other in order and order.index(other) > order.index(name)]
            at = min(after, default=len(lines))
            splices.append((at, at, new))
    for start, end, new in sorted(splices, key=lambda one: (one[0], one[1]), reverse=True):
        lines[start:end] = new
    return "\n".join(lines) + "\n"


# --- the command ------------------------------------------------------------------------------------------------------------


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=f"the sheet as CSV; {TEMPLATE} is its template")
    parser.add_argument("--date", type=date.fromisoformat, default=None, help="the day on which new records are first listed and were compared with their sources; today unless told")
    parser.add_argument("--template", action="store_true", help="write the empty template to the file instead of reading it")


def run(options: Namespace, root: Path) -> int:
    """Write the records of a sheet, all or none."""
    if options.template:
        options.file.write_bytes(template())
        print(f"Wrote {options.file}.")
        return 0
    if not options.file.is_file():
        print(f"There is no file {options.file}.")
        return 1
    try:
        landscape = load(root)
        sheet, problems = read_sheet(options.file.read_bytes(), options.file.name)
        made, more = convert(sheet, landscape, options.date or date.today()) if not problems else ([], [])
    except ProblemsFound as found:
        print(report(found.problems))
        return 1
    if problems or more:
        print(_note(sheet), end="")
        print(report([*problems, *more]))
        print("In a sheet the first number is the row, the second the column. Nothing was written.")
        return 1
    return _write(root, sheet, made)


def _write(root: Path, sheet: Sheet, made: list[Made]) -> int:
    for one in made:
        (root / RECORDS / f"{one.id}.yml").write_text(one.text, encoding="utf-8", newline="\n")
    new = sum(one.is_new for one in made)
    print(_note(sheet), end="")
    print(f"Wrote {count(new, 'new record')} and changed {len(made) - new}. Read what git diff shows, then run scripts/check-data.")
    return 0


def _note(sheet: Sheet) -> str:
    if sheet.encoding != "Windows-1252":
        return ""
    return "The sheet is not in UTF-8. It was read as Windows-1252, as Excel saves plain CSV: check signs such as £, é and ŵ, or save it as CSV UTF-8.\n"
