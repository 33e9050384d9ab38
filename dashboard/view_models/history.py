"""What happened to a case, in the trade's words: every event with who, when, why and each change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dashboard.components.cells import Marked
from dashboard.sign_in import ROLE_WORDS
from dashboard.text import day, escape_markdown, moment
from dashboard.view_models.person_forms import LEVEL_WORDS
from dashboard.view_models.plan_words import DECIDED
from partnership.views import Change, HistoryLine

DEED_WORDS: Mapping[str, str] = {
    "open_case": "opened the case",
    "change_owning_neighbourhood": "changed the owning neighbourhood",
    "set_safe_contact_note": "wrote the safe-contact note",
    "restrict_case": "restricted the case",
    "unrestrict_case": "lifted the restriction",
    "follow_merge": "joined two records of the person",
    "follow_split": "parted two people who had been taken for one",
    "join_cases": "joined two cases",
    "open_plan": "opened the plan",
    "change_plan": "changed the plan",
    "sign_off_plan": "signed the plan off",
    "inform_ppu": "told the public protection unit",
    "close_plan": "closed the plan",
    "reopen_plan": "opened the plan again",
    "agree_action": "agreed an action",
    "change_action": "changed an action",
    "carry_forward": "carried an action to a later day",
    "cancel_action": "cancelled an action",
    "reopen_action": "opened an action again",
    "record_progress": "reported progress",
    "complete_action": "reported an action done",
    "mark_not_done": "reported an action not done",
    "record_decision": "recorded the meeting's decision",
    "record_positive_contact": "recorded a positive contact with the person",
    "draw_up_agenda": "put the case before a meeting",
    "add_item": "added the case to an agenda",
    "drop_item": "dropped the case from an agenda",
    "carry_item": "carried the case to the next meeting",
    "move_item": "moved the case on an agenda",
    "arrange_meeting": "arranged a meeting",
    "open_meeting": "opened a meeting",
    "close_meeting": "closed a meeting",
    "name_chair": "named the chair",
    "record_attendance": "recorded who was at the table",
    "confirm_confidentiality": "confirmed the confidentiality statement",
    "agree_last_notes": "agreed the notes of the last meeting",
    "write_notes": "wrote the meeting's notes",
    "write_addendum": "wrote an addendum to a closed meeting",
    "add_agency": "added an agency",
    "rename_agency": "renamed an agency",
    "add_member": "let a member sign in",
    "change_member": "changed what a member is",
    "remove_member": "took a member's right to sign in away",
    "erase_person": "erased the person",
    "read_access_log": "opened the access log",
    "decide_pair": "decided whether two records are one person",
    "undo_pair": "took a decision on two records back",
    "mark_number": "said whose a telephone number is",
    "unmark_number": "took back whose a telephone number is",
    "share_case": "shared the case",
    "end_share": "ended a share",
}
FIELD_WORDS: Mapping[str, str] = {
    "what": "action",
    "owner_agency": "agency",
    "owner_name": "owner",
    "due_on": "due",
    "not_done_because": "why not done",
    "review_on": "next review",
    "signed_off_on": "signed off",
    "objective": "what is to become better",
    "problem": "what is happening",
    "analysis": "why it keeps happening",
    "response": "what is being done",
    "assessment": "what came of it",
    "closing_reason": "why closed",
    "ppu_informed_at": "public protection unit told",
    "positive_contact_on": "day of the positive contact",
    "positive_contact_note": "what the person said",
    "safe_contact_note": "safe-contact note",
    "state": "stands",
    "state_reason": "why",
    "added_because": "why added",
    "top_ten_position": "position in a top ten",
    "level": "sees",
}
VALUE_WORDS: Mapping[str, Mapping[str, str]] = {
    "status": {"agreed": "not started yet", "in_progress": "in progress", "not_done": "not done"},
    "not_done_because": {
        "circumstances_changed": "circumstances changed",
        "agency_did_not": "the agency did not do it",
    },
    "state": {
        "listed": "on the agenda",
        "whole_list": "in the list beside the agenda",
        "carried": "carried to the next meeting",
    },
    "level": {level.value: said for level, said in LEVEL_WORDS.items()},
    "decided": {kind.value: said for kind, said in DECIDED.items()},
}
# Said by the event itself, or of no use to a reader.
UNTOLD = frozenset(
    {"reported_at", "agreed_at", "opened_at", "closed_at", "recorded_at", "granted_at", "owner_member_id"}
)
_OF_THE_RECORD = UNTOLD | {"meeting_id", "place", "is_restricted", "recorded_by"}
_AT_FIRST = frozenset({"person_id", "times_carried", "status"})
_CODES = frozenset({"agency", "owner_agency", "neighbourhood"})


def field_said(field: str) -> str:
    """A field of the database in words."""
    return FIELD_WORDS.get(field, field.replace("_", " "))


def value_said(field: str, value: str | None, names: Mapping[str, str]) -> str:
    """A stored value in words; a day as the house writes it, nothing as an empty text.

    Args:
        field: of the database.
        value: as it is stored.
        names: of agencies and neighbourhoods by their code.
    """
    if value is None:
        return ""
    if field.endswith("_on") or field == "until":
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return value
    if field in _CODES:
        return names.get(value, value)
    return VALUE_WORDS.get(field, {}).get(value, value)


def history_lines(lines: Sequence[HistoryLine], *, timezone: str, names: Mapping[str, str]) -> tuple[Marked, ...]:
    """Every event, newest first as given: when, who and what, and under it each change.

    Args:
        lines: as they are read.
        timezone: of the force, for the times.
        names: of agencies and neighbourhoods by their code.
    """
    return tuple(
        Marked(
            "  \n".join(
                [
                    f"**{escape_markdown(_local(line.at, timezone))}**",
                    escape_markdown(f"{_who(line, names)} {_what(line)}."),
                    *([escape_markdown(said)] if (said := _changes(line, names)) else []),
                ]
            )
        )
        for line in lines
    )


def _local(at: datetime, timezone: str) -> str:
    return moment(at.astimezone(ZoneInfo(timezone)))


def _who(line: HistoryLine, names: Mapping[str, str]) -> str:
    agency = line.actor_agency
    body = names.get(agency, agency) if agency else ROLE_WORDS.get(line.actor_role, line.actor_role.value)
    return f"{line.actor_name}, {body},"


def _what(line: HistoryLine) -> str:
    deed = DEED_WORDS.get(line.verb, line.verb.replace("_", " "))
    return f"{deed}, because: {line.reason}" if line.reason else deed


def _changes(line: HistoryLine, names: Mapping[str, str]) -> str:
    said = []
    for change in line.changes:
        if _is_untold(line, change):
            continue
        # What an event calls the decision has the name of an action's words.
        field = "decided" if (line.subject, change.field) == ("decision", "what") else change.field
        before, after = value_said(field, change.before, names), value_said(field, change.after, names)
        if before:
            said.append(f"{field_said(field)}: {before} → {after or 'nothing'}")
        elif after:
            said.append(f"{field_said(field)}: {after}")
    return "; ".join(said)


def _is_untold(line: HistoryLine, change: Change) -> bool:
    """What the deed says already, what never differs at first, and what only the database has a use for."""
    if change.field in _OF_THE_RECORD or (line.subject == "plan" and change.field == "state"):
        return True
    return change.field in _AT_FIRST and change.before is None
