"""Does a file's header give what its feed needs? Where not, is it spelt otherwise, further down, on another sheet?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from analysis.contracts.feeds import FEEDS
from analysis.errors import SourcesError
from analysis.ingest.encoding import to_utf8
from analysis.ingest.files import InputFile
from analysis.ingest.workbook import HEADER_ROWS, find_header
from geo.child_process import run_in_child
from geo.errors import ParseRefused

_SEPARATOR = re.compile(r"[,;\t|]")
_BEGINNING = 1 << 16


def check_header(file: InputFile, header: Sequence[str]) -> None:
    """Raise unless every required column of the feed is there.

    Raises:
        SourcesError: one is missing; the message names it as the supplier would, and the mend.
    """
    feed, source = FEEDS[file.feed.table], file.feed

    def missing(column: str) -> list[str]:
        if column in source.constants:
            return []
        return [part for part in source.columns.get(column, (column,)) if part not in header]

    for column in feed.required:
        if parts := missing(column):
            raise SourcesError(
                f"{file.name}: column {', '.join(parts)} is missing, which {feed.table} needs for {column}. "
                + (
                    _otherwise(parts, header)
                    or _elsewhere(file, parts)
                    or f"Add it to the extract, or map {column} to another column in sources.toml."
                )
            )
    if feed.any_of and all(missing(column) for column in feed.any_of):
        raise SourcesError(
            f"{file.name}: {feed.table} needs a column for {' or '.join(feed.any_of)}, and the file has neither. "
            f"Map one of them in sources.toml."
        )


def _otherwise(parts: Sequence[str], header: Sequence[str]) -> str:
    """The mend where the header has the columns in other letters; of it nothing else is quoted, it may be a row."""
    spelt = {_plain(name): name for name in header}
    found = [spelt.get(_plain(part)) for part in parts]
    if None in found:
        return ""
    return f"The file has {', '.join(map(str, found))}: write it so in sources.toml, capitals and spaces included."


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _elsewhere(file: InputFile, parts: Sequence[str]) -> str:
    """The mend where the columns stand below something else, or on another sheet."""
    if file.path.suffix.lower() == ".xlsx":
        try:
            found = run_in_child(find_header, str(file.path.resolve()), tuple(parts))
        except ParseRefused:
            return ""
        if found is None:
            return ""
        sheet, row = found
        above = f", and take out the rows above row {row}" if row > 1 else ""
        return f'It stands in row {row} of sheet {sheet}. Write sheet = "{sheet}" in the feed{above}.'
    line = _line_of(file.path, set(parts)) if file.path.suffix.lower() != ".parquet" else None
    return f"It stands in line {line}. The header must come first: take out the lines above it." if line else ""


def _line_of(path: Path, parts: set[str]) -> int | None:
    with path.open("rb") as opened:
        text = to_utf8(opened.read(_BEGINNING)).decode("utf-8", "replace")
    for number, line in enumerate(text.split("\n")[:HEADER_ROWS], start=1):
        if parts <= {name.strip().strip('"').strip() for name in _SEPARATOR.split(line)}:
            return number
    return None
