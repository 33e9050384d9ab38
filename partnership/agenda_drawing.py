"""How does a proposal become the meeting's agenda? Every person gets a case, and what the chair said stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership.agenda import ProposedAgenda, ProposedItem
from partnership.agenda_places import STEP, changeable_meeting, items_of, last_place
from partnership.authority import Actor, Deed
from partnership.carrying_over import CarriedOver, carried_over
from partnership.cases import open_case
from partnership.changes import About, add, change, is_nothing_to_do
from partnership.errors import PartnershipError
from partnership.finding import surviving_person
from partnership.models import AgendaItem, Case, Meeting
from partnership.vocabulary import AgendaState


@dataclass(frozen=True)
class DrawnUp:
    """What drawing up changed.

    Attributes:
        listed: items put on the agenda, or changed there.
        whole_list: items put on the whole list beside it, or changed there.
        owned_elsewhere: people left out because another sector owns their case: that sector's meeting decides.
    """

    listed: int
    whole_list: int
    owned_elsewhere: int


@dataclass(frozen=True)
class _Wanted:
    """What is asked for one case; the chair's own word stands against it."""

    state: AgendaState
    reasons: tuple[str, ...]
    top_ten_position: int | None
    times_carried: int


def draw_up_agenda(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    agenda: ProposedAgenda,
    geography: Mapping[str, str],
    at: datetime,
) -> DrawnUp:
    """Put the proposal on the meeting's agenda, after what earlier meetings carried or did not decide.

    Whoever has no case gets one. Drawn up again, reasons and places in the top ten are renewed; what the chair added,
    dropped, carried or moved stays so, and who is proposed no longer goes to the whole list.

    Raises:
        NoSuchRecord: the meeting is absent or not the actor's, or a person's neighbourhood is not.
        PartnershipError: the meeting is closed, or a person without a case is of another sector.
    """
    meeting = changeable_meeting(session, actor, Deed.DRAW_UP_AGENDA, meeting_id=meeting_id, geography=geography)
    brought = {one.case_id: one for one in carried_over(session, meeting, geography)}
    wanted = {case_id: _wanted(None, one, is_listed=True) for case_id, one in brought.items()}
    owned_elsewhere = 0
    for item, is_listed in (*((one, True) for one in agenda.items), *((one, False) for one in agenda.others)):
        case = _case_of(session, actor, meeting, item, geography=geography, at=at)
        if case is None:
            owned_elsewhere += 1
        else:
            wanted[case.id] = _wanted(item, brought.get(case.id), is_listed=is_listed)
    standing = items_of(session, meeting)
    for case_id in sorted(standing.keys() - wanted.keys()):
        wanted[case_id] = _wanted(None, None, is_listed=False)
    changed = _put_all(session, actor, meeting, wanted, standing, at=at)
    return DrawnUp(changed[AgendaState.LISTED], changed[AgendaState.WHOLE_LIST], owned_elsewhere)


def _case_of(
    session: Session, actor: Actor, meeting: Meeting, item: ProposedItem, *, geography: Mapping[str, str], at: datetime
) -> Case | None:
    person = surviving_person(session, item.person_id)
    case = session.scalar(select(Case).where(Case.person_id == person))
    if case is not None:
        return case if geography.get(case.neighbourhood) == meeting.sector else None
    if geography.get(item.neighbourhood) != meeting.sector:
        raise PartnershipError("agenda: somebody is of another sector. Propose the people of this sector only.")
    opened = open_case(
        session, actor, person_id=item.person_id, neighbourhood=item.neighbourhood, geography=geography, at=at
    )
    return session.get_one(Case, opened.row_id)


def _wanted(item: ProposedItem | None, brought: CarriedOver | None, *, is_listed: bool) -> _Wanted:
    return _Wanted(
        state=AgendaState.LISTED if is_listed or brought is not None else AgendaState.WHOLE_LIST,
        reasons=(*(() if brought is None else (brought.because,)), *(() if item is None else item.reasons)),
        top_ten_position=None if item is None else item.top_ten_position,
        times_carried=0 if brought is None else brought.times,
    )


def _put_all(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    wanted: Mapping[int, _Wanted],
    standing: Mapping[int, AgendaItem],
    *,
    at: datetime,
) -> Counter[AgendaState]:
    changed: Counter[AgendaState] = Counter()
    place = last_place(session, meeting)
    for case_id, one in wanted.items():
        place += STEP
        about = About(session.get_one(Case, case_id))
        row = standing.get(case_id)
        fields: dict[str, object] = {
            "reasons": "\n".join(one.reasons),
            "top_ten_position": one.top_ten_position,
            "times_carried": one.times_carried,
        }
        if row is None:
            fields |= {"state": one.state, "place": place, "version": 1}
            row = AgendaItem(meeting_id=meeting.id, case_id=case_id, **fields)
            add(session, actor, row, verb="draw_up_agenda", at=at, about=about)
            changed[row.state] += 1
            continue
        is_chairs = row.added_because is not None or row.state in (AgendaState.DROPPED, AgendaState.CARRIED)
        if not is_chairs and row.state is not one.state:
            fields |= {"state": one.state, "place": place}
        if not is_nothing_to_do(row, fields):
            change(session, actor, row, verb="draw_up_agenda", fields=fields, at=at, about=about)
            changed[row.state] += 1
    return changed
