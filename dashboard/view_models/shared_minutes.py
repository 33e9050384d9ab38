"""What does an agency read in the minutes? Who was there, what became of its cases, and its own actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.components.table import Table, TableColumn
from dashboard.text import day
from dashboard.view_models.meeting_forms import PRESENCE_WORDS
from dashboard.view_models.plan_words import DECIDED, action_cell
from partnership.agency_edition import AgencyRecord
from partnership.status import action_status

POLICE = "Police"


@dataclass(frozen=True)
class MinutesView:
    """The minutes of one meeting, finished."""

    lines: tuple[str, ...]
    attendance: Table
    cases: Table
    actions: Table


def minutes_view(record: AgencyRecord, agencies: Mapping[str, str], *, due_soon_days: int) -> MinutesView:
    """Put the agency's edition into words; actions stand as they did on the day of the meeting.

    Args:
        record: the agency's edition.
        agencies: name of each agency's code.
        due_soon_days: assumption `action_due_soon_days`.
    """
    statement = "confirmed" if record.is_confidentiality_confirmed else "not confirmed"
    notes = "agreed" if record.are_last_notes_agreed else "not agreed"
    return MinutesView(
        lines=(
            f"{record.sector}, {day(record.held_on)}. In the chair: {record.chair_name or 'nobody named'}.",
            f"The confidentiality statement was {statement}, the notes of the last meeting were {notes}.",
        ),
        attendance=Table(
            tuple(map(TableColumn, ("Agency", "Name", "Attendance"))),
            tuple(
                (
                    POLICE if line.agency is None else agencies.get(line.agency, line.agency),
                    line.name,
                    PRESENCE_WORDS[line.presence],
                )
                for line in record.attendance
            ),
            said="Who was at the table",
        ),
        cases=Table(
            tuple(map(TableColumn, ("Case", "Decided"))),
            tuple(
                (case.reference, "not shared with us" if case.decision is None else DECIDED[case.decision])
                for case in record.every_case
            ),
            said="The cases shared with your agency that were before the meeting",
        ),
        actions=Table(
            tuple(map(TableColumn, ("Case", "Action", "Who", "Due", "How it stood"))),
            tuple(
                (
                    case.reference,
                    one.action.what or "",
                    one.action.owner_name or "",
                    day(one.action.due_on),
                    action_cell(
                        action_status(one.action, record.held_on, due_soon_days=due_soon_days),
                        one.action.not_done_because,
                    ),
                )
                for case in record.every_case
                for one in case.own_actions
            ),
            said="Your agency's actions as they stood when the meeting closed",
        ),
    )
