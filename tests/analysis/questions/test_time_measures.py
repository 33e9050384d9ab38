"""Are unit-minutes and elapsed minutes those of all logs of an incident, and unknown where nobody was deployed?"""

from __future__ import annotations

import itertools
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.officer_time import UNITS_PER_MINUTE
from analysis.questions.builds import Build
from analysis.questions.time_measures import TimeMeasure, measures_beside, whole_times

NUMBERS = itertools.count()
Logs = list[tuple[int, int | None, int | None]]
"""Of each log its group, and its unit and elapsed milliseconds; None where nobody was deployed."""


def build_of(folder: Path, logs: Logs) -> Build:
    """A build that holds nothing else; officer time is known within a minute either way."""
    numbered = [(f"G{group}", *(None if ms is None else ms / 60_000 for ms in times)) for group, *times in logs]
    incidents = pl.DataFrame(
        numbered,
        schema={"group_id": pl.String, "unit_minutes": pl.Float64, "elapsed_minutes": pl.Float64},
        orient="row",
    )
    groups = incidents.select(pl.col("group_id").unique()).with_columns(
        units_low=pl.lit(UNITS_PER_MINUTE), units_high=pl.lit(3 * UNITS_PER_MINUTE)
    )
    path = folder / f"b{next(NUMBERS)}"
    path.mkdir()
    incidents.write_parquet(path / "incidents.parquet")
    groups.write_parquet(path / "groups.parquet")
    return Build(path.name, path)


def added_slowly(logs: Logs) -> dict[str, tuple[int | None, int | None]]:
    """What each group's logs add up to, one after the other, in units."""
    found: dict[str, tuple[int | None, int | None]] = {}
    for group, *times in logs:
        known = found.get(f"G{group}", (None, None))
        unit, elapsed = (
            one if ms is None else (one or 0) + ms * (UNITS_PER_MINUTE // 60_000)
            for one, ms in zip(known, times, strict=True)
        )
        found[f"G{group}"] = unit, elapsed
    return found


def times_of(build: Build, groups: set[str]) -> dict[str, tuple[int | None, int | None]]:
    found = whole_times(build, pl.Series(sorted(groups), dtype=pl.String))
    return {group: (unit, elapsed) for group, unit, elapsed in found.drop("units_low", "units_high").iter_rows()}


def test_two_logs_of_one_incident_are_added_up_and_none_is_not_nothing(tmp_path: Path) -> None:
    logs: Logs = [(1, 60_000, 120_000), (1, 30_000, 30_000), (2, None, None), (3, None, None), (3, 1, 2)]
    unit = UNITS_PER_MINUTE // 60_000
    assert times_of(build_of(tmp_path, logs), {"G1", "G2", "G3"}) == {
        "G1": (90_000 * unit, 150_000 * unit),
        "G2": (None, None),
        "G3": (unit, 2 * unit),
    }


milliseconds = st.none() | st.integers(0, 10**8)


@given(logs=st.lists(st.tuples(st.integers(0, 4), milliseconds, milliseconds), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whole_times_are_the_sums_of_the_logs_to_the_last_unit(tmp_path: Path, logs: Logs) -> None:
    slowly = added_slowly(logs)
    assert times_of(build_of(tmp_path, logs), set(slowly)) == slowly


def test_the_three_measures_stand_beside_each_other_for_each_kind_of_reader() -> None:
    minute = UNITS_PER_MINUTE
    attended = pl.DataFrame(
        {"group_id": ["G1", "G2", "G1"], "units": [4 * minute, 2 * minute, 4 * minute], "whose": ["all", "all", "ours"]}
    )
    times = pl.DataFrame({"group_id": ["G1", "G2"], "unit_units": [3 * minute, minute], "elapsed_units": [minute] * 2})
    rows = measures_beside(attended, times, by="whose", high_centile=90)
    said = {(row["whose"], row["measure"]): (row["incidents"], round(row["hours"] * 60)) for row in rows.to_dicts()}
    ours = {TimeMeasure.OFFICER: (1, 4), TimeMeasure.UNIT: (1, 3), TimeMeasure.ELAPSED: (1, 1)}
    everyone = {TimeMeasure.OFFICER: (2, 6), TimeMeasure.UNIT: (2, 4), TimeMeasure.ELAPSED: (2, 2)}
    assert said == {("ours", one): value for one, value in ours.items()} | {
        ("all", one): value for one, value in everyone.items()
    }
