"""Is every file of a build there, and whole from its first bytes to its last?

A disk that failed, or a backup that was put back in part, would otherwise be found by whatever reads the table first.
"""

from __future__ import annotations

import os
from pathlib import Path

from analysis.errors import StoreError
from analysis.store import PUT_BACK, Build
from analysis.store.layout import FILE, read_layouts

_MAGIC = b"PAR1"


def whole(build: Build) -> Build:
    """The build, once the files of all its tables are seen to begin and end as they were written.

    Raises:
        StoreError: one is not there or is damaged; the message names it and the mend.
    """
    try:
        layouts = read_layouts(build.path)
    except (OSError, ValueError) as error:
        raise StoreError(f"{build.path / FILE}: cannot be read. {PUT_BACK}") from error
    stacked = {file for layout in layouts.values() for stack in layout.stacks for file in stack.files}
    tables = {f"{name}.parquet" for name in build.manifest.get("rows", ()) if name not in layouts}
    for name in sorted(stacked | tables):
        if not _is_whole(build.path / name):
            raise StoreError(f"{build.path / name}: is missing or damaged. {PUT_BACK}")
    return build


def _is_whole(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(_MAGIC))
            opened.seek(-len(_MAGIC), os.SEEK_END)
            return begins == opened.read() == _MAGIC
    except OSError:
        return False
