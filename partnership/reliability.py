"""Does each agency do what it promised by the day it promised? Counted from events, week by week, each promise once.

An action carried to a later day is a new promise; the old one counts by what became of it on its own day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from partnership.authority import Actor
from partnership.finding import is_open_to
from partnership.models import Action, ActionPlan, Case, Event, EventText
from partnership.vocabulary import ActionState, NotDoneBecause, Role

_WEEK = timedelta(days=7)


class Outcome(StrEnum):
    """What became of a promise by its day. `excused` breaks no promise and is left out of every share."""

    KEPT = "kept"
    LATE = "late"
    MISSED = "missed"
    EXCUSED = "excused"


@dataclass(frozen=True)
class Promise:
    """One agency's word that an action is done by a day."""

    action_id: int
    agency: str
    due_on: date
    outcome: Outcome


@dataclass(frozen=True)
class WeekOfPromises:
    """What fell due in seven days, and how much of it was done by its day."""

    ending: date
    due: int
    kept: int


@dataclass(frozen=True)
class AgencyReliability:
    """One agency over the weeks: due = kept + late + missed. `excused` stands beside."""

    agency: str
    due: int
    kept: int
    late: int
    missed: int
    excused: int
    weeks: tuple[WeekOfPromises, ...]


def agency_reliability(
    session: Session,
    actor: Actor,
    geography: Mapping[str, str],
    *,
    weeks: int,
    timezone: str,
    neighbourhoods: Collection[str] | None = None,
) -> tuple[AgencyReliability, ...]:
    """Every agency's promises that fell due in the weeks before the actor's day, of the cases open to the actor.

    Args:
        session: a session.
        actor: a partner gets their own agency's alone.
        geography: neighbourhood code to sector code.
        weeks: how many, ending yesterday.
        timezone: of the force; "by its day" is by local midnight.
        neighbourhoods: codes of the cases that count; None for all that are open to the actor.
    """
    scope = is_open_to(actor, geography)
    if neighbourhoods is not None:
        scope = and_(scope, Case.neighbourhood.in_(sorted(neighbourhoods)))
    promises = _promises(session, actor, scope, timezone=timezone)
    return reliability(promises, today=actor.today, weeks=weeks)


def reliability(promises: Iterable[Promise], *, today: date, weeks: int) -> tuple[AgencyReliability, ...]:
    """The promises that fell due in the weeks before today, by agency and week."""
    first = today - _WEEK * weeks
    fallen_due: dict[str, list[Promise]] = defaultdict(list)
    for promise in promises:
        if first <= promise.due_on < today:
            fallen_due[promise.agency].append(promise)
    return tuple(_of_agency(agency, own, first=first, weeks=weeks) for agency, own in sorted(fallen_due.items()))


def _of_agency(agency: str, own: list[Promise], *, first: date, weeks: int) -> AgencyReliability:
    def count(outcome: Outcome) -> int:
        return sum(promise.outcome is outcome for promise in own)

    due, kept = [0] * weeks, [0] * weeks
    for promise in own:
        week = (promise.due_on - first).days // 7
        due[week] += promise.outcome is not Outcome.EXCUSED
        kept[week] += promise.outcome is Outcome.KEPT
    return AgencyReliability(
        agency=agency,
        due=sum(due),
        kept=sum(kept),
        late=count(Outcome.LATE),
        missed=count(Outcome.MISSED),
        excused=count(Outcome.EXCUSED),
        weeks=tuple(
            WeekOfPromises(first + _WEEK * (week + 1) - timedelta(days=1), due[week], kept[week])
            for week in range(weeks)
        ),
    )


def _promises(session: Session, actor: Actor, scope: ColumnElement[bool], *, timezone: str) -> list[Promise]:
    query = (
        select(Action)
        .join(ActionPlan, Action.plan_id == ActionPlan.id)
        .join(Case, ActionPlan.case_id == Case.id)
        .where(scope)
        .order_by(Action.id)
    )
    if actor.role is Role.PARTNER:
        query = query.where(Action.owner_agency == actor.agency)
    rows = list(session.scalars(query))
    events = _events(session, [row.id for row in rows])
    return [promise for row in rows for promise in _of_action(row, events[row.id], timezone=timezone)]


@dataclass(frozen=True)
class _Turn:
    """An event that ended a promise: it was carried, or given to another agency, leaving what stood before."""

    at: datetime
    due_on: date | None
    because: NotDoneBecause | None
    agency: str | None


def _events(session: Session, action_ids: list[int]) -> dict[int, list[_Turn]]:
    query = (
        select(Event, EventText.before)
        .outerjoin(EventText, (EventText.event_id == Event.id) & (EventText.field == "owner_agency"))
        .where(
            Event.subject == "action",
            Event.subject_id.in_([str(number) for number in action_ids]),
            Event.verb.in_(("carry_forward", "change_action")),
        )
        .order_by(Event.id)
    )
    found: dict[int, list[_Turn]] = defaultdict(list)
    for event, agency in session.execute(query):
        moved = event.details.get("due_on")
        why = event.details.get("not_done_because", {}).get("after")
        turn = _Turn(
            at=event.at,
            due_on=None if moved is None else date.fromisoformat(moved["before"]),
            because=None if why is None else NotDoneBecause(why),
            agency=agency,
        )
        found[int(event.subject_id)].append(turn)
    return found


def _of_action(row: Action, turns: list[_Turn], *, timezone: str) -> list[Promise]:
    promises = [Promise(row.id, row.owner_agency, row.due_on, _last(row, timezone))]
    agency = row.owner_agency
    for turn in reversed(turns):
        if turn.agency is not None:
            agency = turn.agency
        if turn.due_on is not None:
            is_broken = (
                _local(turn.at, timezone) > turn.due_on and turn.because is not NotDoneBecause.CIRCUMSTANCES_CHANGED
            )
            promises.append(Promise(row.id, agency, turn.due_on, Outcome.MISSED if is_broken else Outcome.EXCUSED))
    return promises


def _last(row: Action, timezone: str) -> Outcome:
    """What became of the promise that stands; an open one counts once its day is past."""
    if row.status is ActionState.DONE and row.reported_at is not None:
        return Outcome.KEPT if _local(row.reported_at, timezone) <= row.due_on else Outcome.LATE
    is_changed = row.not_done_because is NotDoneBecause.CIRCUMSTANCES_CHANGED and row.status is ActionState.NOT_DONE
    return Outcome.EXCUSED if is_changed or row.status is ActionState.CANCELLED else Outcome.MISSED


def _local(at: datetime, timezone: str) -> date:
    return at.astimezone(ZoneInfo(timezone)).date()
