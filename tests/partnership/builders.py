"""How is a small partnership set up for a test? A cast of people, and rows with defaults."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from partnership import actions, agencies, cases, closing, meetings, members, plans, shares
from partnership.authority import Actor
from partnership.changes import Saved
from partnership.database import Database, open_database, upgrade
from partnership.errors import NoSuchRecord, StaleSave
from partnership.models import Base, Event
from partnership.vocabulary import ActionState, Role, ShareLevel

TODAY = date(2013, 12, 2)
NOW = datetime(2013, 12, 2, 10, 0, tzinfo=UTC)
LATER = datetime(2013, 12, 2, 10, 5, tzinfo=UTC)
NEXT_WEEK = date(2013, 12, 9)
GEOGRAPHY = {"ALDER": "SOUTH", "BROOK": "SOUTH", "CEDAR": "NORTH"}
KEY = b"a key that is only for tests"

OPERATOR = members.operator("Operator", TODAY)
STRANGER = "nobody@example.org"
_CAST: tuple[tuple[str, Role, tuple[str, ...], str | None], ...] = (
    ("inspector", Role.SECTOR_INSPECTOR, ("SOUTH",), None),
    ("other_inspector", Role.SECTOR_INSPECTOR, ("NORTH",), None),
    ("officer", Role.NEIGHBOURHOOD_OFFICER, ("ALDER",), None),
    ("other_officer", Role.NEIGHBOURHOOD_OFFICER, ("BROOK",), None),
    ("ppu", Role.PPU_OFFICER, (), None),
    ("analyst", Role.ANALYST, (), None),
    ("housing", Role.PARTNER, (), "HOUSING"),
    ("health", Role.PARTNER, (), "HEALTH"),
    ("auditor", Role.AUDITOR, (), None),
)
WHO = tuple(name for name, *_ in _CAST)


@dataclass
class Desk:
    """An open database with the cast signed up; verbs run in a transaction of their own."""

    database: Database

    def actor(self, name: str, *, today: date = TODAY) -> Actor:
        """One of the cast, or the operator."""
        if name == "operator":
            return members.operator("Operator", today)
        with self.database.read() as session:
            actor = members.sign_in(session, f"{name}@example.org", today)
        assert actor is not None
        return actor

    def do(self, verb: Callable[..., Any], who: str | Actor, **rest: Any) -> Any:
        """Run a verb as somebody of the cast."""
        actor = self.actor(who) if isinstance(who, str) else who
        if "geography" in inspect.signature(verb).parameters:
            rest = {"geography": GEOGRAPHY, **rest}
        with self.database.write() as session:
            return verb(session, actor, **{"at": NOW, **rest})

    def ask(self, question: Callable[..., Any], who: str | Actor, *rest: Any) -> Any:
        """Ask a question as somebody of the cast."""
        actor = self.actor(who) if isinstance(who, str) else who
        with self.database.read() as session:
            return question(session, actor, *rest)

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        with self.database.read() as session:
            return {
                table.name: [tuple(row) for row in session.execute(select(table))]
                for table in Base.metadata.sorted_tables
            }

    def events(self, verb: str) -> list[Event]:
        """The events of a verb, oldest first."""
        with self.database.read() as session:
            return list(session.scalars(select(Event).where(Event.verb == verb).order_by(Event.id)))

    def is_refused(self, verb: Callable[..., Any], who: str | Actor, **rest: Any) -> bool:
        """Whether the verb is refused as if there were no such record, and changes nothing."""
        before = self.everything()
        try:
            self.do(verb, who, **rest)
        except NoSuchRecord:
            return self.everything() == before
        return False

    def is_idle(self, verb: Callable[..., Any], who: str | Actor, **rest: Any) -> bool:
        """Whether the verb has nothing to do, says so, and changes nothing."""
        before = self.everything()
        result: Saved = self.do(verb, who, at=LATER, **rest)
        return not result.is_changed and self.everything() == before

    def stale(self, verb: Callable[..., Any], who: str | Actor, **rest: Any) -> StaleSave:
        """The refusal of a save that came second; nothing was changed by it."""
        before = self.everything()
        with pytest.raises(StaleSave) as refused:
            self.do(verb, who, at=LATER, **rest)
        assert self.everything() == before
        return refused.value

    def case(self, person: str = "P-1", neighbourhood: str = "ALDER", *, who: str = "ppu") -> Saved:
        """An open case."""
        return self.do(cases.open_case, who, person_id=person, neighbourhood=neighbourhood)

    def plan(self, case: Saved | None = None, *, who: str = "ppu", **rest: Any) -> Saved:
        """An open plan."""
        reference = (case or self.case()).reference
        return self.do(plans.open_plan, who, **{**PLAN, "reference": reference, **rest})

    def close(self, plan: Saved, *, seen_version: int = 1) -> Saved:
        """The plan closed, after a contact; its version is then two higher."""
        return self.do(closing.close_plan, "ppu", plan_id=plan.row_id, seen_version=seen_version, **CLOSING, **HEARD)

    def action(self, plan: Saved | None = None, *, who: str = "ppu", **rest: Any) -> Saved:
        """An agreed action of Housing."""
        return self.do(actions.agree_action, who, **{**ACTION, "plan_id": (plan or self.plan()).row_id, **rest})

    def share(self, case: Saved, agency: str = "HOUSING", level: ShareLevel = ShareLevel.CASE) -> Saved:
        """A share in force through next week."""
        rest: dict[str, Any] = {
            "reference": case.reference,
            "agency": agency,
            "level": level,
            "until": NEXT_WEEK,
            "seen_version": 0,
        }
        return self.do(shares.share_case, "ppu", **rest)

    def shared_action(self, agency: str = "HOUSING") -> Saved:
        """An action of an agency, on a case shared with that agency."""
        case = self.case()
        self.share(case, agency)
        return self.action(self.plan(case), owner_agency=agency)

    def finished_action(self) -> Saved:
        """An action that is done."""
        action = self.action()
        return self.do(actions.complete_action, "ppu", action_id=action.row_id, seen_version=1)

    def progress(self, action: Saved, note: str = "Rang twice.", **rest: Any) -> Saved:
        """A progress report by the PPU."""
        rest = {"status": ActionState.IN_PROGRESS, "seen_version": action.version, **rest}
        return self.do(actions.record_progress, "ppu", action_id=action.row_id, note=note, **rest)

    def meeting(self, sector: str = "SOUTH", held_on: date = TODAY) -> Saved:
        """A meeting that has begun."""
        draft = self.do(meetings.arrange_meeting, "ppu", sector=sector, held_on=held_on)
        return self.do(meetings.open_meeting, "ppu", meeting_id=draft.row_id, seen_version=1)


PLAN: dict[str, Any] = {
    "objective": "She is safe at home.",
    "problem": "Six calls in a year, most on Friday nights.",
    "analysis": "The lock was never changed.",
    "owner_name": "PC Shah",
    "review_on": NEXT_WEEK,
}
CHANGED: dict[str, Any] = {
    **PLAN,
    "objective": "She and the children are safe.",
    "response": None,
    "assessment": None,
}
CLOSING: dict[str, Any] = {"reason": "She says it stopped.", "assessment": "Six calls before, none after."}
HEARD: dict[str, Any] = {"contacted_on": TODAY, "contact_note": "She feels safe at home."}
ACTION: dict[str, Any] = {
    "what": "Change the locks.",
    "owner_agency": "HOUSING",
    "owner_name": "J. Doe",
    "due_on": NEXT_WEEK,
}


def found(file: Path) -> None:
    """Make a database with the cast in it."""
    database = open_database(f"sqlite:///{file}")
    upgrade(database)
    with database.write() as session:
        for code, name in (("HOUSING", "Housing"), ("HEALTH", "Health")):
            agencies.add_agency(session, OPERATOR, code=code, name=name, at=NOW)
        for name, role, areas, agency in _CAST:
            members.add_member(
                session,
                OPERATOR,
                email=f"{name}@example.org",
                name=name.replace("_", " ").title(),
                role=role,
                areas=areas,
                agency=agency,
                at=NOW,
            )
    database.close()
