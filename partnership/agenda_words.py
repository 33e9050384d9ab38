"""How is a reason said at the table? Each reason for the agenda in one plain sentence."""

from __future__ import annotations

from datetime import date

from partnership.agenda_facts import AgendaFact, Reason
from partnership.vocabulary import PlanState


def in_words(reason: Reason, fact: AgendaFact) -> str:
    """The reason in words, as it applies to the fact."""
    match reason:
        case Reason.MARAC:
            return _marac(fact)
        case Reason.NO_DASH:
            return "No DASH (risk assessment) where one is mandatory"
        case Reason.NEW:
            return f"New in the top ten of {fact.area}, at {_standing(fact)}"
        case Reason.RETURNED:
            return f"Returned to the top ten of {fact.area}, at {_standing(fact)}"
        case Reason.NO_PLAN:
            last = "; the last one is closed" if fact.plan is PlanState.CLOSED else ""
            return f"In a top ten and no plan{last}"
        case Reason.ACTION_OVERDUE:
            days = _plural(fact.days_overdue, "day")
            if fact.overdue_actions == 1:
                return f"An action {days} overdue"
            return f"{fact.overdue_actions} actions overdue, the longest by {days}"
        case Reason.RISEN:
            return f"Risen from position {fact.earlier_position} in {fact.area}, now at {_standing(fact)}"
        case Reason.REVIEW_DUE:
            return f"Plan due for review since {day(fact.review_on)}"
        case Reason.MOVED:
            return f"Moved from {fact.moved_from} to {fact.area}"
        case Reason.IDENTITY:
            return f"New decision on who this is: {fact.identity_decision}"


def day(when: date | None) -> str:
    """A day as it is written everywhere: Mon 2 Dec 2013; nothing for none."""
    return "" if when is None else f"{when:%a} {when.day} {when:%b %Y}"


def _marac(fact: AgendaFact) -> str:
    assert fact.marac is not None, "the reason applies to those who are eligible"
    return f"Belongs at MARAC: {'; '.join(fact.marac.criteria)} (criteria {fact.marac.version})"


def _standing(fact: AgendaFact) -> str:
    told = [] if fact.contacts is None else [_plural(fact.contacts, "contact")]
    if fact.officer_hours is not None:
        told.append(f"{fact.officer_hours:,.1f}".removesuffix(".0") + " h")
    return f"position {fact.position}" + (f" ({', '.join(told)})" if told else "")


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
