"""Where are the builds? Immutable folders of Parquet, one manifest each, and which one is current.

store/key                 the store's secret: person ids and references cannot be made without it
store/<build_id>/         *.parquet, layout.json and manifest.json, never changed once in place
store/current.json        the build that readers see; replaced last, atomically
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import polars as pl

from analysis.errors import StoreError
from analysis.store.layout import Layout, read_layouts, write_layouts

_MANIFEST = "manifest.json"
_CURRENT = "current.json"
UNFINISHED = ".unfinished-"
"""How the folder of a build that is being made begins."""
FULL = "{store}: cannot be written. Is the disk full? The old build stays."
PUT_BACK = "Put back its folder from your last backup of the store, or take the folder away and build again."
"""What mends a damaged build. Without it people have the ids of the build before: the store's key makes the same."""
_ASIDE = ".aside.arrow"
_SEARCHED = ("search_keys", "search_facts")
_ROWS_TOGETHER = 1 << 17
"""Of a table that is read whole: its row groups, whatever pieces it was made in."""
_ROWS_AT_ONCE = 16_384
"""Of a sorted table that is looked things up in: so many rows are read for a look-up, found by their statistics."""


@dataclass(frozen=True)
class Build:
    """One immutable build. `id` is the cache key of everything read from it."""

    id: str
    path: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What went in: files, hashes, counts, assumption and code versions.

        Raises:
            StoreError: it cannot be read.
        """
        file = self.path / _MANIFEST
        try:
            return _read_object(file)
        except (OSError, ValueError) as error:
            raise StoreError(f"{file}: cannot be read. {PUT_BACK}") from error

    def table(self, name: str) -> pl.LazyFrame:
        """One stored table, unread.

        Raises:
            StoreError: the build has no such table.
        """
        if name in self._layouts:
            return self._layouts[name].scan(self.path)
        file = self.path / f"{name}.parquet"
        if not file.is_file():
            raise StoreError(f"build {self.id} has no table {name}. Build again with this version.")
        return pl.scan_parquet(file)

    def frame(self, name: str, columns: list[str] | None = None) -> pl.DataFrame:
        """One stored table, or some of its columns, read."""
        table = self.table(name)
        return (table if columns is None else table.select(columns)).collect()

    @cached_property
    def _layouts(self) -> dict[str, Layout]:
        return read_layouts(self.path)

    @property
    def timezone(self) -> str:
        return str(self.manifest["force"]["timezone"])

    @property
    def is_synthetic(self) -> bool:
        return bool(self.manifest["force"]["synthetic"])


def current_build(store: Path) -> Build:
    """The build readers see.

    Raises:
        StoreError: nothing has been built yet, or the build named is gone.
    """
    try:
        build_id = _read_object(store / _CURRENT)["build_id"]
    except FileNotFoundError as error:
        raise StoreError(f"{store}: nothing is built yet. Run: repeat-demand build SOURCES.toml") from error
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"{store / _CURRENT}: cannot be read. Build again to replace it.") from error
    return open_build(store, str(build_id))


def readable_current(store: Path) -> Build | None:
    """The build that readers see; None before the first, and where what names it is damaged: a build mends that."""
    try:
        return current_build(store)
    except StoreError:
        return None


def open_build(store: Path, build_id: str) -> Build:
    """A build by its id.

    Raises:
        StoreError: there is no such build.
    """
    if not build_id.isalnum() or not (store / build_id / _MANIFEST).is_file():
        raise StoreError(f"{store}: has no build {build_id}. Build again.")
    return Build(build_id, store / build_id)


def builds(store: Path) -> list[Build]:
    """Every finished build, in the order they were made."""
    found = [Build(file.parent.name, file.parent) for file in store.glob(f"[!.]*/{_MANIFEST}")]
    return sorted(found, key=lambda build: build.manifest["sequence"])


class BuildWriter:
    """Writes one build beside the others and puts it in place when it is whole.

    Tables are written in a thread of their own, so that the next step runs beside; one waits at most. Steps that run
    side by side may share one writer.
    """

    def __init__(self, store: Path, build_id: str) -> None:
        self.store = store
        self.build_id = build_id
        self.folder = store / f"{UNFINISHED}{build_id}-{os.getpid()}"
        self.heights: dict[str, int] = {}
        self._layouts: dict[str, Layout] = {}
        self._thread = ThreadPoolExecutor(1, "writing")
        self._written: Future[None] | None = None
        self._turn = threading.RLock()

    def __enter__(self) -> BuildWriter:
        try:
            # For its owner alone, like the key beside it: a build holds what was recorded of people.
            self.folder.mkdir(mode=0o700, parents=True)
        except OSError as error:
            raise StoreError(f"{self.store}: cannot be written ({error.strerror}). Mend it and build again.") from error
        return self

    def write(self, name: str, frame: pl.DataFrame, *, group_rows: int | None = None) -> str:
        """Write a file of this name, beside the caller; it is the table of the name unless `lay` says otherwise.

        Args:
            group_rows: size of the row groups, for tables of which questions read one area.

        Returns:
            What the file is called.
        """
        file = f"{name}.parquet"
        with self._turn:
            self._settle()
            self.heights[name] = frame.height
            written = partial(write_file, frame=frame, group_rows=group_rows)
            self._written = self._thread.submit(self._write_as, file, written)
        return file

    def put_aside(self, name: str, frame: pl.DataFrame) -> None:
        """Write a frame to be out of the way for a while, as fast as can be; it is no part of the build."""
        with self._turn:
            self._settle()
            self._written = self._thread.submit(self._write_as, f"{name}{_ASIDE}", frame.write_ipc)

    def take_back(self, name: str) -> pl.DataFrame:
        """Read what was put aside; it can be had once."""
        with self._turn:
            self._settle()
        file = self.folder / f"{name}{_ASIDE}"
        frame = pl.read_ipc(file.read_bytes())
        file.unlink()
        return frame

    def lay(self, name: str, layout: Layout) -> None:
        """Say of which files a table consists."""
        with self._turn:
            self._layouts[name] = layout

    def unfinished(self) -> Build:
        """The build as written so far; it has no manifest yet."""
        with self._turn:
            self._settle()
            write_layouts(self.folder, self._layouts)
        return Build(self.build_id, self.folder)

    def finish(self, manifest: Mapping[str, Any]) -> Build:
        """Put the build in place; readers see the old one or this one, never half."""
        self.unfinished()
        _write_durably(self.folder / _MANIFEST, json.dumps(manifest, indent=1, default=str))
        target = self.store / self.build_id
        if not (target / _MANIFEST).is_file():
            self.folder.rename(target)
        make_current(self.store, self.build_id)
        return Build(self.build_id, target)

    def __exit__(self, _: object, error: BaseException | None, *__: object) -> None:
        self._thread.shutdown(cancel_futures=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise StoreError(FULL.format(store=self.store)) from error

    def _write_as(self, file: str, write: Callable[[Path], object]) -> None:
        try:
            write(self.folder / file)
        except OSError as error:
            raise StoreError(FULL.format(store=self.store)) from error

    def _settle(self) -> None:
        if self._written is not None:
            self._written.result()
            self._written = None


def write_file(file: Path, frame: pl.DataFrame | pl.LazyFrame, *, group_rows: int | None = None) -> None:
    """Write a frame as the store's files are written; one that is not made yet is never held whole.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        frame.lazy().sink_parquet(
            file,
            compression="lz4",
            statistics=group_rows is not None,
            row_group_size=group_rows or _ROWS_TOGETHER,
            maintain_order=True,
        )
    except pl.exceptions.ComputeError as error:
        # So polars tells of a disk that is full, where it writes as it reads.
        if "os error" not in str(error):
            raise
        raise OSError(f"{file.name}: {error}") from error


def make_current(store: Path, build_id: str) -> None:
    """Let readers see this build from now on."""
    fresh = store / f"{_CURRENT}.{os.getpid()}"
    _write_durably(fresh, json.dumps({"build_id": build_id}))
    fresh.replace(store / _CURRENT)


def drop_old_builds(store: Path, *, now: datetime, months: int) -> list[str]:
    """Remove builds older than so many months; never the current one. Returns their ids."""
    kept_from = now - timedelta(days=round(months * 365.25 / 12))
    current = current_build(store).id
    old = [
        build
        for build in builds(store)
        if build.id != current and datetime.fromisoformat(build.manifest["built_at"]) < kept_from
    ]
    for build in old:
        shutil.rmtree(build.path)
    return [build.id for build in old]


def _read_object(file: Path) -> dict[str, Any]:
    loaded = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise ValueError("not an object")
    return loaded


def _write_durably(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
