"""Which files of a project changed, told as soon as they did. This is the only module that imports watchdog."""

from __future__ import annotations

import queue
from pathlib import Path
from typing import Iterator, Sequence

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

SETTLED = 0.04  # seconds without a further change: programs write a file in several steps


class _Collector(FileSystemEventHandler):
    """Puts the name of each changed file, seen from ``root``, into a queue."""

    def __init__(self, root: Path):
        self.root, self.names = root, queue.Queue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type in ("opened", "closed_no_write"):
            return
        for path in filter(None, (event.src_path, event.dest_path)):
            self.names.put(Path(path).relative_to(self.root).as_posix())


def changes(root: Path, watched: Sequence[str]) -> Iterator[set[str]]:
    """The names of changed files below ``watched`` (folders end in /), together those that changed at once, for ever."""
    collector, observer = _Collector(root), Observer()
    for name in watched:
        observer.schedule(collector, str(root / name), recursive=name.endswith("/"))
    observer.start()
    while True:
        names = {collector.names.get()}
        while True:
            try:
                names.add(collector.names.get(timeout=SETTLED))
            except queue.Empty:
                break
        wanted = {name for name in names if name.startswith(tuple(watched)) and not Path(name).name.startswith(".")}
        if wanted:
            yield wanted
