"""What is wrong with a text that YAML refuses, in an editor's words and at the place where the editor has to mend it.

YAML notices many mistakes only some lines later: a missing space after a colon on the next line, an open quotation mark at
the end of the file. So the lines around the place, and the words read before it, decide what is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator

import yaml


@dataclass(frozen=True, order=True)
class Fault:
    """One fault; ``line`` and ``column`` count from 1."""

    line: int
    column: int
    what: str
    mend: str


_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What PyYAML lets out, beside its own errors, when a number in the text is too large: "\UFFFFFFFF", %YAML 99999….
NUMBERS = (ValueError, OverflowError)

# --- the bare text, before YAML is read ---------------------------------------------------------------------------------

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # signs that look like a space and are none to YAML
# What a line may not hold; the fault stands where the group begins.
_IN_A_LINE = tuple((re.compile(sign, re.MULTILINE), what, mend) for sign, what, mend in (
    (r"^((?:<<<<<<<|>>>>>>>)(?: |$)|=======$)", "two versions of the text that Git could not join", "keep the right version, and take out the lines that start with <<<<<<<, ======= and >>>>>>>"),
    (r"^(```)", "the frame of a code block", "take out the lines that start with ```"),
    (r"(\t)", "a tab character", "use spaces"),
    (rf"^ *(?:- +)?(?:[A-Za-z_-]+:|-)?([{_SPACES}])", "a no-break space, which YAML does not take for a space", "delete it and type an ordinary space"),
    (r"([\u0085\u2028\u2029])", "an invisible line break", "delete it, and press Enter if a line should end there"),
))


def in_the_text(text: str) -> Iterator[Fault]:
    """Faults that can be seen without reading YAML: one of each kind, because a pasted passage has it on every line."""
    lines = text.split("\n")
    if text.startswith(">") and all(line.startswith(">") for line in lines if line.strip()):
        yield Fault(1, 1, "each line starts with >, as in an answer to an e-mail", "take the sign and the space after it out of each line")
        return
    for sign, what, mend in _IN_A_LINE:
        if not sign.search(text):
            continue
        found = [(number, match.start(1) + 1) for number, line in enumerate(lines, 1) if (match := sign.search(line))]
        if found:
            yield Fault(*found[0], what + _also([number for number, _ in found[1:]]), mend)


def _also(numbers: list[int]) -> str:
    """The other lines with the same fault, the first few by number."""
    if not numbers:
        return ""
    shown = ", ".join(map(str, numbers[:5])) + (f" and {len(numbers) - 5} more" if len(numbers) > 5 else "")
    return f" (also on line{'s' if len(numbers) > 1 else ''} {shown})"


_BRACKET = re.compile(r"[\[\]{}]")
_MAY_BE_DEEP = re.compile(r"(?:[-?] +){20}")


def depth(text: str, most: int) -> Iterator[Fault]:
    """The place where a text has more than ``most`` levels. It is looked for before anything else reads YAML, because readers
    call themselves for each level, and need a time that grows with its square."""
    if text.count("[") + text.count("{") <= most and not _MAY_BE_DEEP.search(text):
        return
    level = 0  # brackets that are open, in quotes or not: no text of ours opens so many
    for sign in _BRACKET.finditer(text):
        level = max(0, level + (1 if sign[0] in "[{" else -1))
        if level > most:
            yield Fault(text.count("\n", 0, sign.start()) + 1, sign.start() - text.rfind("\n", 0, sign.start()), *_TOO_DEEP)
            return
    level = 0
    try:
        for event in yaml.parse(text, Loader=_FAST):
            level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if level > most:
                yield Fault(event.start_mark.line + 1, event.start_mark.column + 1, *_TOO_DEEP)
                return
    except yaml.YAMLError as error:
        if "maximum nesting depth" in str(error):  # libyaml's own limit; other faults are told by who reads the text next
            yield Fault(1, 1, *_TOO_DEEP)


_MAY_BE_ANCHOR = re.compile(r"(?<!\w)&[\w-]")


def anchors(text: str) -> Iterator[Fault]:
    """Names that YAML makes of words that start with &. It would drop them from the value without a word."""
    if not _MAY_BE_ANCHOR.search(text):
        return
    for token in _tokens(text):
        if isinstance(token, yaml.AnchorToken):
            yield Fault(token.start_mark.line + 1, token.start_mark.column + 1, *_BAD_START)


# --- what YAML refuses ----------------------------------------------------------------------------------------------------

_TOO_DEEP = ("the file is nested too deeply", "write it flatter")
_BAD_START = ("a value may not start with * or &", "put the text in quotes")
_INDENTATION = ("the indentation does not fit the lines above", "start it in the same column as its neighbours")
_NOT_CLOSED = ("a quotation mark or bracket is opened and not closed", "close it")
_NO_FIELD = ("this line is not a field: it has no ': '", "write it as name: text, or indent it under the field above")
_NO_HYPHEN = ("an item of a list has no hyphen", "put - and a space before it; if it belongs to the item above, start it in the same column as the lines of that item")

# PyYAML's own words (found in the error's text) and ours, with the mend. The first that fits is used.
_TRANSLATIONS = (
    ("mapping values are not allowed", "the text contains ': ', which YAML reads as a new field", "put the text in quotes; a new field starts on a new line"),
    ("scanning a directive", "a line may not start with %", "take the line out, or put the text in quotes"),
    ("cannot start any token", "a value may not start with this character", "put the text in quotes"),
    ("mapping keys are not allowed", "a value may not start with this character", "put the text in quotes"),
    ("could not find expected ':'", *_NO_FIELD),
    ("found unexpected end of stream", *_NOT_CLOSED),
    ("expected ',' or ']'", "a list in square brackets is not closed, or lacks a comma", "add the comma or the ]"),
    ("expected ',' or '}'", "a group in curly brackets is not closed, or lacks a comma", "add the comma or the }"),
    ("sequence entries are not allowed", "a list may not start here", "put the - on a line of its own below the field"),
    ("escape", "a backslash in double quotes has a special meaning", "use single quotes"),
    ("undefined alias", *_BAD_START),
    ("expected alphabetic or numeric character", *_BAD_START),
    ("scanning a block scalar", "after > or | the text starts on the next line", "start it there, indented; if the sign belongs to the text, put the text in quotes"),
    ("tag", "a value may not start with !", "put the text in quotes"),
    ("special characters are not allowed", "an invisible control character", "delete it and type the text again"),
    ("expected a single document", "a second document starts here with ---", "take the line out, and keep one record in a file"),
    ("expected '<document start>'", "the file goes on after a line that ends it", "take out the line --- or ... above, and keep one record in a file"),
    ("expected the node content, but found ','", "two commas with nothing between them", "take one of them out"),
    ("expected the node content", *_INDENTATION),
    ("expected <block end>", *_INDENTATION),
)
_NOT_YAML = ("the line cannot be read as YAML", "compare it with another record")

# Shapes of a line that is no field, each with the fault; the fault stands where the group begins.
_SHAPES = tuple((re.compile(shape), what, mend) for shape, what, mend in (
    (r"^\s*(-)[^\s-]", "a hyphen without a space after it", "write a space after the hyphen"),
    (r"^\s*(\*+)[A-Za-z_-]+\*+:?", "the name of a field with signs around it", "take the signs out, and write the name, a colon and a value"),
    (r"^\s*([•·▪◦‣●○■*–—])\s", "a list item starts with another sign than a hyphen", "write - and a space instead of the sign"),
    (r"^\s*(?:- +)?([A-Za-z_-]+):[^\s/]", "a colon without a space after it", "write a space after the colon"),
    (r"^\s*(?:- +)?([A-Za-z_-]+)\s*[=;：]\s*\S", "the name of a field without a colon after it", "write a colon and a space after the name"),
    (r"^\s*(//|--|/\*|<!--)", "a remark that does not start with #", "start it with # and a space, or take it out"),
    (r"^\s*(</?[a-z])", "a line of HTML", "take it out"),
))


def explain(text: str, error: Exception) -> Fault:
    """The fault behind an error of PyYAML."""
    if isinstance(error, RecursionError):
        return Fault(1, 1, *_TOO_DEEP)
    mark = getattr(error, "problem_mark", None)
    if mark is None:  # a sign that YAML forbids anywhere
        before = text[: getattr(error, "position", 0) or 0]
        return Fault(before.count("\n") + 1, len(before) - before.rfind("\n"), *_translation(str(error)))
    seen = _Seen(text, error)
    found = (rule(seen) for rule in (_after_quotes, _after_brackets, _no_field, _second_colon, _hyphen))
    return next((fault for fault in found if fault), seen.at(*seen.place, *_translation(seen.said)))


def _translation(said: str) -> tuple[str, str]:
    return next(((ours, mend) for theirs, ours, mend in _TRANSLATIONS if theirs in said), _NOT_YAML)


class _Seen:
    """An error with what stands around it. Lines and columns count from 0 here, as PyYAML has them."""

    # For these YAML points at where it gave up; the fault is where what it was reading began.
    _FROM_ITS_START = ("end of stream", "expected ',' or", "scanning a simple key", "scanning an alias", "scanning an anchor", "scanning a block scalar", "scanning a directive")

    def __init__(self, text: str, error: yaml.MarkedYAMLError):
        self.text, self.lines = text, text.split("\n")
        self.said = " ".join(str(part) for part in (error.context, error.problem) if part)
        self.stopped = (error.problem_mark.line, error.problem_mark.column)
        start = error.context_mark
        self.began = (start.line, start.column) if start else self.stopped
        self.place = self.began if any(words in self.said for words in self._FROM_ITS_START) else self.stopped

    def at(self, line: int, column: int, what: str, mend: str) -> Fault:
        return Fault(line + 1, column + 1, what, mend)

    def tokens_before(self) -> list[yaml.Token]:
        """The words of YAML read before the place where it stopped."""
        return [token for token in _tokens(self.text) if (token.end_mark.line, token.end_mark.column) <= self.stopped and token.end_mark.index > token.start_mark.index]

    def above(self, line: int) -> Iterator[int]:
        """Lines with text above a line, the nearest first."""
        return (number for number in range(line - 1, -1, -1) if self.lines[number].strip() and not self.lines[number].lstrip().startswith("#"))


def _tokens(text: str) -> list[yaml.Token]:
    """The words of YAML, as far as they can be read."""
    found = []
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            found.append(token)
    except (yaml.YAMLError, *NUMBERS):
        pass
    return found


def _after_quotes(seen: _Seen) -> Fault | None:
    """Text after a closing quotation mark; if the text in quotes runs over lines, its mark was meant to close earlier."""
    last = (seen.tokens_before() or [None])[-1]
    if not isinstance(last, yaml.ScalarToken) or last.style not in ("'", '"') or last.end_mark.line != seen.stopped[0]:
        return None
    if last.start_mark.line != last.end_mark.line:
        return seen.at(last.start_mark.line, last.start_mark.column, *_NOT_CLOSED)
    if "expected <block end>" not in seen.said and "mapping values" not in seen.said:
        return None
    mend = "put the whole text in double quotes, and write those inside it as \\\"" if last.style == '"' else "put the whole text in double quotes; an apostrophe ends a text in single quotes"
    return seen.at(*seen.stopped, "the text goes on after its closing quotation mark", mend)


def _after_brackets(seen: _Seen) -> Fault | None:
    """Text that starts with a bracket, which YAML takes for a list: [Newham] hub, or a link in Markdown."""
    tokens = seen.tokens_before()
    if "expected <block end>" not in seen.said or not tokens or not isinstance(tokens[-1], (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)):
        return None
    if tokens[-1].end_mark.line != seen.stopped[0]:
        return None
    start = next(token.start_mark for token in reversed(tokens) if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)))
    if seen.text[start.index : tokens[-1].end_mark.index].lower() in ("[x]", "[ ]", "[]"):
        return seen.at(start.line, start.column, "a box to tick", "take the boxes out, and the lines that are not ticked")
    if seen.lines[seen.stopped[0]][seen.stopped[1] :].startswith("("):
        return seen.at(start.line, start.column, "a link in Markdown", "write only the address that stands in ( )")
    return seen.at(start.line, start.column, "text that starts with a bracket is read as a list", "put the text in quotes")


def _shape(seen: _Seen, line: int) -> Fault | None:
    """What a line looks like that should be a field."""
    text = seen.lines[line]
    return next((seen.at(line, match.start(1), what, mend) for shape, what, mend in _SHAPES if (match := shape.search(text))), None)


def _no_field(seen: _Seen) -> Fault | None:
    """A line without ': ' where a field should stand."""
    if "scanning an alias" in seen.said:
        return _shape(seen, seen.began[0])
    if "could not find expected ':'" not in seen.said:
        return None
    line, column = seen.began
    above = next(seen.above(line), None)
    beside_items = above is not None and re.match(rf" {{{column}}}- ", seen.lines[above])
    return _shape(seen, line) or (seen.at(line, column, *_NO_HYPHEN) if beside_items else None)


def _second_colon(seen: _Seen) -> Fault | None:
    """A colon inside a text, or a field that YAML takes for the rest of the text above it."""
    if "mapping values" not in seen.said:
        return None
    line, column = seen.stopped
    before, after = seen.lines[line][:column], seen.lines[line][column:]
    if re.search(r"\bhttps?$", before):
        return seen.at(line, column + 1, "a space inside a web address", "take the space out")
    if after.strip() == ":":
        return seen.at(line, column, "a colon at the end of a text", "take it out, or put the text in quotes")
    return _out_of_line(seen, line) if re.fullmatch(r" *(?:- +)?[\w-]+", before) else None


def _out_of_line(seen: _Seen, line: int) -> Fault | None:
    """A field and the line above it, of which one is not indented like the others or is no field at all."""
    above, further = [*seen.above(line), None, None][:2]
    if above is None:
        return None
    column = _indent(seen.lines[line])
    if ": " not in seen.lines[above] and not seen.lines[above].rstrip().endswith(":"):
        shape = _shape(seen, above)
        if shape or _indent(seen.lines[above]) == column:
            return shape or seen.at(above, _indent(seen.lines[above]), *_NO_FIELD)
    outside = further is not None and _indent(seen.lines[further]) == column != _indent(seen.lines[above])
    wrong = above if outside else line
    return seen.at(wrong, _indent(seen.lines[wrong]), *_INDENTATION)


def _hyphen(seen: _Seen) -> Fault | None:
    """A hyphen too many or too few."""
    if "expected <block end>" not in seen.said or seen.stopped[1] != seen.began[1]:
        return None
    if "block collection" in seen.said:
        return _shape(seen, seen.stopped[0]) or seen.at(*seen.stopped, *_NO_HYPHEN)
    if seen.said.endswith("found '-'"):
        return seen.at(*seen.stopped, "a hyphen starts an item of a list here, where a field should stand", "indent it like the items above if it is one of them, or take the hyphen out")
    return None


def _indent(line: str) -> int:
    """The column of a line's first field, counted from 0; a hyphen before it counts as space."""
    match = re.match(r" *(?:- +)*", line)
    return match.end() if match else 0
