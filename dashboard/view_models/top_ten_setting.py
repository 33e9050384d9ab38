"""Which neighbourhood, weeks, plans and names do the words of a top ten depend on?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analysis.questions.builds import Assumptions
from analysis.questions.figures import Days
from analysis.questions.top_ten import TopTen
from dashboard.build_facts import Neighbourhood
from dashboard.visit import Visit
from partnership.views import PlanView


@dataclass(frozen=True)
class TopTenSetting:
    """What the words depend on beside the answer: the place, the days, who has which plan, names that may be shown.

    `judgements` is the hash of the assumptions of today.
    """

    area_name: str
    as_of: date
    weeks: int
    domestic_only: bool
    recent_weeks: int
    length: int
    minimum_contacts: int
    timezone: str
    today: date
    data_as_at: date
    stalled_days: int
    plans: Mapping[str, PlanView]
    names: Mapping[str, str]
    is_chosen: bool
    areas_in_scope: int
    first_day: date
    movement_weeks: int
    lens: str
    build: str
    judgements: str

    @property
    def days(self) -> Days:
        """The days of the window."""
        return Days(self.as_of - timedelta(weeks=self.weeks), self.as_of)

    def local(self, moment: datetime) -> datetime:
        """A moment in the force's own time."""
        return moment.astimezone(ZoneInfo(self.timezone))

    def called(self, person_id: str) -> str:
        """The person's name where it may be shown, else their reference."""
        return self.names.get(person_id, person_id)


def setting_of(
    visit: Visit,
    area: Neighbourhood,
    *,
    today: date,
    timezone: str,
    assumptions: Assumptions,
    plans: Mapping[str, PlanView],
    names: Mapping[str, str],
) -> TopTenSetting:
    """What the words depend on, from the visit."""
    filters = visit.filters
    return TopTenSetting(
        area_name=area.name,
        as_of=filters.as_of,
        weeks=filters.weeks,
        domestic_only=filters.domestic_only,
        recent_weeks=assumptions.whole("recent_weeks"),
        length=assumptions.whole("top_ten_length"),
        minimum_contacts=assumptions.whole("repeat_minimum_contacts"),
        timezone=timezone,
        today=today,
        data_as_at=visit.facts.last_day,
        stalled_days=assumptions.whole("plan_stalled_days"),
        plans=plans,
        names=names,
        is_chosen=filters.neighbourhood is not None,
        areas_in_scope=len(visit.options.within(filters.sector)),
        first_day=visit.facts.first_day,
        movement_weeks=assumptions.whole("movement_weeks"),
        lens=filters.lens.value,
        build=visit.facts.id,
        judgements=assumptions.fingerprint,
    )


def area_of(visit: Visit) -> Neighbourhood | None:
    """The neighbourhood shown: the one chosen, else the first in view; None where none is in scope."""
    areas = visit.options.within(visit.filters.sector, visit.filters.neighbourhood)
    return areas[0] if areas else None


def people_of(answer: TopTen) -> frozenset[str]:
    """Everyone named on the page."""
    frames = (answer.people.rows, answer.left.rows, answer.lenses.people.rows)
    return frozenset(key for frame in frames if "key_id" in frame.columns for key in frame["key_id"])
