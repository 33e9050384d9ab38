"""What did people decide about who is who, and how does a page decide it? Read and written as the viewer, every run."""

from __future__ import annotations

from collections.abc import Collection

from analysis.questions.who_is_who import persons_of_records
from dashboard import decisions
from dashboard.components.outcome import Outcome
from dashboard.data import build_of
from dashboard.deeds import do
from dashboard.visit import Visit
from partnership import identity, identity_numbers, identity_reading
from partnership.identity_reading import IdentityEvent, NumberView, PairView
from partnership.vocabulary import IdentityReason, NumberKind, Verdict

NEXT_BUILD = "the rankings change with the next build"


def pairs_decided(visit: Visit) -> tuple[PairView, ...]:
    """The pairs of the viewer's area that were ever decided, the last first."""
    with decisions.reading_as(visit) as (session, actor):
        return identity_reading.pair_decisions(session, actor, visit.facts.geography)


def numbers_marked(visit: Visit) -> tuple[NumberView, ...]:
    """The numbers of the viewer's area that were ever marked, the last first."""
    with decisions.reading_as(visit) as (session, actor):
        return identity_reading.number_marks(session, actor, visit.facts.geography)


def identity_history(visit: Visit) -> tuple[IdentityEvent, ...]:
    """Every decision and undoing in the viewer's area, the newest first."""
    with decisions.reading_as(visit) as (session, actor):
        return identity_reading.identity_history(session, actor, visit.facts.geography)


def decide(
    visit: Visit,
    pair: tuple[str, str, str],
    verdict: Verdict,
    *,
    why: IdentityReason,
    neighbourhoods: Collection[str],
    seen_version: int,
) -> Outcome:
    """Save a decision; `pair` is its reference and those of its two records."""
    pair_reference, reference_a, reference_b = pair
    with decisions.database().read() as session:
        stated = identity.stated_pairs(session)
    records = {reference_a, reference_b}.union(*({one.reference_a, one.reference_b} for one in stated))
    said = {
        Verdict.SAME: "the two are one person",
        Verdict.DIFFERENT: "the two are different people",
        Verdict.NOT_SURE: "nobody can be sure, so the pair stays listed",
    }[verdict]
    return do(
        visit,
        identity.decide_pair,
        saying=said if verdict is Verdict.NOT_SURE else f"{said}; {NEXT_BUILD}",
        pair_reference=pair_reference,
        reference_a=reference_a,
        reference_b=reference_b,
        verdict=verdict,
        why=why,
        neighbourhoods=neighbourhoods,
        seen_version=seen_version,
        persons=persons_of_records(build_of(visit.facts.id), records),
    )


def undo(visit: Visit, pair_reference: str, *, why: IdentityReason, seen_version: int) -> Outcome:
    """Take a decision back."""
    return do(
        visit,
        identity.undo_pair,
        saying=f"the decision is undone; {NEXT_BUILD}",
        pair_reference=pair_reference,
        why=why,
        seen_version=seen_version,
    )


def mark(
    visit: Visit,
    reference: str,
    kind: NumberKind,
    *,
    why: IdentityReason,
    neighbourhoods: Collection[str],
    seen_version: int,
) -> Outcome:
    """Save whose a number is."""
    said = {
        NumberKind.INSTITUTION: "the number is an institution's",
        NumberKind.SHARED: "the number is shared",
        NumberKind.PERSONAL: "the number is a person's own",
    }[kind]
    return do(
        visit,
        identity_numbers.mark_number,
        saying=f"{said}; {NEXT_BUILD}",
        reference=reference,
        kind=kind,
        why=why,
        neighbourhoods=neighbourhoods,
        seen_version=seen_version,
    )


def unmark(visit: Visit, reference: str, *, why: IdentityReason, seen_version: int) -> Outcome:
    """Take the mark off a number."""
    return do(
        visit,
        identity_numbers.unmark_number,
        saying=f"the mark is off; {NEXT_BUILD}",
        reference=reference,
        why=why,
        seen_version=seen_version,
    )
