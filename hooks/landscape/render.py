"""Views to HTML. Jinja2 with autoescape and undefined names refused: text of a record is data, never markup or template.

This is the only module that imports Jinja2.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from pathlib import Path as File
from typing import Any, Callable, Iterable, Mapping
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from . import words
from .exports.hosting import META_POLICY
from .exports.plain import TITLE
from .problems import count
from .views import NOT_FOUND, Page
from .vocabulary import Vocabulary


# The menu of every page: (name, address).
MENU = (
    ("Partnerships", "partnerships/"), ("Settings", "settings/"), ("Places", "regions/"), ("Issues", "issues/"), ("Scotland", "scotland/"),
    ("Case studies", "case-studies/"), ("Guidance", "guidance/"), ("Research", "research/"), ("About", "about/"), ("Contribute", "contribute/"),
)
DESCRIPTION = "The reference list of UK health justice partnerships, with case studies, guidance and research. Every fact has its source."


class Renderer:
    """Renders pages with the templates of one folder. ``repository`` and ``site`` are the public addresses of the project and
    of the site, or ""."""

    def __init__(self, templates: File, vocabularies: Mapping[str, Vocabulary], repository: str = "", site: str = ""):
        self.vocabularies = vocabularies
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates), autoescape=True, undefined=jinja2.StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, auto_reload=False, cache_size=-1,
        )
        self.environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
        self.repository, self.site_address = repository.rstrip("/"), f"{site.rstrip('/')}/" if site else ""
        self.parts: dict[tuple[str, ...], Markup] = {}
        self.environment.globals.update(
            repository=self.repository, site_address=self.site_address, site_name=TITLE, site_description=DESCRIPTION, policy=Markup(META_POLICY), menu=MENU, part=self.part, edit_url="",
        )
        self.environment.filters.update(self._filters())

    def _filters(self) -> Mapping[str, Any]:
        return {
            "label": lambda tag, vocabulary: self.vocabularies[vocabulary].label(tag),
            "term": lambda tag, vocabulary: self.vocabularies[vocabulary][tag],
            "labels": lambda tags, vocabulary: [self.vocabularies[vocabulary].label(tag) for tag in tags],
            "date_words": words.date_words, "listed": words.listed, "count": count, "sentence": words.sentence,
            "lower_first": words.lower_first, "authors": words.author_words, "published_in": words.publication_words,
            "status_words": words.status_words, "numbered": words.numbered,
            "marks": marks,
            "scope_words": lambda outcome: words.scope_words(outcome, self.vocabularies["scopes"]),
            "chart": _chart, "qr": _qr, "prose": _prose,
            "markup": Markup,  # only for what was rendered from Markdown of the project's own pages
        }

    def render(self, page: Page) -> str:
        """The page's own HTML, for the place inside the site's frame."""
        template = self.environment.get_template(page.template)
        return lead_back(template.render(page=page, up=self._up(page), href=self._href(page), edit_url=self.edit_url(page), **page.data))

    def whole(self, page: Page) -> str:
        """The whole page, as a browser gets it."""
        address = "" if page.url == NOT_FOUND else self.site_address and self.site_address + page.url
        frame = self.environment.get_template("frame.html")
        return frame.render(page=page, content=Markup(self.render(page)), up=self._up(page), href=self._href(page), address=address, edit_url=self.edit_url(page))

    def part(self, name: str, page: Page) -> Markup:
        """A part of the frame that pages share. It is rendered once for each place that pages have in the site's tree."""
        section = next((url for _, url in MENU if page.url.startswith(url)), "")
        key = (name, self._up(page), section, page.url == section)
        if key not in self.parts:
            template = self.environment.get_template(name)
            self.parts[key] = Markup(template.render(up=self._up(page), href=self._href(page), section=section, here=page.url == section))
        return self.parts[key]

    def edit_url(self, page: Page) -> str:
        """Where the file behind a page is edited; a folder can only be looked at."""
        if not page.edit or not self.repository:
            return ""
        return f"{self.repository}/{'edit' if File(page.edit).suffix else 'tree'}/main/{page.edit}"

    def _up(self, page: Page) -> str:
        """The way from a page to the home page. The page for wrong addresses may be shown at any: its way starts at the host."""
        return (urlsplit(self.site_address).path or "/") if page.url == NOT_FOUND else way_up(page.url)

    def _href(self, page: Page) -> Callable[[str], str]:
        return partial(relative, self._up(page))


# What few pages need is imported with the first of them.


def _chart(chart: Any, id: str) -> Markup:
    from . import charts

    return Markup(charts.svg(chart, id))


def _qr(address: str) -> Markup:
    from . import qr

    return Markup(qr.svg(address))


def _prose(study: Any, numbers: Mapping[str, int]) -> Markup:
    from . import prose

    return Markup(prose.render(study.text, numbers))


def marks(ids: Iterable[str], numbers: Mapping[str, int]) -> Markup:
    """The marks of a fact: a link with its number for each source that stands behind it. A record's page has dozens."""
    return Markup("".join(f'<sup class="mark"><a href="#source-{escape(id)}" aria-label="Source {numbers[id]}">{numbers[id]}</a></sup>' for id in ids))


_MARK = re.compile(r'<sup class="mark"><a href="#source-([a-z0-9-]+)"')
_BACK = re.compile(r'<p class="small back" data-source="([a-z0-9-]+)"></p>')


def lead_back(html: str) -> str:
    """From each source at the foot of a page back to every mark that leads to it: ids on the marks, links at the sources."""
    found: Counter[str] = Counter()

    def with_id(match: re.Match) -> str:
        found[match[1]] += 1
        return f'<sup class="mark"><a id="mark-{match[1]}-{found[match[1]]}" href="#source-{match[1]}"'

    def back(match: re.Match) -> str:
        links = [f'<a href="#mark-{match[1]}-{number}" aria-label="Back to the text, mark {number} of {found[match[1]]}">{number}</a>' for number in range(1, found[match[1]] + 1)]
        return f'<p class="small back">Back to the text: {" ".join(links)}</p>' if links else ""

    return _BACK.sub(back, _MARK.sub(with_id, html))


def way_up(here: str) -> str:
    """The way from a page to the home page: "../../" from partnerships/x/."""
    return "../" * here.count("/")


_ELSEWHERE = ("http://", "https://", "#")


def relative(up: str, there: str) -> str:
    """The address of a page or file of the site, seen from a page from which ``up`` leads to the home page; it works under any
    base and from disk. It goes up to the home page and down again, which is longer than need be and many times faster to make."""
    return there if there.startswith(_ELSEWHERE) else up + there or "./"
