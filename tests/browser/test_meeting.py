"""Can a whole meeting be held from the keyboard: opened, attended, decided, agreed, carried, closed, and carried on?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is a development dependency: make test installs it")

from playwright.sync_api import TimeoutError as TimedOut

from dashboard.decisions_database import open_decisions
from partnership import members
from partnership.meeting_reading import meeting_record
from partnership.meeting_record import CaseRecord, MeetingRecord
from partnership.reading import meetings_for
from partnership.vocabulary import DecisionKind, MeetingState, Role
from tests.dashboard.built import viewer, visit_of

if TYPE_CHECKING:
    from tests.browser.harness import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Windows = Callable[..., "Visitor"]
PLANNED, ACTIONS, MOST_PRESSES = 3, 4, 5
TODAY, NEXT = date(2013, 12, 2), date(2013, 12, 9)
A_WHILE, TRIES = 60_000, 3


@dataclass
class Table:
    """The inspector at the keys; counts how often one is pressed for a decision, beside the typing."""

    one: Visitor
    presses: int = 0
    counted: list[int] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.one.page.keyboard.press(key)
            self.presses += 1

    def fill(self, label: str, text: str) -> None:
        """Press Tab until the field has the focus, and type."""
        into = self.one.page.get_by_role("dialog").get_by_label(label)
        for _ in range(8):
            if into.evaluate("field => field === document.activeElement"):
                break
            self.press("Tab")
        self.one.page.keyboard.insert_text(text)

    def open_form(self, key: str) -> None:
        self.press(key)
        self.one.page.get_by_role("dialog").wait_for()
        self.one.settled()

    def save(self) -> None:
        self.press("Control+Enter")
        self.one.page.get_by_role("dialog").wait_for(state="hidden", timeout=A_WHILE)
        self.one.settled()

    def decide(self, key: str, said: str, **typed: str) -> None:
        """One decision, its presses counted."""
        self.presses = 0
        self.open_form(key)
        for label, text in typed.items():
            self.fill(LABELS[label], text)
        self.save()
        self.one.page.get_by_text(f"Decided: {said}").wait_for(timeout=A_WHILE)
        self.counted.append(self.presses)

    def agree(self, what: str) -> None:
        """One action, agreed without leaving the case."""
        self.open_form("a")
        self.fill("What is to be done", what)
        self.fill("Who does it", "R. Osei")
        self.save()
        self.one.page.get_by_text(what).first.wait_for(timeout=A_WHILE)

    def click(self, button: str, said: str) -> None:
        """Press a button until what it does is said: pressed while the page is being drawn anew it is lost."""
        pressed, spoken = self.one.page.get_by_role("button", name=button, exact=True), self.one.page.get_by_text(said)
        for _ in range(TRIES):
            pressed.first.click()
            with suppress(TimedOut):
                spoken.first.wait_for(timeout=A_WHILE / TRIES)
                break
        self.one.settled()
        assert spoken.first.is_visible(), said

    def next_case(self, number: int) -> None:
        """On to the next case; a key pressed while the page is being drawn anew is lost, and pressed again."""
        arrived = self.one.page.get_by_text(f"Case {number} of")
        for _ in range(TRIES):
            self.one.settled()
            if arrived.is_visible():
                break
            self.one.page.keyboard.press("n")
            with suppress(TimedOut):
                arrived.wait_for(timeout=A_WHILE / TRIES)
        arrived.wait_for()
        self.one.settled()

    def can(self, decision: str) -> bool:
        return self.one.page.get_by_role("button", name=decision).is_enabled()

    @property
    def person(self) -> str:
        """The reference of the person on the screen."""
        return self.one.page.get_by_role("heading", level=3).first.inner_text().split(" · ")[0]


LABELS = {
    "better": "What is to become better",
    "happening": "What is happening",
    "why": "Why it keeps happening",
    "nothing": "Why nothing more is done",
}


def entered(one: Visitor) -> Table:
    """The inspector on the meeting page."""
    one.open("/")
    one.become(viewer(Role.SECTOR_INSPECTOR).name)
    one.go_to("Meeting")
    one.page.get_by_role("heading", name="Meeting", level=1).wait_for(timeout=A_WHILE)
    one.settled()
    return Table(one)


def begun(at: Table) -> None:
    """Drawn up, opened, somebody recorded, the statement confirmed and the last notes agreed."""
    at.click("Draw up the agenda", ": the agenda is drawn up")
    at.click("Open the meeting", "This meeting is open")
    at.one.page.get_by_label("Name", exact=True).fill("Rita Osei")
    at.click("Record", "who was here is recorded")
    at.click("Read out and agreed", "the statement is confirmed")
    at.click("Agree the notes", "the last notes are agreed")


def worked_through(at: Table) -> tuple[list[str], str]:
    """Three plans opened with an action each and one more, and one case carried: who, and whom."""
    planned: list[str] = []
    for number in range(1, 17):
        at.next_case(number)
        if not at.can("Open a plan"):
            continue
        if len(planned) == PLANNED:
            at.decide("3", "no action", nothing="Waits for the letter of the housing office")
            carried = at.person
            at.one.page.get_by_text("Carry to next week, drop, or move").click()
            at.click("Carry to next week", "is carried to next week")
            return planned, carried
        planned.append(at.person)
        text = f"Calls at night, case {number}"
        at.decide("1", "open a plan", better="Nobody is harmed again", happening=text, why="The locks are broken")
        at.agree(f"Fit a new lock, job {len(planned)}")
        if len(planned) == PLANNED:
            at.agree(f"Ring every Monday, job {ACTIONS}")
    raise AssertionError("the agenda has too few people without a plan")


def record_of(store: Path, held_on: date) -> MeetingRecord:
    """The South's meeting of a day, as the database holds it."""
    visit = visit_of(viewer(Role.SECTOR_INSPECTOR, store=store), store=store)
    database = open_decisions(store)
    try:
        with database.read() as session:
            actor = members.sign_in(session, visit.viewer.email, TODAY)
            assert actor is not None
            known = meetings_for(session, actor, visit.facts.geography)
            number = next(one.meeting_id for one in known if one.held_on == held_on)
            return meeting_record(session, actor, number, visit.facts.geography)
    finally:
        database.close()


