"""What does a reader get? Plain values, finished and frozen; never a row of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from partnership.vocabulary import ActionState, DecisionKind, MeetingState, NotDoneBecause, PlanState, Role, ShareLevel


@dataclass(frozen=True)
class ActionView:
    """One action of a plan. `what`, `note` and `owner_name` are None where the reader may not see them."""

    action_id: int
    what: str | None
    owner_agency: str
    owner_name: str | None
    due_on: date
    status: ActionState
    note: str | None
    not_done_because: NotDoneBecause | None
    times_carried: int
    agreed_at: datetime
    reported_at: datetime | None
    version: int
    kind: str | None = None
    meeting_id: int | None = None


@dataclass(frozen=True)
class PlanView:
    """A plan with its actions; `changed_at` are the times of its events, for its status."""

    plan_id: int
    reference: str
    person_id: str
    neighbourhood: str
    objective: str
    problem: str
    analysis: str
    response: str | None
    assessment: str | None
    owner_name: str
    owner_member_id: int | None
    review_on: date
    ppu_informed_at: datetime | None
    signed_off_on: date | None
    state: PlanState
    closing_reason: str | None
    opened_at: datetime
    closed_at: datetime | None
    version: int
    actions: tuple[ActionView, ...]
    changed_at: tuple[datetime, ...]
    positive_contact_on: date | None = None
    positive_contact_note: str | None = None


@dataclass(frozen=True)
class ShareView:
    """What an agency sees of a case, and until which day."""

    share_id: int
    agency: str
    level: ShareLevel
    until: date
    granted_at: datetime
    version: int


@dataclass(frozen=True)
class DecisionView:
    """What a meeting decided about a case."""

    decision_id: int
    meeting_id: int
    held_on: date
    reference: str
    what: DecisionKind
    reason: str
    recorded_at: datetime
    recorded_by: str
    version: int


@dataclass(frozen=True)
class CaseView:
    """A case as the police see it; `plans` newest first, `shares` those in force today."""

    case_id: int
    reference: str
    person_id: str
    neighbourhood: str
    safe_contact_note: str | None
    is_restricted: bool
    opened_at: datetime
    version: int
    plans: tuple[PlanView, ...]
    shares: tuple[ShareView, ...]
    decisions: tuple[DecisionView, ...]


@dataclass(frozen=True)
class CaseLine:
    """A case in a list."""

    case_id: int
    reference: str
    person_id: str
    neighbourhood: str
    is_restricted: bool
    has_safe_contact_note: bool
    has_open_plan: bool
    version: int


@dataclass(frozen=True)
class BoardLine:
    """One action on the board. A partner gets no person id; the plan's owner is whom to ask.

    Attributes:
        is_shared_with_owner: whether the owning agency can see the action today.
    """

    reference: str
    person_id: str | None
    neighbourhood: str | None
    plan_id: int
    plan_owner: str
    plan_state: PlanState
    action_id: int
    what: str
    owner_agency: str
    owner_name: str
    due_on: date
    status: ActionState
    note: str | None
    not_done_because: NotDoneBecause | None
    times_carried: int
    reported_at: datetime | None
    is_shared_with_owner: bool
    version: int
    kind: str | None = None


@dataclass(frozen=True)
class SharedCase:
    """A case as a partner sees it.

    At level `actions` the reference and the agency's own actions, nothing else. At level `case` also what the open
    plan is for, who owns it, when it is reviewed, and of other agencies' actions who, when and how far, without words.
    """

    reference: str
    level: ShareLevel
    until: date
    own_actions: tuple[ActionView, ...]
    objective: str | None
    plan_owner: str | None
    review_on: date | None
    other_actions: tuple[ActionView, ...]


@dataclass(frozen=True)
class Change:
    """One field of an event, before and after, as text."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class HistoryLine:
    """One event of a case, newest first in a history."""

    event_id: int
    at: datetime
    actor_name: str
    actor_role: Role
    actor_agency: str | None
    verb: str
    subject: str
    subject_id: str
    reason: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class MeetingView:
    """A sector's meeting with what it decided about the cases open to the reader."""

    meeting_id: int
    sector: str
    held_on: date
    state: MeetingState
    version: int
    decisions: tuple[DecisionView, ...]
