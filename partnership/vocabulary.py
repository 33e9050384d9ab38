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


class ShareLevel(StrEnum):
    """How much of a case an agency sees: its own actions only, or the plan's aim and progress as well."""

    ACTIONS = "actions"
    CASE = "case"


class Operation(StrEnum):
    """The six processing operations that must be logged. Source: Data Protection Act 2018, section 62(1)."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
