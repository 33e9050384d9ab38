"""How does a pack say decisions, statuses and days? The same words as the pages, without their colours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dashboard.pack.document import Block, Table, Words
from dashboard.text import day, moment
from dashboard.view_models import plan_words as words
from partnership.meeting_record import AttendanceLine, RecordedAction
from partnership.status import ActionWord, action_status, plan_status
from partnership.views import PlanView
from partnership.vocabulary import OPEN_ACTION_STATES, Presence, ShareLevel

MARKING = "OFFICIAL-SENSITIVE"
POLICE = "Police"
HANDLING = (
    "For the people this pack is made out to, and for the safety and support of the people in it. Keep it as your "
    "agency keeps confidential files, do not send it on, and destroy it when the actions are done.",
    "People stand in this pack by their case's reference only; it adds no name, number or address. What somebody "
    "typed into a plan or a note stands as it was typed.",
    "Not in a top ten never reads as low risk, and silence is not success.",
)
PRESENCE: Mapping[Presence, str] = {
    Presence.PRESENT: "present",
    Presence.APOLOGIES: "apologies",
    Presence.ABSENT: "absent",
}
LEVELS: Mapping[ShareLevel, str] = {
    ShareLevel.ACTIONS: "its own actions",
    ShareLevel.CASE: "the plan's aim and progress",
}


@dataclass(frozen=True)
class Setting:
    """What a pack is told beside the meeting's record; all of it is an input, nothing is asked of the clock.

    Attributes:
        recipients: to whom it is made out, as the cover and the access log say.
        data_until: the last day of the data in it.
        build_id: the build the numbers come from.
        agencies, areas: names by code; a code without one stands for itself.
        timezone: of the force, for days and times.
        due_soon_days, stalled_days: the assumptions of the statuses, judged on the day of the meeting.
        methods: how the numbers are made, a paragraph each.
    """

    recipients: str
    data_until: date
    build_id: str
    force: str
    agencies: Mapping[str, str]
    areas: Mapping[str, str]
    timezone: str
    due_soon_days: int
    stalled_days: int
    methods: tuple[str, ...]

    def agency(self, code: str | None) -> str:
        """An agency's name; none is the police."""
        return POLICE if code is None else self.agencies.get(code, code)

    def area(self, code: str) -> str:
        """A neighbourhood's name."""
        return self.areas.get(code, code)

    def day_of(self, at: datetime | None) -> str | None:
        """The force's own day of a moment."""
        return None if at is None else day(at.astimezone(ZoneInfo(self.timezone)).date())

    def moment_of(self, at: datetime | None) -> str | None:
        """The force's own time of a moment."""
        return None if at is None else moment(at.astimezone(ZoneInfo(self.timezone)))


def action_said(one: RecordedAction, held_on: date, setting: Setting) -> str:
    """How an action stands on the day of the meeting: "9 days overdue; carried forward once"."""
    because = one.action.not_done_because
    status = action_status(one.action, held_on, due_soon_days=setting.due_soon_days)
    said = words.action_said(status, because)
    if because is not None and status.word is not ActionWord.NOT_DONE:
        said += f"; not done by its day: {words.reason_said(because)}"
    if times := one.action.times_carried:
        said += f"; carried forward {'once' if times == 1 else f'{times} times'}"
    return said


def plan_stands(plan: PlanView | None, held_on: date, setting: Setting) -> str:
    """How a plan stands on the day of the meeting."""
    if plan is None:
        return words.NO_PLAN
    return words.plan_said(plan_status(plan, plan.actions, plan.changed_at, held_on, stalled_days=setting.stalled_days))


def actions_table(title: str, actions: Iterable[RecordedAction], held_on: date, setting: Setting) -> Table:
    """The actions of one case; what a reader may not see is left empty."""
    return Table(
        title,
        ("Action", "Agency", "Owner", "Due", "How it stands", "Note"),
        tuple(
            (
                one.action.what or "",
                setting.agency(one.action.owner_agency),
                one.action.owner_name or "",
                day(one.action.due_on),
                action_said(one, held_on, setting),
                one.action.note or "",
            )
            for one in actions
        ),
    )


def due_table(title: str, actions: Iterable[tuple[str, RecordedAction]], held_on: date, setting: Setting) -> Table:
    """Every action that is not finished, with its case's reference, the earliest due first."""
    due = sorted(
        (pair for pair in actions if pair[1].action.status in OPEN_ACTION_STATES),
        key=lambda pair: (pair[1].action.due_on, pair[1].action.action_id),
    )
    return Table(
        title,
        ("Due", "Case", "Action", "Agency", "Owner", "How it stands"),
        tuple(
            (
                day(one.action.due_on),
                reference,
                one.action.what or "",
                setting.agency(one.action.owner_agency),
                one.action.owner_name or "",
                action_said(one, held_on, setting),
            )
            for reference, one in due
        ),
    )


def attendance_table(lines: Iterable[AttendanceLine], setting: Setting) -> Block:
    """Who was at the table, and who sent apologies."""
    rows = tuple((setting.agency(line.agency), line.name, PRESENCE.get(line.presence, "")) for line in lines)
    return rows_or("No attendance is recorded.", Table("Attendance", ("Agency", "Name", "Attendance"), rows))


def rows_or(nothing: str, table: Table) -> Block:
    """The table, or a sentence where it has no row."""
    return table if table.rows else Words(nothing)
