"""What did earlier meetings leave for this one, and what must it decide before it closes?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from partnership.agenda_words import day
from partnership.authority import Actor
from partnership.errors import PartnershipError
from partnership.finding import is_open_to
from partnership.models import ActionPlan, AgendaItem, Case, Decision, Meeting
from partnership.vocabulary import AgendaState, PlanState


@dataclass(frozen=True)
class CarriedOver:
    """A case an earlier meeting carried, or had on its agenda and did not decide; `times` counts this one."""

    case_id: int
    because: str
    times: int


class CasesUndecided(PartnershipError):
    """The meeting cannot be closed: somebody in a top ten has neither a decision nor an open plan.

    Attributes:
        references: the cases, as far as they are open to the actor.
        hidden: how many more there are.
    """

    def __init__(self, references: tuple[str, ...], hidden: int) -> None:
        named = ", ".join(references)
        others = f"{hidden} not open to you" if hidden else ""
        count = len(references) + hidden
        super().__init__(
            f"{count} in a top ten without a decision or an open plan: {' and '.join(filter(None, (named, others)))}. "
            "Decide each of them, then close the meeting."
        )
        self.references = references
        self.hidden = hidden


def carried_over(session: Session, meeting: Meeting, geography: Mapping[str, str]) -> tuple[CarriedOver, ...]:
    """The cases of the sector that the newest earlier agenda they stood on carried or did not reach, in that order.

    A case that changed its sector is carried to the sector's meeting that owns it now.
    """
    original = aliased(Case)
    decided = exists().where(Decision.meeting_id == AgendaItem.meeting_id, Decision.case_id == AgendaItem.case_id)
    query = (
        select(AgendaItem, Meeting.held_on, Case, decided)
        .join(Meeting, AgendaItem.meeting_id == Meeting.id)
        .join(original, AgendaItem.case_id == original.id)
        .join(Case, Case.id == func.coalesce(original.merged_into, original.id))
        .where(Meeting.held_on < meeting.held_on, Case.erased_at.is_(None))
        .order_by(Meeting.held_on, AgendaItem.place, AgendaItem.id)
    )
    newest: dict[int, tuple[AgendaItem, date, bool]] = {}
    for item, held_on, case, is_decided in session.execute(query):
        if geography.get(case.neighbourhood) == meeting.sector:
            newest.pop(case.id, None)
            newest[case.id] = (item, held_on, is_decided)
    return tuple(
        CarriedOver(case_id, _because(item, held_on), item.times_carried + 1)
        for case_id, (item, held_on, is_decided) in newest.items()
        if item.state is AgendaState.CARRIED or (item.state is AgendaState.LISTED and not is_decided)
    )


def undecided(
    session: Session, actor: Actor, meeting: Meeting, *, top_ten: Iterable[str], geography: Mapping[str, str]
) -> CasesUndecided | None:
    """What keeps the meeting from being closed; None where nothing does.

    Looked at are the cases whose place in a top ten the agenda holds, and those named beside it, as far as the sector
    still owns them.

    Args:
        session: a session.
        actor: who closes; only cases open to them are named.
        meeting: the meeting.
        top_ten: further references of cases in a top ten.
        geography: neighbourhood code to sector code.
    """
    original = aliased(Case)
    on_a_list = select(AgendaItem.case_id).where(
        AgendaItem.meeting_id == meeting.id, AgendaItem.top_ten_position.is_not(None)
    )
    named = or_(original.id.in_(on_a_list), original.reference.in_(sorted(top_ten)))
    standing = select(func.coalesce(original.merged_into, original.id)).where(named)
    is_planned = exists().where(ActionPlan.case_id == Case.id, ActionPlan.state == PlanState.OPEN)
    one_of_the_same = aliased(Case)
    decided_for = select(func.coalesce(one_of_the_same.merged_into, one_of_the_same.id)).join(
        Decision, Decision.case_id == one_of_the_same.id
    )
    query = (
        select(Case.reference, Case.neighbourhood, is_open_to(actor, geography))
        .where(Case.id.in_(standing), Case.erased_at.is_(None), ~is_planned)
        .where(Case.id.not_in(decided_for.where(Decision.meeting_id == meeting.id)))
        .order_by(Case.reference)
    )
    found = [
        (reference, is_open)
        for reference, neighbourhood, is_open in session.execute(query)
        if geography.get(neighbourhood) == meeting.sector
    ]
    if not found:
        return None
    references = tuple(reference for reference, is_open in found if is_open)
    return CasesUndecided(references, len(found) - len(references))


def _because(item: AgendaItem, held_on: date) -> str:
    if item.state is AgendaState.CARRIED:
        return f"Carried from {day(held_on)}" + (f": {item.state_reason}" if item.state_reason else "")
    return f"On the agenda of {day(held_on)} and not decided" + (
        f": {item.added_because}" if item.added_because else ""
    )
