"""How would a careful clerk work it out? Slow, plain answers to hold the code against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from partnership.agenda import AgendaFact
from partnership.reliability import Outcome, Promise
from partnership.vocabulary import ListMovement, PlanState, Role, ShareLevel


@dataclass
class ShareBook:
    """Shares kept as a list of slips: who sees which case, how much of it, until when."""

    slips: list[tuple[str, str, ShareLevel, date]] = field(default_factory=list)

    def give(self, case: str, agency: str, level: ShareLevel, until: date, today: date) -> None:
        """Tear up the slip in force, if any, and write a new one."""
        self.take(case, agency, today)
        self.slips.append((case, agency, level, until))

    def take(self, case: str, agency: str, today: date) -> None:
        """Tear up the slip in force; those that have run out stay in the drawer."""
        self.slips = [slip for slip in self.slips if not (slip[0] == case and slip[1] == agency and slip[3] >= today)]

    def seen_by(self, agency: str, today: date) -> set[tuple[str, ShareLevel]]:
        """What the agency sees on that day."""
        return {(case, level) for case, whose, level, until in self.slips if whose == agency and until >= today}


@dataclass
class ActionBook:
    """Actions kept as slips, each with the person it is for, until somebody says what became of it."""

    slips: dict[int, str] = field(default_factory=dict)

    def agree(self, action_id: int, person: str) -> None:
        """Write a slip."""
        self.slips[action_id] = person

    def end(self, action_id: int) -> None:
        """Tear it up."""
        del self.slips[action_id]

    def still_open(self, people: set[str] | None = None) -> set[int]:
        """The slips in the drawer, of everybody or of some people."""
        return {number for number, person in self.slips.items() if people is None or person in people}


def may_read(
    role: Role, areas: set[str], geography: dict[str, str], *, neighbourhood: str, is_restricted: bool, is_shared: bool
) -> bool:
    """Who may read a case, role by role, in so many words."""
    if role is Role.PARTNER:
        return is_shared
    if role is Role.PPU_OFFICER:
        return True
    if role is Role.ANALYST:
        return not is_restricted
    if role is Role.SECTOR_INSPECTOR:
        return geography.get(neighbourhood) in areas
    if role is Role.NEIGHBOURHOOD_OFFICER:
        return neighbourhood in areas and not is_restricted
    return False


def reasons_for(fact: AgendaFact, *, today: date, sharp_rise: int) -> list[str]:
    """Why one fact is an exception, asked one question after the other."""
    reasons = []
    on_list = fact.position is not None and fact.movement not in (ListMovement.LEFT, ListMovement.NONE)
    has_plan = fact.plan is PlanState.OPEN
    if on_list and fact.movement in (ListMovement.NEW, ListMovement.RETURNED):
        reasons.append("new or back")
    if on_list and fact.movement is ListMovement.UP and fact.earlier_position is not None:
        assert fact.position is not None
        if fact.earlier_position - fact.position >= sharp_rise:
            reasons.append("risen")
    if on_list and not has_plan:
        reasons.append("no plan")
    if fact.overdue_actions:
        reasons.append("overdue")
    if has_plan and fact.review_on is not None and fact.review_on <= today:
        reasons.append("review")
    if fact.moved_from or fact.marac or fact.lacks_mandatory_dash or fact.identity_decision:
        reasons.append("moved, MARAC, DASH or identity")
    return reasons


def reliability_by_hand(
    promises: list[Promise], *, today: date, weeks: int
) -> dict[str, tuple[int, int, int, int, int]]:
    """Due, kept, late, missed and excused of each agency, slip by slip."""
    book: dict[str, list[int]] = {}
    for promise in promises:
        days_ago = (today - promise.due_on).days
        if days_ago < 1 or days_ago > 7 * weeks:
            continue
        line = book.setdefault(promise.agency, [0, 0, 0, 0, 0])
        if promise.outcome is Outcome.EXCUSED:
            line[4] += 1
            continue
        line[0] += 1
        line[{Outcome.KEPT: 1, Outcome.LATE: 2, Outcome.MISSED: 3}[promise.outcome]] += 1
    return {agency: (line[0], line[1], line[2], line[3], line[4]) for agency, line in book.items()}
