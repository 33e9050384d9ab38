"""What may be written down at the table? A form for each thing a meeting decides, agrees or puts right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from dashboard.components.field_form import Field, FieldForm, FieldKind
from dashboard.text import day, plural
from dashboard.view_models.person_forms import WEEK, Around, closing_fields
from partnership.action_kinds import action_kinds
from partnership.drafts import DraftView
from partnership.meeting_record import CaseRecord, MeetingRecord
from partnership.vocabulary import DecisionKind, DraftField, PlanState, Presence

POLICE = "POLICE"
"""Stands for the police where an agency is chosen."""
NO_KIND = ""
AGREE_ACTION = "agree_action"
DECISIONS: Mapping[DecisionKind, str] = {
    DecisionKind.OPEN_PLAN: "Open a plan",
    DecisionKind.CONTINUE_PLAN: "Continue the plan",
    DecisionKind.NO_ACTION: "No action, because …",
    DecisionKind.REFER: "Refer",
    DecisionKind.CLOSE_PLAN: "Close the plan",
}
PRESENCE_WORDS: Mapping[Presence, str] = {
    Presence.PRESENT: "present",
    Presence.APOLOGIES: "apologies",
    Presence.ABSENT: "absent",
    Presence.WITHDRAWN: "take this entry back",
}
_DRAFTED: Mapping[str, Mapping[str, DraftField]] = {
    DecisionKind.OPEN_PLAN: {
        "objective": DraftField.PLAN_OBJECTIVE,
        "problem": DraftField.PLAN_PROBLEM,
        "analysis": DraftField.PLAN_ANALYSIS,
    },
    DecisionKind.NO_ACTION: {"reason": DraftField.DECISION_REASON},
    DecisionKind.REFER: {"reason": DraftField.DECISION_REASON},
    DecisionKind.CLOSE_PLAN: {
        "reason": DraftField.CLOSING_REASON,
        "assessment": DraftField.PLAN_ASSESSMENT,
        "contact_note": DraftField.CONTACT_NOTE,
    },
    AGREE_ACTION: {"what": DraftField.ACTION_WHAT, "owner_name": DraftField.ACTION_OWNER},
    "add_item": {"reason": DraftField.ADD_REASON},
    "drop_item": {"reason": DraftField.DROP_REASON},
    "carry_item": {"reason": DraftField.CARRY_REASON},
    "write_notes": {"notes": DraftField.MEETING_NOTES},
    "agree_last_notes": {"remarks": DraftField.NOTES_REMARKS},
    "write_addendum": {"text": DraftField.ADDENDUM},
}


def draft_field(deed: str, name: str) -> DraftField | None:
    """Under which name a field's draft is kept; None for a field without drafts."""
    return _DRAFTED.get(deed, {}).get(name)


def drafts_for(deed: str, reference: str | None, drafts: Iterable[DraftView]) -> dict[str, str]:
    """The drafts of one form, by the field's name."""
    typed = {draft.field: draft.text for draft in drafts if draft.reference == reference}
    return {name: typed[field] for name, field in _DRAFTED.get(deed, {}).items() if field in typed}


def unsaved(reference: str, drafts: Iterable[DraftView]) -> tuple[str, ...]:
    """The deeds of a case whose form holds something typed and not saved, in the order of the keys."""
    kept = {draft.field for draft in drafts if draft.reference == reference}
    deeds = (*DECISIONS, AGREE_ACTION)
    return tuple(deed for deed in deeds if kept & set(_DRAFTED.get(deed, {}).values()))


def can_be_decided(case: CaseRecord, what: DecisionKind) -> bool:
    """Whether a decision makes sense as the plan stands: there is a plan to continue or close, or none yet to open."""
    has_plan = case.plan is not None and case.plan.state is PlanState.OPEN
    if what in {DecisionKind.CONTINUE_PLAN, DecisionKind.CLOSE_PLAN}:
        return has_plan
    return what is not DecisionKind.OPEN_PLAN or not has_plan


def decision_form(case: CaseRecord, what: DecisionKind, around: Around, *, so_far: str = "") -> FieldForm:
    """The form of one decision; the version is that of the decision that stands, 0 for none.

    Args:
        case: as it was read.
        what: the decision.
        around: the day, the agencies, the owners.
        so_far: what came of the open plan so far, for the decision to close it.
    """
    title = f"{DECISIONS[what]}: {case.person_id}"
    version = 0 if case.decision is None else case.decision.version
    said = case.decision.reason if case.decision and case.decision.what is what else ""
    if what is DecisionKind.OPEN_PLAN:
        fields = _plan_fields(around)
    elif what is DecisionKind.CLOSE_PLAN and case.plan is not None:
        fields = closing_fields(case.plan, around.today, so_far)
    elif what is DecisionKind.REFER:
        fields = (Field("reason", "To whom, and why", value=said),)
    else:
        fields = (Field("reason", "Why nothing more is done", value=said),)
    return FieldForm(what.value, title, "Save the decision", fields, version, case.item_id or 0)


def _plan_fields(around: Around) -> tuple[Field, ...]:
    owners = tuple((str(one.member_id), one.name) for one in around.owners)
    return (
        Field("objective", "What is to become better"),
        Field("problem", "What is happening (scan)"),
        Field("analysis", "Why it keeps happening (analyse)"),
        Field("owner", "Who owns the plan", FieldKind.CHOICE, str(around.viewer.member_id), owners),
        Field("review_on", "Look at it again on", FieldKind.DAY, around.today + WEEK * around.review_weeks),
    )


