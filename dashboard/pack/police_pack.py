"""What does the police's edition say? The list with movement, a page a case, actions due, minutes, map, methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.components.cells import Movement, movement_word
from dashboard.pack.document import Block, Fact, Pack, Picture, Section, Table, Words, facts, paragraphs
from dashboard.pack.words import (
    HANDLING,
    LEVELS,
    MARKING,
    Setting,
    actions_table,
    attendance_table,
    due_table,
    plan_stands,
    rows_or,
)
from dashboard.text import day, hours, plural
from dashboard.view_models.plan_words import DECIDED
from dashboard.view_models.risk_words import RiskWords
from partnership.action_tracking import HEADINGS, TrackingRow, action_tracking
from partnership.agency_edition import AgencyRecord
from partnership.meeting_record import CaseRecord, MeetingRecord
from partnership.views import PlanView

NO_CASE = "no case"


@dataclass(frozen=True)
class Listed:
    """One line of the lists of a sector, the reference found by the record; a person id goes no further.

    Attributes:
        position: on the list now; None for who has left it.
        movement: in words: "up from 5".
        officer_hours: of the window, of the contacts counted.
    """

    person_id: str
    neighbourhood: str
    position: int | None
    movement: str
    contacts: int | None
    officer_hours: float | None


def listed(row: Mapping[str, Any]) -> Listed:
    """A row of the week's lists: area_code, key_id, movement, position, earlier_rank, contacts, officer_hours."""
    moved = Movement(row["movement"].replace("_", " "))
    return Listed(
        person_id=row["key_id"],
        neighbourhood=row["area_code"],
        position=None if moved is Movement.LEFT else row["position"],
        movement=movement_word(moved, earlier_rank=row["earlier_rank"]).markdown,
        contacts=row["contacts"],
        officer_hours=row["officer_hours"],
    )


def police_pack(
    record: MeetingRecord,
    lists: Sequence[Listed],
    setting: Setting,
    *,
    risks: Mapping[str, RiskWords],
    picture: Picture | None,
) -> Pack:
    """The police's edition of a meeting.

    Args:
        record: of the meeting; of a closed one as it stood when it closed.
        lists: the lists of the sector's neighbourhoods, by neighbourhood and position.
        setting: to whom, and what the numbers rest on.
        risks: what is recorded of DASH, MARAC and children, by person id of the agenda.
        picture: the sector's map; None where the force gave no outlines.
    """
    by_person = {one.person_id: one for one in reversed(lists)}
    return Pack(
        marking=MARKING,
        title=f"Repeat demand meeting, {record.sector}, {day(record.held_on)}: police edition",
        cover=cover(record, setting),
        handling=HANDLING,
        sections=(
            Section("The list", (_list_table(record, lists, setting),)),
            Section("Cases", (Words(_count_said(record)),)),
            *(
                _case(case, by_person.get(case.person_id), risks.get(case.person_id), record, setting)
                for case in record.agenda
            ),
            Section("Actions due", (_due(record, setting),), starts_page=True),
            Section("Minutes", _minutes(record, setting), starts_page=True),
            *([Section("Map", (picture,), starts_page=True)] if picture else []),
            Section("Methods in brief", tuple(map(Words, setting.methods)), starts_page=not picture),
        ),
        tracking=tracking_table(
            action_tracking(record, agencies=setting.agencies, names={}, timezone=setting.timezone)
        ),
    )


def cover(record: MeetingRecord | AgencyRecord, setting: Setting) -> tuple[Fact, ...]:
    """What the cover says of every edition."""
    return facts(
        ("Force", setting.force),
        ("Sector", record.sector),
        ("Meeting", f"{day(record.held_on)}, {record.state.value}"),
        ("Made out to", setting.recipients),
        ("Data up to", day(setting.data_until)),
        ("Build", setting.build_id),
    ).lines


def tracking_table(rows: Sequence[TrackingRow]) -> Table:
    """The action-tracking form, its columns as the form has them."""
    cells = (
        (
            day(row.marac_date),
            row.case_number,
            row.victim_name,
            row.action,
            row.agency_representative,
            "" if row.date_status_reported is None else day(row.date_status_reported),
            row.status,
        )
        for row in rows
    )
    return Table("Action tracking", HEADINGS, tuple(cells))


def _count_said(record: MeetingRecord) -> str:
    if not record.agenda:
        return "No case is on the agenda."
    return f"{plural(len(record.agenda), 'case')} on the agenda, each on a page of its own."


