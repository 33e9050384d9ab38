"""A small force's extracts, written to a folder with its sources.toml."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analysis.ingest import FileCount, ingest, input_files, read_sources
from analysis.store.kept import KeptFiles

LOG = """[force]
name = "Test Force"
timezone = "Europe/London"
synthetic = true

[[feed]]
table = "incidents"
files = ["incidents*.csv"]
"""
DEPLOYMENTS = """
[[feed]]
table = "deployments"
files = ["deployments*.csv"]
"""
ONE_LOG = "incident_id,received_at\nL1,2013-10-26T22:00:00\n"


@dataclass(frozen=True)
class Ingested:
    """What was ingested, every feed read back."""

    tables: dict[str, pl.DataFrame]
    rejects: pl.DataFrame
    counts: tuple[FileCount, ...]
    given: dict[str, frozenset[str]]


def sources_of(name: str, **files: str) -> str:
    """The text of a `sources.toml` that maps nothing: one CSV, named without its suffix, for each feed."""
    force = f'[force]\nname = "{name}"\ntimezone = "Europe/London"\nsynthetic = true\n'
    return force + "".join(f'\n[[feed]]\ntable = "{table}"\nfiles = ["{file}.csv"]\n' for table, file in files.items())


def write(folder: Path, sources: str = LOG, **files: str | bytes) -> Path:
    """Write `name__suffix` arguments as files and the sources; returns the sources file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        stem, suffix = name.rsplit("__", 1)
        data = text.encode() if isinstance(text, str) else text
        (folder / f"{stem}.{suffix}").write_bytes(data)
    file = folder / "sources.toml"
    file.write_text(sources, encoding="utf-8")
    return file


def read(sources: Path) -> Ingested:
    """Ingest everything the sources name."""
    parsed = read_sources(sources)
    with tempfile.TemporaryDirectory() as kept:
        found = ingest(parsed, input_files(parsed), KeptFiles(Path(kept)))
        tables = {table: rows.frame() for table, rows in found.feeds.items()}
    return Ingested(tables, found.rejects, found.counts, found.given)


def logs_of(folder: Path, text: str | bytes, extra: str = "") -> Ingested:
    """Ingest one file of logs."""
    return read(write(folder, LOG + extra, incidents__csv=text))


def reject_rows(ingested: Ingested) -> list[tuple[object, ...]]:
    """line, column, rule and whether the row was refused, of each reject."""
    return ingested.rejects.select("line", "column", "rule", "is_row_refused").rows()