def action_form(case: CaseRecord, around: Around) -> FieldForm | None:
    """The form of a new action; None where no plan is open to hold it."""
    if case.plan is None or case.plan.state is not PlanState.OPEN:
        return None
    kinds = ((NO_KIND, "none of the list"), *((kind.code, kind.words) for kind in action_kinds()))
    return FieldForm(
        AGREE_ACTION,
        f"Agree an action: {case.person_id}",
        "Agree the action",
        (
            Field("what", "What is to be done: one thing, so that anyone can tell when it is done"),
            Field("owner_name", "Who does it: one named person", FieldKind.LINE),
            Field("owner_agency", "Of which agency", FieldKind.CHOICE, None, _agencies(around)),
            Field("due_on", "By when", FieldKind.DAY, around.today + timedelta(days=7)),
            Field("kind", "Kind of action", FieldKind.CHOICE, NO_KIND, kinds),
        ),
        row=case.plan.plan_id,
    )


def item_forms(case: CaseRecord) -> tuple[FieldForm, ...]:
    """How the chair takes a case off the agenda: to next week, or altogether."""
    version, row = case.item_version, case.item_id or 0
    return (
        FieldForm(
            "carry_item",
            "Carry to next week",
            "Carry to next week",
            (Field("reason", "Why it waits (may be left empty)", FieldKind.LINE),),
            version,
            row,
        ),
        FieldForm(
            "drop_item",
            "Drop from the agenda",
            "Drop from the agenda",
            (Field("reason", "Why it is dropped", FieldKind.LINE),),
            version,
            row,
        ),
    )


def rest_form(record: MeetingRecord, number: int) -> FieldForm:
    """The form that says of everybody still waiting in a top ten that nothing more is done this week."""
    return FieldForm(
        "decide_rest",
        "Nothing more this week for the others",
        f"No action this week for {plural(number, 'person', 'people')}",
        (Field("reason", "Why nothing more is done for them this week"),),
        row=record.meeting_id,
    )


def add_form(cases: Iterable[CaseRecord], names: Mapping[str, str]) -> FieldForm | None:
    """The form that puts a case on the agenda; None where every case is on it."""
    offered = tuple(
        (one.reference, f"{one.person_id}, {names.get(one.neighbourhood, one.neighbourhood)}") for one in cases
    )
    if not offered:
        return None
    return FieldForm(
        "add_item",
        "Add a case to the agenda",
        "Add to the agenda",
        (
            Field("reference", "Which case", FieldKind.CHOICE, None, offered),
            Field("reason", "Why it is looked at today", FieldKind.LINE),
        ),
    )


def attendance_form(around: Around) -> FieldForm:
    """The form of one person at the table."""
    presences = tuple((one.value, words) for one, words in PRESENCE_WORDS.items())
    return FieldForm(
        "record_attendance",
        "Who is here",
        "Record",
        (
            Field("name", "Name", FieldKind.LINE),
            Field("agency", "Agency", FieldKind.CHOICE, None, ((POLICE, "Police"), *_agencies(around))),
            Field("presence", "Attendance", FieldKind.CHOICE, Presence.PRESENT.value, presences),
        ),
    )


def meeting_forms(record: MeetingRecord) -> dict[str, FieldForm]:
    """The forms of the meeting itself, by their verb."""
    how = "read them out, then agree." if record.last_notes_agreed_at is None else "agree again to change the remarks."
    last = "" if record.last_meeting is None else f"The notes of {day(record.last_meeting)}: {how}"
    forms = (
        _of_meeting(
            record, "name_chair", "Name the chair", "chair_name", "Who chairs", record.chair_name, is_line=True
        ),
        _of_meeting(
            record,
            "agree_last_notes",
            "Agree the notes",
            "remarks",
            "Remarks on the last notes (may be left empty)",
            record.last_notes_remarks,
            said=last,
        ),
        _of_meeting(
            record,
            "write_notes",
            "Save the notes",
            "notes",
            "Agencies' reports and other business. Name no person here",
            record.notes,
        ),
    )
    return {form.deed: form for form in forms}


def addendum_form(record: MeetingRecord, names: Mapping[str, str]) -> FieldForm:
    """The form of a correction after the meeting was closed."""
    cases = tuple(
        (one.reference, f"{one.person_id}, {names.get(one.neighbourhood, one.neighbourhood)}")
        for one in record.every_case
    )
    return FieldForm(
        "write_addendum",
        "Write an addendum",
        "Write the addendum",
        (
            Field("reference", "About", FieldKind.CHOICE, "", (("", "the meeting itself"), *cases)),
            Field("text", "What is put right"),
        ),
        said="The record stays as it was closed; an addendum stands beside it with your name and the time.",
    )


def _of_meeting(
    record: MeetingRecord,
    deed: str,
    button: str,
    name: str,
    label: str,
    value: str | None,
    *,
    is_line: bool = False,
    said: str = "",
) -> FieldForm:
    kind = FieldKind.LINE if is_line else FieldKind.TEXT
    return FieldForm(deed, button, button, (Field(name, label, kind, value),), record.version, record.meeting_id, said)


def _agencies(around: Around) -> tuple[tuple[str, str], ...]:
    return tuple((agency.code, agency.name) for agency in around.agencies)
