"""What was typed and not saved? Kept when a field is left, offered again after a reload, gone once saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.authority import Actor, Deed
from partnership.errors import NoSuchRecord
from partnership.finding import find_case, find_meeting, is_open_to
from partnership.models import Case, Draft
from partnership.vocabulary import DraftField

_PLAN = frozenset(field for field in DraftField if field.startswith("plan_"))
_ACTION = frozenset(field for field in DraftField if field.startswith("action_"))
_SAVED_BY: Mapping[str, frozenset[DraftField]] = {
    "record_decision": frozenset({DraftField.DECISION_REASON}),
    "agree_action": _ACTION,
    "change_action": _ACTION,
    "open_plan": _PLAN,
    "change_plan": _PLAN,
    "close_plan": frozenset({DraftField.CLOSING_REASON, DraftField.PLAN_ASSESSMENT}),
    "record_positive_contact": frozenset({DraftField.CONTACT_NOTE}),
    "add_item": frozenset({DraftField.ADD_REASON}),
    "drop_item": frozenset({DraftField.DROP_REASON}),
    "carry_item": frozenset({DraftField.CARRY_REASON}),
    "write_notes": frozenset({DraftField.MEETING_NOTES}),
    "agree_last_notes": frozenset({DraftField.NOTES_REMARKS}),
    "write_addendum": frozenset({DraftField.ADDENDUM}),
}


@dataclass(frozen=True)
class DraftView:
    """A text to offer again; `reference` is None for a field of the meeting itself."""

    reference: str | None
    field: DraftField
    text: str
    kept_at: datetime


def keep_draft(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    reference: str | None,
    field: DraftField,
    text: str,
    kept_days: int,
    geography: Mapping[str, str],
    at: datetime,
) -> None:
    """Keep what the member typed into a field; the newest text stands, and an emptied field has no draft.

    A draft is nobody else's to read and is no change of the record: no event is written. Whoever keeps one sweeps away
    everybody's that have been kept too long.

    Args:
        session: a write session.
        actor: whose draft it is.
        meeting_id: the meeting.
        reference: the case's reference; None for a field of the meeting itself.
        field: which field.
        text: what is typed so far.
        kept_days: how long a draft is kept (assumption `draft_kept_days`).
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: meeting or case is absent or not the actor's to work on.
        PartnershipError: the text is longer than the field takes.
    """
    if actor.member_id is None:
        raise NoSuchRecord
    meeting = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    case_id = None
    if reference is not None:
        case_id = find_case(session, actor, Deed.CHANGE_CASE, reference=reference, geography=geography).id
    typed = wording.optional_text(text, "draft")
    session.execute(delete(Draft).where(Draft.kept_at < at - timedelta(days=kept_days)))
    same = and_(
        Draft.member_id == actor.member_id, Draft.meeting_id == meeting.id, Draft.case_id.is_not_distinct_from(case_id)
    )
    row = session.scalar(select(Draft).where(same, Draft.field == field).with_for_update())
    if typed is None:
        if row is not None:
            session.delete(row)
    elif row is not None:
        row.text, row.kept_at = typed, at
    else:
        session.add(
            Draft(
                member_id=actor.member_id, meeting_id=meeting.id, case_id=case_id, field=field, text=typed, kept_at=at
            )
        )
    session.flush()


def drafts_of(
    session: Session, actor: Actor, meeting_id: int, geography: Mapping[str, str], *, kept_since: datetime
) -> tuple[DraftView, ...]:
    """The member's own drafts of a meeting, on the meeting itself and on cases still open to them.

    `kept_since`: older ones are not offered any more.
    """
    query = (
        select(Draft, Case.reference)
        .outerjoin(Case, Draft.case_id == Case.id)
        .where(
            Draft.member_id == actor.member_id,
            Draft.meeting_id == meeting_id,
            Draft.kept_at >= kept_since,
            or_(Draft.case_id.is_(None), is_open_to(actor, geography)),
        )
        .order_by(Draft.kept_at, Draft.id)
    )
    return tuple(DraftView(reference, row.field, row.text, row.kept_at) for row, reference in session.execute(query))


def clear_drafts(session: Session, actor: Actor, *, verb: str, case_id: int | None, meeting_id: int | None) -> None:
    """Take away the actor's drafts of what a verb has saved: of the case, or without one of the meeting itself."""
    fields = _SAVED_BY.get(verb)
    if fields is None or actor.member_id is None:
        return
    whose: ColumnElement[bool] = (
        Draft.case_id == case_id
        if case_id is not None
        else and_(Draft.case_id.is_(None), Draft.meeting_id == meeting_id)
    )
    session.execute(delete(Draft).where(Draft.member_id == actor.member_id, Draft.field.in_(sorted(fields)), whose))
