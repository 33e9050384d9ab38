"""What has been decided about who is who: for the page with its history, and for the build as it stands?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership.authority import Actor, Deed, may, neighbourhoods
from partnership.identity import stated_pairs
from partnership.models import Event, NumberMark, PairDecision
from partnership.vocabulary import IdentityReason, NumberKind, Role, Verdict

Row = TypeVar("Row", PairDecision, NumberMark)


@dataclass(frozen=True)
class PairView:
    """What was last decided about a pair; no verdict where it was undone."""

    pair_reference: str
    reference_a: str
    reference_b: str
    verdict: Verdict | None
    why: IdentityReason
    decided_at: datetime
    decided_by: str
    version: int


@dataclass(frozen=True)
class NumberView:
    """How a number was last marked; no kind where the mark was taken off."""

    reference: str
    kind: NumberKind | None
    why: IdentityReason
    decided_at: datetime
    decided_by: str
    version: int


@dataclass(frozen=True)
class IdentityEvent:
    """One decision or undoing, as it was made: `subject` is the pair (`D-…`) or the number (`T-…`)."""

    event_id: int
    subject: str
    at: datetime
    actor_name: str
    actor_role: Role
    verb: str
    decided: Verdict | NumberKind | None
    why: IdentityReason | None


def pair_decisions(session: Session, actor: Actor, geography: Mapping[str, str]) -> tuple[PairView, ...]:
    """The pairs of the actor's areas that were ever decided, the last decision first; nothing for other roles."""
    return tuple(
        PairView(
            row.pair_reference,
            row.reference_a,
            row.reference_b,
            row.verdict,
            row.why,
            row.decided_at,
            row.decided_by,
            row.version,
        )
        for row in _in_scope(actor, session.scalars(select(PairDecision)).all(), geography)
    )


def number_marks(session: Session, actor: Actor, geography: Mapping[str, str]) -> tuple[NumberView, ...]:
    """The numbers of the actor's areas that were ever marked, the last first; nothing for other roles."""
    return tuple(
        NumberView(row.reference, row.kind, row.why, row.decided_at, row.decided_by, row.version)
        for row in _in_scope(actor, session.scalars(select(NumberMark)).all(), geography)
    )


def identity_history(session: Session, actor: Actor, geography: Mapping[str, str]) -> tuple[IdentityEvent, ...]:
    """Every decision and undoing on the pairs and numbers of the actor's areas, the newest first."""
    pairs = _in_scope(actor, session.scalars(select(PairDecision)).all(), geography)
    numbers = _in_scope(actor, session.scalars(select(NumberMark)).all(), geography)
    named = {("pair_decision", str(row.id)): row.pair_reference for row in pairs}
    named |= {("number_mark", str(row.id)): row.reference for row in numbers}
    events = session.scalars(
        select(Event).where(Event.subject.in_(["pair_decision", "number_mark"])).order_by(Event.id)
    )
    told: dict[tuple[str, str], dict[str, str | None]] = defaultdict(dict)
    lines = []
    for event in events:
        subject = (event.subject, event.subject_id)
        if subject in named:
            # An event tells what it changed; what it left as it was still stands.
            told[subject] |= {field: change["after"] for field, change in event.details.items()}
            lines.append(_event(event, named[subject], told[subject]))
    return tuple(reversed(lines))


def decisions_in_force(session: Session) -> tuple[tuple[str, str, str], ...]:
    """For the build: (reference_a, reference_b, 'same' or 'different') of every decision in force, by pair."""
    return tuple(
        (stated.reference_a, stated.reference_b, stated.verdict.value)
        for stated in stated_pairs(session)
        if stated.verdict is not Verdict.NOT_SURE
    )


def numbers_in_force(session: Session) -> tuple[tuple[str, str], ...]:
    """For the build: (reference, 'institution', 'shared' or 'personal') of every number that is marked."""
    rows = session.scalars(select(NumberMark).where(NumberMark.kind.is_not(None)).order_by(NumberMark.reference))
    return tuple((row.reference, row.kind.value) for row in rows if row.kind is not None)


def _in_scope(actor: Actor, rows: Sequence[Row], geography: Mapping[str, str]) -> list[Row]:
    if not may(actor, Deed.DECIDE_IDENTITY):
        return []
    codes = neighbourhoods(actor, geography)
    mine = [row for row in rows if codes is None or codes.intersection(row.neighbourhoods)]
    return sorted(mine, key=lambda row: (row.decided_at, row.id), reverse=True)


def _event(event: Event, subject: str, told: Mapping[str, str | None]) -> IdentityEvent:
    verdict, kind, why = told.get("verdict"), told.get("kind"), told.get("why")
    decided: Verdict | NumberKind | None = Verdict(verdict) if verdict else NumberKind(kind) if kind else None
    return IdentityEvent(
        event.id,
        subject,
        event.at,
        event.actor_name,
        event.actor_role,
        event.verb,
        decided,
        IdentityReason(why) if why else None,
    )
