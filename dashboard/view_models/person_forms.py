"""What may this person decide about a case today? A form for each deed that can succeed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.components.field_form import Field, FieldForm, FieldKind
from dashboard.sign_in import ROLE_WORDS, Viewer
from dashboard.view_models.action_update import may_do
from partnership.agencies import AgencyLine
from partnership.authority import Actor, Deed
from partnership.views import CaseView, PlanView
from partnership.vocabulary import OPEN_ACTION_STATES, PlanState, ShareLevel

WEEK = timedelta(days=7)
CASE = "case"
LEVEL_WORDS = {
    ShareLevel.ACTIONS: "its own actions only",
    ShareLevel.CASE: "what the plan is for and how far it is, as well",
}


@dataclass(frozen=True)
class Around:
    """What the forms propose from: the day, the agencies, who of the police may own a plan, and after how many weeks.

    `review_weeks`: a new plan is looked at again; `share_weeks`: a share ends.
    """

    viewer: Viewer
    today: date
    agencies: tuple[AgencyLine, ...]
    owners: tuple[Actor, ...]
    review_weeks: int
    share_weeks: int


def open_plan_of(case: CaseView | None) -> PlanView | None:
    """The plan being worked on, if any."""
    return next((plan for plan in case.plans if plan.state is PlanState.OPEN), None) if case else None


def last_closed_of(case: CaseView) -> PlanView | None:
    """The plan closed last, if any."""
    closed = [plan for plan in case.plans if plan.closed_at is not None]
    return max(closed, key=lambda plan: (str(plan.closed_at), plan.plan_id), default=None)


def forms_for(case: CaseView, around: Around, *, so_far: str = "") -> tuple[FieldForm, ...]:
    """The forms, in the order a meeting needs them. The verbs check every right again.

    Args:
        case: as it was read.
        around: the day, the agencies, the owners.
        so_far: what came of the open plan so far, for the form that closes it.
    """

    def may(deed: Deed) -> bool:
        return may_do(around.viewer, deed, around.today)

    plan = open_plan_of(case)
    forms: list[FieldForm] = []
    if plan is None and may(Deed.WRITE_PLAN):
        forms.append(_plan_form(None, around, case))
    if plan is not None:
        if may(Deed.DIRECT_ACTION):
            forms.append(_action_form(plan, around))
        if may(Deed.WRITE_PLAN):
            forms.append(_plan_form(plan, around, case))
        if may(Deed.SIGN_OFF_PLAN):
            forms.append(_sign_off_form(plan, around))
        if may(Deed.WRITE_PLAN) and plan.ppu_informed_at is None:
            forms.append(_ppu_form(plan))
    if may(Deed.CHANGE_CASE):
        forms.append(_note_form(case))
    if may(Deed.SHARE_CASE) and around.agencies:
        forms.append(_share_form(case, around))
        if case.shares:
            forms.append(_end_share_form(case, around))
    if plan is not None and may(Deed.CLOSE_PLAN):
        forms.append(_close_form(plan, around.today, so_far))
    closed = last_closed_of(case)
    if plan is None and closed is not None and may(Deed.CLOSE_PLAN):
        forms.append(_reopen_form(closed))
    return tuple(forms)


def _plan_form(plan: PlanView | None, around: Around, case: CaseView) -> FieldForm:
    owners = _owners(around.owners)
    owner = str(plan.owner_member_id) if plan and plan.owner_member_id else str(around.viewer.member_id)
    fields = [
        Field("objective", "What is to become better", value=plan.objective if plan else ""),
        Field("problem", "What is happening (scan)", value=plan.problem if plan else ""),
        Field("analysis", "Why it keeps happening (analyse)", value=plan.analysis if plan else ""),
    ]
    if plan is not None:
        fields.append(Field("response", "What is being done (respond)", value=plan.response))
        fields.append(Field("assessment", "What came of it so far (assess)", value=plan.assessment))
    review = plan.review_on if plan else around.today + WEEK * around.review_weeks
    fields.append(Field("owner", "Who owns the plan", FieldKind.CHOICE, owner, owners))
    fields.append(Field("review_on", "Look at it again on", FieldKind.DAY, review))
    if plan is None:
        return FieldForm("open_plan", "Open a plan", "Open the plan", tuple(fields), row=case.case_id)
    return FieldForm(
        "change_plan", "Change the plan", "Save the plan", tuple(fields), plan.version, plan.plan_id, record="plan"
    )


def _owners(owners: Sequence[Actor]) -> tuple[tuple[str, str], ...]:
    return tuple((str(owner.member_id), f"{owner.name}, {ROLE_WORDS[owner.role]}") for owner in owners)


def _agencies(around: Around) -> tuple[tuple[str, str], ...]:
    return tuple((agency.code, agency.name) for agency in around.agencies)


def _action_form(plan: PlanView, around: Around) -> FieldForm:
    return FieldForm(
        "agree_action",
        "Agree an action",
        "Agree the action",
        (
            Field("what", "What is to be done: one thing, so that anyone can tell when it is done"),
            Field("owner_agency", "Which agency", FieldKind.CHOICE, None, _agencies(around)),
            Field("owner_name", "Who there: one named person", FieldKind.LINE),
            Field("due_on", "By when", FieldKind.DAY, around.today + WEEK),
        ),
        row=plan.plan_id,
    )


def _sign_off_form(plan: PlanView, around: Around) -> FieldForm:
    return FieldForm(
        "sign_off_plan",
        "Sign the plan off for this week",
        "Sign it off",
        (Field("review_on", "Look at it again on", FieldKind.DAY, around.today + WEEK),),
        plan.version,
        plan.plan_id,
        said="You have looked at the plan today, and say when it is looked at next.",
        record="plan",
    )


def _ppu_form(plan: PlanView) -> FieldForm:
    return FieldForm(
        "inform_ppu",
        "Public protection unit informed",
        "The unit was told today",
        (),
        plan.version,
        plan.plan_id,
        said="Noted once, with who told them and when. Nothing is sent from here.",
        record="plan",
    )


def _reopen_form(plan: PlanView) -> FieldForm:
    return FieldForm(
        "reopen_plan",
        "Open the closed plan again",
        "Open it again",
        (Field("reason", "Why the closing is undone"),),
        plan.version,
        plan.plan_id,
        said="The assessment stays, and the closing stays in the history.",
        record="plan",
    )


def _end_share_form(case: CaseView, around: Around) -> FieldForm:
    names = dict(_agencies(around))
    return FieldForm(
        "end_share",
        "Stop sharing the case",
        "Stop sharing",
        (
            Field(
                "share",
                "With which agency",
                FieldKind.CHOICE,
                None,
                tuple((str(share.share_id), names.get(share.agency, share.agency)) for share in case.shares),
            ),
        ),
        row=case.case_id,
        said="From now on the agency sees nothing more of the case.",
        versions=tuple((str(share.share_id), share.version) for share in case.shares),
    )


def _note_form(case: CaseView) -> FieldForm:
    return FieldForm(
        "set_safe_contact_note",
        "Safe-contact note",
        "Save the note",
        (Field("note", "How, when and where the person can be reached safely", value=case.safe_contact_note),),
        case.version,
        case.case_id,
        record=CASE,
    )


def _share_form(case: CaseView, around: Around) -> FieldForm:
    levels = tuple((level.value, LEVEL_WORDS[level]) for level in ShareLevel)
    return FieldForm(
        "share_case",
        "Share the case with an agency",
        "Share the case",
        (
            Field("agency", "Which agency", FieldKind.CHOICE, None, _agencies(around)),
            Field("level", "It sees", FieldKind.CHOICE, None, levels),
            Field("until", "Until (the last day)", FieldKind.DAY, around.today + WEEK * around.share_weeks),
        ),
        row=case.case_id,
        said="The agency never sees the name, numbers, addresses or calls. What it is shown is logged.",
        versions=tuple((share.agency, share.version) for share in case.shares),
    )


def closing_fields(plan: PlanView, today: date, so_far: str) -> tuple[Field, ...]:
    """What closing a plan asks for: why, what came of it, and when and what the person said.

    Args:
        plan: to be closed.
        today: proposed as the day of the contact where none is recorded.
        so_far: contacts and hours before and after, written before what is noted of the plan already.
    """
    return (
        Field("reason", "Why it is closed"),
        Field(
            "assessment",
            "What came of it: contacts and hours before and after",
            value="\n".join(filter(None, (so_far, plan.assessment))),
        ),
        Field("contact_note", "What the person said when somebody spoke with them", value=plan.positive_contact_note),
        Field(
            "contacted_on", "When that was: silence is not success", FieldKind.DAY, plan.positive_contact_on or today
        ),
    )


def _close_form(plan: PlanView, today: date, so_far: str) -> FieldForm:
    open_actions = sum(action.status in OPEN_ACTION_STATES for action in plan.actions)
    return FieldForm(
        "close_plan",
        "Close the plan",
        "Close the plan",
        closing_fields(plan, today, so_far),
        plan.version,
        plan.plan_id,
        said="Finish or cancel its open actions first." if open_actions else "",
        record="plan",
    )
