"""Which cases, plans, actions and meetings may this person see? Every query carries the actor's scope in its SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session, aliased

from partnership.authority import Actor, Deed, may, sectors
from partnership.errors import NoSuchRecord
from partnership.finding import is_current_on, is_open_to
from partnership.models import Action, ActionPlan, Case, Decision, Event, Meeting, PersonAlias, Share
from partnership.views import (
    ActionView,
    BoardLine,
    CaseLine,
    CaseView,
    DecisionView,
    MeetingView,
    PlanView,
    ShareView,
)
from partnership.vocabulary import PlanState, Role


def cases_for(session: Session, actor: Actor, geography: Mapping[str, str]) -> tuple[CaseLine, ...]:
    """The cases open to the actor, by neighbourhood and reference. A partner's are in `partner_reading.shared_with`."""
    has_plan = exists().where(ActionPlan.case_id == Case.id, ActionPlan.state == PlanState.OPEN)
    query = select(Case, has_plan).where(_police_scope(actor, geography)).order_by(Case.neighbourhood, Case.reference)
    return tuple(
        CaseLine(
            case_id=case.id,
            reference=case.reference,
            person_id=_person(case),
            neighbourhood=case.neighbourhood,
            is_restricted=case.is_restricted,
            has_safe_contact_note=case.safe_contact_note is not None,
            has_open_plan=has_open_plan,
            version=case.version,
        )
        for case, has_open_plan in session.execute(query)
    )


def case_by_reference(session: Session, actor: Actor, reference: str, geography: Mapping[str, str]) -> CaseView:
    """The case of a link. The link of a joined case leads to the case that stands.

    Raises:
        NoSuchRecord: absent, erased, or not open to the actor.
    """
    joined = aliased(Case)
    leads_here = select(joined.merged_into).where(joined.reference == reference)
    return _one_case(session, actor, geography, or_(Case.reference == reference, Case.id.in_(leads_here)))


def case_for_person(session: Session, actor: Actor, person_id: str, geography: Mapping[str, str]) -> CaseView | None:
    """The case of a person under any of their ids; None where there is none open to the actor."""
    older = select(PersonAlias.person_id).where(PersonAlias.alias == person_id)
    try:
        return _one_case(session, actor, geography, or_(Case.person_id == person_id, Case.person_id.in_(older)))
    except NoSuchRecord:
        return None


def plans_for(session: Session, actor: Actor, geography: Mapping[str, str]) -> tuple[PlanView, ...]:
    """Every plan of the cases open to the actor, open and closed, the newest first."""
    return _plans(session, _police_scope(actor, geography))


def plans_by_person(
    session: Session, actor: Actor, person_ids: Collection[str], geography: Mapping[str, str]
) -> dict[str, PlanView]:
    """The plan of each of these persons: the open one, else the newest. Who has none open to the actor is left out.

    The ids may be older or younger ones; the answer is by the id that was asked for.
    """
    asked = sorted(set(person_ids))
    aliases = select(PersonAlias.alias, PersonAlias.person_id).where(PersonAlias.alias.in_(asked))
    standing = dict(session.execute(aliases).all())
    wanted = {standing.get(person, person) for person in asked}
    found: dict[str, PlanView] = {}
    for plan in _plans(session, and_(_police_scope(actor, geography), Case.person_id.in_(sorted(wanted)))):
        if plan.person_id not in found or plan.state is PlanState.OPEN:
            found[plan.person_id] = plan
    return {person: found[key] for person in asked if (key := standing.get(person, person)) in found}


def plan_board(session: Session, actor: Actor, geography: Mapping[str, str]) -> tuple[BoardLine, ...]:
    """Every action open to the actor, the earliest due first: a partner's own agency's, the police's by area."""
    is_partner = actor.role is Role.PARTNER
    shared = exists().where(Share.case_id == Case.id, Share.agency == Action.owner_agency, is_current_on(actor.today))
    query = (
        select(Action, ActionPlan, Case, shared)
        .join(ActionPlan, Action.plan_id == ActionPlan.id)
        .join(Case, ActionPlan.case_id == Case.id)
        .where(is_open_to(actor, geography))
        .order_by(Action.due_on, Action.id)
    )
    if is_partner:
        query = query.where(Action.owner_agency == actor.agency)
    return tuple(
        BoardLine(
            reference=case.reference,
            person_id=None if is_partner else case.person_id,
            neighbourhood=None if is_partner else case.neighbourhood,
            plan_id=plan.id,
            plan_owner=plan.owner_name,
            plan_state=plan.state,
            action_id=action.id,
            what=action.what,
            owner_agency=action.owner_agency,
            owner_name=action.owner_name,
            due_on=action.due_on,
            status=action.status,
            note=action.note,
            not_done_because=action.not_done_because,
            times_carried=action.times_carried,
            reported_at=action.reported_at,
            is_shared_with_owner=is_shared,
            version=action.version,
            kind=action.kind,
        )
        for action, plan, case, is_shared in session.execute(query)
    )


