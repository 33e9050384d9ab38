"""From a force's extracts to an immutable build: ingest, places, people, officer time, contacts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from analysis import store as builds_store
from analysis.assumptions import Assumptions
from analysis.build.identity import (
    build_id,
    code_version,
    companion_hashes,
    decided_hash,
    placing_version,
    reading_version,
)
from analysis.build.making import Making
from analysis.build.manifest import manifest
from analysis.build.memory import share_one_heap
from analysis.build.tables import assemble
from analysis.build.unchanged import comparable
from analysis.ingest import Sources, ingest, input_files, read_sources
from analysis.store import Build, BuildWriter
from analysis.store.kept import KeptFiles
from analysis.store.key import secret_key
from analysis.store.turn import own_turn
from analysis.store.whole import whole

__all__ = ["BuildResult", "make_build"]


@dataclass(frozen=True)
class BuildResult:
    """What a build command did.

    Attributes:
        build: the build that readers now see.
        is_new: False where the same inputs had been built before, and nothing was written.
        gone: files of the build before that the sources no longer name or that are no longer there.
        dropped: ids of builds removed for their age.
    """

    build: Build
    is_new: bool
    gone: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def make_build(
    sources_file: Path,
    store: Path,
    *,
    assumptions: Assumptions,
    built_at: datetime,
    say: Callable[[str], None] = lambda _: None,
    decisions: pl.DataFrame | None = None,
    numbers: pl.DataFrame | None = None,
    side_by_side: bool = True,
) -> BuildResult:
    """Build from `sources.toml`; put in place at the end, atomically.

    Args:
        built_at: the time to stand in the manifest.
        say: told each step, for progress.
        decisions: what people decided about who is one person; see `people.resolve_people`.
        numbers: what people decided about telephone numbers.
        side_by_side: make what needs no people while people are found; False to take less memory and more time.

    Raises:
        AnalysisError: the sources stop the build (the build before stays), or the store cannot be written.
    """
    share_one_heap()
    sources = read_sources(sources_file)
    with own_turn(store, say):
        return _make(
            sources,
            store,
            assumptions=assumptions,
            built_at=built_at,
            say=say,
            decisions=decisions,
            numbers=numbers,
            side_by_side=side_by_side,
        )


def _make(
    sources: Sources,
    store: Path,
    *,
    assumptions: Assumptions,
    built_at: datetime,
    say: Callable[[str], None],
    decisions: pl.DataFrame | None,
    numbers: pl.DataFrame | None,
    side_by_side: bool,
) -> BuildResult:
    say("checking what is there")
    files = input_files(sources)
    key = secret_key(store)
    companions = companion_hashes(sources)
    code = code_version()
    identity = build_id(
        sources,
        files,
        companions=companions,
        assumptions=assumptions,
        key=key,
        code=code,
        decided=(decided_hash(decisions), decided_hash(numbers)),
    )
    earlier = builds_store.builds(store)
    last = whole(earlier[-1]) if earlier else None
    current = builds_store.readable_current(store)
    before = {entry["file"] for entry in current.manifest["files"]} if current else set()
    gone = tuple(sorted(before - {file.name for file in files}))
    if any(build.id == identity for build in earlier):
        if current is None or current.id != identity:
            builds_store.make_current(store, identity)
        return BuildResult(builds_store.open_build(store, identity), is_new=False, gone=gone)
    with BuildWriter(store, identity) as writer:
        kept = KeptFiles(writer.folder, [build.path for build in reversed(earlier)])
        ingested = ingest(sources, files, kept, code=reading_version(), say=say)
        areas = assemble(
            Making(
                sources,
                ingested,
                writer,
                assumptions=assumptions,
                key=key,
                version=placing_version(sources, companions),
                say=say,
                decisions=decisions,
                numbers=numbers,
                earlier=last,
                comparable=comparable(last, sources, files, code=code, assumptions=assumptions),
                side_by_side=side_by_side,
            )
        )
        say("finishing the build")
        build = writer.finish(
            manifest(
                sources,
                files,
                ingested,
                build_id=identity,
                sequence=last.manifest["sequence"] + 1 if last else 1,
                built_at=built_at,
                code=code,
                companions=companions,
                assumptions=assumptions,
                areas=areas,
                build=writer.unfinished(),
                rows={name: height for name, height in sorted(writer.heights.items()) if "." not in name},
            )
        )
    dropped = builds_store.drop_old_builds(store, now=built_at, months=assumptions.whole("builds_kept_months"))
    return BuildResult(build, is_new=True, gone=gone, dropped=tuple(dropped))
