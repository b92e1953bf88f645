"""A quick look: the page of each record and the list of all, without the rest of the site and without MkDocs.

``scripts/build --only pages`` runs this. Each page is the same bytes as in the whole site; links to what is left out lead nowhere.
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from . import derive, publish, swap
from .load import load
from .problems import ProblemsFound, report
from .render import Renderer
from .settings import addresses
from .site import Site
from .store import kept_pages, project_store
from .workers import Workers, number_of_workers, without_collector


def main(root: Path, folder: Path) -> int:
    """Write the pages into ``folder``, all or none."""
    new = folder.with_name(f"{folder.name}.new.{os.getpid()}")
    swap.remove_leftovers(folder)
    try:
        with without_collector():
            write(root, new)
        swap.put_in_place(new, folder)
    except ProblemsFound as found:
        print(report(found.problems), file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The pages could not be written: {error}. The last ones are as they were.", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return 0


def write(root: Path, folder: Path) -> None:
    store, workers = project_store(root), number_of_workers()
    landscape = load(root, workers, store)
    address, repository = addresses(root)
    given = os.environ.get("LANDSCAPE_DATE")
    site = Site(landscape, date.fromisoformat(given) if given else derive.data_date(landscape), address)
    renderer = Renderer(root / "theme" / "pages", landscape.vocabularies, repository, address)
    shutil.copytree(root / "theme" / "assets", folder / "assets")
    publish.find_related(site, workers, store)
    kept = kept_pages(root, renderer.site_address, renderer.repository, str(site.today), site.data_date)
    Workers(publish.record_parts(site, renderer, folder, kept), workers).answers()
    store.save()


if __name__ == "__main__":
    sys.exit(main(Path.cwd(), Path(sys.argv[1]).absolute()))
