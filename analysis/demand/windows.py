"""Which stretch of time does a list cover?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl

from analysis.errors import AnalysisError, QuestionError

DAYS_A_WEEK = 7
_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Window:
    """The whole weeks before a day: [00:00 local of `as_of` - 7 x `weeks` days, 00:00 local of `as_of`).

    The day `as_of` itself is outside. Over a change of the clocks the window is an hour shorter or longer.

    Attributes:
        as_of: the day the list is made for, a local date; usually a Monday, but any day will do.
        weeks: length in weeks, at least 1.
        timezone: name of the force's time zone, such as Europe/London.

    Raises:
        QuestionError: fewer than one week, or more weeks than the calendar holds.
        AnalysisError: the time zone is unknown.
    """

    as_of: date
    weeks: int
    timezone: str

    def __post_init__(self) -> None:
        if self.weeks < 1:
            raise QuestionError("The window has no week. Ask for at least one (--weeks 1).")
        try:
            self.first_day  # noqa: B018 - both ends must exist before anything is counted
        except OverflowError as error:
            raise QuestionError("The window begins before the calendar does. Ask for fewer weeks (--weeks).") from error
        zone(self.timezone)

    @property
    def first_day(self) -> date:
        """The first local day inside the window."""
        return self.as_of - timedelta(days=DAYS_A_WEEK * self.weeks)

    @property
    def start(self) -> datetime:
        """The first instant inside the window, UTC."""
        return local_midnight(self.first_day, self.timezone)

    @property
    def end(self) -> datetime:
        """The first instant after the window, UTC."""
        return local_midnight(self.as_of, self.timezone)

    def weeks_before(self, weeks: int) -> Window:
        """The window of the list made `weeks` weeks earlier; equally long."""
        return Window(self.as_of - timedelta(days=DAYS_A_WEEK * weeks), self.weeks, self.timezone)

    def contains(self, instant: pl.Expr) -> pl.Expr:
        """True where an instant, Datetime(us, UTC), lies inside; null where it is null."""
        return (instant >= _literal(self.start)) & (instant < _literal(self.end))


def zone(timezone: str) -> ZoneInfo:
    """The time zone of that name.

    Raises:
        AnalysisError: no such zone.
    """
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise AnalysisError(
            "sources.toml, [force] timezone: not a known time zone. Use a name such as Europe/London."
        ) from error


def local_midnight(day: date, timezone: str) -> datetime:
    """The first instant of a local day, UTC.

    Where the clocks skip midnight (Cairo, Beirut, Sao Paulo before 2019) the day begins when they land; where
    they show midnight twice (Havana, the Azores) it begins with the first.
    """
    local = zone(timezone)
    midnight = datetime.combine(day, time.min, tzinfo=local)
    latest = midnight.astimezone(UTC)
    if latest.astimezone(local).replace(tzinfo=None) == midnight.replace(tzinfo=None):
        return latest
    earliest = midnight.replace(fold=1).astimezone(UTC) - _ONE_SECOND
    while latest - earliest > _ONE_SECOND:
        middle = earliest + timedelta(seconds=(latest - earliest) // _ONE_SECOND // 2)
        if middle.astimezone(local).date() < day:
            earliest = middle
        else:
            latest = middle
    return latest


def default_as_of(newest: datetime, timezone: str) -> date:
    """The Monday after the newest complete week, a local date.

    A week is complete when the newest record lies on its Sunday or later. `newest` must bear its offset.

    Raises:
        ValueError: `newest` has no offset.
    """
    if newest.tzinfo is None:
        raise ValueError("the newest record's time has no offset")
    day = newest.astimezone(zone(timezone)).date()
    return day - timedelta(days=day.isoweekday() % DAYS_A_WEEK) + timedelta(days=1)


def _literal(instant: datetime) -> pl.Expr:
    return pl.lit(instant).cast(pl.Datetime("us", "UTC"))
