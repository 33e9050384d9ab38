"""What happened to this case, who did it, and why? Every event with its values before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from partnership.authority import Actor
from partnership.models import Case, Event, EventText
from partnership.reading import case_by_reference
from partnership.views import Change, HistoryLine


def history(session: Session, actor: Actor, reference: str, geography: Mapping[str, str]) -> tuple[HistoryLine, ...]:
    """Everything that happened to a case and to those joined with it, newest first.

    Raises:
        NoSuchRecord: absent, erased, or not open to the actor.
    """
    case_id = case_by_reference(session, actor, reference, geography).case_id
    numbers = select(Case.id).where(or_(Case.id == case_id, Case.merged_into == case_id))
    events = session.scalars(
        select(Event).where(Event.case_id.in_(numbers)).order_by(Event.at.desc(), Event.id.desc())
    ).all()
    texts: dict[int, list[EventText]] = defaultdict(list)
    of_the_case = select(Event.id).where(Event.case_id.in_(numbers))
    for row in session.scalars(select(EventText).where(EventText.event_id.in_(of_the_case)).order_by(EventText.field)):
        texts[row.event_id].append(row)
    return tuple(_history_line(event, texts[event.id]) for event in events)


def _history_line(event: Event, texts: Iterable[EventText]) -> HistoryLine:
    facts = [
        Change(field, _shown(pair["before"]), _shown(pair["after"])) for field, pair in sorted(event.details.items())
    ]
    typed = list(texts)
    reason = next((row.after for row in typed if row.field == "why"), None)
    written = [Change(row.field, row.before, row.after) for row in typed if row.field != "why"]
    return HistoryLine(
        event_id=event.id,
        at=event.at,
        actor_name=event.actor_name,
        actor_role=event.actor_role,
        actor_agency=event.actor_agency,
        verb=event.verb,
        subject=event.subject,
        subject_id=event.subject_id,
        reason=reason,
        changes=tuple(facts + written),
    )


def _shown(value: object) -> str | None:
    return None if value is None else str(value)
