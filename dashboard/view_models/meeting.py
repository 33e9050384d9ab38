"""What does the meeting page say of a meeting? Its state, the agenda with ticks, who was there, and what was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.components.cells import Marked
from dashboard.components.table import Table, TableColumn
from dashboard.text import count, day, escape_markdown, plural, sentence
from dashboard.view_models.meeting_forms import PRESENCE_WORDS
from dashboard.view_models.plan_words import DECIDED, action_cell
from partnership.agencies import AgencyLine
from partnership.meeting_record import CaseRecord, MeetingRecord
from partnership.status import action_status
from partnership.views import ActionView, MeetingView
from partnership.vocabulary import AgendaState, MeetingState, PlanState

START, END, LIST = "start", "end", "list"
"""The screens before the first case and after the last, and the whole list; a case's screen is its reference."""
STATE_WORDS: Mapping[MeetingState, str] = {
    MeetingState.DRAFT: "being prepared",
    MeetingState.OPEN: "open",
    MeetingState.CLOSED: "closed, read-only",
}
STATEMENT = (
    "What is said here is said to keep people safe. It is shared with those around this table for that purpose only, "
    "is kept by each agency as its own rules demand, and is passed to nobody else without the chair's word."
)


@dataclass(frozen=True)
class Setting:
    """What the words depend on beside the record: the day, the names of agencies and areas, names that may be shown."""

    today: date
    agencies: tuple[AgencyLine, ...]
    areas: Mapping[str, str]
    names: Mapping[str, str]
    due_soon_days: int
    stalled_days: int

    def agency(self, code: str | None) -> str:
        """The name of an agency; None is the police."""
        known = {agency.code: agency.name for agency in self.agencies}
        return "Police" if code is None else known.get(code, code)

    def area(self, code: str) -> str:
        """The name of a neighbourhood."""
        return self.areas.get(code, code)

    def action_cell(self, action: ActionView) -> Marked:
        """How an action stands today."""
        return action_cell(action_status(action, self.today, due_soon_days=self.due_soon_days), action.not_done_because)

    def called(self, person_id: str) -> str:
        """The person's name with the reference where it may be shown, else the reference."""
        name = self.names.get(person_id)
        return f"{name} ({person_id})" if name else person_id


@dataclass(frozen=True)
class AgendaLine:
    """One line of the agenda at the side: the screen it opens and its words.

    `is_done`: whether something was decided; None where there is nothing to decide.
    """

    screen: str
    label: str
    is_done: bool | None


def titled(record: MeetingRecord) -> str:
    """The meeting's name: "South, Mon 2 Dec 2013"."""
    return f"{record.sector}, {day(record.held_on)}"


def answer(record: MeetingRecord) -> str:
    """How far the meeting is, in a sentence."""
    decided = sum(case.decision is not None for case in record.agenda)
    agenda = (
        f"{plural(len(record.agenda), 'case')} on the agenda, {count(decided)} decided"
        if record.agenda
        else "nothing is on the agenda yet"
    )
    waiting = undecided(record)
    if record.state is MeetingState.CLOSED:
        return sentence(f"This meeting is closed and stays as it is; {agenda}")
    still = f"{plural(len(waiting), 'person', 'people')} of a top ten still without a decision or a plan"
    return sentence(f"This meeting is {STATE_WORDS[record.state]}; {agenda}", still if waiting else "")


def undecided(record: MeetingRecord) -> tuple[CaseRecord, ...]:
    """Who is in a top ten and has neither a decision nor an open plan: the meeting cannot be closed before."""
    return tuple(
        case
        for case in record.cases
        if case.top_ten_position is not None
        and case.decision is None
        and (case.plan is None or case.plan.state is not PlanState.OPEN)
    )


def screens(record: MeetingRecord) -> tuple[str, ...]:
    """The screens in order: the start, each case of the agenda, the end."""
    return (START, *(case.reference for case in record.agenda), END)


def is_screen(record: MeetingRecord, asked: str) -> bool:
    """Whether there is such a screen: one of the order, the whole list, or a case beside the agenda."""
    return asked in {*screens(record), LIST} or any(case.reference == asked for case in record.every_case)


def beside_the_agenda(record: MeetingRecord) -> tuple[CaseRecord, ...]:
    """Everybody who is not on the agenda: the whole list, then who was dropped or carried."""
    return (*record.whole_list, *record.dropped, *record.carried)


def agenda_lines(record: MeetingRecord, setting: Setting) -> tuple[AgendaLine, ...]:
    """The agenda at the side."""
    cases = tuple(
        AgendaLine(
            case.reference,
            f"{at}. {setting.names.get(case.person_id, case.person_id)}",
            case.decision is not None,
        )
        for at, case in enumerate(record.agenda, 1)
    )
    is_begun = record.state is not MeetingState.DRAFT and record.confidentiality_confirmed_at is not None
    return (
        AgendaLine(START, "Start: who is here", is_begun),
        *cases,
        AgendaLine(LIST, f"The whole list: {count(len(beside_the_agenda(record)))} more", None),
        AgendaLine(END, "End: what was agreed", record.state is MeetingState.CLOSED),
    )