def _list_table(record: MeetingRecord, lists: Sequence[Listed], setting: Setting) -> Table:
    cases = {case.person_id: case for case in record.every_case}
    rows = []
    for one in lists:
        case = cases.get(one.person_id)
        rows.append(
            (
                setting.area(one.neighbourhood),
                "left" if one.position is None else str(one.position),
                one.movement,
                NO_CASE if case is None else case.reference,
                "" if one.contacts is None else str(one.contacts),
                "" if one.officer_hours is None else hours(one.officer_hours),
                plan_stands(None if case is None else case.plan, record.held_on, setting),
            )
        )
    headings = ("Neighbourhood", "Position", "Movement", "Case", "Contacts", "Officer time", "Plan")
    return Table("People with the most contacts in each neighbourhood", headings, tuple(rows))


def _case(
    case: CaseRecord, stands: Listed | None, risk: RiskWords | None, record: MeetingRecord, setting: Setting
) -> Section:
    contacts = None if stands is None or stands.contacts is None else plural(stands.contacts, "contact")
    spent = None if stands is None or stands.officer_hours is None else hours(stands.officer_hours)
    decision = case.decision
    blocks: list[Block] = [
        facts(
            ("Neighbourhood", setting.area(case.neighbourhood)),
            ("Access", "restricted case" if case.is_restricted else None),
            ("Why here", "; ".join(case.reasons)),
            ("Position in the top ten", None if case.top_ten_position is None else str(case.top_ten_position)),
            ("On the list", ", ".join(filter(None, (contacts, spent, stands.movement if stands else None)))),
            ("DASH (risk assessment)", None if risk is None else risk.dash),
            ("MARAC", None if risk is None else risk.marac),
            ("Children", None if risk is None else risk.children),
            ("Carried from earlier meetings", str(case.times_carried) if case.times_carried else None),
            ("Decision", "none recorded" if decision is None else DECIDED[decision.what]),
            ("Reason for the decision", None if decision is None else decision.reason),
            ("Recorded by", None if decision is None else decision.recorded_by),
            ("Plan", plan_stands(case.plan, record.held_on, setting)),
        ),
        *([] if case.plan is None else _plan(case.plan, setting)),
        actions_table("Actions", (*case.actions,), record.held_on, setting) if case.actions else Words("No action."),
    ]
    if case.shares:
        rows = tuple((setting.agency(one.agency), LEVELS[one.level], day(one.until)) for one in case.shares)
        blocks.append(Table("Shared with", ("Agency", "What it sees", "Until"), rows))
    return Section(case.reference, tuple(blocks), level=2, starts_page=True)


def _plan(plan: PlanView, setting: Setting) -> list[Block]:
    return [
        facts(
            ("Objective", plan.objective),
            ("Problem", plan.problem),
            ("Analysis", plan.analysis),
            ("Response", plan.response),
            ("Assessment", plan.assessment),
            ("Owner", plan.owner_name),
            ("Review", day(plan.review_on)),
            ("Public protection unit told", setting.day_of(plan.ppu_informed_at)),
            ("Signed off", None if plan.signed_off_on is None else day(plan.signed_off_on)),
            ("Why closed", plan.closing_reason),
        )
    ]


def _due(record: MeetingRecord, setting: Setting) -> Block:
    pairs = [(case.reference, one) for case in record.every_case for one in case.actions]
    table = due_table("Every action that is not finished, the earliest due first", pairs, record.held_on, setting)
    return rows_or("No action is open.", table)


def _minutes(record: MeetingRecord, setting: Setting) -> tuple[Block, ...]:
    last = None if record.last_meeting is None else day(record.last_meeting)
    decided = tuple(
        (case.reference, DECIDED[case.decision.what], case.decision.reason, case.decision.recorded_by)
        for case in record.every_case
        if case.decision is not None
    )
    left = tuple(
        (case.reference, said, case.state_reason or "")
        for said, cases in (("carried to next week", record.carried), ("dropped", record.dropped))
        for case in cases
    )
    put_right = tuple(
        (one.reference or "", one.text, setting.moment_of(one.written_at) or "", one.written_by)
        for one in record.addenda
    )
    return (
        facts(
            ("Chair", record.chair_name or "not named"),
            ("Opened", setting.moment_of(record.opened_at) or "not opened"),
            ("Closed", setting.moment_of(record.closed_at) or "not closed"),
            (
                "Confidentiality statement",
                setting.moment_of(record.confidentiality_confirmed_at) or "not confirmed",
            ),
            ("Last meeting", last or "none"),
            ("Notes of the last meeting agreed", setting.moment_of(record.last_notes_agreed_at) or "not agreed"),
            ("Remarks on them", record.last_notes_remarks),
        ),
        attendance_table(record.attendance, setting),
        rows_or("No decision is recorded.", Table("Decisions", ("Case", "Decision", "Reason", "Recorded by"), decided)),
        *([Table("Not discussed", ("Case", "What became of it", "Reason"), left)] if left else []),
        *paragraphs(record.notes),
        *([Table("Addenda", ("Case", "Text", "Written", "By"), put_right)] if put_right else []),
    )
