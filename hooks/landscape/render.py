"""Views to HTML. Jinja2 with autoescape and undefined names refused: text of a record is data, never markup or template.

This is the only module that imports Jinja2.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path as File
from typing import Any, Mapping

import jinja2
from markupsafe import Markup

from . import charts, prose, qr, words
from .problems import count
from .views import Page
from .vocabulary import Vocabulary


class Renderer:
    """Renders pages with the templates of one folder. ``repository`` and ``site`` are the public addresses of the project and
    of the site, or ""."""

    def __init__(self, templates: File, vocabularies: Mapping[str, Vocabulary], repository: str = "", site: str = ""):
        self.vocabularies = vocabularies
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates), autoescape=True, undefined=jinja2.StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )
        self.environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
        self.environment.globals.update(repository=repository.rstrip("/"), site_address=f"{site.rstrip('/')}/" if site else "")
        self.environment.filters.update(self._filters())

    def _filters(self) -> Mapping[str, Any]:
        return {
            "label": lambda tag, vocabulary: self.vocabularies[vocabulary].label(tag),
            "term": lambda tag, vocabulary: self.vocabularies[vocabulary][tag],
            "labels": lambda tags, vocabulary: [self.vocabularies[vocabulary].label(tag) for tag in tags],
            "date_words": words.date_words, "listed": words.listed, "count": count, "sentence": words.sentence,
            "lower_first": words.lower_first, "authors": words.author_words, "published_in": words.publication_words,
            "status_words": words.status_words, "numbered": words.numbered,
            "scope_words": lambda outcome: words.scope_words(outcome, self.vocabularies["scopes"]),
            "chart": lambda chart, id: Markup(charts.svg(chart, id)),
            "qr": lambda address: Markup(qr.svg(address)),
            "prose": lambda study, numbers: Markup(prose.render(study.text, numbers)),
        }

    def render(self, page: Page) -> str:
        """The page's own HTML, for the place inside the site's frame."""
        template = self.environment.get_template(page.template)
        return lead_back(template.render(page=page, href=lambda url: relative(page.url, url), **page.data))


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


def relative(here: str, there: str) -> str:
    """A relative address from one page to another, both as in ``Page.url``; it works under any base and from disk. It goes up
    to the home page and down again, which is longer than need be and many times faster to make."""
    if there.startswith(("http://", "https://", "#")):
        return there
    return "../" * here.count("/") + there or "./"
