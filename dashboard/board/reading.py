"""What does every part of the Action plans page start from? One reading of the database, for this run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard import decisions
from dashboard.data import assumptions
from dashboard.deeds import timezone_of
from dashboard.today import today
from dashboard.view_models.action_plans import ActionRow, action_rows
from dashboard.view_models.plan_reviews import PlanRow, plan_rows
from dashboard.visit import Visit
from partnership.views import PlanView


@dataclass(frozen=True)
class Reading:
    """The actions and plans open to the viewer in the chosen area, as they stood when the run began.

    Attributes:
        plans: every plan open to the viewer, also outside the chosen area.
        open_plans: the open ones of the chosen area, with their status.
    """

    visit: Visit
    today: date
    timezone: str
    agencies: Mapping[str, str]
    plans: tuple[PlanView, ...]
    actions: tuple[ActionRow, ...]
    open_plans: tuple[PlanRow, ...]

    @property
    def neighbourhoods(self) -> frozenset[str] | None:
        """The codes of the chosen area; None where nothing is chosen, which is everything open to the viewer."""
        filters, options = self.visit.filters, self.visit.options
        if filters.sector is None and filters.neighbourhood is None:
            return None
        return frozenset(area.code for area in options.within(filters.sector, filters.neighbourhood))


def read(visit: Visit) -> Reading:
    """Read once a run.

    Raises:
        PartnershipError: the database cannot be read; the message names the mend.
    """
    day, known = today(visit.facts), assumptions()
    names = {agency.code: agency.name for agency in decisions.agencies()}
    plans = decisions.plans(visit)
    return Reading(
        visit=visit,
        today=day,
        timezone=timezone_of(visit),
        agencies=names,
        plans=plans,
        actions=action_rows(
            decisions.plan_board(visit),
            filters=visit.filters,
            options=visit.options,
            agencies=names,
            today=day,
            due_soon_days=known.whole("action_due_soon_days"),
        ),
        open_plans=plan_rows(
            plans,
            filters=visit.filters,
            options=visit.options,
            today=day,
            stalled_days=known.whole("plan_stalled_days"),
        ),
    )
