"""Which files do the sources name?"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from analysis.errors import SourcesError
from analysis.ingest.sources import FeedSource, Sources

_OPEN_IN_OFFICE = "~$"
"""So begins the name of what Office puts beside a workbook that somebody has open; it holds no rows."""
_AT_ONCE = 2
"""Files hashed side by side."""


@dataclass(frozen=True)
class InputFile:
    """A file that fills a feed: `name` is relative to `sources.toml`; its size in bytes."""

    feed: FeedSource
    path: Path
    name: str
    sha256: str
    size: int


def input_files(sources: Sources) -> tuple[InputFile, ...]:
    """Every file the sources name: feeds as written, files by name.

    Raises:
        SourcesError: a pattern finds no file.
    """
    found: list[tuple[FeedSource, Path, str]] = []
    for feed in sources.feeds:
        paths: dict[str, Path] = {}
        for pattern in feed.files:
            named = glob(pattern, root_dir=sources.folder)  # noqa: PTH207 - absolute patterns are welcome too
            paths_named = (sources.folder / name for name in named)
            matches = [path for path in paths_named if path.is_file() and not path.name.startswith(_OPEN_IN_OFFICE)]
            if not matches:
                raise SourcesError(
                    f"{sources.file.name}: no file {pattern} for {feed.table} beside it. "
                    f"Put the extract there, or mend files = […]."
                )
            paths |= {Path(os.path.relpath(path, sources.folder)).as_posix(): path for path in matches}
        found += [(feed, path, name) for name, path in sorted(paths.items())]
    with ThreadPoolExecutor(_AT_ONCE, "hashing") as pool:
        contents = pool.map(_hash_and_size, [path for _, path, _ in found])
        return tuple(InputFile(*file, *content) for file, content in zip(found, contents, strict=True))


def _hash_and_size(path: Path) -> tuple[str, int]:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError as error:
        raise SourcesError(
            f"{path.name}: cannot be opened ({error.strerror}). Check its rights and try again."
        ) from error
