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

_AT_ONCE = 2
"""Files hashed side by side."""


@dataclass(frozen=True)
class InputFile:
    """A file that fills a feed: `name` is relative to `sources.toml`."""

    feed: FeedSource
    path: Path
    name: str
    sha256: str


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
            matches = [path for path in (sources.folder / name for name in named) if path.is_file()]
            if not matches:
                raise SourcesError(
                    f"{sources.file.name}: no file {pattern} for {feed.table} beside it. "
                    f"Put the extract there, or mend files = […]."
                )
            paths |= {Path(os.path.relpath(path, sources.folder)).as_posix(): path for path in matches}
        found += [(feed, path, name) for name, path in sorted(paths.items())]
    with ThreadPoolExecutor(_AT_ONCE, "hashing") as pool:
        hashes = pool.map(_sha256, [path for _, path, _ in found])
        return tuple(InputFile(*file, sha256) for file, sha256 in zip(found, hashes, strict=True))


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourcesError(
            f"{path.name}: cannot be opened ({error.strerror}). Check its rights and try again."
        ) from error
