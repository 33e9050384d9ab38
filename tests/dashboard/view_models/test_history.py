"""Is what happened to a case told in words, without what only the database has a use for?"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard import decisions
from dashboard.components.cells import markdown_of
from dashboard.view_models.history import history_lines
from partnership.views import Change, HistoryLine
from partnership.vocabulary import Role
from tests.dashboard.built import viewer, visit_of

NAMES = {"HOUSING": "City Housing", "N1": "Alder Park"}


def told(verb: str, subject: str, *changes: Change, agency: str | None = None, reason: str | None = None) -> list[str]:
    """The lines of one event on a summer's evening, without their escapes."""
    at = datetime(2013, 7, 1, 17, tzinfo=UTC)
    role = Role.PARTNER if agency else Role.SECTOR_INSPECTOR
    line = HistoryLine(1, at, "R. Osei", role, agency, verb, subject, "7", reason, changes)
    (shown,) = history_lines([line], timezone="Europe/London", names=NAMES)
    return markdown_of(shown).replace("\\", "").split("  \n")


@pytest.mark.parametrize(
    ("verb", "subject", "changes", "said"),
    [
        ("record_decision", "decision", [Change("what", None, "continue_plan")], "decided: continue the plan"),
        ("agree_action", "action", [Change("owner_agency", None, "HOUSING")], "agency: City Housing"),
        ("agree_action", "action", [Change("what", None, "in_progress")], "action: in_progress"),
        (
            "record_progress",
            "action",
            [Change("status", "agreed", "in_progress")],
            "status: not started yet → in progress",
        ),
        ("carry_forward", "action", [Change("times_carried", "0", "1")], "times carried: 0 → 1"),
        ("share_case", "share", [Change("level", None, "actions")], "sees: its own actions only"),
        ("open_case", "case", [Change("neighbourhood", None, "N1")], "neighbourhood: Alder Park"),
        (
            "add_item",
            "agenda_item",
            [Change("state", "whole_list", "listed")],
            "stands: in the list beside the agenda → on the agenda",
        ),
    ],
)
def test_a_change_is_told_in_words_and_typed_text_as_it_was_typed(
    verb: str, subject: str, changes: list[Change], said: str
) -> None:
    assert told(verb, subject, *changes)[2:] == [said]


def test_what_says_nothing_to_a_reader_is_not_told() -> None:
    silent = [
        Change("meeting_id", None, "9"),
        Change("place", "5.0", "9.0"),
        Change("times_carried", None, "0"),
        Change("status", None, "agreed"),
    ]
    assert told("agree_action", "action", *silent) == [
        "**Mon 1 Jul 2013, 18:00**",
        "R. Osei, sector inspector, agreed an action.",
    ]


def test_a_partner_stands_with_the_name_of_the_agency() -> None:
    assert told("complete_action", "action", agency="HOUSING")[1] == "R. Osei, City Housing, reported an action done."


def test_no_case_of_the_force_is_told_in_the_database_s_own_words(app_store: Path) -> None:
    visit = visit_of(viewer(Role.PPU_OFFICER))
    names = decisions.names_of_codes(visit)
    events = [event for case in decisions.cases(visit) for event in decisions.history(visit, case.reference)]
    shown = [markdown_of(one) for one in history_lines(events, timezone="Europe/London", names=names)]
    raw = re.compile(r"[a-z]\\?_[a-z]|\b(True|False|None)\b|agency\\?: [A-Z]{4,}\b|S\\?-N\d\d")
    assert len(shown) > 50 and [said for said in shown if raw.search(said)] == []