def meetings_table(meetings: Sequence[MeetingView]) -> Table:
    """The series, the newest first."""
    return Table(
        columns=(TableColumn("Meeting"), TableColumn("State"), TableColumn("Decisions", True)),
        rows=tuple(
            (f"{one.sector}, {day(one.held_on)}", STATE_WORDS[one.state], count(len(one.decisions))) for one in meetings
        ),
        said="The weekly meetings of your sectors, the newest first",
    )


def meeting_label(meeting: MeetingView) -> str:
    """A meeting in a choice; not its state, so that the choice stands when the meeting is opened or closed."""
    return f"{meeting.sector}, {day(meeting.held_on)}"


def first_shown(meetings: Sequence[MeetingView], today: date) -> int | None:
    """The meeting offered first: the open one, else the next that lies ahead, else the newest; None for none."""
    still = [one for one in meetings if one.state is not MeetingState.CLOSED]
    running = [one for one in still if one.state is MeetingState.OPEN]
    ahead = sorted((one for one in still if one.held_on >= today), key=lambda one: (one.held_on, one.sector))
    chosen = [*running, *ahead, *meetings]
    return chosen[0].meeting_id if chosen else None


def next_monday(meetings: Sequence[MeetingView], sector: str, today: date) -> date:
    """The Monday after the sector's newest meeting, and not before today."""
    newest = max((one.held_on for one in meetings if one.sector == sector), default=today - timedelta(days=1))
    earliest = max(newest + timedelta(days=1), today)
    return earliest + timedelta(days=-earliest.weekday() % 7)


def attendance_table(record: MeetingRecord, setting: Setting) -> Table:
    """Who was there, by agency, and who sent apologies."""
    return Table(
        columns=(TableColumn("Agency"), TableColumn("Name"), TableColumn("Attendance")),
        rows=tuple((setting.agency(one.agency), one.name, PRESENCE_WORDS[one.presence]) for one in record.attendance),
        said="Attendance and apologies by agency",
    )


def decisions_table(record: MeetingRecord, setting: Setting) -> Table:
    """What was decided, in the order of the agenda."""
    decided = [(case, case.decision) for case in record.every_case if case.decision is not None]
    return Table(
        columns=(TableColumn("Person"), TableColumn("Decided"), TableColumn("Because")),
        rows=tuple((setting.called(case.person_id), DECIDED[made.what], made.reason) for case, made in decided),
        said="The decisions of this meeting",
    )


def agreed_by_agency(record: MeetingRecord, setting: Setting) -> Table:
    """The actions agreed in this meeting, by agency and due day."""
    agreed = [
        (setting.agency(one.action.owner_agency), one.action, case)
        for case in record.every_case
        for one in case.actions
        if one.action.meeting_id == record.meeting_id
    ]
    agreed.sort(key=lambda line: (line[0], line[1].due_on, line[1].action_id))
    return Table(
        columns=tuple(map(TableColumn, ("Agency", "Who", "What", "For", "Due", "Status"))),
        rows=tuple(
            (
                agency,
                action.owner_name or "",
                action.what or "",
                setting.called(case.person_id),
                day(action.due_on),
                setting.action_cell(action),
            )
            for agency, action, case in agreed
        ),
        said="What was agreed in this meeting, by agency",
    )


def left_table(record: MeetingRecord, setting: Setting) -> Table:
    """Which cases were carried to next week or dropped, and why."""
    words = [(case, "carried to next week") for case in record.carried]
    words += [(case, "dropped") for case in record.dropped]
    return Table(
        columns=(TableColumn("Person"), TableColumn("What"), TableColumn("Why")),
        rows=tuple((setting.called(case.person_id), said, case.state_reason or "") for case, said in words),
        said="Cases carried to next week or dropped from the agenda",
    )


def whole_list(record: MeetingRecord, setting: Setting) -> Table:
    """Everybody else on the lists and on the books, carried and dropped cases too."""
    return Table(
        columns=tuple(map(TableColumn, ("Person", "Neighbourhood", "Top ten", "Plan", "Decided"))),
        rows=tuple(
            (
                setting.called(case.person_id),
                setting.area(case.neighbourhood),
                "not in it" if case.top_ten_position is None else f"position {case.top_ten_position}",
                "open" if case.plan is not None and case.plan.state is PlanState.OPEN else "none open",
                _left_or_decided(case),
            )
            for case in beside_the_agenda(record)
        ),
        said="Everybody on the lists and on the books who is not on the agenda",
    )


def _left_or_decided(case: CaseRecord) -> str:
    left = {AgendaState.CARRIED: "carried to next week", AgendaState.DROPPED: "dropped"}
    said = left.get(case.state) if case.state is not None else None
    return "; ".join(filter(None, (said, DECIDED[case.decision.what] if case.decision else None))) or "not yet"


def addenda_lines(record: MeetingRecord, setting: Setting) -> tuple[str, ...]:
    """Each addendum as one line of Markdown."""
    persons = {case.reference: case.person_id for case in record.every_case}
    return tuple(
        escape_markdown(
            f"{day(one.written_at.date())}, {one.written_by}"
            f"{', ' + setting.called(persons[one.reference]) if one.reference in persons else ''}: {one.text}"
        )
        for one in record.addenda
    )