def meetings_for(session: Session, actor: Actor, geography: Mapping[str, str]) -> tuple[MeetingView, ...]:
    """The meetings of the actor's sectors, the newest first, with decisions on the cases open to the actor."""
    if not may(actor, Deed.READ_MEETING):
        return ()
    query = select(Meeting).order_by(Meeting.held_on.desc(), Meeting.sector)
    codes = sectors(actor, geography)
    if codes is not None:
        query = query.where(Meeting.sector.in_(sorted(codes)))
    meetings = session.scalars(query).all()
    decided: dict[int, list[DecisionView]] = defaultdict(list)
    for decision in _decisions(session, _police_scope(actor, geography)):
        decided[decision.meeting_id].append(decision)
    return tuple(
        MeetingView(
            meeting_id=row.id,
            sector=row.sector,
            held_on=row.held_on,
            state=row.state,
            version=row.version,
            decisions=tuple(decided[row.id]),
        )
        for row in meetings
    )


def action_view(row: Action) -> ActionView:
    """One action, whole."""
    return ActionView(
        action_id=row.id,
        what=row.what,
        owner_agency=row.owner_agency,
        owner_name=row.owner_name,
        due_on=row.due_on,
        status=row.status,
        note=row.note,
        not_done_because=row.not_done_because,
        times_carried=row.times_carried,
        agreed_at=row.agreed_at,
        reported_at=row.reported_at,
        version=row.version,
        kind=row.kind,
        meeting_id=row.meeting_id,
    )


def plan_view(plan: ActionPlan, case: Case, actions: Iterable[ActionView], changed_at: Iterable[datetime]) -> PlanView:
    """One plan, whole."""
    return PlanView(
        plan_id=plan.id,
        reference=case.reference,
        person_id=_person(case),
        neighbourhood=case.neighbourhood,
        objective=plan.objective,
        problem=plan.problem,
        analysis=plan.analysis,
        response=plan.response,
        assessment=plan.assessment,
        owner_name=plan.owner_name,
        owner_member_id=plan.owner_member_id,
        review_on=plan.review_on,
        ppu_informed_at=plan.ppu_informed_at,
        signed_off_on=plan.signed_off_on,
        state=plan.state,
        closing_reason=plan.closing_reason,
        opened_at=plan.opened_at,
        closed_at=plan.closed_at,
        version=plan.version,
        actions=tuple(actions),
        changed_at=tuple(sorted(changed_at)),
        positive_contact_on=plan.positive_contact_on,
        positive_contact_note=plan.positive_contact_note,
    )


def _police_scope(actor: Actor, geography: Mapping[str, str]) -> ColumnElement[bool]:
    return false() if actor.role is Role.PARTNER else is_open_to(actor, geography)


def _person(case: Case) -> str:
    assert case.person_id is not None, "only an erased case has no person, and none is read"
    return case.person_id


def _one_case(session: Session, actor: Actor, geography: Mapping[str, str], which: ColumnElement[bool]) -> CaseView:
    scope = and_(_police_scope(actor, geography), which)
    case = session.scalar(select(Case).where(scope))
    if case is None:
        raise NoSuchRecord
    shares = session.scalars(
        select(Share).where(Share.case_id == case.id, is_current_on(actor.today)).order_by(Share.agency, Share.id)
    )
    return CaseView(
        case_id=case.id,
        reference=case.reference,
        person_id=_person(case),
        neighbourhood=case.neighbourhood,
        safe_contact_note=case.safe_contact_note,
        is_restricted=case.is_restricted,
        opened_at=case.opened_at,
        version=case.version,
        plans=_plans(session, scope),
        shares=tuple(
            ShareView(row.id, row.agency, row.level, row.until, row.granted_at, row.version) for row in shares
        ),
        decisions=_decisions(session, scope),
    )


def _plans(session: Session, scope: ColumnElement[bool]) -> tuple[PlanView, ...]:
    numbers = select(ActionPlan.id).join(Case, ActionPlan.case_id == Case.id).where(scope)
    actions: dict[int, list[ActionView]] = defaultdict(list)
    for action in session.scalars(select(Action).where(Action.plan_id.in_(numbers)).order_by(Action.due_on, Action.id)):
        actions[action.plan_id].append(action_view(action))
    changed: dict[int, list[datetime]] = defaultdict(list)
    for plan_id, at in session.execute(select(Event.plan_id, Event.at).where(Event.plan_id.in_(numbers))):
        if plan_id is not None:
            changed[plan_id].append(at)
    query = select(ActionPlan, Case).join(Case, ActionPlan.case_id == Case.id).where(scope)
    rows = session.execute(query.order_by(ActionPlan.opened_at.desc(), ActionPlan.id.desc()))
    return tuple(plan_view(plan, case, actions[plan.id], changed[plan.id]) for plan, case in rows)


def _decisions(session: Session, scope: ColumnElement[bool]) -> tuple[DecisionView, ...]:
    # A decision about a case that was joined since stays where it was made, and is read with the case that stands.
    decided = aliased(Case)
    query = (
        select(Decision, Meeting, Case.reference)
        .join(Meeting, Decision.meeting_id == Meeting.id)
        .join(decided, Decision.case_id == decided.id)
        .join(Case, or_(Case.id == decided.id, Case.id == decided.merged_into))
        .where(scope)
        .order_by(Meeting.held_on.desc(), Decision.id)
    )
    return tuple(
        DecisionView(
            decision_id=decision.id,
            meeting_id=meeting.id,
            held_on=meeting.held_on,
            reference=reference,
            what=decision.what,
            reason=decision.reason,
            recorded_at=decision.recorded_at,
            recorded_by=decision.recorded_by,
            version=decision.version,
        )
        for decision, meeting, reference in session.execute(query)
    )
