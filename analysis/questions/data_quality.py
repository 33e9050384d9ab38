"""What was read, refused and left out of this build, and how much of it cannot be placed, timed or counted?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.contracts.feeds import FEEDS
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.data_gaps import GAP_COLUMNS, gaps
from analysis.store import Build

FILE_COLUMNS = {
    "feed": Kind.CODE,
    "file": Kind.NAME,
    "read": Kind.COUNT,
    "accepted": Kind.COUNT,
    "refused": Kind.COUNT,
    "emptied": Kind.COUNT,
    "repeated": Kind.COUNT,
    "corrected": Kind.COUNT,
    "newest_at": Kind.TIME,
    "absent_columns": Kind.NAME,
    "empty_columns": Kind.NAME,
}
REASON_COLUMNS = {
    "feed": Kind.CODE,
    "file": Kind.NAME,
    "is_row_refused": Kind.FLAG,
    "column": Kind.CODE,
    "rule": Kind.CODE,
    "rejects": Kind.COUNT,
    "first_lines": Kind.CODE,
}
REJECT_COLUMNS = {
    "table": Kind.CODE,
    "file": Kind.NAME,
    "line": Kind.COUNT,
    "column": Kind.CODE,
    "rule": Kind.CODE,
    "is_row_refused": Kind.FLAG,
}
_TIMES = {
    "incidents": ("received_at",),
    "deployments": ("assigned_at",),
    "assessments": ("completed_at", "submitted_at"),
    "safeguarding": ("at",),
}


@dataclass(frozen=True)
class DataQuality:
    """What became of the extracts.

    Attributes:
        files: a row a feed and file, in the order of the sources; `newest_at` is the newest time among the rows kept
            (of crimes and people, that of the log they belong to), null for places.
        reasons: a row a file, column and rule, refused rows first; `first_lines` are line numbers, never values.
        gaps: see `data_gaps.gaps`.
    """

    files: Released
    reasons: Released
    gaps: Released


def data_quality(build: Build, audience: Audience, *, lines_shown: int) -> DataQuality:
    """What was read, refused and left out, over the whole build.

    Args:
        lines_shown: line numbers given with each reason; the rest are in `rejects`.
    """
    return DataQuality(
        files=release(_files(build), _answer("files read", FILE_COLUMNS, build), audience),
        reasons=reasons(build, audience, lines_shown=lines_shown),
        gaps=release(gaps(build), _answer("gaps in the data", GAP_COLUMNS, build), audience),
    )


def reasons(build: Build, audience: Audience, *, lines_shown: int) -> Released:
    """Why rows were refused and values emptied; as `DataQuality.reasons`."""
    return release(_reasons(build, lines_shown), _answer("reasons of rejects", REASON_COLUMNS, build), audience)


def rejects(build: Build, audience: Audience) -> Released:
    """Every refused row and emptied value by file and line; never a value of a row."""
    rows = build.frame("rejects").sort("table", "file", "line", "column", nulls_last=True)
    return release(rows, _answer("rejects", REJECT_COLUMNS, build), audience)


def _answer(name: str, columns: dict[str, Kind], build: Build) -> Answer:
    return Answer(
        name=name,
        columns=tuple(AnswerColumn(column, kind) for column, kind in columns.items()),
        timezone=build.timezone,
    )


def _files(build: Build) -> pl.DataFrame:
    counts: list[dict[str, Any]] = build.manifest["feeds"]
    said = pl.DataFrame(
        [
            {
                "feed": count["table"],
                "file": count["file"],
                "read": count["read"],
                "accepted": count["accepted"],
                "refused": count["rejected"],
                "repeated": count["repeated"],
                "corrected": count["corrected"],
                "absent_columns": ", ".join(count["absent_columns"]),
                "empty_columns": ", ".join(count.get("empty_columns", ())),
            }
            for count in counts
        ]
    )
    emptied = (
        build.frame("rejects")
        .filter(~pl.col("is_row_refused"))
        .group_by(feed="table", file="file")
        .agg(emptied=pl.len().cast(pl.Int64))
    )
    newest = pl.concat([_newest(build, feed) for feed in said["feed"].unique(maintain_order=True)])
    return (
        said.join(emptied, on=["feed", "file"], how="left", maintain_order="left")
        .join(newest, on=["feed", "file"], how="left", maintain_order="left")
        .with_columns(pl.col("emptied").fill_null(0))
        .select(*FILE_COLUMNS)
    )


def _newest(build: Build, feed: str) -> pl.DataFrame:
    """feed, file, newest_at: the newest time among the kept rows of each file."""
    kept = build.table(feed)
    if feed in _TIMES:
        at = pl.coalesce(_TIMES[feed])
    elif "incident_id" in FEEDS[feed].names:
        logs = build.table("incidents").select("incident_id", "received_at")
        kept, at = kept.join(logs, on="incident_id", how="left"), pl.col("received_at")
    else:
        at = pl.lit(None, dtype=pl.Datetime("us", "UTC"))
    return (
        kept.select(file="source_file", newest_at=at)
        .group_by("file")
        .agg(pl.col("newest_at").max())
        .select(pl.lit(feed).alias("feed"), "file", "newest_at")
        .collect()
    )


def _reasons(build: Build, lines_shown: int) -> pl.DataFrame:
    return (
        build.frame("rejects")
        .sort("line")
        .group_by(feed="table", file="file", is_row_refused="is_row_refused", column="column", rule="rule")
        .agg(
            rejects=pl.len().cast(pl.Int64),
            first_lines=pl.col("line").unique().sort().head(lines_shown).cast(pl.String).str.join(", "),
        )
        .sort(
            ["is_row_refused", "rejects", "feed", "file", "column", "rule"],
            descending=[True, True, False, False, False, False],
            nulls_last=True,
        )
        .select(*REASON_COLUMNS)
    )
