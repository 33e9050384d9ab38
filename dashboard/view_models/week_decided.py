"""Which plans and actions need somebody this Monday? What was decided, judged by today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from partnership.status import ActionWord, PlanWord, action_status, plan_status
from partnership.views import BoardLine, PlanView
from partnership.vocabulary import PlanState


@dataclass(frozen=True)
class Decided:
    """What has been decided, as far as the viewer may see it.

    Attributes:
        plans: every plan of the view's neighbourhoods.
        actions: every action of those neighbourhoods, the earliest due first.
        plan_of: the plan of each person on a list, the open one or the newest; whoever has none is left out.
        stalled_days, due_soon_days: the assumptions of those names.
        reads_restricted: whether restricted cases are open to the viewer.
        agencies: code to name.
    """

    plans: tuple[PlanView, ...]
    actions: tuple[BoardLine, ...]
    plan_of: Mapping[str, PlanView]
    today: date
    stalled_days: int
    due_soon_days: int
    reads_restricted: bool
    agencies: Mapping[str, str]

    def has_open_plan(self, person_id: str) -> bool:
        """Whether somebody is at work for the person."""
        plan = self.plan_of.get(person_id)
        return plan is not None and plan.state is PlanState.OPEN

    def days_overdue(self, line: BoardLine) -> int:
        """By how many days an action of an open plan is overdue; 0 where it is not."""
        if line.plan_state is not PlanState.OPEN:
            return 0
        status = action_status(line, self.today, due_soon_days=self.due_soon_days)
        return status.days_overdue if status.word is ActionWord.OVERDUE else 0

    @property
    def overdue(self) -> tuple[BoardLine, ...]:
        """The overdue actions, the longest overdue first."""
        late = [line for line in self.actions if self.days_overdue(line)]
        return tuple(sorted(late, key=lambda line: (line.due_on, line.action_id)))

    def concerns(self, plan: PlanView) -> tuple[PlanWord, ...]:
        """What is wrong with a plan, the most pressing first; nothing where it is on track or closed."""
        return plan_status(plan, plan.actions, plan.changed_at, self.today, stalled_days=self.stalled_days).concerns

    @property
    def needing_attention(self) -> tuple[PlanView, ...]:
        """The open plans with any concern: overdue, without a next action, due for review or stalled."""
        return tuple(plan for plan in self.plans if self.concerns(plan))

    @property
    def for_review(self) -> tuple[PlanView, ...]:
        """The open plans whose review is due, the longest due first."""
        due = [plan for plan in self.plans if PlanWord.DUE_FOR_REVIEW in self.concerns(plan)]
        return tuple(sorted(due, key=lambda plan: (plan.review_on, plan.plan_id)))
