"""The site while you work on it: each page is made when a browser asks for it, from the files as they are now.

``scripts/serve`` runs this. A changed record is read again by itself, and the browser loads the page anew. While there is a
problem, the last good site stays, with the problems on top of each page and in the terminal. Hand-written pages are built by
MkDocs, beside the rest and only when one of them changes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from datetime import date
from pathlib import Path

from . import derive
from .load import load
from .made import Made
from .preview_server import serve
from .problems import ProblemsFound, report
from .render import Renderer
from .settings import addresses
from .site import Site
from .store import Memory
from .watching import changes

PROGRAM, DATA, WRITTEN = ("hooks/",), ("data/", "case_studies/", "theme/pages/"), ("docs/", "mkdocs.yml")
WAIT = 25  # seconds that a browser's question for changes stays open


class Preview:
    """The project as it was last found good. ``number`` goes up with each change that a browser should see."""

    def __init__(self, root: Path, written: Path, address: str):
        self.root, self.written, self.address = root, written, address
        self.memory, self.lock, self.changed = Memory(), threading.Lock(), threading.Condition()
        self.number, self.in_data, self.in_pages, self.made = 0, "", "", None

    @property
    def problems(self) -> str:
        """What has to be mended, of the data and of the hand-written pages; "" when all is well."""
        return "\n".join(filter(None, (self.in_data, self.in_pages)))

    def read(self) -> None:
        """Read the data again. With a problem the last good site stays."""
        try:
            made, self.in_data = self._made(), ""
            with self.lock:
                self.made = made
        except ProblemsFound as found:
            self.in_data = report(found.problems)
            print(self.in_data, file=sys.stderr, flush=True)
        self._tell()

    def _made(self) -> Made:
        landscape = load(self.root, 1, self.memory)
        given = os.environ.get("LANDSCAPE_DATE")
        site = Site(landscape, date.fromisoformat(given) if given else derive.data_date(landscape), self.address)
        renderer = Renderer(self.root / "theme" / "pages", landscape.vocabularies, addresses(self.root)[1], self.address)
        return Made(site, renderer, self.root / "theme", self.written)

    def build_written(self) -> None:
        """Let MkDocs render the hand-written pages. What it finds wrong is told; the pages stay as they were."""
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(self.written)], cwd=self.root, capture_output=True, text=True,
            env={**os.environ, "LANDSCAPE_ONLY": "written", "SITE_URL": self.address}, check=False,
        )
        # A fault of the data is told by ``read``.
        self.in_pages = done.stderr.strip() if done.returncode and not self.in_data else ""
        if self.in_pages:
            print(self.in_pages, file=sys.stderr, flush=True)
        self._tell()

    def _tell(self) -> None:
        with self.changed:
            self.number += 1
            self.changed.notify_all()

    def wait(self, since: int) -> bool:
        """True as soon as there is something newer than ``since``; False when nothing came for a while."""
        with self.changed:
            return self.changed.wait_for(lambda: self.number > since, WAIT)

    def find(self, address: str) -> tuple[bytes, str] | None:
        """The content at an address inside the site and the name of its file, or None."""
        with self.lock:  # what is made is kept for the next question, so one question at a time
            return self.made.find(address) if self.made else None

    def watch(self) -> None:
        """Follow changes of files until the program ends."""
        for names in changes(self.root, (*PROGRAM, *DATA, *WRITTEN)):
            if any(name.startswith(PROGRAM) and name.endswith(".py") for name in names):
                os.execv(sys.executable, [sys.executable, "-m", "landscape.preview", *sys.argv[1:]])
            if any(name.startswith(DATA) for name in names):
                self.read()
            if any(name.startswith(WRITTEN) for name in names):
                self.build_written()


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/serve", description="Show the site and follow changes of its files.")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    root = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="landscape-preview-") as folder:
        preview = Preview(root, Path(folder) / "written", f"http://127.0.0.1:{port}/")
        threading.Thread(target=preview.build_written, daemon=True).start()
        preview.read()
        threading.Thread(target=preview.watch, daemon=True).start()
        serve(preview, port)


if __name__ == "__main__":
    main()
