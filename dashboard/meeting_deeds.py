"""What does each form of a meeting do? Verbs of the partnership in one transaction, with what the form sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from dashboard import decisions
from dashboard.components.field_form import Sent
from dashboard.components.outcome import Outcome
from dashboard.data import assumptions
from dashboard.deeds import do
from dashboard.text import day
from dashboard.today import now
from dashboard.view_models.meeting_forms import POLICE, draft_field
from dashboard.view_models.person_forms import Around
from dashboard.view_models.plan_words import DECIDED
from dashboard.visit import Visit
from partnership import actions, agenda_items, attendance, closing, drafts, meetings, minutes, plans
from partnership.agenda import ProposedAgenda
from partnership.agenda_drawing import draw_up_agenda
from partnership.authority import Actor
from partnership.changes import Saved
from partnership.errors import PartnershipError
from partnership.meeting_record import CaseRecord, MeetingRecord
from partnership.vocabulary import DecisionKind, MeetingState, Presence


def decide(visit: Visit, meeting_id: int, case: CaseRecord, sent: Sent, around: Around) -> Outcome:
    """Record a decision; opening or closing the plan that it decides is the same transaction."""
    what = DecisionKind(sent.deed)
    saying = f"{case.person_id}: {DECIDED[what]}"
    return do(
        visit,
        _decided,
        saying=saying,
        meeting_id=meeting_id,
        case=case,
        what=what,
        values=sent.values,
        seen_version=sent.seen_version,
        around=around,
    )


def _decided(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    case: CaseRecord,
    what: DecisionKind,
    values: Mapping[str, Any],
    seen_version: int,
    around: Around,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    common: dict[str, Any] = {"geography": geography, "at": at}
    reason = values.get("reason")
    if what is DecisionKind.OPEN_PLAN:
        owner = next(one for one in around.owners if str(one.member_id) == values["owner"])
        fields = {name: values[name] for name in ("objective", "problem", "analysis", "review_on")}
        who: dict[str, Any] = {"owner_member_id": owner.member_id, "owner_name": owner.name}
        plans.open_plan(session, actor, reference=case.reference, **fields, **who, **common)
    if what is DecisionKind.CLOSE_PLAN and case.plan is not None:
        closing.close_plan(
            session,
            actor,
            plan_id=case.plan.plan_id,
            reason=str(reason),
            assessment=values["assessment"],
            contacted_on=values["contacted_on"],
            contact_note=values["contact_note"],
            seen_version=case.plan.version,
            **common,
        )
    return meetings.record_decision(
        session,
        actor,
        meeting_id=meeting_id,
        reference=case.reference,
        what=what,
        reason=None if reason is None else str(reason),
        seen_version=seen_version,
        **common,
    )


def agree(visit: Visit, meeting_id: int, case: CaseRecord, sent: Sent) -> Outcome:
    """Agree an action in this meeting."""
    if case.plan is None:
        return Outcome(is_saved=False, said="Nothing was saved. An action needs a plan; open one first.")
    due = sent.values["due_on"]
    said = f"an action of {case.person_id}, due {day(due)}" if isinstance(due, date) else "an action"
    fields = {**sent.values, "kind": sent.values["kind"] or None}
    return do(visit, actions.agree_action, saying=said, plan_id=case.plan.plan_id, meeting_id=meeting_id, **fields)


def change_agenda(visit: Visit, case: CaseRecord, sent: Sent) -> Outcome:
    """Drop a case from the agenda, or carry it to next week."""
    verb, said = {
        "drop_item": (agenda_items.drop_item, "is dropped from the agenda"),
        "carry_item": (agenda_items.carry_item, "is carried to next week"),
    }[sent.deed]
    saying = f"{case.person_id} {said}"
    return do(
        visit, verb, saying=saying, item_id=case.item_id, reason=sent.values["reason"], seen_version=sent.seen_version
    )


def move(visit: Visit, record: MeetingRecord, case: CaseRecord, *, by: int) -> Outcome:
    """Move a case one place up (-1) or down (+1) the agenda."""
    others = [one.item_id for one in record.agenda if one.item_id != case.item_id]
    place = [one.item_id for one in record.agenda].index(case.item_id) + by
    before = others[place] if 0 <= place < len(others) else None
    return do(
        visit,
        agenda_items.move_item,
        saying=f"{case.person_id} is moved",
        item_id=case.item_id,
        before_item_id=others[0] if place < 0 else before,
        seen_version=case.item_version,
    )


def add_case(visit: Visit, record: MeetingRecord, sent: Sent) -> Outcome:
    """Put a case on the agenda because the chair says so."""
    reference = str(sent.values["reference"])
    case = next(one for one in record.every_case if one.reference == reference)
    outcome = do(
        visit,
        agenda_items.add_item,
        saying=f"{case.person_id} is on the agenda",
        meeting_id=record.meeting_id,
        reference=reference,
        reason=sent.values["reason"],
        seen_version=case.item_version,
    )
    return _without_draft(visit, record, sent.deed, "reason", outcome)


def record_attendance(visit: Visit, record: MeetingRecord, sent: Sent) -> Outcome:
    """Record one person at the table."""
    agency = None if sent.values["agency"] == POLICE else str(sent.values["agency"])
    name, presence = str(sent.values["name"]), Presence(str(sent.values["presence"]))
    known = [line for line in record.attendance if line.agency == agency and line.name == " ".join(name.split())]
    return do(
        visit,
        attendance.record_attendance,
        saying="who was here is recorded",
        meeting_id=record.meeting_id,
        agency=agency,
        name=name,
        presence=presence,
        seen_version=known[0].version if known else 0,
    )


def write(visit: Visit, record: MeetingRecord, sent: Sent) -> Outcome:
    """Save a form of the meeting itself."""
    written: dict[str, tuple[Callable[..., Saved], str]] = {
        "name_chair": (attendance.name_chair, "the chair is named"),
        "agree_last_notes": (minutes.agree_last_notes, "the last notes are agreed"),
        "write_notes": (minutes.write_notes, "the notes are kept"),
    }
    verb, said = written[sent.deed]
    return do(visit, verb, saying=said, meeting_id=record.meeting_id, seen_version=sent.seen_version, **sent.values)


def decide_rest(visit: Visit, record: MeetingRecord, sent: Sent) -> Outcome:
    """Say once of everybody else in a top ten that nothing more is done this week."""
    said = "everybody else in a top ten is decided: no action this week"
    return do(visit, meetings.decide_rest, saying=said, meeting_id=record.meeting_id, reason=sent.values["reason"])


def write_addendum(visit: Visit, record: MeetingRecord, sent: Sent) -> Outcome:
    """Write an addendum to a closed meeting."""
    about = str(sent.values["reference"]) or None
    text = sent.values["text"]
    said = "the addendum stands"
    number = record.meeting_id
    outcome = do(visit, minutes.write_addendum, saying=said, meeting_id=number, reference=about, text=text)
    return _without_draft(visit, record, sent.deed, "text", outcome)


def confirm_confidentiality(visit: Visit, record: MeetingRecord) -> Outcome:
    """Record that the statement was read out and agreed."""
    verb = attendance.confirm_confidentiality
    return do(
        visit, verb, saying="the statement is confirmed", meeting_id=record.meeting_id, seen_version=record.version
    )


def advance(visit: Visit, record: MeetingRecord, to: MeetingState, *, named: str) -> Outcome:
    """Open or close the meeting. A closing refused names the cases that still need a decision, by their persons."""
    verb = meetings.open_meeting if to is MeetingState.OPEN else meetings.close_meeting
    saying = f"{named} is {to.value}"
    return do(visit, verb, saying=saying, meeting_id=record.meeting_id, seen_version=record.version)


def arrange(visit: Visit, sector: str, held_on: date) -> Outcome:
    """Set a day for a sector's meeting."""
    saying = f"the meeting of {sector} on {day(held_on)} is arranged"
    return do(visit, meetings.arrange_meeting, saying=saying, sector=sector, held_on=held_on)


