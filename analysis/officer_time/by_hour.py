"""In which hours of the week, and on which shift, was the officer time of an incident worked?"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from analysis.errors import AnalysisError
from analysis.officer_time.parts import part_units

MINUTES_A_DAY = 24 * 60
MINUTES_AN_HOUR = 60
HOURS_A_DAY = 24
DAYS_A_WEEK = 7
MILLISECONDS_A_MINUTE = 60_000
_SHIFT = re.compile(r"^(?P<name>\S.*?) (?P<start>[0-2]\d:[0-5]\d)-(?P<end>[0-2]\d:[0-5]\d)$")
_SUMMED = ("units", "imputed_units")
_MEND = 'Write each shift as "early 07:00-15:00", so that together they cover the day once.'


@dataclass(frozen=True)
class Shift:
    """A shift by the local clock: [`start`, `end`) in minutes of the day.

    One that ends at or before its start runs into the next day; its hours belong to the day on which it began.
    """

    name: str
    start: int
    end: int

    @property
    def is_over_midnight(self) -> bool:
        """Whether the shift ends on the day after it began."""
        return self.end <= self.start


def read_shifts(texts: Sequence[str]) -> tuple[Shift, ...]:
    """The force's shift pattern from its assumption, such as `["early 07:00-15:00", …]`.

    Raises:
        AnalysisError: a shift cannot be read, or they leave or repeat a minute of the day.
    """
    shifts = []
    for text in texts:
        found = _SHIFT.match(text.strip())
        start, end = (_minute_of_day(found[part]) if found else None for part in ("start", "end"))
        if found is None or start is None or end is None:
            raise AnalysisError(f"assumptions.toml, [shift_pattern]: a shift cannot be read. {_MEND}")
        shifts.append(Shift(found["name"], start, end % MINUTES_A_DAY))
    in_order = sorted(shifts, key=lambda shift: shift.start)
    follows = [*in_order[1:], *in_order[:1]]
    if not shifts or any(one.end != other.start for one, other in zip(in_order, follows, strict=True)):
        raise AnalysisError(f"assumptions.toml, [shift_pattern]: the shifts do not cover the day once. {_MEND}")
    if len({shift.name for shift in shifts}) < len(shifts):
        raise AnalysisError(f"assumptions.toml, [shift_pattern]: two shifts have one name. {_MEND}")
    return tuple(shifts)


def worked_hours(deployments: pl.DataFrame, *, timezone: str, shifts: Sequence[Shift]) -> pl.DataFrame:
    """The officer units of each incident in each local hour in which they were worked.

    A deployment is split over the hours it covers, at its share of each instant, by the local clock: of the day of
    25 hours the hour that is told twice holds up to two hours an officer; of the day of 23 one hour holds none. The
    rows of an incident add up to its officer units.

    Args:
        deployments: as in `OfficerTime.deployments`; orphans share and are left out.
        timezone: of the local clock, such as Europe/London.
        shifts: as `read_shifts` returns them.

    Returns:
        `incident_id`, `day` (local Date), `hour` (0 to 23), `shift` (name), `shift_day` (the Date on which the shift
        began), `units`, `imputed_units` (of deployments never cleared); one row for each, sorted.
    """
    step = _step_minutes(deployments, timezone, shifts)
    parts = _slots(deployments, step * MILLISECONDS_A_MINUTE)
    measured = parts.with_columns(part_units(deployments, parts))
    local = pl.from_epoch(pl.col("slot"), "ms").dt.replace_time_zone("UTC").dt.convert_time_zone(timezone)
    facts = deployments.select("incident_id", "is_orphaned", "is_imputed")[measured["row"].to_numpy()]
    placed = pl.concat([measured, facts], how="horizontal").filter(~pl.col("is_orphaned"), pl.col("units") != 0)
    clock = placed.select(
        "incident_id",
        "units",
        pl.when("is_imputed").then("units").otherwise(0).alias("imputed_units"),
        local.dt.date().alias("day"),
        local.dt.hour().cast(pl.Int64).alias("hour"),
        (local.dt.hour().cast(pl.Int64) * MINUTES_AN_HOUR + local.dt.minute()).alias("minute"),
    )
    on_shift = _on_shift(shifts)
    keys = ["incident_id", "day", "hour", "shift", "shift_day"]
    return (
        clock.with_columns(on_shift, _shift_day(shifts))
        .group_by(keys)
        .agg(pl.col("units", "imputed_units").sum())
        .sort(keys)
    )


def group_hours(worked: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """The hours of each incident group: the sums over its logs.

    Args:
        worked: as `worked_hours` returns them.
        groups: incident_id, group_id, of the same incidents.

    Returns:
        The columns of `worked` with `group_id` in place of `incident_id`; sorted.
    """
    keys = ["group_id", "day", "hour", "shift", "shift_day"]
    known = worked.join(groups.select("incident_id", "group_id"), on="incident_id")
    return known.group_by(keys).agg(pl.col("units", "imputed_units").sum()).sort(keys)


def _minute_of_day(clock: str) -> int | None:
    hours, minutes = (int(part) for part in clock.split(":"))
    total = hours * MINUTES_AN_HOUR + minutes
    return total if total <= MINUTES_A_DAY else None


def _step_minutes(deployments: pl.DataFrame, timezone: str, shifts: Sequence[Shift]) -> int:
    """The widest slots, in minutes of UTC, that no local hour, shift or change of the clocks begins inside of."""
    moments = pl.concat([deployments["assigned_at"], deployments["end_at"]]).alias("at").to_frame()
    local = pl.col("at").dt.convert_time_zone(timezone)
    offset = (local.dt.base_utc_offset() + local.dt.dst_offset()).dt.total_minutes()
    offsets = moments.select(offset.drop_nulls().unique().alias("minutes"))["minutes"]
    return math.gcd(MINUTES_AN_HOUR, *offsets, *(shift.start for shift in shifts))


def _slots(deployments: pl.DataFrame, width: int) -> pl.DataFrame:
    """Each deployment cut at the slots' edges: `row`, `slot` (its beginning), `start`, `end`, in milliseconds."""
    edges = deployments.select(
        start=pl.col("assigned_at").dt.epoch("us") // 1_000, end=pl.col("end_at").dt.epoch("us") // 1_000
    )
    start, end = edges["start"].to_numpy(), edges["end"].to_numpy()
    first = start // width
    count = np.maximum(-(-end // width) - first, 0)
    row = np.repeat(np.arange(start.size), count)
    slot = (np.arange(row.size) - np.repeat(np.cumsum(count) - count, count) + first[row]) * width
    return pl.DataFrame(
        {"row": row, "slot": slot, "start": np.maximum(slot, start[row]), "end": np.minimum(slot + width, end[row])}
    )


def _on_shift(shifts: Sequence[Shift]) -> pl.Expr:
    """The name of the shift in which `minute`, of the day, lies."""
    minute = pl.col("minute")
    chosen: pl.Expr = pl.lit(None, pl.String)
    for shift in shifts:
        after, before = minute >= shift.start, minute < shift.end
        inside = after | before if shift.is_over_midnight else after & before
        chosen = pl.when(inside).then(pl.lit(shift.name)).otherwise(chosen)
    return chosen.alias("shift")


def _shift_day(shifts: Sequence[Shift]) -> pl.Expr:
    """The local day on which the shift began that `minute` of `day` lies in."""
    began_before = pl.any_horizontal(
        pl.lit(False), *(pl.col("minute") < shift.end for shift in shifts if shift.is_over_midnight)
    )
    return pl.when(began_before).then(pl.col("day").dt.offset_by("-1d")).otherwise("day").alias("shift_day")


def by_weekday(worked: pl.DataFrame, first_day: date, as_of: date) -> pl.DataFrame:
    """The hours of the week, with how many of each weekday the period has, by which an average is divided.

    Args:
        worked: day, hour, units, imputed_units; of the incidents of the period, wherever their hours lie.
        first_day, as_of: the period's first local day, and the day after its last.

    Returns:
        weekday (1 Monday to 7 Sunday), hour (0 to 23), units, imputed_units, days (of that weekday in the period);
        168 rows, sorted; 0 where nothing was worked.
    """
    hours = pl.DataFrame({"hour": range(HOURS_A_DAY)}, schema={"hour": pl.Int64})
    grid = _weekdays(first_day, as_of).join(hours, how="cross")
    sums = worked.group_by(_weekday("day"), "hour").agg(pl.col(_SUMMED).sum())
    return _filled(grid, sums, ["weekday", "hour"])


def by_shift(worked: pl.DataFrame, first_day: date, as_of: date, *, shifts: Sequence[Shift]) -> pl.DataFrame:
    """The same by shift and the weekday on which the shift began.

    Args:
        worked: shift, shift_day, units, imputed_units.

    Returns:
        shift, weekday, units, imputed_units, days; one row for each shift, in the order given, and weekday.
    """
    names = pl.DataFrame({"shift": [shift.name for shift in shifts]}, schema={"shift": pl.String})
    grid = names.join(_weekdays(first_day, as_of), how="cross", maintain_order="left_right")
    sums = worked.group_by("shift", _weekday("shift_day")).agg(pl.col(_SUMMED).sum())
    return _filled(grid, sums, ["shift", "weekday"])


def _weekday(day: str) -> pl.Expr:
    return pl.col(day).dt.weekday().cast(pl.Int64).alias("weekday")


def _weekdays(first_day: date, as_of: date) -> pl.DataFrame:
    """Weekday (1 to 7) and how many of it the period has."""
    days = (as_of - first_day).days
    weekdays = [(first_day.isoweekday() + place - 1) % DAYS_A_WEEK + 1 for place in range(DAYS_A_WEEK)]
    counts = [(days + DAYS_A_WEEK - 1 - place) // DAYS_A_WEEK for place in range(DAYS_A_WEEK)]
    schema = {"weekday": pl.Int64, "days": pl.Int64}
    return pl.DataFrame({"weekday": weekdays, "days": counts}, schema=schema).sort("weekday")


def _filled(grid: pl.DataFrame, sums: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    found = grid.join(sums, on=keys, how="left", maintain_order="left")
    return found.with_columns(pl.col(_SUMMED).fill_null(0)).select(*keys, *_SUMMED, "days")
