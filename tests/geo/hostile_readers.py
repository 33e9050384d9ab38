"""Readers that misbehave in every way a native parser can; run only in a child process."""

from __future__ import annotations

import ctypes
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.child_process import Limits, refused_about
from geo.errors import GeoError, ParseRefused

if TYPE_CHECKING:
    import polars as pl


@dataclass
class Unlisted:
    value: int


class _Payload:
    def __init__(self, target: str) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.target}",)


def add(first: int, second: int) -> int:
    return first + second


def frame(rows: int) -> pl.DataFrame:
    import polars as pl  # here, so that the other readers start quickly

    return pl.DataFrame({"n": range(rows), "day": [dt.date(2024, 12, 2)] * rows})


def limits_given(limits: Limits) -> Limits:
    return limits


def abort() -> None:
    os.abort()


def segfault() -> None:
    ctypes.string_at(0)


def hang() -> None:
    time.sleep(600)


def hang_with_grandchild(marker: str) -> None:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(20)", marker])
    time.sleep(600)


def burn() -> None:
    while True:
        pass


def hoard(gigabytes: int) -> int:
    return len(bytearray(gigabytes * 1024**3))


def panic() -> None:
    raise BaseException("Jane Example, 1 Sample Street")


def quote_a_row() -> None:
    raise ValueError("Jane Example, 1 Sample Street")


def refuse() -> None:
    raise GeoError("wards.geojson has no column WD18CD; name one it has")


def chatter() -> str:
    sys.stdout.write("not an answer")
    os.write(1, b"nor this")
    return sys.stdin.read() + "answer"


def secret() -> str | None:
    return os.environ.get("REPEAT_DEMAND_DATABASE_URL")


def folder() -> list[str]:
    place = Path(tempfile.gettempdir())
    (place / "scratch").touch()
    return [str(place), *sorted(entry.name for entry in place.iterdir())]


def read_text(file: str) -> str:
    return Path(file).read_text(encoding="utf-8")


def hostile_answer(target: str) -> _Payload:
    return _Payload(target)


class _Call:
    """Pickled, it calls a function of our own packages where it is read."""

    def __reduce__(self) -> tuple[object, ...]:
        return refused_about, (ParseRefused("said by nobody"), "a file")


def answer_that_calls() -> _Call:
    return _Call()


def unlisted_answer() -> Unlisted:
    return Unlisted(1)
