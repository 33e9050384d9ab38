"""Which cases does the meeting look at, and why each of them? The exceptions of the week, in a stable order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partnership.agenda_facts import AgendaFact, MaracEligibility, Reason, with_area_names, with_plans
from partnership.agenda_words import in_words
from partnership.vocabulary import ListMovement, PlanState

__all__ = [
    "AgendaFact",
    "MaracEligibility",
    "ProposedAgenda",
    "ProposedItem",
    "Reason",
    "proposed_agenda",
    "with_area_names",
    "with_plans",
]

_NOWHERE = 10**9


@dataclass(frozen=True)
class ProposedItem:
    """One person before the meeting.

    Attributes:
        neighbourhood: where a case would be opened: that of their best position.
        top_ten_position: their best position; None for who is in no top ten.
        needs_decision: in a top ten without an open plan: the meeting cannot be closed before it has decided.
        reasons: in words, the most pressing first; empty for who is only on a list or on the books.
    """

    person_id: str
    neighbourhood: str
    top_ten_position: int | None
    needs_decision: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ProposedAgenda:
    """The agenda, and everybody else on the lists and the books: the whole list, one click away."""

    items: tuple[ProposedItem, ...]
    others: tuple[ProposedItem, ...]


def proposed_agenda(facts: Sequence[AgendaFact], *, today: date, places: int, sharp_rise: int) -> ProposedAgenda:
    """The exceptions among the facts, whatever the order they are given in.

    Ordered by the most pressing reason, then by how many reasons there are, then by position, area and person.
    A person on two lists is one item. Whoever has a reason and no place heads the whole list.

    Args:
        facts: one a person and neighbourhood.
        today: the day of the meeting.
        places: how many cases an hour holds (about sixteen).
        sharp_rise: so many places up in a week is a sharp rise.
    """
    by_person: dict[str, list[AgendaFact]] = defaultdict(list)
    for fact in facts:
        by_person[fact.person_id].append(fact)
    found = []
    for own in by_person.values():
        ordered = sorted(own, key=lambda fact: (_place(fact), fact.neighbourhood, repr(fact)))
        reasons = sorted({pair for fact in ordered for pair in _reasons(fact, today=today, sharp_rise=sharp_rise)})
        found.append((_item(ordered, [words for _, words in reasons]), [reason for reason, _ in reasons]))
    found.sort(key=lambda pair: _order(*pair))
    items = tuple(item for item, _ in found)
    listed = sum(bool(item.reasons) for item in items[:places])
    return ProposedAgenda(items[:listed], items[listed:])


def _item(own: Sequence[AgendaFact], reasons: Sequence[str]) -> ProposedItem:
    positions = [fact.position for fact in own if fact.is_in_top_ten and fact.position is not None]
    is_planned = any(fact.plan is PlanState.OPEN for fact in own)
    return ProposedItem(
        person_id=own[0].person_id,
        neighbourhood=own[0].neighbourhood,
        top_ten_position=min(positions, default=None),
        needs_decision=bool(positions) and not is_planned,
        reasons=tuple(reasons),
    )


def _place(fact: AgendaFact) -> int:
    return fact.position if fact.is_in_top_ten and fact.position is not None else _NOWHERE


def _order(item: ProposedItem, reasons: Sequence[Reason]) -> tuple[object, ...]:
    place = _NOWHERE if item.top_ten_position is None else item.top_ten_position
    pressing = min(reasons, default=max(Reason) + 1)
    return pressing, -len(reasons), place, item.neighbourhood, item.person_id


def _reasons(fact: AgendaFact, *, today: date, sharp_rise: int) -> list[tuple[Reason, str]]:
    is_open = fact.plan is PlanState.OPEN
    rise = (fact.earlier_position or 0) - (fact.position or 0)
    applies = {
        Reason.MARAC: fact.marac is not None,
        Reason.NO_DASH: fact.lacks_mandatory_dash,
        Reason.NEW: fact.is_in_top_ten and fact.movement is ListMovement.NEW,
        Reason.RETURNED: fact.is_in_top_ten and fact.movement is ListMovement.RETURNED,
        Reason.NO_PLAN: fact.is_in_top_ten and not is_open,
        Reason.ACTION_OVERDUE: fact.overdue_actions > 0,
        Reason.RISEN: fact.is_in_top_ten and fact.movement is ListMovement.UP and rise >= sharp_rise,
        Reason.REVIEW_DUE: is_open and fact.review_on is not None and fact.review_on <= today,
        Reason.MOVED: fact.moved_from is not None,
        Reason.IDENTITY: fact.identity_decision is not None,
    }
    return [(reason, in_words(reason, fact)) for reason, is_so in applies.items() if is_so]
