"""Logs, groups and crimes for the tests of demand and ranking, one plain object each and the frames made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
from hypothesis import strategies as st

from analysis.demand.areas import AreaKind
from analysis.demand.windows import Window, local_midnight
from analysis.officer_time import UNITS_PER_MINUTE
from analysis.ranking.order import Lens

SECOND = 1_000_000
INSTANT = pl.Datetime("us", "UTC")


@dataclass(frozen=True)
class Log:
    """One log of the control room."""

    incident_id: str
    received_at: datetime
    group_id: str | None = None
    source: str | None = "999"
    caller_role: str | None = "victim"
    caller_id: str | None = None
    concerned: tuple[str, ...] = ()
    caller_phone: str | None = None
    is_phone_of_place: bool | None = False
    address_key: str | None = None
    is_address_of_place: bool | None = False
    ward_code: str | None = "W1"
    neighbourhood_code: str | None = "N1"
    is_domestic: bool | None = True
    units: int = 0
    spread: int = 0
    imputed_units: int = 0
    crimes: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        return self.group_id or self.incident_id


@dataclass(frozen=True)
class Extract:
    """Logs, and the days of each crime's offence (None where the offence has no score)."""

    logs: tuple[Log, ...]
    days: dict[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What a list is asked for."""

    lens: Lens = Lens.CONTACTS
    area: AreaKind = AreaKind.NEIGHBOURHOOD
    domestic_only: bool = True
    minimum_contacts: int = 2

    def asked(self) -> dict[str, Any]:
        return {
            "lens": self.lens,
            "area": self.area,
            "domestic_only": self.domestic_only,
            "minimum_contacts": self.minimum_contacts,
        }


def at(text: str) -> datetime:
    """An instant from ISO 8601, UTC where it has no offset."""
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def rings(person: str, *instants: str, minutes: int = 0, name: str = "", **facts: Any) -> list[Log]:
    """One log for each time a person rings, each about a job of its own."""
    area = facts.get("neighbourhood_code", "N1")
    return [
        Log(
            incident_id=f"{name or person}-{area}-{number}",
            received_at=at(instant),
            caller_id=person,
            units=minutes * UNITS_PER_MINUTE,
            **facts,
        )
        for number, instant in enumerate(instants)
    ]


def log_frame(logs: Sequence[Log]) -> pl.DataFrame:
    """The logs as the calculation is given them."""
    schema: dict[str, Any] = {
        "incident_id": pl.String,
        "group_id": pl.String,
        "received_at": INSTANT,
        "source": pl.String,
        "caller_role": pl.String,
        "caller_id": pl.String,
        "caller_phone": pl.String,
        "is_phone_of_place": pl.Boolean,
        "address_key": pl.String,
        "is_address_of_place": pl.Boolean,
    }
    rows = [{**vars(log), "group_id": log.group} for log in logs]
    return pl.DataFrame([{name: row[name] for name in schema} for row in rows], schema=schema)


def group_frame(logs: Sequence[Log]) -> pl.DataFrame:
    """The groups: area, flag and time of the first log, officer time of all."""
    groups: dict[str, list[Log]] = {}
    for log in sorted(logs, key=lambda log: (log.received_at, log.incident_id)):
        groups.setdefault(log.group, []).append(log)
    rows = [
        {
            "group_id": group,
            "received_at": members[0].received_at,
            "ward_code": members[0].ward_code,
            "neighbourhood_code": members[0].neighbourhood_code,
            "is_domestic": members[0].is_domestic,
            "units": sum(log.units for log in members),
            "units_low": sum(log.units - log.spread for log in members),
            "units_high": sum(log.units + log.spread for log in members),
            "imputed_units": sum(log.imputed_units for log in members),
        }
        for group, members in groups.items()
    ]
    text, whole = pl.String, pl.Int64
    schema: dict[str, Any] = {
        "group_id": text,
        "received_at": INSTANT,
        "ward_code": text,
        "neighbourhood_code": text,
        "is_domestic": pl.Boolean,
        "units": whole,
        "units_low": whole,
        "units_high": whole,
        "imputed_units": whole,
    }
    return pl.DataFrame(rows, schema=schema)


def concerned_frame(logs: Sequence[Log]) -> pl.DataFrame:
    """Everyone concerned in each log."""
    rows = [(log.incident_id, person) for log in logs for person in log.concerned]
    return pl.DataFrame(rows, schema={"incident_id": pl.String, "person_id": pl.String}, orient="row")


def crime_frame(extract: Extract) -> pl.DataFrame:
    """The distinct crimes of each group."""
    rows = sorted({(log.group, crime) for log in extract.logs for crime in log.crimes})
    schema = {"group_id": pl.String, "crime_ref": pl.String, "days": pl.Float64}
    return pl.DataFrame([(*row, extract.days.get(row[1])) for row in rows], schema=schema, orient="row")


WINDOWS = (
    Window(date(2013, 12, 2), 1, "Europe/London"),
    Window(date(2013, 11, 4), 2, "Europe/London"),
    Window(date(2013, 4, 8), 3, "Europe/London"),
    Window(date(2013, 10, 22), 1, "America/Sao_Paulo"),
)
"""Plain weeks, both changes of the clocks, and a zone whose clocks skip midnight inside the window."""

NEAR_AN_EDGE = (-SECOND, -1, 0, 1, SECOND, 3600 * SECOND - 1, 3600 * SECOND, 12 * 3600 * SECOND)
"""Microseconds from a local midnight."""

DAYS = (None, 0.0, 0.1, 0.2, 0.3, 10.0)
"""Days of harm whose sums are not exact in binary."""


@dataclass
class Dice:
    """Choices made from one drawn string of bytes, which is much quicker than one draw a choice."""

    thrown: bytes
    used: int = 0

    def choose(self, *options: Any) -> Any:
        self.used += 1
        return options[self.thrown[self.used - 1] % len(options)]


def _log(number: int, dice: Dice, window: Window, weeks: int) -> Log:
    days_before = dice.choose(*range(7 * weeks + 1))
    midnight = local_midnight(window.as_of - timedelta(days=days_before), window.timezone)
    return Log(
        incident_id=f"I{number}",
        group_id=f"I{dice.choose(number, number, number, number // 2)}",
        received_at=midnight + timedelta(microseconds=dice.choose(*NEAR_AN_EDGE)),
        source=dice.choose("999", "101", "online", None, "officer"),
        caller_role=dice.choose("victim", "victim", "subject", "unknown", None, "witness", "professional"),
        caller_id=dice.choose("P1", "P1", "P2", "P3", "P4", None),
        concerned=dice.choose((), ("P1",), ("P2",), ("P1", "P2"), ("P3", "P1")),
        caller_phone=dice.choose("+441214960001", "+441214960002", None),
        is_phone_of_place=dice.choose(False, False, None, True),
        address_key=dice.choose("1 HIGH ST", "2 HIGH ST", None),
        is_address_of_place=dice.choose(False, False, None, True),
        ward_code=dice.choose("W1", "W1", "W2", None),
        neighbourhood_code=dice.choose("N1", "N1", "N2", None),
        is_domestic=dice.choose(True, True, True, False, None),
        units=dice.choose(0, 0, 1, 720_720, UNITS_PER_MINUTE * 30),
        spread=dice.choose(0, 1, 720_720),
        imputed_units=dice.choose(0, 720_720),
        crimes=dice.choose((), ("C1",), ("C2",), ("C3", "C1"), ("C4", "C2")),
    )


@st.composite
def extracts(draw: st.DrawFn, window: Window, weeks: int, *, most: int = 30) -> Extract:
    """Few people, few areas, many ties, groups of several logs, officers' logs, nulls everywhere they may be.

    Times lie within a second or an hour of a local midnight of the weeks up to the window's end, or at midday.
    """
    throws = draw(st.lists(st.binary(min_size=18, max_size=18), max_size=most))
    logs = tuple(_log(number, Dice(thrown), window, weeks) for number, thrown in enumerate(throws))
    dice = Dice(draw(st.binary(min_size=4, max_size=4)))
    return Extract(logs, {crime: dice.choose(*DAYS) for crime in ("C1", "C2", "C3", "C4")})


settings_asked = st.builds(
    Settings,
    lens=st.sampled_from(Lens),
    area=st.sampled_from(AreaKind),
    domestic_only=st.booleans(),
    minimum_contacts=st.integers(1, 3),
)