def of_person(record: MeetingRecord, person: str) -> CaseRecord:
    return next(case for case in record.every_case if case.person_id == person)


def test_a_whole_meeting_is_played_from_the_keyboard(window: Windows, served_store: Path) -> None:
    """It writes what the others read: the meeting of a sector whose meeting nobody else opens."""
    (sector,) = viewer(Role.SECTOR_INSPECTOR).areas
    at = entered(window())
    page = at.one.page
    begun(at)
    planned, carried = worked_through(at)
    assert max(at.counted) <= MOST_PRESSES
    page.get_by_role("button", name="End: what was agreed").click()
    page.get_by_text(f"job {ACTIONS}").first.wait_for(timeout=A_WHILE)
    page.get_by_label("Why nothing more is done for them this week").fill("The calls were answered well")
    page.get_by_role("button", name="No action this week for").click()
    page.get_by_text("everybody else in a top ten is decided").wait_for(timeout=A_WHILE)
    at.one.settled()
    at.click("Close the meeting", "A closed meeting is not opened again")
    page.get_by_role("dialog").get_by_role("button", name=f"Close {sector}").click()
    page.get_by_text("This meeting is closed").wait_for(timeout=A_WHILE)
    at.one.settled()
    held = record_of(served_store, TODAY)
    opened = [of_person(held, person).decision for person in planned]
    assert [made.what for made in opened if made] == [DecisionKind.OPEN_PLAN] * PLANNED
    agreed = [one for case in held.every_case for one in case.actions if one.action.meeting_id == held.meeting_id]
    assert (held.state, len(agreed), len(held.attendance)) == (MeetingState.CLOSED, ACTIONS, 1)
    the_pack_is_downloaded(at)
    page.get_by_text("Other meetings, and the next one").click()
    at.click(f"Arrange {sector}, Mon 9 Dec 2013", "is arranged")
    page.get_by_label("Open a meeting").click()
    page.get_by_role("option", name=f"{sector}, Mon 9 Dec 2013").click()
    at.click("Draw up the agenda", ": the agenda is drawn up")
    following = record_of(served_store, NEXT)
    brought = next(case for case in following.agenda if case.person_id == carried)
    assert brought.reasons[0].startswith("Carried from Mon 2 Dec 2013")
    kept = {one.action.action_id for case in following.every_case for one in case.actions}
    assert {one.action.action_id for one in agreed} <= kept
    assert (at.one.strayed, at.one.refused) == ([], [])


def the_pack_is_downloaded(at: Table) -> None:
    """A purpose, one click, and a PDF."""
    page = at.one.page
    page.get_by_label("Purpose").last.fill("For the file of the meeting")
    page.get_by_label("Purpose").last.press("Tab")
    at.one.settled()
    button = page.get_by_role("button", name="Download the pack")
    with page.expect_download(timeout=A_WHILE) as waiting:
        button.click()
    file = waiting.value.path()
    assert waiting.value.suggested_filename == "meeting-2013-12-02-police.pdf"
    assert file.read_bytes().startswith(b"%PDF")


def test_a_number_leads_back_to_its_case_and_an_open_form_there_passes_axe(window: Windows, app_address: str) -> None:
    one = window(address=app_address)
    one.open("/")
    one.become("Insp. Gurdeep Bhogal")
    one.go_to("Meeting")
    one.page.get_by_text("This meeting is open").wait_for(timeout=A_WHILE)
    at = Table(one)
    at.next_case(1)
    here = at.person, one.page.url
    the_incidents_are_opened_and_left(at)
    assert (at.person, one.page.url) == here
    at.open_form("a")
    one.page.get_by_role("group", name="By when").wait_for()
    one.at_rest()
    assert one.violations() == []


def the_incidents_are_opened_and_left(at: Table) -> None:
    """The number of the year is opened, and the way back is taken."""
    page = at.one.page
    page.locator(".st-key-meeting_year_opens button").click()
    page.get_by_role("button", name="Back to Meeting").click(timeout=A_WHILE)
    page.get_by_text("Case 1 of").wait_for(timeout=A_WHILE)
    at.one.settled()
