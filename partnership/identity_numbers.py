"""Whose is this number? An institution's, one that many share, or a person's own, as somebody decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.authority import Actor
from partnership.changes import NOTHING_ELSE, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import NoSuchRecord
from partnership.identity import require_one_of
from partnership.models import NumberMark
from partnership.vocabulary import IdentityReason, NumberKind


def mark_number(
    session: Session,
    actor: Actor,
    *,
    reference: str,
    kind: NumberKind,
    why: IdentityReason,
    neighbourhoods: Collection[str],
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Say whose a telephone number is; every later build keeps to it. One mark a number.

    Args:
        session: a write session.
        actor: who decides: an analyst, or the inspector of a sector in which the number rang.
        reference: the number, `T-…`.
        kind: whose it is.
        why: the reason chosen.
        neighbourhoods: where calls were made with it; kept from the first mark on.
        seen_version: the version of the mark the page showed; 0 where it showed none.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: the actor may not decide, or the number rang nowhere in the actor's sector.
        StaleSave: somebody marked it first.
    """
    row = _row(session, reference)
    require_one_of(actor, row.neighbourhoods if row else neighbourhoods, geography=geography)
    fields: dict[str, object] = {"kind": kind, "why": why}
    if row is not None:
        if is_nothing_to_do(row, fields):
            return saved(row, NOTHING_ELSE, is_changed=False)
        refuse_stale(session, row, seen_version=seen_version, fields=fields)
    fields |= {"decided_at": at, "decided_by": actor.name}
    if row is not None:
        return change(session, actor, row, verb="mark_number", fields=fields, at=at)
    areas = sorted(set(neighbourhoods))
    row = NumberMark(reference=wording.code(reference, "number"), neighbourhoods=areas, version=1, **fields)
    return add(session, actor, row, verb="mark_number", at=at)


def unmark_number(
    session: Session,
    actor: Actor,
    *,
    reference: str,
    why: IdentityReason,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Take the mark off; the records decide again from the next build on.

    Raises:
        NoSuchRecord: the number was never marked, or the actor may not.
        StaleSave: somebody marked or unmarked it first.
    """
    row = _row(session, reference)
    if row is None:
        raise NoSuchRecord
    require_one_of(actor, row.neighbourhoods, geography=geography)
    if row.kind is None:
        return saved(row, NOTHING_ELSE, is_changed=False)
    fields: dict[str, object] = {"kind": None, "why": why}
    refuse_stale(session, row, seen_version=seen_version, fields=fields)
    fields |= {"decided_at": at, "decided_by": actor.name}
    return change(session, actor, row, verb="unmark_number", fields=fields, at=at)


def _row(session: Session, reference: str) -> NumberMark | None:
    return session.scalar(select(NumberMark).where(NumberMark.reference == reference).with_for_update())
