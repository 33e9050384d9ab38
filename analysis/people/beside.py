"""Which calculations that do not need each other are made beside each other?

polars and numpy let other threads run while they work, so that two processors have something to do where a step of one
of them keeps a single one busy. What is given back never depends on how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import polars as pl

Answer = TypeVar("Answer")


def beside_each_other(tasks: Iterable[Callable[[], Answer]], *, at_once: int | None = None) -> list[Answer]:
    """What each task gives, in their order; so many are made at a time, else as many as polars has threads."""
    at_once = at_once or pl.thread_pool_size()
    if at_once == 1:
        return [task() for task in tasks]
    with ThreadPoolExecutor(at_once, "people") as threads:
        return list(threads.map(lambda task: task(), tasks))
