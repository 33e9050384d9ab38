"""Which weeks, build and part of the force do the words of the demand page depend on?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analysis.questions.builds import Assumptions
from analysis.questions.figures import Days
from dashboard.components.notes import SourceLine
from dashboard.text import as_at, day, plural
from dashboard.visit import Visit


@dataclass(frozen=True)
class DemandSetting:
    """What the words depend on beside the answers.

    Attributes:
        sector: the sector chosen, if any; `area_code` the neighbourhood chosen, if any.
        first_code, first_name: the neighbourhood whose people are listed: the one chosen, else the first in view.
        length: positions of a list.
        codes_of: the neighbourhoods in scope of each sector.
    """

    sector: str | None
    area_code: str | None
    first_code: str
    first_name: str
    areas: int
    as_of: date
    weeks: int
    domestic_only: bool
    length: int
    minimum_contacts: int
    high_centile: int
    timezone: str
    last_day: date
    build_id: str
    codes_of: Mapping[str, tuple[str, ...]]

    @property
    def days(self) -> Days:
        """The days of the window."""
        return Days(self.as_of - timedelta(weeks=self.weeks), self.as_of)

    def local_day(self, moment: datetime | None) -> str:
        """The day of a moment in the force's own time; a dash where there is none."""
        return "–" if moment is None else day(moment.astimezone(ZoneInfo(self.timezone)).date())

    def source(self, definition: str, left_out: str) -> SourceLine:
        """The small line, with the weeks, the calls and the build of this setting."""
        which = "domestic incidents" if self.domestic_only else "all incidents"
        return SourceLine(
            period=f"{plural(self.weeks, 'week')} to {day(self.as_of - timedelta(days=1))}, {which}",
            definition=definition,
            data_as_at=as_at(self.last_day, self.build_id),
            left_out=left_out,
        )


def demand_setting(visit: Visit, *, assumptions: Assumptions, timezone: str) -> DemandSetting | None:
    """The setting of a visit; None where no neighbourhood is in scope."""
    filters = visit.filters
    areas = visit.options.within(filters.sector, filters.neighbourhood)
    if not areas:
        return None
    return DemandSetting(
        sector=filters.sector,
        area_code=filters.neighbourhood,
        first_code=areas[0].code,
        first_name=areas[0].name,
        areas=len(areas),
        as_of=filters.as_of,
        weeks=filters.weeks,
        domestic_only=filters.domestic_only,
        length=assumptions.whole("top_ten_length"),
        minimum_contacts=assumptions.whole("repeat_minimum_contacts"),
        high_centile=assumptions.whole("officer_time_high_centile"),
        timezone=timezone,
        last_day=visit.facts.last_day,
        build_id=visit.facts.id,
        codes_of={
            sector: tuple(area.code for area in visit.options.within(sector)) for sector in visit.options.sectors
        },
    )
