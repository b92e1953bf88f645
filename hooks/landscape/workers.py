"""Work that several processes share. They are forked, so they see all that the parent has read and nothing is copied to them."""

from __future__ import annotations

import gc
import multiprocessing
import os
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Sequence

Task = Callable[[], Any]
_tasks: Sequence[Task] = ()


def number_of_workers() -> int:
    """LANDSCAPE_WORKERS, or else as many as this process may use processors. 1 where processes cannot be forked (Windows)."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    given = os.environ.get("LANDSCAPE_WORKERS", "")
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, int(given)) if given.isdigit() else allowed


class Workers:
    """Runs tasks, each a function without arguments whose answer can be pickled. They start in the given order, and answers
    come back in it. With one worker they run in this process, when their answers are asked for."""

    def __init__(self, tasks: Sequence[Task], number: int):
        self.tasks, self.futures, self.pool = tasks, [], None
        if number > 1 and len(tasks) > 1:
            self.pool = ProcessPoolExecutor(min(number, len(tasks)), multiprocessing.get_context("fork"), initializer=_remember, initargs=(tasks,))
            self.futures: list[Future] = [self.pool.submit(_run, place) for place in range(len(tasks))]

    def answers(self) -> list[Any]:
        """What each task gave. The first error of a task is raised here."""
        if not self.pool:
            return [task() for task in self.tasks]
        try:
            return [future.result() for future in self.futures]
        finally:
            self.stop()

    def stop(self) -> None:
        """Begin no more tasks and wait for those that run."""
        if self.pool:
            self.pool.shutdown(cancel_futures=True)


def _remember(tasks: Sequence[Task]) -> None:
    global _tasks
    _tasks = tasks


def _run(place: int) -> Any:
    return _tasks[place]()


def batches(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """The items in order, ``size`` at a time."""
    return [items[start : start + size] for start in range(0, len(items), size)]


@contextmanager
def without_collector() -> Iterator[None]:
    """Python's collector of cycles looks at all objects again and again while many are made; nothing here makes cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
