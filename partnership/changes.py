"""Who changed what, and was anybody first? Every verb saves through here: version, row, event and log together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership import access_log
from partnership.authority import Actor
from partnership.database import LOG_KEY
from partnership.drafts import clear_drafts
from partnership.errors import Clash, StaleSave
from partnership.models import (
    Action,
    ActionPlan,
    Addendum,
    Agency,
    AgendaItem,
    Attendance,
    Base,
    Case,
    Decision,
    Event,
    EventText,
    Meeting,
    Member,
    NumberMark,
    PairDecision,
    Share,
)
from partnership.vocabulary import Operation

_OfCases: TypeAlias = Case | ActionPlan | Action | Share | Member | Agency
_OfMeetings: TypeAlias = Meeting | Decision | AgendaItem | Attendance | Addendum
_OfIdentities: TypeAlias = PairDecision | NumberMark
Editable: TypeAlias = _OfCases | _OfMeetings | _OfIdentities

_SUBJECTS: Mapping[type[Base], str] = {
    Case: "case",
    ActionPlan: "plan",
    Action: "action",
    Meeting: "meeting",
    Decision: "decision",
    Share: "share",
    Member: "member",
    Agency: "agency",
    AgendaItem: "agenda_item",
    Attendance: "attendance",
    Addendum: "addendum",
    PairDecision: "pair_decision",
    NumberMark: "number_mark",
}
_OPERATIONS: Mapping[str, Operation] = {
    "open_case": Operation.COLLECTION,
    "share_case": Operation.DISCLOSURE,
    "join_cases": Operation.COMBINATION,
    "follow_merge": Operation.COMBINATION,
    "follow_split": Operation.ALTERATION,
    "decide_pair": Operation.COMBINATION,
}
_NOT_TOLD = frozenset({"id", "version", "reference", "case_id", "plan_id"})


@dataclass(frozen=True)
class Saved:
    """What a verb did.

    Attributes:
        row_id: the row's number; None for an agency, which goes by its code.
        reference: the case's public reference; None where no case is concerned.
        version: the version to send with the next save of the same row.
        is_changed: False where there was nothing to do.
    """

    row_id: int | None
    reference: str | None
    version: int
    is_changed: bool


@dataclass(frozen=True)
class About:
    """The case and plan an event belongs to, and the agency a disclosure went to."""

    case: Case | None = None
    plan: ActionPlan | None = None
    recipient: str | None = None


NOTHING_ELSE = About()


def is_nothing_to_do(row: Editable, fields: Mapping[str, object]) -> bool:
    """Whether every field already holds what is asked for, so that a repeated save changes nothing."""
    return all(getattr(row, name) == value for name, value in fields.items())


def refuse_stale(session: Session, row: Editable, *, seen_version: int, fields: Mapping[str, object]) -> None:
    """Refuse a save whose form showed another version than the one that stands.

    Raises:
        StaleSave: somebody was first; it says who and when, with both texts of each field.
    """
    if row.version == seen_version:
        return
    first = session.scalar(
        select(Event)
        .where(
            Event.subject == _SUBJECTS[type(row)],
            Event.subject_id == _key(row),
            Event.version_after > seen_version,
        )
        .order_by(Event.version_after, Event.id)
        .limit(1)
    )
    raise StaleSave(
        first_by=None if first is None else first.actor_name,
        first_at=None if first is None else first.at,
        clashes=tuple(Clash(name, _shown(getattr(row, name)), _shown(value)) for name, value in fields.items()),
    )


def change(
    session: Session,
    actor: Actor,
    row: Editable,
    *,
    verb: str,
    fields: Mapping[str, object],
    at: datetime,
    about: About = NOTHING_ELSE,
    reason: str | None = None,
) -> Saved:
    """Set the fields, raise the version by one and add the event. The caller has checked right, version and rule."""
    told = {name: (getattr(row, name), value) for name, value in fields.items() if getattr(row, name) != value}
    for name, (_, value) in told.items():
        setattr(row, name, value)
    row.version = row.version + 1
    session.flush()
    add_event(session, actor, row, verb=verb, told=told, at=at, about=about, reason=reason)
    return saved(row, about)


def add(
    session: Session,
    actor: Actor,
    row: Editable,
    *,
    verb: str,
    at: datetime,
    about: About = NOTHING_ELSE,
    reason: str | None = None,
) -> Saved:
    """Add a new row and its event. The caller has checked right and rule."""
    session.add(row)
    session.flush()
    names = {column.key for column in row.__table__.columns} - _NOT_TOLD
    values = {name: getattr(row, name) for name in sorted(names)}
    told = {name: (None, value) for name, value in values.items() if value is not None}
    add_event(session, actor, row, verb=verb, told=told, at=at, about=about, reason=reason)
    return saved(row, about)


def saved(row: Editable, about: About, *, is_changed: bool = True) -> Saved:
    """What to tell the caller about the row as it stands."""
    return Saved(
        row_id=None if isinstance(row, Agency) else row.id,
        reference=None if about.case is None else about.case.reference,
        version=row.version,
        is_changed=is_changed,
    )


def add_event(
    session: Session,
    actor: Actor,
    row: Editable,
    *,
    verb: str,
    told: Mapping[str, tuple[object, object]],
    at: datetime,
    about: About,
    reason: str | None,
) -> None:
    """Add the event, with its row of the access log where the database has the log's key; saved drafts go."""
    event = write_event(session, actor, row, verb=verb, told=told, at=at, about=about, reason=reason)
    _log(session, actor, event, about)
    meeting_id = row.id if isinstance(row, Meeting) else getattr(row, "meeting_id", None)
    clear_drafts(session, actor, verb=verb, case_id=event.case_id, meeting_id=meeting_id)


def write_event(
    session: Session,
    actor: Actor,
    row: Editable,
    *,
    verb: str,
    told: Mapping[str, tuple[object, object]],
    at: datetime,
    about: About,
    reason: str | None,
) -> Event:
    """Add the event, with the texts people typed kept apart from it."""
    event = Event(
        at=at,
        actor_member_id=actor.member_id,
        actor_name=actor.name,
        actor_role=actor.role,
        actor_agency=actor.agency,
        verb=verb,
        subject=_SUBJECTS[type(row)],
        subject_id=_key(row),
        case_id=None if about.case is None else about.case.id,
        plan_id=None if about.plan is None else about.plan.id,
        version_after=row.version,
        details={
            name: {"before": _plain(before), "after": _plain(after)}
            for name, (before, after) in told.items()
            if not (_is_text(before) or _is_text(after))
        },
    )
    session.add(event)
    session.flush()
    texts = {name: pair for name, pair in told.items() if _is_text(pair[0]) or _is_text(pair[1])}
    if reason is not None:
        texts["why"] = (None, reason)
    session.add_all(
        EventText(event_id=event.id, field=name, before=_text(before), after=_text(after))
        for name, (before, after) in texts.items()
    )
    session.flush()
    return event


def _log(session: Session, actor: Actor, event: Event, about: About) -> None:
    key = session.info.get(LOG_KEY)
    if key is None:
        return
    person_id = None if about.case is None else about.case.person_id
    access_log.record(
        session,
        actor,
        _OPERATIONS.get(event.verb, Operation.ALTERATION),
        subject=person_id or f"{event.subject} {event.subject_id}",
        purpose=event.verb,
        recipient=about.recipient,
        details={"event": event.id, "subject": event.subject},
        at=event.at,
        key=key,
    )


def _key(row: Editable) -> str:
    return row.code if isinstance(row, Agency) else str(row.id)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, StrEnum)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _shown(value: object) -> str:
    return "" if value is None else str(_plain(value))
