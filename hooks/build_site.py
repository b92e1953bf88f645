"""The shell between MkDocs and the core. It holds no rule about partnerships: each event is one call.

MkDocs puts this folder first on ``sys.path`` and takes every callable named ``on_…`` for an event, so nothing else here
may be named so. The core under ``landscape/`` never imports MkDocs and outlives it.
"""

from __future__ import annotations

import logging
import os
import sys
from datetime import date, datetime, timezone
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel

sys.path.insert(0, str(Path(__file__).parent))

from landscape import derive, exports, load, prose, render, views, words  # noqa: E402
from landscape.problems import ProblemsFound, report  # noqa: E402
from landscape.site import Site  # noqa: E402

ROOT = Path(__file__).parent.parent
_build: dict = {}


def on_startup(*, command: str, dirty: bool) -> None:
    """Material prints its farewell at each start; docs/contribute/architecture.md says what we do about it."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def on_config(config):
    """Read and check everything before MkDocs touches the old site: a fault stops the build and nothing is lost."""
    root = Path(config.config_file_path).parent
    try:
        landscape = load.load(root)
    except ProblemsFound as found:
        print(report(found.problems), file=sys.stderr)
        raise PluginError(f"{len(found.problems)} problems in the data: see above.") from None
    today = _today(landscape)
    # Every date that MkDocs writes by itself (sitemap, archives) comes from the date of the build, not from the clock.
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime(today.year, today.month, today.day, tzinfo=timezone.utc).timestamp()))
    renderer = render.Renderer(root / "theme" / "pages", landscape.vocabularies, config.repo_url or "", config.site_url or "")
    site = Site(landscape, today, config.site_url or "", offline_copy=bool(os.environ.get("LANDSCAPE_OFFLINE")))
    _build.update(data=views.data_files(site), pages={source_name(page): page for page in views.pages(site)}, renderer=renderer, site=site, written={})
    return config


def _today(landscape) -> date:
    """The explicit date of the build: LANDSCAPE_DATE (2026-11-24), or the newest review date of the data."""
    given = os.environ.get("LANDSCAPE_DATE")
    return date.fromisoformat(given) if given else derive.data_date(landscape)


def source_name(page: views.Page) -> str:
    """The Markdown file name that MkDocs would have for a page: partnerships/x/ is partnerships/x.md."""
    sections = {"", "partnerships/", "programmes/", "map/", "landscape/", "shortlist/", "compare/", "scotland/", "case-studies/", "research/", "research/map/", "data/", "api/", "oruk/", *(f"{facet.name}/" for facet in derive.FACETS)}
    return f"{page.url}index.md" if page.url in sections else f"{page.url.rstrip('/')}.md"


def edit_uri(page: views.Page) -> str | None:
    """Where a page's file is edited, seen from ``edit_uri`` of mkdocs.yml (edit/main/docs/). A folder can only be looked at."""
    if not page.edit:
        return None
    return f"../{page.edit}" if Path(page.edit).suffix else f"../../../tree/main/{page.edit}"


def on_files(files, config):
    """Give MkDocs one generated file for each computed page."""
    for name, page in _build["pages"].items():
        file = File.generated(config, name, content="")
        file.inclusion = InclusionLevel.INCLUDED if name == "index.md" else InclusionLevel.NOT_IN_NAV
        file.edit_uri = edit_uri(page)
        files.append(file)
    for name, text in _build["data"].items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown, page, config, files):
    """Title and description of a computed page, before MkDocs asks for them."""
    ours = _build["pages"].get(page.file.src_uri)
    if ours:
        page.meta.update(title=ours.title, description=ours.description, computed=True, assets=ours.assets, noindex=ours.noindex, head=ours.head)
    # The sitemap's lastmod: of a record or case study its own, of a hand-written page when it was checked, of all others the data's.
    page.update_date = (ours.updated if ours else str(page.meta.get("checked", ""))) or _build["site"].data_date
    return markdown


def on_page_content(html, page, config, files):
    """The HTML of a computed page comes from the core, whole; a hand-written page keeps its own, with its tables framed."""
    ours = _build["pages"].get(page.file.src_uri)
    if ours:
        return _build["renderer"].render(ours)
    _build["written"][page.url] = views.Written(page.url, page.title, page.meta.get("description", ""), html, tuple(page.meta.get("synonyms", ())))
    return prose.frame_wide_parts(html)


def on_env(env, config, files):
    """Templates of the frame show dates as the pages do."""
    env.filters["date_words"] = words.date_words
    return env


def on_post_build(*, config):
    """Files for machines go straight into the site. The search index comes last: it holds the hand-written pages too, whose
    HTML is known only now."""
    folder, site = Path(config.site_dir), _build["site"]
    # MkDocs packs its sitemap too, in bytes that depend on the machine's zlib. Nothing asks for it: robots.txt names the plain one.
    (folder / "sitemap.xml.gz").unlink(missing_ok=True)
    for address, content in exports.files(site):
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for address, text in views.search_files(site, _build["written"].values(), _build["pages"].values()).items():
        (folder / address).write_text(text, encoding="utf-8")
