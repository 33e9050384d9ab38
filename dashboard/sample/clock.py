"""When do people ring: which day, which hour, and what does the control room's clock say?"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from dashboard.sample.chance import Bools, Floats, Ints, weighted
from dashboard.sample.force import DAYS, FIRST_DAY
from dashboard.sample.population import FADING, PATTERNS, RETURNED, RISING

ZONE = "Europe/London"
CLOCK_CHANGES = (date(2012, 3, 25), date(2012, 10, 28), date(2013, 3, 31), date(2013, 10, 27))
CHANGE_NIGHT_LOGS = 8
# Relative frequency of each hour from midnight.
DOMESTIC_HOURS = (
    110,
    90,
    68,
    48,
    34,
    28,
    32,
    48,
    62,
    76,
    82,
    88,
    98,
    94,
    98,
    108,
    118,
    132,
    148,
    160,
    174,
    180,
    168,
    138,
)
OTHER_HOURS = (
    62,
    48,
    40,
    32,
    26,
    26,
    36,
    58,
    84,
    100,
    106,
    110,
    112,
    110,
    112,
    122,
    130,
    134,
    128,
    120,
    112,
    104,
    96,
    78,
)
WEEKDAYS = (0.94, 0.92, 0.92, 0.95, 1.06, 1.22, 1.16)


def choose_days(rng: np.random.Generator, pattern: Ints, *, is_domestic: bool) -> Ints:
    """A day number for each log of a person with that pattern of calling."""
    base = _day_weights(is_domestic=is_domestic)
    at = np.arange(DAYS)
    days = np.empty(len(pattern), dtype=np.int64)
    for kind in range(len(PATTERNS)):
        here = np.flatnonzero(pattern == kind)
        weight = np.ones(DAYS)
        if kind == RISING:
            weight = np.select([at >= DAYS - 12, at >= DAYS - 70], [4.5, 1.9], 0.6)
        elif kind == FADING:
            weight = np.where(at >= DAYS - 75, 0.04, 1.0)
        elif kind == RETURNED:
            weight = np.select([at >= DAYS - 8, at >= DAYS - 320, at >= DAYS - 520], [2.0, 0.02, 1.0], 0.05)
        days[here] = weighted(rng, base * weight, len(here))
    return days


def choose_seconds(rng: np.random.Generator, days: Ints, is_domestic: Bools) -> Ints:
    """A second of the day for each log: evenings, and the small hours of the weekend."""
    hours = np.empty(len(days), dtype=np.int64)
    for weekday in range(7):
        for kind, profile in ((True, DOMESTIC_HOURS), (False, OTHER_HOURS)):
            here = np.flatnonzero((days % 7 == weekday) & (is_domestic == kind))
            weight = np.array(profile, dtype=np.float64)
            if weekday in (5, 6):
                weight[:4] *= 1.7
            if weekday in (4, 5):
                weight[20:] *= 1.35
            hours[here] = weighted(rng, weight, len(here))
    return hours * 3600 + rng.integers(0, 3600, len(days))


def on_change_nights(rng: np.random.Generator, days: Ints, seconds: Ints) -> tuple[Ints, Ints]:
    """The same times with a few logs of the week round each clock change brought to the hours across it."""
    days, seconds = days.copy(), seconds.copy()
    for change in CLOCK_CHANGES:
        night = (change - FIRST_DAY).days
        near = np.flatnonzero(np.abs(days - night) <= 7)
        chosen = rng.choice(near, min(CHANGE_NIGHT_LOGS, len(near)), replace=False)
        days[chosen] = night
        seconds[chosen] = rng.integers(10 * 60, 150 * 60, len(chosen))
    return days, seconds


def to_utc(rng: np.random.Generator, days: Ints, seconds: Ints) -> pl.Series:
    """The instants of wall-clock times: either pass of October's repeated hour; March's missing hour moves on."""
    local = np.datetime64(FIRST_DAY, "us") + days * np.timedelta64(1, "D") + seconds * np.timedelta64(1, "s")
    second_pass = rng.random(len(days)) < 0.5
    frame = pl.DataFrame({"local": local, "pass": np.where(second_pass, "latest", "earliest")})
    shown = pl.col("local").dt.replace_time_zone(ZONE, ambiguous=pl.col("pass"), non_existent="null")
    moved = (pl.col("local") + timedelta(hours=1)).dt.replace_time_zone(ZONE, ambiguous="earliest", non_existent="null")
    return frame.select(pl.coalesce(shown, moved).dt.convert_time_zone("UTC").alias("at"))["at"]


def local(at: pl.Expr) -> pl.Expr:
    """An instant as the control room's wall clock shows it, without a zone."""
    return at.dt.convert_time_zone(ZONE).dt.replace_time_zone(None)


def _day_weights(*, is_domestic: bool) -> Floats:
    """Relative frequency of each day: weekends, a mild summer, and a rise from 20 December to 2 January."""
    day = np.arange(DAYS)
    weight = np.array(WEEKDAYS)[day % 7] * (1 + 0.07 * np.sin(2 * np.pi * (day - 150) / 365.25))
    of_year = np.array([(FIRST_DAY + timedelta(days=int(at))).strftime("%m%d") for at in day])
    christmas = (of_year >= "1220") | (of_year <= "0102")
    rise = 1.55 if is_domestic else 1.05
    return np.asarray(weight * np.where(christmas, rise, 1.0), dtype=np.float64)
