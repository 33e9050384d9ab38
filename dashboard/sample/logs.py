"""Who really rings, about whom, from where and when? One row a log, before anybody writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np
import polars as pl

from dashboard.sample.addresses import another_address
from dashboard.sample.chance import Bools, Ints, one_of_group, stream, weighted
from dashboard.sample.clock import choose_days, choose_seconds, on_change_nights, to_utc
from dashboard.sample.force import TODAY, Force

NOBODY = -1
LAST_SECOND = datetime.combine(TODAY, time(), UTC) - timedelta(seconds=1)
DUPLICATE_SHARE = 0.03
# What the caller of a log is to it. `resident` is somebody ringing on an institution's number.
KINDS = ("victim", "unknown", "subject", "witness", "third_party", "professional", "resident", "officer", "nameless")
DOMESTIC_KINDS = (0.715, 0.04, 0.07, 0.035, 0.075, 0.025, 0.012, 0.02, 0.008)
OTHER_KINDS = (0.43, 0.17, 0.02, 0.16, 0.06, 0.0, 0.0, 0.055, 0.075)
VICTIM, UNKNOWN, SUBJECT, WITNESS, THIRD_PARTY, PROFESSIONAL, RESIDENT, OFFICER, NAMELESS = range(len(KINDS))


@dataclass(frozen=True)
class Setting:
    """The ground, people and places the logs are about."""

    addresses: pl.DataFrame
    people: pl.DataFrame
    places: pl.DataFrame


def ring(force: Force, setting: Setting, seed: int) -> pl.DataFrame:
    """Every log, in the order it was received.

    Columns: log (row), at (UTC), day (local day number), is_domestic, victim (person, `NOBODY` for other logs), caller
    (person, `NOBODY` for staff, officers and nameless), kind (index of `KINDS`), place, address_at, parent (the row
    this log is a duplicate of, null for none).
    """
    rng = stream(seed, "logs")
    people = setting.people
    is_domestic = np.arange(force.incidents) < force.domestic
    victim = np.full(force.incidents, NOBODY)
    victim[: force.domestic] = weighted(rng, people["weight"].to_numpy()[: force.victims], force.domestic)
    kind, place = _kinds(rng, force, setting)
    caller = _callers(rng, force, people, victim, kind)
    concerned = np.where(is_domestic, victim, caller)
    pattern = np.where(is_domestic, people["pattern"].to_numpy()[np.maximum(victim, 0)], 0)
    days = np.where(
        is_domestic,
        choose_days(rng, pattern, is_domestic=True),
        choose_days(rng, np.zeros(force.incidents, dtype=np.int64), is_domestic=False),
    )
    days, seconds = on_change_nights(rng, days, choose_seconds(rng, days, is_domestic))
    address = _addresses(rng, setting, concerned, days, place, is_domestic)
    caller = _neighbours(rng, force, setting, caller, kind, address)
    logs = pl.DataFrame(
        {
            "at": to_utc(rng, days, seconds),
            "is_domestic": is_domestic,
            "victim": victim,
            "caller": caller,
            "kind": kind,
            "place": place,
            "address_at": address,
            "parent": pl.Series([None] * force.incidents, dtype=pl.Int64),
        }
    )
    return _in_order(_with_duplicates(rng, force, setting, logs))


def current_home(people: pl.DataFrame, person: Ints, days: Ints) -> Ints:
    """Where each person lived on the day (row of the addresses)."""
    moved = days >= people["moved_on"].to_numpy()[person]
    return np.where(moved, people["second_address_at"].to_numpy()[person], people["address_at"].to_numpy()[person])


def _kinds(rng: np.random.Generator, force: Force, setting: Setting) -> tuple[Ints, Ints]:
    """What each caller is, and the institution a log comes from (-1 for none)."""
    places = setting.places
    kind = np.empty(force.incidents, dtype=np.int64)
    kind[: force.domestic] = weighted(rng, DOMESTIC_KINDS, force.domestic)
    kind[force.domestic :] = weighted(rng, OTHER_KINDS, force.incidents - force.domestic)
    place = np.full(force.incidents, -1)
    staffed = np.flatnonzero(np.isin(kind, (PROFESSIONAL, RESIDENT)))
    caring = places["kind"].is_in(["hospital", "refuge", "agency", "hostel", "police_station"]).to_numpy()
    place[staffed] = weighted(rng, places["calls"].to_numpy() * caring, len(staffed))
    # Other logs of an institution: its own share of all logs.
    share = places["calls"].to_numpy()
    rest = np.flatnonzero(
        ~np.isin(np.arange(force.incidents), staffed) & (np.arange(force.incidents) >= force.domestic)
    )
    from_place = rest[rng.random(len(rest)) < share.sum()]
    place[from_place] = weighted(rng, share, len(from_place))
    professional = rng.random(len(from_place)) < places["professional"].to_numpy()[place[from_place]]
    kind[from_place] = np.where(professional, PROFESSIONAL, RESIDENT)
    return kind, place


def _callers(rng: np.random.Generator, force: Force, people: pl.DataFrame, victim: Ints, kind: Ints) -> Ints:
    """The person who rings: the victim, the partner, or for other logs somebody by how often each rings."""
    weight = people["weight"].to_numpy()
    anyone = 2 * force.victims + weighted(rng, weight[2 * force.victims :], force.incidents)
    known = weighted(rng, weight[: force.victims], force.incidents)
    anyone = np.where(rng.random(force.incidents) < 0.03, known, anyone)
    own = np.where(victim >= 0, victim, anyone)
    partner = people["partner"].to_numpy()[own]
    caller = np.where((kind == SUBJECT) & (victim >= 0), partner, own)
    return np.where(np.isin(kind, (PROFESSIONAL, OFFICER, NAMELESS)), NOBODY, caller)


def _addresses(
    rng: np.random.Generator, setting: Setting, concerned: Ints, days: Ints, place: Ints, is_domestic: Bools
) -> Ints:
    """Where each log is about: mostly home, otherwise somewhere in the neighbourhood; institutions at their own."""
    addresses = setting.addresses
    count = len(concerned)
    anywhere = rng.integers(0, len(addresses), count)
    home = np.where(concerned >= 0, current_home(setting.people, np.maximum(concerned, 0), days), anywhere)
    near = another_address(addresses, addresses["neighbourhood"].to_numpy()[home], rng)
    chance = rng.random(count)
    at_home = chance < np.where(is_domestic, 0.86, 0.42)
    nearby = chance < np.where(is_domestic, 0.96, 0.80)
    address = np.where(at_home, home, np.where(nearby, near, anywhere))
    own = setting.places["address_at"].to_numpy()[np.maximum(place, 0)]
    return np.where(place >= 0, own, address)


def _neighbours(
    rng: np.random.Generator, force: Force, setting: Setting, caller: Ints, kind: Ints, address: Ints
) -> Ints:
    """Third parties and witnesses are other people who live in the neighbourhood of the log."""
    where = setting.addresses["neighbourhood"].to_numpy()
    lives = where[setting.people["address_at"].to_numpy()[2 * force.victims :]]
    near = 2 * force.victims + one_of_group(rng, lives, where[address])
    return np.where(np.isin(kind, (THIRD_PARTY, WITNESS)) & (caller >= 0), near, caller)


def _with_duplicates(rng: np.random.Generator, force: Force, setting: Setting, logs: pl.DataFrame) -> pl.DataFrame:
    """Some logs become second reports of another one, minutes later: by the same person, a neighbour or the partner."""
    at = np.arange(len(logs))
    is_domestic = logs["is_domestic"].to_numpy()
    second = rng.random(len(logs)) < DUPLICATE_SHARE
    kind, place = logs["kind"].to_numpy(), logs["place"].to_numpy()
    second &= (place < 0) & ~np.isin(kind, (OFFICER, PROFESSIONAL))
    first = np.flatnonzero(~second & (place < 0))
    parent = one_of_group(rng, is_domestic[first].astype(np.int64), is_domestic.astype(np.int64))
    parent = np.where(second, first[parent], at)
    copied = logs[parent]
    chance = rng.random(len(logs))
    neighbour = chance < 0.5
    partner = (chance > 0.86) & (copied["victim"].to_numpy() >= 0)
    address = copied["address_at"].to_numpy()
    caller, role = copied["caller"].to_numpy(), copied["kind"].to_numpy()
    other = setting.people["partner"].to_numpy()[np.maximum(copied["victim"].to_numpy(), 0)]
    near = _neighbours(rng, force, setting, np.zeros(len(logs), dtype=np.int64), np.full(len(logs), WITNESS), address)
    caller = np.where(second & neighbour, near, np.where(second & partner, other, caller))
    role = np.where(second & neighbour, THIRD_PARTY, np.where(second & partner, SUBJECT, role))
    delay = pl.Series(np.where(second, rng.integers(40, 2_400, len(logs)), 0) * 1_000_000).cast(pl.Duration("us"))
    return copied.with_columns(
        pl.min_horizontal(pl.col("at") + delay, pl.lit(LAST_SECOND)),
        pl.Series("caller", caller),
        pl.Series("kind", role),
        pl.when(pl.Series(second)).then(pl.Series(parent)).alias("parent"),
    )


def _in_order(logs: pl.DataFrame) -> pl.DataFrame:
    """Sorted by time, rows numbered anew; a duplicate of a log already reported twice may name the report before it."""
    ordered = logs.with_row_index("old").sort("at", "old")
    new = np.empty(len(ordered), dtype=np.int64)
    new[ordered["old"].to_numpy()] = np.arange(len(ordered))
    parent = ordered["parent"].to_numpy()
    parent = np.where(np.isnan(parent), -1, parent).astype(np.int64)
    numbered = ordered.drop("old").with_columns(
        pl.int_range(pl.len()).alias("log"),
        pl.Series("parent", np.where(parent >= 0, new[np.maximum(parent, 0)], -1)).replace(-1, None),
        pl.col("at").dt.convert_time_zone("Europe/London").dt.date().alias("date"),
    )
    before = pl.col("log").shift(1).over("parent", order_by="log")
    chained = pl.when(pl.col("parent").is_not_null()).then(pl.coalesce(before, "parent"))
    return numbered.with_columns(chained.alias("parent"), pl.col("parent").alias("first_log"))
