"""What is known of a person before a meeting? Facts about the lists, the risk and the plan, handed in from outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from partnership.status import is_overdue
from partnership.views import PlanView
from partnership.vocabulary import ListMovement, PlanState

_ON_A_LIST = frozenset(
    {
        ListMovement.NEW,
        ListMovement.RETURNED,
        ListMovement.UP,
        ListMovement.DOWN,
        ListMovement.SAME,
        ListMovement.NO_EARLIER_LIST,
    }
)


class Reason(IntEnum):
    """Why a case is on the agenda, the most pressing first."""

    MARAC = 1
    NO_DASH = 2
    NEW = 3
    RETURNED = 4
    NO_PLAN = 5
    ACTION_OVERDUE = 6
    RISEN = 7
    REVIEW_DUE = 8
    MOVED = 9
    IDENTITY = 10


@dataclass(frozen=True)
class MaracEligibility:
    """Which criteria of which version of the protocol a person meets. The case belongs at MARAC; this is none."""

    criteria: tuple[str, ...]
    version: str


@dataclass(frozen=True)
class AgendaFact:
    """What is known of one person in one neighbourhood at the time of a meeting.

    Attributes:
        person_id: the person.
        neighbourhood: its code; `area` is its name, for the words.
        movement: how they came to stand where they stand; `NONE` for who is on no list.
        position: in the top ten; None for who is not in it. `earlier_position`: a week before.
        contacts: in the window of the list; `officer_hours` of the same window, None where not worked out.
        plan: the state of the newest plan; None where there never was one.
        overdue_actions: how many, and the longest by `days_overdue`.
        review_on: the open plan's review day.
        moved_from: the name of the neighbourhood they rang from before, where they moved.
        marac: what makes them eligible for MARAC; None where nothing does, or it is not known.
        lacks_mandatory_dash: whether an incident that must have a DASH has none.
        identity_decision: what was decided since the last meeting on who this is, in words; None for nothing.
    """

    person_id: str
    neighbourhood: str
    area: str
    movement: ListMovement = ListMovement.NONE
    position: int | None = None
    earlier_position: int | None = None
    contacts: int | None = None
    officer_hours: float | None = None
    plan: PlanState | None = None
    overdue_actions: int = 0
    days_overdue: int = 0
    review_on: date | None = None
    moved_from: str | None = None
    marac: MaracEligibility | None = None
    lacks_mandatory_dash: bool = False
    identity_decision: str | None = None

    @property
    def is_in_top_ten(self) -> bool:
        """Whether the person is on the list now."""
        return self.position is not None and self.movement in _ON_A_LIST


def with_plans(facts: Iterable[AgendaFact], plans: Iterable[PlanView], *, today: date) -> tuple[AgendaFact, ...]:
    """The facts with what the plans say; who has an open plan and is on no list stays on the books.

    Args:
        facts: from the ranking.
        plans: of the sector, open and closed.
        today: an action due before it is overdue.
    """
    newest: dict[str, PlanView] = {}
    for plan in sorted(plans, key=lambda plan: (plan.state is PlanState.OPEN, plan.opened_at, plan.plan_id)):
        newest[plan.person_id] = plan
    told = [_with_plan(fact, newest[fact.person_id], today) if fact.person_id in newest else fact for fact in facts]
    known = {fact.person_id for fact in told}
    on_the_books = [
        _with_plan(AgendaFact(person, plan.neighbourhood, plan.neighbourhood), plan, today)
        for person, plan in sorted(newest.items())
        if person not in known and plan.state is PlanState.OPEN
    ]
    return (*told, *on_the_books)


def with_area_names(facts: Iterable[AgendaFact], names: Mapping[str, str]) -> tuple[AgendaFact, ...]:
    """The facts with the names of their neighbourhoods; a code without a name stands for itself."""
    return tuple(replace(fact, area=names.get(fact.neighbourhood, fact.area)) for fact in facts)


def _with_plan(fact: AgendaFact, plan: PlanView, today: date) -> AgendaFact:
    if plan.state is not PlanState.OPEN:
        return replace(fact, plan=plan.state)
    late = [action for action in plan.actions if is_overdue(action, today)]
    return replace(
        fact,
        plan=plan.state,
        overdue_actions=len(late),
        days_overdue=max(((today - action.due_on).days for action in late), default=0),
        review_on=plan.review_on,
    )
