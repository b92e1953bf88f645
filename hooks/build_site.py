"""The shell between MkDocs and the core. It holds no rule about partnerships: each event is one call.

MkDocs renders the hand-written pages of docs/ and checks their links; everything else is written by the core, in worker
processes that run meanwhile. MkDocs puts this folder first on ``sys.path`` and takes every callable named ``on_…`` for an
event, so nothing else here may be named so. The core under ``landscape/`` never imports MkDocs and outlives it.
"""

from __future__ import annotations

import logging
import os
import sys
from datetime import date
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel

sys.path.insert(0, str(Path(__file__).parent))

from landscape import derive, link_check, load, prose, publish, render, views, workers  # noqa: E402
from landscape.problems import ProblemsFound, report  # noqa: E402
from landscape.site import Site  # noqa: E402
from landscape.store import kept_pages, project_store  # noqa: E402

log = logging.getLogger("mkdocs.hooks.landscape")  # below "mkdocs", so that strict mode counts what it says
# Set by a preview, which makes everything but the hand-written pages itself.
ONLY_WRITTEN = os.environ.get("LANDSCAPE_ONLY") == "written"
_build: dict = {}


class Elsewhere(File):
    """A page that the core writes: links of hand-written pages lead to it, and MkDocs neither builds nor copies it."""

    def is_documentation_page(self) -> bool:
        return False

    is_static_page = is_media_file = is_javascript = is_css = is_documentation_page

    def copy_file(self, dirty: bool = False) -> None:
        pass


def on_startup(*, command: str, dirty: bool) -> None:
    """mkdocs serve builds in a thread, and a process with threads cannot be forked safely."""
    _build["workers"] = 1 if command == "serve" else workers.number_of_workers()


def on_config(config):
    """Read and check everything before MkDocs touches the old site: a fault stops the build and nothing is lost."""
    root = Path(config.config_file_path).parent
    try:
        number, store = _build.get("workers", 1), project_store(root)
        landscape = load.load(root, number, store)
    except ProblemsFound as found:
        print(report(found.problems), file=sys.stderr)
        raise PluginError(f"{len(found.problems)} problems in the data: see above.") from None
    site = Site(landscape, _today(landscape), config.site_url or "", offline_copy=bool(os.environ.get("LANDSCAPE_OFFLINE")))
    renderer = render.Renderer(root / "theme" / "pages", landscape.vocabularies, config.repo_url or "", config.site_url or "")
    config.theme.static_templates = set()  # the page for wrong addresses and the sitemap are the core's
    if not ONLY_WRITTEN:
        publish.find_related(site, number, store)
    store.save()
    kept = kept_pages(root, renderer.site_address, renderer.repository, str(site.today), site.data_date)
    _build.update(site=site, renderer=renderer, kept=kept, written={})
    return config


def _today(landscape) -> date:
    """The explicit date of the build: LANDSCAPE_DATE (2026-11-24), or the newest review date of the data."""
    given = os.environ.get("LANDSCAPE_DATE")
    return date.fromisoformat(given) if given else derive.data_date(landscape)


def on_files(files, config):
    """Start the workers, now that MkDocs has cleared its folder, and tell MkDocs of the pages of theirs that pages of docs/ name."""
    folder, ours = Path(config.site_dir), {config.docs_dir, config.theme.custom_dir}
    parts = [] if ONLY_WRITTEN else publish.parts(_build["site"], _build["renderer"], folder, _build["kept"])
    _build["at_work"] = workers.Workers(parts, _build.get("workers", 1))
    for file in list(files):
        if file.src_dir not in ours:
            files.remove(file)
    _build["named"] = {name: file.src_uri for file in files.documentation_pages() for name in prose.linked_files(file.content_string, file.src_uri) if name not in files.src_uris}
    for name in _build["named"]:
        files.append(Elsewhere(name, config.docs_dir, config.site_dir, config.use_directory_urls, dest_uri=f"{address_of(name)}index.html", inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def address_of(name: str) -> str:
    """The address of the page whose Markdown file would have this name: partnerships/x.md is partnerships/x/."""
    return name.removesuffix(".md").removesuffix("index").rstrip("/") + "/" if name != "index.md" else ""


def on_page_content(html, page, config, files):
    """The HTML of a hand-written page: with its frame it is a page of ours, and the search reads it."""
    html = prose.frame_wide_parts(html)
    own = views.Written(page.url, page.title, page.meta.get("description", ""), html, tuple(page.meta.get("synonyms", ())))
    _build["written"][page.url] = (None, own)  # its frame names its neighbours, whose titles MkDocs has not read yet
    return html


def written_page(page, html: str) -> views.Page:
    """A page of MkDocs as one of the core: what stands above it, below it and beside it."""
    section, contents = page.parent, page.toc.items[0].children if page.toc.items else ()
    above = [(one.title, first.url) for one in reversed(page.ancestors) if (first := first_page(one)) and first != page]
    beside = [(one.title, first_page(one).url) for one in section.children] if section else []
    return views.written_page(
        page.url, page.title, page.meta.get("description", ""), html, f"docs/{page.file.src_uri}", str(page.meta.get("checked", "")), tuple(above),
        tuple((item.title, item.url) for item in contents), section.title if section else "", tuple(beside),
    )


def first_page(item):
    """A page of the navigation, or the first one of a section."""
    return item if item.is_page else next((child for child in item.children if child.is_page), None)


def on_post_page(output, page, config):
    """The page as a browser gets it, in place of what MkDocs would make of it. Only now does each page know the title of the next."""
    own = _build["written"][page.url][1]
    ours = written_page(page, own.html)
    html = _build["renderer"].whole(ours)
    _build["written"][page.url] = (publish.Made(publish.listed(ours), link_check.look(page.url, html, _build["renderer"].site_address)), own)
    return html


def on_post_build(*, config):
    """Wait for the workers; then what needs all pages. A page of docs/ that names one of ours that is not there stops the build."""
    if ONLY_WRITTEN:
        return publish.keep_written(Path(config.site_dir), (own for _, own in _build["written"].values()))
    try:
        computed = [page for pages in _build["at_work"].answers() for page in pages]
    except OSError as error:
        raise PluginError(f"The site could not be written: {error}. The last one is as it was.") from None
    there = {made.listed.url for made in computed}
    for name, source in sorted(_build["named"].items()):
        if address_of(name) not in there:
            log.warning("docs/%s: the link to %s leads nowhere: there is no such page", source, name)
    for fault in publish.finish(_build["site"], _build["renderer"], Path(config.site_dir), computed, _build["written"].values()):
        log.warning("%s", fault)
    _build["kept"].clear()


def on_build_error(*, error):
    """Workers do not outlive a build that failed."""
    if "at_work" in _build:
        _build["at_work"].stop()
