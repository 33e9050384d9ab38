"""Is an officer's time put into the phase that the log's stamps say, and the rest called not recorded?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.officer_time import UNITS_PER_MINUTE, split_officer_time
from analysis.officer_time.phases import PHASE_COLUMNS, Phase, incident_phases
from tests.analysis.officer_time.builders import at, row, split, table
from tests.analysis.officer_time.part_oracles import slow_phases
from tests.analysis.officer_time.strategies import crowds, extracts

TIME = pl.Datetime("us", "UTC")


def phases_of(*rows: dict[str, Any], cap_hours: float = 12) -> dict[str, float | None]:
    """Minutes of incident A by phase. `off` and `left` are clock times."""
    extra = {"en_route_at": [], "left_scene_at": []}
    for given_row in rows:
        for column, name in (("en_route_at", "off"), ("left_scene_at", "left")):
            clock = given_row.pop(name, None)
            extra[column].append(at(clock) if clock else None)
    deployments = split(*rows, cap_hours=cap_hours).deployments
    stamped = deployments.with_columns(pl.Series(name, moments, dtype=TIME) for name, moments in extra.items())
    found = incident_phases(stamped).filter(pl.col("incident_id") == "A").to_dicts()[0]
    return {
        phase.value: None if found[phase.column] is None else found[phase.column] / UNITS_PER_MINUTE for phase in Phase
    }


def test_every_stamp_begins_a_phase() -> None:
    day = row("A", "10:00", "11:00", scene="10:15", off="10:05", left="10:45")
    assert phases_of(day) == {
        "setting_off": 5,
        "travel": 10,
        "at_scene": 30,
        "after_scene": 15,
        "not_recorded": 0,
    }


def test_without_a_setting_off_the_travel_begins_with_the_assignment() -> None:
    found = phases_of(row("A", "10:00", "11:00", scene="10:15"))
    assert (found["setting_off"], found["travel"], found["at_scene"]) == (None, 15, 45)


def test_after_the_scene_is_unknown_where_the_log_has_no_stamp_for_it() -> None:
    assert phases_of(row("A", "10:00", "11:00", scene="10:15"))["after_scene"] is None


def test_without_an_arrival_nothing_is_known() -> None:
    found = phases_of(row("A", "10:00", "11:00", off="10:05"))
    assert found == {**dict.fromkeys(found), "not_recorded": 60}


def test_an_arrival_after_the_clearance_is_no_arrival() -> None:
    assert phases_of(row("A", "10:00", "11:00", scene="11:05"))["not_recorded"] == 60


def test_an_arrival_before_the_assignment_is_no_travel() -> None:
    found = phases_of(row("A", "10:00", "11:00", scene="09:50"))
    assert (found["travel"], found["at_scene"]) == (0, 60)


def test_a_setting_off_after_the_arrival_is_no_stamp() -> None:
    found = phases_of(row("A", "10:00", "11:00", scene="10:15", off="10:20"))
    assert (found["setting_off"], found["travel"]) == (None, 15)


def test_after_the_arrival_of_one_never_cleared_the_phase_is_not_recorded() -> None:
    done = row("B", "08:00", "09:00", "PC2", scene="08:10")
    found = phases_of(row("A", "10:00", None, scene="10:15"), done)
    assert (found["travel"], found["at_scene"], found["not_recorded"]) == (15, None, 45)


def test_travel_to_two_incidents_at_once_is_shared_between_them() -> None:
    # From 10:10 on both: of the 20 minutes of travel to A 10 are whole and 10 are halved.
    found = phases_of(row("A", "10:00", "11:00", scene="10:20"), row("B", "10:10", "11:00"))
    assert (found["travel"], found["at_scene"]) == (15, 20)


def test_rows_of_one_officer_are_united_and_the_first_says_the_phase() -> None:
    found = phases_of(row("A", "10:00", "11:00", scene="10:30"), row("A", "10:15", "11:15", scene="10:45"))
    assert (found["travel"], found["at_scene"]) == (30, 45)


def test_a_crew_of_two_counts_twice() -> None:
    found = phases_of(row("A", "10:00", "11:00", None, unit="X1", crew=2, scene="10:15"))
    assert (found["travel"], found["at_scene"]) == (30, 90)


@pytest.mark.parametrize(
    ("assigned", "cleared", "minutes"),
    [
        ("2013-10-26T23:40", "2013-10-27T00:20", 40),  # 00:40 to 01:20, both in summer time
        ("2013-10-26T23:40", "2013-10-27T01:20", 100),  # 00:40 to 01:20+00:00
        ("2013-10-26T23:40", "2013-10-27T02:20", 160),  # 00:40 to 02:20
        ("2013-10-27T00:50", "2013-10-27T01:10", 20),  # 01:50 to 01:10 in the second pass
        ("2014-03-30T00:40", "2014-03-30T01:20", 40),  # 00:40 to 02:20 in March
    ],
)
def test_phases_hold_over_the_changes_of_the_clocks(assigned: str, cleared: str, minutes: int) -> None:
    begun, done = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (assigned, cleared))
    plain = {**row("A", "10:00", "11:00"), "assigned_at": begun, "cleared_at": done}
    deployments = split({**plain, "at_scene_at": begun + timedelta(minutes=10)}).deployments
    found = incident_phases(deployments.with_columns(en_route_at=pl.lit(None, TIME)))
    travel, scene = found.select(Phase.TRAVEL.column, Phase.AT_SCENE.column).row(0)
    assert (travel / UNITS_PER_MINUTE, scene / UNITS_PER_MINUTE) == (10, minutes - 10)


@st.composite
def stamped(draw: st.DrawFn) -> pl.DataFrame:
    """Deployments split among incidents, with settings off before, between and after the other stamps."""
    deployments, logs = draw(extracts())
    split_rows = split_officer_time(deployments, logs, cap_hours=1, minimum_for_grade_median=3).deployments
    offsets = draw(st.lists(st.none() | st.integers(-5, 40), min_size=split_rows.height, max_size=split_rows.height))
    moments = [
        None if offset is None else start + timedelta(minutes=offset)
        for offset, start in zip(offsets, split_rows["assigned_at"], strict=True)
    ]
    return split_rows.with_columns(pl.Series("en_route_at", moments, dtype=TIME))


@settings(max_examples=50, deadline=None)
@given(stamped())
def test_phases_are_those_worked_out_slowly(deployments: pl.DataFrame) -> None:
    found = incident_phases(deployments)
    fast = {
        (one["incident_id"], phase.value): one[phase.column]
        for one in found.iter_rows(named=True)
        for phase in Phase
        if one[phase.column]
    }
    assert fast == slow_phases(deployments.to_dicts())


@settings(max_examples=25, deadline=None)
@given(crowds())
def test_phases_of_many_incidents_at_once_lose_no_unit(crowd: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    deployments, logs = crowd
    halfway = deployments.with_columns(at_scene_at=pl.col("assigned_at") + pl.duration(milliseconds=7))
    time = split_officer_time(halfway, logs, cap_hours=1, minimum_for_grade_median=3)
    found = incident_phases(time.deployments.with_columns(en_route_at=pl.lit(None, TIME)))
    sums = found.select("incident_id", pl.sum_horizontal(PHASE_COLUMNS).alias("officer_units"))
    assert sums.sort("incident_id").rows() == time.incidents.select(sums.columns).sort("incident_id").rows()


def test_no_deployment_gives_no_phase() -> None:
    nothing = split_officer_time(
        table([]),
        pl.DataFrame(schema={"incident_id": pl.String, "grade": pl.String}),
        cap_hours=12,
        minimum_for_grade_median=30,
    )
    assert incident_phases(nothing.deployments.with_columns(en_route_at=pl.lit(None, TIME))).height == 0
