"""What is every step of a build given, and where is a step begun that others need not wait for?"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

import polars as pl

from analysis.assumptions import Assumptions
from analysis.ingest import FeedRows, Ingested, Sources
from analysis.store import Build, BuildWriter

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Making:
    """What every step of a build is given.

    Attributes:
        earlier: the build before.
        comparable: the same, where what it holds of unchanged rows stands: see `unchanged.comparable`.
        version: the same where every log would be placed the same.
        side_by_side: what needs no people is made in a thread of its own while people are found; the tables are the
            same either way.
    """

    sources: Sources
    ingested: Ingested
    writer: BuildWriter
    assumptions: Assumptions
    key: bytes
    version: str
    say: Callable[[str], None]
    decisions: pl.DataFrame | None = None
    numbers: pl.DataFrame | None = None
    earlier: Build | None = None
    comparable: Build | None = None
    side_by_side: bool = True

    def feed(self, table: str) -> FeedRows:
        """The accepted rows of a feed, unread."""
        return self.ingested.feeds[table]

    def beside(self) -> Executor:
        """Where a step is begun that the next ones need not wait for."""
        return ThreadPoolExecutor(1, "beside") if self.side_by_side else _Now()


class _Now(Executor):
    """Does everything at once, where it is asked for."""

    def submit(self, fn: Callable[Asked, Answer], /, *args: Asked.args, **kwargs: Asked.kwargs) -> Future[Answer]:
        done: Future[Answer] = Future()
        done.set_result(fn(*args, **kwargs))
        return done
