"""Which earlier decision does a new one contradict? Sameness is passed on, and difference with it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from partnership.vocabulary import Verdict


@dataclass(frozen=True)
class Stated:
    """A decision in force on two records, and who made it when."""

    pair_reference: str
    reference_a: str
    reference_b: str
    verdict: Verdict
    decided_by: str
    decided_at: datetime


def contradicted(
    earlier: Collection[Stated],
    reference_a: str,
    reference_b: str,
    verdict: Verdict,
    *,
    persons: Mapping[str, str],
) -> Stated | None:
    """The newest earlier decision that cannot stand beside the new one; None where all can.

    Where a is b and b is c, a is c: nobody can then be kept apart from c who is a. A record stands for the person it
    belongs to now, so that decisions on different records of one person meet.

    Args:
        earlier: the decisions in force, without any on this pair.
        reference_a, reference_b: the records of the new decision.
        verdict: the new decision; `not_sure` contradicts nothing.
        persons: record reference to person id, as far as known; a record of the same person as the other one, or of
            nobody known, stands for itself.
    """
    if verdict is Verdict.NOT_SURE:
        return None

    def people_of(first: str, second: str) -> tuple[str, str]:
        pair = persons.get(first, first), persons.get(second, second)
        return pair if pair[0] != pair[1] else (first, second)

    a, b = people_of(reference_a, reference_b)
    joined: dict[str, list[tuple[str, Stated]]] = defaultdict(list)
    apart: list[tuple[str, str, Stated]] = []
    for stated in earlier:
        one, other = people_of(stated.reference_a, stated.reference_b)
        if stated.verdict is Verdict.SAME:
            joined[one].append((other, stated))
            joined[other].append((one, stated))
        elif stated.verdict is Verdict.DIFFERENT:
            apart.append((one, other, stated))
    from_a = _reached(joined, a)
    if verdict is Verdict.DIFFERENT:
        return _newest(from_a[b]) if b in from_a else None
    from_b = _reached(joined, b)
    found = [
        stated
        for one, other, stated in apart
        if (one in from_a and other in from_b) or (one in from_b and other in from_a)
    ]
    return _newest(found)


def _reached(joined: Mapping[str, list[tuple[str, Stated]]], start: str) -> dict[str, list[Stated]]:
    """Whoever is the same as `start`, each with the decisions that say so."""
    found: dict[str, list[Stated]] = {start: []}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there, stated in joined.get(here, ()):
            if there not in found:
                found[there] = [*found[here], stated]
                waiting.append(there)
    return found


def _newest(decisions: Collection[Stated]) -> Stated | None:
    return max(decisions, key=lambda stated: (stated.decided_at, stated.pair_reference), default=None)
