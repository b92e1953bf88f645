"""Charts as SVG, drawn by pygal when the site is built: text stays text, colours come from the site's own styles.

What pygal adds for use as a file by itself (styles, scripts, tooltips, the day it was made) is taken out again: the site
forbids inline styles and scripts, and the same numbers must give the same bytes. This is the only module that imports pygal.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import singledispatch
from math import log10, sqrt
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pygal
from pygal.etree import etree
from pygal.style import Style

# A chart is drawn as wide as a phone and scaled up, so that its text can be read on both. Lengths are in these units.
WIDTH = 360
_ROW, _ROW_OF_TWO, _ROW_OF_DOTS, _ROW_OF_RANGE = 25, 44, 36, 46
_TEXT = 13
# pygal keeps 0.6 of the size free for each letter; letters of the site's font are narrower than that.
_LABEL = 10.4
_SIZES = Style(font_family="inherit", label_font_size=_LABEL, major_label_font_size=_LABEL, value_font_size=_TEXT, value_label_font_size=_TEXT)
_BARE = {
    "width": WIDTH, "style": _SIZES, "js": (), "css": (), "margin": 2, "spacing": 4, "disable_xml_declaration": True,
    "show_legend": False, "print_values": True, "truncate_label": -1, "show_x_guides": False, "show_y_guides": False,
}

etree.to_etree()  # not lxml, which pygal takes where some other package brought it: the bytes must not depend on that


@dataclass(frozen=True)
class Bar:
    """A row of bars, one for each series; None draws none. ``shown`` are the words at their ends. ``muted`` is for what is not known."""

    label: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...]
    muted: bool = False


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, from the top. ``title`` and ``description`` are what a screen reader says."""

    title: str
    description: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Columns:
    """Upright bars side by side: a label and one count for each series."""

    title: str
    description: str
    columns: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Dots:
    """A grid of dots. The area of a dot shows its count; ``heads`` are the columns, in two lines; ``rows`` are (label, counts)."""

    title: str
    description: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Spread:
    """Ranges on a scale where each line is ten times the last. ``rows`` are (label, values above 0 in order, words at the ends);
    ``ticks`` are (value, label)."""

    title: str
    description: str
    rows: tuple[tuple[str, tuple[float, ...], tuple[str, str]], ...]
    ticks: tuple[tuple[float, str], ...]


Chart = Bars | Columns | Dots | Spread


def svg(chart: Chart, id: str) -> str:
    """The chart as an SVG element for a page. ``id`` must be the page's only one: title and description are named after it."""
    drawn = _draw(chart)
    drawn.add_xml_filter(lambda root: _plain(root, chart, id))
    return drawn.render(is_unicode=True)


@singledispatch
def _draw(chart: Chart) -> pygal.graph.graph.Graph:
    raise TypeError(f"{type(chart).__name__} is not a chart")


@_draw.register
def _bars(chart: Bars):
    # pygal begins at the bottom. Room to the right is for the words after the longest bar.
    rows, series = chart.bars[::-1], range(len(chart.bars[0].values))
    longest = max(len(shown) for bar in rows for shown in bar.shown)
    high = (_ROW_OF_TWO if len(series) > 1 else _ROW) * len(rows) + 6
    drawn = pygal.HorizontalBar(**{**_BARE, "height": high, "print_values_position": "top", "show_x_labels": False, "margin_right": 10 + 8 * longest})
    drawn.x_labels = [bar.label for bar in rows]
    for number in series:
        drawn.add("", [_value(bar.values[number], bar.shown[number], f"series-{number}{' muted' if bar.muted else ''}") for bar in rows])
    return drawn


@_draw.register
def _columns(chart: Columns):
    drawn = pygal.Bar(**{**_BARE, "height": 180, "print_values_position": "top", "show_y_labels": False, "margin_top": 18, "margin_bottom": 8})
    drawn.x_labels = [label for label, _ in chart.columns]
    for number in range(len(chart.columns[0][1])):
        drawn.add("", [_value(counts[number], str(counts[number]), f"series-{number}") for _, counts in chart.columns])
    return drawn


@_draw.register
def _dots(chart: Dots):
    drawn = pygal.Dot(**{**_BARE, "height": _ROW_OF_DOTS * len(chart.rows) + 42, "margin_bottom": 24})
    drawn.x_labels = [first for first, _ in chart.heads]
    for label, counts in chart.rows:
        drawn.add(max(_lines(label), key=len), [_value(sqrt(count), str(count) if count else "", "dot") for count in counts])
    return drawn


@_draw.register
def _spread(chart: Spread):
    low, high = log10(min(values[0] for _, values, _ in chart.rows)), log10(max(values[-1] for _, values, _ in chart.rows))
    room = (high - low or 1) * 0.34
    drawn = pygal.XY(**{
        **_BARE, "height": _ROW_OF_RANGE * len(chart.rows) + 34, "margin_bottom": 8, "print_values": False, "print_labels": True, "dots_size": 4.5, "show_x_guides": True, "show_y_labels": False,
        "xrange": (low - room, high + room), "range": (0.5, len(chart.rows) + 0.5),
    })
    inside = [(log10(value), label) for value, label in chart.ticks if low - room * 0.8 <= log10(value) <= high + room * 0.8]
    every = 2 if len(inside) > 5 else 1
    drawn.x_labels = [{"value": value, "label": label if place % every == 0 else " "} for place, (value, label) in enumerate(inside)]
    for number, (_, values, ends) in enumerate(reversed(chart.rows), 1):
        words = {0: ends[0], len(values) - 1: ends[1]}
        drawn.add("", [{"value": (log10(value), number), **({"label": words[place]} if place in words else {})} for place, value in enumerate(values)])
    return drawn


