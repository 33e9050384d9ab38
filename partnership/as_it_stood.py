"""How did a row stand when a meeting closed? Worked out from the events after it, so that a closed record stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Date, Enum, select
from sqlalchemy.orm import Session

from partnership.models import Action, ActionPlan, Case, Event, EventText
from partnership.models.base import UtcDateTime

_SUBJECTS = {Action: "action", ActionPlan: "plan", Case: "case"}
_Row = TypeVar("_Row", Action, ActionPlan, Case)


def closing_event(session: Session, meeting_id: int) -> int | None:
    """The number of the event that closed the meeting; None where it is not closed."""
    return session.scalar(
        select(Event.id)
        .where(Event.subject == "meeting", Event.subject_id == str(meeting_id), Event.verb == "close_meeting")
        .order_by(Event.id.desc())
        .limit(1)
    )


def as_it_stood(session: Session, rows: Sequence[_Row], *, event_id: int | None) -> list[_Row]:
    """The rows as they stood after an event, those made later left out; copies that belong to no session.

    What was erased since stays erased.

    Args:
        session: a session.
        rows: rows of one table.
        event_id: the last event that counts; None for all of them, which gives the rows themselves.
    """
    if event_id is None or not rows:
        return list(rows)
    subject = _SUBJECTS[type(rows[0])]
    wanted = {str(row.id) for row in rows}
    of_rows = (Event.subject == subject, Event.subject_id.in_(sorted(wanted)))
    made_before = set(session.scalars(select(Event.subject_id).where(*of_rows, Event.id <= event_id).distinct()))
    before: dict[str, dict[str, object]] = defaultdict(dict)
    later = select(Event).where(*of_rows, Event.id > event_id).order_by(Event.id)
    numbers: dict[int, str] = {}
    for event in session.scalars(later):
        numbers[event.id] = event.subject_id
        for name, pair in event.details.items():
            before[event.subject_id].setdefault(name, pair["before"])
    texts = select(EventText).where(EventText.event_id.in_(sorted(numbers))).order_by(EventText.event_id)
    for text in session.scalars(texts):
        if text.field != "why":
            before[numbers[text.event_id]].setdefault(text.field, text.before)
    return [_copy(row, before[str(row.id)]) for row in rows if str(row.id) in made_before]


def _copy(row: _Row, before: dict[str, object]) -> _Row:
    values = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    known = {name: _value(row, name, value) for name, value in before.items() if name in values}
    return type(row)(**values | known)


def _value(row: _Row, name: str, stored: object) -> object:
    kind = row.__table__.columns[name].type
    if not isinstance(stored, str):
        return stored
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(stored)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(stored)
    return date.fromisoformat(stored) if isinstance(kind, Date) else stored
