"""What one agency reads of a meeting."""

from __future__ import annotations

import pytest

from partnership.agency_edition import AgencyRecord, agency_edition
from partnership.changes import Saved
from partnership.minutes import write_notes
from partnership.progress import record_progress
from partnership.vocabulary import ActionState, DecisionKind, ShareLevel
from tests.partnership.agenda_builders import decide, drawn, fact, record
from tests.partnership.builders import Desk

SECRETS = ("Zebedee", "'P-1'", "'P-2'", "ALDER", "top ten", "Seen by IDVA.")


def held(desk: Desk, level: ShareLevel | None) -> Saved:
    """A meeting on two cases, the first shared with Housing; words that are nobody else's business everywhere."""
    meeting = drawn(desk, fact("P-1"), fact("P-2"))
    for person in ("P-1", "P-2"):
        case = desk.case(person)
        plan = desk.plan(case, problem="Zebedee", analysis="Zebedee")
        desk.action(plan, what=f"Locks for {person[-1]}.")
        other = desk.action(plan, what="Zebedee", owner_agency="HEALTH", owner_name="Zebedee")
        told = {"status": ActionState.IN_PROGRESS, "note": "Zebedee", "seen_version": 1}
        desk.do(record_progress, "ppu", action_id=other.row_id, **told)
        decide(desk, meeting, person, DecisionKind.CONTINUE_PLAN)
    if level is not None:
        desk.share(desk.case("P-1"), "HOUSING", level)
    desk.do(write_notes, "ppu", meeting_id=meeting.row_id, notes="Zebedee", seen_version=2)
    return meeting


def edition(desk: Desk, level: ShareLevel | None, agency: str = "HOUSING") -> AgencyRecord:
    return agency_edition(record(desk, held(desk, level)), agency)


@pytest.mark.parametrize("level", [None, *ShareLevel])
def test_no_person_place_reason_or_free_text_leaves(desk: Desk, level: ShareLevel | None) -> None:
    shown = repr(edition(desk, level))
    assert not [secret for secret in SECRETS if secret in shown]


def test_without_a_share_there_is_no_case(desk: Desk) -> None:
    assert edition(desk, None).every_case == ()


def test_another_agencys_share_opens_nothing(desk: Desk) -> None:
    assert edition(desk, ShareLevel.CASE, "HEALTH").every_case == ()


def test_a_share_of_actions_shows_the_agencys_own_and_no_more(desk: Desk) -> None:
    (case,) = edition(desk, ShareLevel.ACTIONS).every_case
    assert [one.action.what for one in case.own_actions] == ["Locks for 1."]
    assert (case.other_actions, case.decision, case.objective) == ((), None, None)


def test_a_share_of_the_case_shows_the_decision_the_aim_and_others_without_words(desk: Desk) -> None:
    (case,) = edition(desk, ShareLevel.CASE).every_case
    assert (case.decision, case.objective) == (DecisionKind.CONTINUE_PLAN, "She is safe at home.")
    (other,) = case.other_actions
    assert (other.action.owner_agency, other.action.status) == ("HEALTH", ActionState.IN_PROGRESS)
    assert (other.action.what, other.action.note, other.action.owner_name) == (None, None, None)


def test_it_does_not_tell_how_many_other_cases_there_were(desk: Desk) -> None:
    meeting = held(desk, ShareLevel.CASE)
    before = agency_edition(record(desk, meeting), "HOUSING")
    desk.plan(desk.case("P-3"))
    assert agency_edition(record(desk, meeting), "HOUSING") == before