def draw_up(visit: Visit, meeting_id: int, agenda: ProposedAgenda) -> Outcome:
    """Put the week's exceptions on the agenda; what the chair changed stands."""
    return do(visit, _drawn_up, saying="the agenda is drawn up", meeting_id=meeting_id, agenda=agenda)


def _drawn_up(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    agenda: ProposedAgenda,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    drawn = draw_up_agenda(session, actor, meeting_id=meeting_id, agenda=agenda, geography=geography, at=at)
    return Saved(row_id=meeting_id, reference=None, version=0, is_changed=bool(drawn.listed or drawn.whole_list))


def keep_draft(visit: Visit, meeting_id: int, reference: str | None, deed: str, name: str, text: str) -> None:
    """Keep what was typed into a field that is left. What is too long to keep is refused when it is saved, with why."""
    field = draft_field(deed, name)
    if field is None:
        return
    at = now(visit.facts)
    try:
        with decisions.database().write() as session:
            drafts.keep_draft(
                session,
                decisions.actor_of(session, visit),
                meeting_id=meeting_id,
                reference=reference,
                field=field,
                text=text,
                kept_days=assumptions().whole("draft_kept_days"),
                geography=visit.facts.geography,
                at=at,
            )
    except PartnershipError:
        return


def _without_draft(visit: Visit, record: MeetingRecord, deed: str, name: str, outcome: Outcome) -> Outcome:
    """The draft of a form that chooses its case was kept for the meeting itself: once saved it is gone."""
    if outcome.is_saved:
        keep_draft(visit, record.meeting_id, None, deed, name, "")
    return outcome
