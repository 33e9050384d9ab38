"""Which extracts have been read before, and where do their rows lie?

Rows read from an extract lie in the folder of every build that holds the extract, as hard links to the same files:
nothing is copied, and they are gone with the last build that uses them. Opening a file costs more than the rows of a
small one, so that extracts which follow one another are also kept many in one file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from analysis.errors import StoreError
from analysis.store import FULL, write_file

_FACTS = "facts.json"
_PREFIX = "read-"
_JOINED = 32
"""Extracts in one file; where one of them is another now, the file is left and the extracts are read one by one."""


class KeptFiles:
    """The rows of extracts in an unfinished build, taken from earlier ones where they can be.

    Everything is found by a key that names the file's content, how it was read and by which code; keys and the names
    of the kinds of files are letters, digits and hyphens.
    """

    def __init__(self, folder: Path, earlier: Sequence[Path] = ()) -> None:
        """`folder`: of the unfinished build. `earlier`: folders of builds, those to be asked first in front."""
        self.folder = folder
        self._earlier = tuple(earlier)
        self._noted: dict[str, dict[str, Any]] = {}
        self._listed: dict[Path, dict[str, list[Path]]] = {}

    def facts(self, key: str) -> dict[str, Any] | None:
        """What was noted when these rows were kept, once they are in the unfinished build; None: not kept before.

        Raises:
            StoreError: they cannot be linked or read.
        """
        try:
            if key not in self._noted and self._take(key):
                self._noted[key] = json.loads((self.folder / _name(key, _FACTS)).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.folder.parent}: rows kept of an extract cannot be taken over. Mend it.") from error
        return self._noted.get(key)

    def keep(self, key: str, frames: Mapping[str, pl.DataFrame | pl.LazyFrame], facts: Mapping[str, Any]) -> None:
        """Write the frames, each by its kind, and what is to be noted.

        Raises:
            StoreError: the store cannot be written.
        """
        try:
            for kind, frame in frames.items():
                write_file(self.folder / self.file(key, kind), frame)
            text = json.dumps(facts)
            (self.folder / _name(key, _FACTS)).write_text(text, encoding="utf-8")
            self._noted[key] = json.loads(text)
        except OSError as error:
            raise StoreError(FULL.format(store=self.folder.parent)) from error

    def keep_here(self, name: str, frame: pl.DataFrame) -> str:
        """Write rows that only this build has; returns what the file is called.

        Raises:
            StoreError: the store cannot be written.
        """
        try:
            write_file(self.folder / f"{name}.parquet", frame)
        except OSError as error:
            raise StoreError(FULL.format(store=self.folder.parent)) from error
        return f"{name}.parquet"

    def joined(self, keys: Sequence[str | None], files: Sequence[str], kind: str) -> tuple[str, ...]:
        """What to read in place of files of one kind, whose rows follow one another: fewer files, of the same rows.

        Args:
            keys: of each file; None where it is of this build alone.

        Raises:
            StoreError: the store cannot be written.
        """
        found: list[str] = []
        for start in range(0, len(files), _JOINED):
            run = [key for key in keys[start : start + _JOINED] if key is not None]
            these = files[start : start + _JOINED]
            found += these if len(run) < _JOINED else [self._join(run, these, kind)]
        return tuple(found)

    def _join(self, keys: Sequence[str], files: Sequence[str], kind: str) -> str:
        key = f"joined-{kind}-{hashlib.sha256(json.dumps(keys).encode()).hexdigest()[:24]}"
        if self.facts(key) is None:
            self.keep(key, {kind: pl.scan_parquet([self.folder / file for file in files], glob=False)}, {})
        return self.file(key, kind)

    @staticmethod
    def file(key: str, kind: str) -> str:
        """What the file of a kind is called in the build's folder."""
        return _name(key, f"{kind}.parquet")

    def _take(self, key: str) -> bool:
        for folder in self._earlier:
            # The facts last: they say that the rest is there.
            found = sorted(self._files(folder).get(key, ()), key=lambda file: file.name.endswith(_FACTS))
            if found and found[-1].name.endswith(_FACTS):
                for file in found:
                    _link(file, self.folder / file.name)
                return True
        return False

    def _files(self, folder: Path) -> dict[str, list[Path]]:
        """The kept files of an earlier build by their key; a build is listed once and never changes."""
        if folder not in self._listed:
            self._listed[folder] = {}
            for file in folder.glob(_name("*", "*")):
                key = file.name.removeprefix(_PREFIX).partition(".")[0]
                self._listed[folder].setdefault(key, []).append(file)
        return self._listed[folder]


def _name(key: str, rest: str) -> str:
    return f"{_PREFIX}{key}.{rest}"


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:
        # Some file systems have no hard links.
        shutil.copyfile(file, target)
