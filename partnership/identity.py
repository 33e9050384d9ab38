"""Is that one person or two? What people decide about doubtful pairs of records; every later build keeps to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.authority import Actor, Deed, Matter, may
from partnership.changes import NOTHING_ELSE, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.identity_conflicts import Stated, contradicted
from partnership.models import PairDecision
from partnership.vocabulary import IdentityReason, Verdict

_SAID = {Verdict.SAME: "same person", Verdict.DIFFERENT: "different people"}


class ContradictsEarlier(PartnershipError):
    """A decision that cannot stand beside an earlier one. Nothing was written.

    Attributes:
        earlier: the decision it contradicts.
    """

    def __init__(self, earlier: Stated) -> None:
        super().__init__(
            f"This contradicts what {earlier.decided_by} decided on {earlier.decided_at:%d/%m/%Y} about pair "
            f"{earlier.pair_reference}: {_SAID[earlier.verdict]}. Undo that decision first, or decide otherwise."
        )
        self.earlier = earlier


def decide_pair(
    session: Session,
    actor: Actor,
    *,
    pair_reference: str,
    reference_a: str,
    reference_b: str,
    verdict: Verdict,
    why: IdentityReason,
    neighbourhoods: Collection[str],
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
    persons: Mapping[str, str] | None = None,
) -> Saved:
    """Decide whether two records are of one person. One decision a pair, which can be changed or undone.

    Args:
        session: a write session.
        actor: who decides: an analyst, or the inspector of a sector in which either person is recorded.
        pair_reference: the pair, `D-…`.
        reference_a, reference_b: its two records, `R-…`.
        verdict: the same person, different people, or not sure.
        why: the reason chosen.
        neighbourhoods: where either person is recorded; kept from the first decision on.
        seen_version: the version of the decision the page showed; 0 where it showed none.
        geography: neighbourhood code to sector code.
        at: when (UTC).
        persons: the person each record stands under now, for this pair's records and those decided on before.

    Raises:
        NoSuchRecord: the actor may not decide, or neither person is in the actor's sector.
        StaleSave: somebody decided first.
        ContradictsEarlier: an earlier decision says otherwise of the same people.
    """
    row = _row(session, pair_reference)
    require_one_of(actor, row.neighbourhoods if row else neighbourhoods, geography=geography)
    fields: dict[str, object] = {"verdict": verdict, "why": why}
    if row is not None:
        if is_nothing_to_do(row, fields):
            return saved(row, NOTHING_ELSE, is_changed=False)
        refuse_stale(session, row, seen_version=seen_version, fields=fields)
    a, b = wording.code(reference_a, "reference"), wording.code(reference_b, "reference")
    others = [stated for stated in stated_pairs(session) if stated.pair_reference != pair_reference]
    clash = contradicted(others, a, b, verdict, persons=persons or {})
    if clash is not None:
        raise ContradictsEarlier(clash)
    fields |= {"decided_at": at, "decided_by": actor.name}
    if row is not None:
        fields |= {"reference_a": a, "reference_b": b}
        return change(session, actor, row, verb="decide_pair", fields=fields, at=at)
    row = PairDecision(
        pair_reference=wording.code(pair_reference, "pair"),
        reference_a=a,
        reference_b=b,
        neighbourhoods=sorted(set(neighbourhoods)),
        version=1,
        **fields,
    )
    return add(session, actor, row, verb="decide_pair", at=at)


def undo_pair(
    session: Session,
    actor: Actor,
    *,
    pair_reference: str,
    why: IdentityReason,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Take back what was decided about a pair; the model decides again from the next build on.

    Raises:
        NoSuchRecord: nothing was ever decided about the pair, or the actor may not.
        StaleSave: somebody decided or undid first.
    """
    row = _row(session, pair_reference)
    if row is None:
        raise NoSuchRecord
    require_one_of(actor, row.neighbourhoods, geography=geography)
    if row.verdict is None:
        return saved(row, NOTHING_ELSE, is_changed=False)
    fields: dict[str, object] = {"verdict": None, "why": why}
    refuse_stale(session, row, seen_version=seen_version, fields=fields)
    fields |= {"decided_at": at, "decided_by": actor.name}
    return change(session, actor, row, verb="undo_pair", fields=fields, at=at)


def _row(session: Session, pair_reference: str) -> PairDecision | None:
    query = select(PairDecision).where(PairDecision.pair_reference == pair_reference)
    return session.scalar(query.with_for_update())


def stated_pairs(session: Session) -> tuple[Stated, ...]:
    """Every decision in force on a pair, *not sure* among them, by pair."""
    rows = session.scalars(
        select(PairDecision).where(PairDecision.verdict.is_not(None)).order_by(PairDecision.pair_reference)
    )
    return tuple(
        Stated(row.pair_reference, row.reference_a, row.reference_b, row.verdict, row.decided_by, row.decided_at)
        for row in rows
        if row.verdict is not None
    )


def require_one_of(actor: Actor, neighbourhoods: Collection[str], *, geography: Mapping[str, str]) -> None:
    """Refuse whoever may not decide on identities, or in none of these neighbourhoods.

    Raises:
        NoSuchRecord: the actor may not.
    """
    # Without a place it is whose the whole force is.
    matters = (Matter(neighbourhood=code) for code in (None, *neighbourhoods))
    if not any(may(actor, Deed.DECIDE_IDENTITY, matter, geography=geography) for matter in matters):
        raise NoSuchRecord