def _value(value: float | None, shown: str, kind: str) -> dict[str, Any] | None:
    return None if value is None else {"value": value, "formatter": lambda _: shown, "node": {"class": kind}}


def _plain(root: Element, chart: Chart, id: str) -> Element:
    """The drawing alone, with a title and a description."""
    for parent in list(root.iter()):
        for child in list(parent):
            if _is_extra(child, chart):
                parent.remove(child)
    frame = root.get("viewBox", "")
    for element in root.iter():
        _tidy(element)
    if isinstance(chart, Spread):
        _put_words_beside_ends(root)
        _put_names_above(root, chart)
    elif isinstance(chart, Dots):
        _break_labels(root, chart)
    elif isinstance(chart, Bars):
        for text in root.findall(".//text[@class='value']"):
            text.set("text-anchor", "start")
    name = type(chart).__name__.lower()
    root.attrib = {"xmlns": "http://www.w3.org/2000/svg", "class": f"chart-drawing chart-drawing--{name}", "viewBox": frame, "role": "img", "aria-labelledby": f"{id}-title {id}-description"}
    for place, (tag, role, text) in enumerate((("title", "title", chart.title), ("desc", "description", chart.description))):
        said = Element(tag, {"id": f"{id}-{role}"})
        said.text = text
        root.insert(place, said)
    return root


def _is_extra(element: Element, chart: Chart) -> bool:
    """Comments, styles, scripts, tooltips and backgrounds; and the lines of a scale, where words at the bars tell the numbers."""
    kind = element.get("class", "")
    if not isinstance(element.tag, str) or element.tag in ("defs", "title", "desc") or kind in ("background", "plot tooltip-overlay", "titles"):
        return True
    return element.tag == "path" and "line" in kind.split() and "nofill" not in kind and not (isinstance(chart, Spread) and "guide" in kind)


# The classes that assets/charts.css knows; pygal's others serve its tooltips.
_KNOWN = frozenset({"axis", "x", "y", "guide", "line", "nofill", "value", "label", "dot", "muted", "series-0", "series-1"})


def _tidy(element: Element) -> None:
    """Lengths to a tenth, classes that mean something here, and texts set by the attribute that SVG has for it."""
    kinds = [kind for kind in element.get("class", "").split() if kind in _KNOWN]
    kept = {name: _FRACTION.sub(_to_tenth, value) for name, value in element.attrib.items() if name in _PLACING and value != "0"}
    element.attrib = {**kept, **({"class": " ".join(kinds)} if kinds else {})}
    if element.tag == "g" and "axis" in kinds:
        for text in element.iter("text"):
            text.set("text-anchor", "end" if "y" in kinds else "middle")
    elif element.tag == "text" and "value" in kinds:
        element.set("text-anchor", "middle")


_PLACING = frozenset({"x", "y", "width", "height", "cx", "cy", "r", "d", "transform", "text-anchor"})
_FRACTION = re.compile(r"-?\d+\.\d+(e-?\d+)?")


def _to_tenth(found: re.Match) -> str:
    return f"{round(float(found[0]), 1):g}"


def _put_words_beside_ends(root: Element) -> None:
    """pygal writes below and to the right of a dot. Each range has two words: left of its first dot and right of its last."""
    words = [text for text in root.iter("text") if text.get("class") == "label"]
    for place, text in enumerate(words):
        first = place % 2 == 0
        text.set("x", f"{float(text.get('x')) - (22 if first else 4):g}")
        text.set("y", f"{float(text.get('y')) - 12.6:g}")
        text.set("text-anchor", "end" if first else "start")


def _break_labels(root: Element, chart: Dots) -> None:
    """Heads and labels in lines of their own: in one line they would run into each other, or leave no room for the dots."""
    for axis, labels in (("x", chart.heads), ("y", [_lines(label) for label, _ in chart.rows])):
        for text, lines in zip(root.findall(f".//g[@class='axis {axis}']//text"), labels):
            text.text = None
            for place, words in enumerate(lines):
                up = -0.55 * (len(lines) - 1) if axis == "y" and not place else 0
                SubElement(text, "tspan", {"x": text.get("x"), "dy": f"{up or 1.1 * bool(place):g}em"}).text = words


def _lines(label: str) -> list[str]:
    return textwrap.wrap(label, 18, break_long_words=False)


def _put_names_above(root: Element, chart: Spread) -> None:
    """The name of each range stands above it, because beside it there is no room on a phone."""
    starts = [group.find("g/circle") for group in root.iter("g") if group.find("g/circle") is not None]
    plot = next(group for group in root.iter("g") if group.get("transform"))
    for circle, (name, _, _) in zip(starts, reversed(chart.rows)):
        text = SubElement(plot, "text", {"x": "0", "y": f"{float(circle.get('cy')) - 15:g}", "class": "name"})
        text.text = name
