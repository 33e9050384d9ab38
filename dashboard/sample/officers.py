"""Which officers go to each log, when, and when are they really free again?"""

from __future__ import annotations

import numpy as np
import polars as pl

from dashboard.sample.chance import Bools, Floats, Ints, stream, words
from dashboard.sample.force import EXTRACTED_AT, Force
from dashboard.sample.geography import Geography

GRADES = ("immediate", "early", "routine", "diary")
ATTENDED = (0.97, 0.88, 0.50, 0.62)
DISPATCH_MINUTES = (3.0, 18.0, 110.0, 900.0)
SCENE_MINUTES_DOMESTIC, SCENE_MINUTES_OTHER = 52.0, 27.0
ARREST_SHARE, ARREST_MINUTES = 0.2, 190.0
NEVER_CLEARED_SHARE = 0.03
ARRIVAL_UNTOLD_SHARE = 0.06
STOOD_DOWN_SHARE = 0.04
TEAMS = 5
SHIFT_HOURS = 8
FIRST_COLLAR = 3_000
# Until the end of March 2012 the old system kept one row a unit with its crew.
UNIT_ROWS_UNTIL = np.datetime64("2012-04-01T00:00:00", "us")


def send(force: Force, geography: Geography, logs: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """One row a unit sent.

    Columns: log, sector (index), unit, first_officer, second_officer (collar numbers; null: single-crewed), rank,
    callsign, assigned_at, en_route_at, at_scene_at, cleared_at (as written, null for none), true_cleared_at, all UTC.

    Nobody is sent to a log closed as a duplicate. One unit in a sector of fifteen is picked at random, so a unit is
    sometimes given a second log before it is free of the first.
    """
    rng = stream(seed, "officers")
    grade = logs["grade"].replace_strict(dict(zip(GRADES, range(4), strict=True))).to_numpy()
    is_domestic = logs["is_domestic"].to_numpy()
    units = _units_sent(rng, grade, is_domestic, logs["parent"].is_null().to_numpy())
    log = np.repeat(np.arange(len(logs)), units)
    turn = np.arange(len(log)) - np.repeat(np.cumsum(units) - units, units)
    sector_of = np.array([geography.sectors.index(area.sector or "") for area in geography.neighbourhoods])
    sector = sector_of[logs["neighbourhood"].to_numpy()[log]]
    first_unit = rng.integers(0, force.units_a_sector, len(logs))[log]
    step = 1 + rng.integers(0, max(1, force.units_a_sector // 4), len(logs))[log]
    unit = (first_unit + turn * step) % force.units_a_sector
    times = _times(rng, logs, grade[log], is_domestic[log], log, turn)
    frame = pl.DataFrame({"log": log, "sector": sector, "unit": unit, "turn": turn, **times})
    frame = frame.with_columns(_crew(force, frame["assigned_at"].to_numpy(), sector, unit))
    names = [name[0] if len(geography.sectors) == 3 else f"{at + 1:02d}-" for at, name in enumerate(geography.sectors)]
    callsign = words(names, sector) + pl.Series(unit + 1).cast(pl.String).str.zfill(2)
    utc = [pl.col(name).dt.replace_time_zone("UTC") for name in frame.columns if name.endswith("_at")]
    named = frame.with_columns(callsign.alias("callsign"), *utc)
    # The same unit cannot be sent twice to one log; what comes after the extract is not in it.
    once = named.filter(pl.int_range(pl.len()).over("log", "unit") == 0, pl.col("assigned_at") < EXTRACTED_AT)
    not_yet = pl.col("at_scene_at", "cleared_at")
    return once.with_columns(pl.when(not_yet < EXTRACTED_AT).then(not_yet))


def officer_rows(sent: pl.DataFrame) -> pl.DataFrame:
    """The sent units as one row an officer, `officer_id` the collar number, in order of assignment."""
    both = pl.concat(
        [
            sent.with_columns(pl.col("first_officer").alias("officer_id")),
            sent.filter(pl.col("second_officer").is_not_null()).with_columns(
                pl.col("second_officer").alias("officer_id")
            ),
        ]
    )
    return both.sort("assigned_at", "log", "officer_id")


def _units_sent(rng: np.random.Generator, grade: Ints, is_domestic: Bools, is_first: Bools) -> Ints:
    attended = is_first & (rng.random(len(grade)) < np.array(ATTENDED)[grade])
    more = rng.poisson(np.where(grade == 0, 0.9, np.where(is_domestic, 0.35, 0.15)))
    return np.where(attended, np.minimum(1 + more, 5), 0)


def _times(
    rng: np.random.Generator, logs: pl.DataFrame, grade: Ints, is_domestic: Bools, log: Ints, turn: Ints
) -> dict[str, pl.Series]:
    """Assigned, en route, at scene, cleared; whole seconds."""
    count = len(log)
    received = logs["at"].dt.replace_time_zone(None).to_numpy()[log]
    dispatch = rng.exponential(np.array(DISPATCH_MINUTES)[grade]) + 0.5 + turn * rng.exponential(5.0, count)
    assigned = received + _minutes(dispatch)
    en_route = assigned + _minutes(rng.exponential(1.2, count))
    at_scene = en_route + _minutes(2 + rng.gamma(2.5, 2.6, count))
    arrest = (
        (rng.random(len(logs)) < ARREST_SHARE)[log] & (logs["is_crime"].to_numpy())[log] & is_domestic & (turn == 0)
    )
    middle = np.where(is_domestic, SCENE_MINUTES_DOMESTIC, SCENE_MINUTES_OTHER) * np.where(turn > 0, 0.55, 1.0)
    stay = rng.lognormal(np.log(middle), 0.7) + np.where(arrest, rng.gamma(4, ARREST_MINUTES / 4, count), 0)
    stood_down = rng.random(count) < STOOD_DOWN_SHARE
    cleared = np.where(stood_down, en_route + _minutes(rng.exponential(3.0, count)), at_scene + _minutes(stay))
    no_arrival = stood_down | (rng.random(count) < ARRIVAL_UNTOLD_SHARE)
    never = rng.random(count) < NEVER_CLEARED_SHARE
    gone = np.datetime64("NaT")
    return {
        "assigned_at": pl.Series(assigned),
        "en_route_at": pl.Series(en_route),
        "at_scene_at": pl.Series(np.where(no_arrival, gone, at_scene)),
        "cleared_at": pl.Series(np.where(never, gone, cleared)),
        "true_cleared_at": pl.Series(cleared),
    }


def _crew(force: Force, assigned: np.ndarray, sector: Ints, unit: Ints) -> list[pl.Series]:
    """Collar numbers by team: two officers in two cars of three; five teams share the three shifts of the day."""
    hours = (assigned - np.datetime64("2011-11-28T07:00:00", "us")) // np.timedelta64(1, "h")
    shift = hours // SHIFT_HOURS
    team = (shift // 3 // 2 + shift % 3) % TEAMS
    seat = ((sector * force.units_a_sector + unit) * TEAMS + team) * 2
    first = pl.Series(seat + FIRST_COLLAR).cast(pl.String)
    second = pl.Series(seat + 1 + FIRST_COLLAR).cast(pl.String)
    is_double = pl.Series(unit % 3 != 2)
    pair = pl.DataFrame({"first": first, "second": second, "is_double": is_double})
    return [
        pair["first"].alias("first_officer"),
        pair.select(pl.when("is_double").then("second").alias("second_officer"))["second_officer"],
        pl.Series("rank", words(["PC", "SGT"], unit % 8 == 7)),
    ]


def _minutes(length: Floats) -> np.ndarray:
    return np.round(length * 60).astype(np.int64).astype("timedelta64[s]")
