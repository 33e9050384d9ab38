"""Who has a row that is not as it was in the build before? The search's keys of everybody else stand.

Extracts that were read first, and are read first again, keep the places of their rows (`read_order`), and a row in its
place says what it said. So only what is worked out of all rows together is compared, row by row in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from analysis.assumptions import Assumptions
from analysis.ingest import InputFile, Sources
from analysis.people.records import CALLER
from analysis.store import Build

_ORDER = "read_order"
_GROWING, _LISTED = ("incidents", "people", "assessments"), "places"
_OF_LOG = ("group_id", "neighbourhood_code", "is_domestic")
_OF_RECORD = ("person_id", "phone", "role")


def comparable(
    then: Build | None, sources: Sources, files: Sequence[InputFile], *, code: str, assumptions: Assumptions
) -> Build | None:
    """The build before, if all that holds for every row is the same and every extract that is new is read last.

    The same are code, polars, assumptions, the clock and the listed places. Key, decisions and areas are not asked for:
    what they change shows in each row's person or area.
    """
    if then is None:
        return None
    before = then.manifest
    was = (before["code_version"], before.get("polars"), before["assumptions"], then.timezone)
    if was != (code, pl.__version__, assumptions.fingerprint, sources.force.timezone):
        return None
    for table in (*_GROWING, _LISTED):
        old = [(file["file"], file["sha256"], file["mapping"]) for file in before["files"] if file["table"] == table]
        new = [(file.name, file.sha256, file.feed.fingerprint()) for file in files if file.feed.table == table]
        if new[: len(old)] != old or (table == _LISTED and new != old):
            return None
    return then


def changed_people(then: Build, now: Build) -> pl.Series:
    """Whoever is recorded in an incident of which any row is not the same in both builds: ids of both, each once.

    An incident is touched by its own log and those of its group, by its assessments, by whoever is recorded in it, and
    by a number recorded in it that became a place's or is one no more.

    Args:
        then: see `comparable`.
        now: with all that the keys of the search are made of.
    """
    logs, recorded = _rows(now, "incidents", _OF_LOG), _rows(now, "person_records", _OF_RECORD)
    other_logs = _unlike(_rows(then, "incidents", _OF_LOG), logs)
    were = _rows(then, "person_records", _OF_RECORD)
    # Callers' are counted by their logs, the others by the people feed.
    callers, others = (pl.col("role") == CALLER, pl.col("role") != CALLER)
    other_records = pl.concat([_unlike(were.filter(part), recorded.filter(part)) for part in (callers, others)])
    assessments = _unlike(_rows(then, "assessments"), _rows(now, "assessments"))
    # A log that was is a log still: only another row of the same number takes its place.
    of_groups = logs.filter(_among("group_id", other_logs["group_id"]))
    numbers = _numbers_of_places(then).append(_numbers_of_places(now))
    of_numbers = recorded.filter(_among("phone", numbers.filter(numbers.is_unique())))
    touching = (of_groups, other_records, assessments, of_numbers)
    touched = pl.concat([rows["incident_id"] for rows in touching])
    people = pl.concat([other_records, recorded.filter(_among("incident_id", touched))])["person_id"]
    aliases = pl.concat([build.frame("person_aliases") for build in (then, now)]).unique(keep="none")["person_id"]
    return pl.concat([people, aliases]).drop_nulls().unique()


def _numbers_of_places(build: Build) -> pl.Series:
    """The numbers in `caller_phone` that are of listed places, or of institutions as somebody decided."""
    of_places = build.table("incidents").filter("is_phone_of_place", pl.col("caller_phone").is_not_null())
    return of_places.select(pl.col("caller_phone").unique()).collect().to_series()


def _rows(build: Build, table: str, columns: Sequence[str] = ()) -> pl.DataFrame:
    """`read_order`, `incident_id` and some columns of a table."""
    return build.frame(table, [_ORDER, "incident_id", *columns])


def _unlike(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The rows of either that the other does not have the same; both in ascending `read_order`."""
    if now.is_empty():
        return then
    beside, place = now.head(then.height), np.arange(then.height)
    if not beside[_ORDER].equals(then[_ORDER]):
        place = np.searchsorted(now[_ORDER].to_numpy(), then[_ORDER].to_numpy()).clip(max=now.height - 1)
        beside = now[place]
    is_same = pl.all_horizontal(then[name].eq_missing(beside[name]) for name in now.columns)
    same = then.select(is_same).to_series()
    is_new = np.ones(now.height, dtype=bool)
    is_new[place[same.to_numpy()]] = False
    return pl.concat([then.filter(~same), now.filter(is_new)])


def _among(column: str, values: pl.Series) -> pl.Expr:
    """Whether a column holds one of the values; never null."""
    return pl.col(column).is_in(values.drop_nulls().unique().implode()).fill_null(False)
