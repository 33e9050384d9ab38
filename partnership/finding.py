"""Which row is meant, and is it open to the actor? Every verb finds its rows here, so absent and forbidden agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from partnership.authority import Actor, Deed, Matter, may, neighbourhoods, reads_restricted
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.models import Action, ActionPlan, Agency, Case, Meeting, PersonAlias, Share
from partnership.vocabulary import Role, ShareLevel


def is_current(actor: Actor) -> ColumnElement[bool]:
    """SQL: the share is in force on the actor's day, with the actor's agency. `until` is the last day."""
    return and_(Share.agency == actor.agency, is_current_on(actor.today))


def is_current_on(today: date) -> ColumnElement[bool]:
    """SQL: the share is in force on that day. `until` is the last day."""
    return and_(Share.ended_at.is_(None), Share.until >= today)


def is_open_to(actor: Actor, geography: Mapping[str, str]) -> ColumnElement[bool]:
    """SQL: the case may be read by the actor. The same rule as `authority.may(actor, Deed.READ_CASE, …)`."""
    stands = and_(Case.merged_into.is_(None), Case.erased_at.is_(None))
    if not may(actor, Deed.READ_CASE):
        return false()
    if actor.role is Role.PARTNER:
        shared = select(Share.case_id).where(is_current(actor))
        return and_(stands, Case.id.in_(shared))
    codes = neighbourhoods(actor, geography)
    in_area = true() if codes is None else Case.neighbourhood.in_(sorted(codes))
    unrestricted = true() if reads_restricted(actor) else or_(Case.is_restricted.is_(False))
    return and_(stands, in_area, unrestricted)


def matter_of(session: Session, actor: Actor, case: Case, *, owner_agency: str | None = None) -> Matter:
    """What rights in a case depend on."""
    share = None
    if actor.role is Role.PARTNER:
        levels = set(session.scalars(select(Share.level).where(Share.case_id == case.id, is_current(actor))))
        share = ShareLevel.CASE if ShareLevel.CASE in levels else next(iter(levels), None)
    return Matter(
        neighbourhood=case.neighbourhood, is_restricted=case.is_restricted, share=share, owner_agency=owner_agency
    )


def find_case(session: Session, actor: Actor, deed: Deed, *, reference: str, geography: Mapping[str, str]) -> Case:
    """The case of a link, following joined cases, held for this transaction.

    Raises:
        NoSuchRecord: absent, erased, or not open to the actor for this deed.
    """
    row = session.scalar(select(Case).where(Case.reference == reference).with_for_update())
    while row is not None and row.merged_into is not None:
        row = session.get(Case, row.merged_into, with_for_update=True)
    return _permitted(session, actor, deed, row, geography=geography)


def find_plan(
    session: Session, actor: Actor, deed: Deed, *, plan_id: int, geography: Mapping[str, str]
) -> tuple[ActionPlan, Case]:
    """The plan with its case, held for this transaction.

    Raises:
        NoSuchRecord: absent, or not open to the actor for this deed.
    """
    plan = session.get(ActionPlan, plan_id, with_for_update=True)
    case = None if plan is None else session.get(Case, plan.case_id)
    permitted = _permitted(session, actor, deed, case, geography=geography)
    assert plan is not None, "a plan that was found has a case"
    return plan, permitted


def find_action(
    session: Session, actor: Actor, deed: Deed, *, action_id: int, geography: Mapping[str, str]
) -> tuple[Action, ActionPlan, Case]:
    """The action with its plan and case, held for this transaction.

    Raises:
        NoSuchRecord: absent, or not open to the actor for this deed.
    """
    action = session.get(Action, action_id, with_for_update=True)
    plan = None if action is None else session.get(ActionPlan, action.plan_id, with_for_update=True)
    case = None if plan is None else session.get(Case, plan.case_id)
    agency = None if action is None else action.owner_agency
    permitted = _permitted(session, actor, deed, case, geography=geography, owner_agency=agency)
    assert action is not None, "an action that was found has a case"
    assert plan is not None, "an action that was found has a plan"
    return action, plan, permitted


def find_meeting(
    session: Session, actor: Actor, deed: Deed, *, meeting_id: int, geography: Mapping[str, str]
) -> Meeting:
    """The meeting, held for this transaction.

    Raises:
        NoSuchRecord: absent, or in a sector not open to the actor.
    """
    meeting = session.get(Meeting, meeting_id, with_for_update=True)
    if meeting is None or not may(actor, deed, Matter(sector=meeting.sector), geography=geography):
        raise NoSuchRecord
    return meeting


def find_agency(session: Session, code: str) -> Agency:
    """The agency of a code, which everybody may know.

    Raises:
        PartnershipError: there is none.
    """
    agency = session.get(Agency, code)
    if agency is None:
        raise PartnershipError("There is no agency of that code. Choose one of the list, or add it first.")
    return agency


def surviving_person(session: Session, person_id: str) -> str:
    """The id by which a person is known now."""
    alias = session.get(PersonAlias, person_id)
    return person_id if alias is None else alias.person_id


def require(
    actor: Actor, deed: Deed, matter: Matter | None = None, *, geography: Mapping[str, str] | None = None
) -> None:
    """Refuse what `may` does not allow.

    Raises:
        NoSuchRecord: the actor may not.
    """
    if not may(actor, deed, matter, geography=geography):
        raise NoSuchRecord


def _permitted(
    session: Session,
    actor: Actor,
    deed: Deed,
    case: Case | None,
    *,
    geography: Mapping[str, str],
    owner_agency: str | None = None,
) -> Case:
    if case is None or case.erased_at is not None:
        raise NoSuchRecord
    require(actor, deed, matter_of(session, actor, case, owner_agency=owner_agency), geography=geography)
    return case
