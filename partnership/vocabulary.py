"""Which words may a field hold? Every choice of the partnership, in the trade's words."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is. `operator` is whoever runs the commands: never a member, never opens a case."""

    SECTOR_INSPECTOR = "sector_inspector"
    NEIGHBOURHOOD_OFFICER = "neighbourhood_officer"
    PPU_OFFICER = "ppu_officer"
    ANALYST = "analyst"
    PARTNER = "partner"
    AUDITOR = "auditor"
    OPERATOR = "operator"


class MeetingState(StrEnum):
    """A meeting moves one way: draft, open, closed."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class PlanState(StrEnum):
    """Whether a plan is being worked on."""

    OPEN = "open"
    CLOSED = "closed"


class ActionState(StrEnum):
    """What was last reported of an action. Overdue is computed, never stored."""

    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_DONE = "not_done"
    CANCELLED = "cancelled"


OPEN_ACTION_STATES = frozenset({ActionState.AGREED, ActionState.IN_PROGRESS})


class NotDoneBecause(StrEnum):
    """Why an action was not done."""

    CIRCUMSTANCES_CHANGED = "circumstances_changed"
    AGENCY_DID_NOT = "agency_did_not"


class DecisionKind(StrEnum):
    """What a meeting can decide about a case."""

    OPEN_PLAN = "open_plan"
    CONTINUE_PLAN = "continue_plan"
    NO_ACTION = "no_action"
    REFER = "refer"
    CLOSE_PLAN = "close_plan"


class Presence(StrEnum):
    """Whether somebody an agency sends was at the meeting; `withdrawn` is an entry made in error."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


class AgendaState(StrEnum):
    """Where a case stands in a meeting: on the agenda, in the whole list beside it, dropped, or carried a week."""

    LISTED = "listed"
    WHOLE_LIST = "whole_list"
    DROPPED = "dropped"
    CARRIED = "carried"


class ListMovement(StrEnum):
    """How a person came to stand where they stand in a top ten; `none` for who is on no list."""

    NEW = "new"
    RETURNED = "returned"
    UP = "up"
    DOWN = "down"
    SAME = "same"
    LEFT = "left"
    NO_EARLIER_LIST = "no_earlier_list"
    NONE = "none"


class DraftField(StrEnum):
    """Which field of the meeting page a draft was typed into."""

    DECISION_REASON = "decision_reason"
    ACTION_WHAT = "action_what"
    ACTION_OWNER = "action_owner"
    PLAN_OBJECTIVE = "plan_objective"
    PLAN_PROBLEM = "plan_problem"
    PLAN_ANALYSIS = "plan_analysis"
    PLAN_RESPONSE = "plan_response"
    PLAN_ASSESSMENT = "plan_assessment"
    CLOSING_REASON = "closing_reason"
    CONTACT_NOTE = "contact_note"
    ADD_REASON = "add_reason"
    DROP_REASON = "drop_reason"
    CARRY_REASON = "carry_reason"
    MEETING_NOTES = "meeting_notes"
    NOTES_REMARKS = "notes_remarks"
    ADDENDUM = "addendum"


class ShareLevel(StrEnum):
    """How much of a case an agency sees: its own actions only, or the plan's aim and progress as well."""

    ACTIONS = "actions"
    CASE = "case"


class Verdict(StrEnum):
    """What somebody decides about two records that may be of one person."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_SURE = "not_sure"


class NumberKind(StrEnum):
    """Whose a telephone number is, whatever the records suggest."""

    INSTITUTION = "institution"
    SHARED = "shared"
    PERSONAL = "personal"


class IdentityReason(StrEnum):
    """Why somebody decided so about an identity. Chosen, never typed: no personal data stands beside a decision."""

    RECORDS_SHOW_IT = "records_show_it"
    CHECKED_ELSEWHERE = "checked_elsewhere"
    KNOWN_TO_OFFICERS = "known_to_officers"
    SAID_SO = "said_so"
    ONE_HOUSEHOLD = "one_household"
    TOO_LITTLE = "too_little"
    MISTAKE = "mistake"


class Operation(StrEnum):
    """The six processing operations that must be logged. Source: Data Protection Act 2018, section 62(1)."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
