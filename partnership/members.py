"""Who may sign in, and as what? Signing in, and the verbs that add, change and remove a member."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.authority import Actor, Deed
from partnership.changes import NOTHING_ELSE, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.finding import find_agency, require
from partnership.models import Member
from partnership.vocabulary import Role

_ROLES_WITH_AREAS = frozenset({Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER})


@dataclass(frozen=True)
class MemberLine:
    """A member as the operator lists them; removed ones too."""

    member_id: int
    email: str
    name: str
    role: Role
    areas: tuple[str, ...]
    agency: str | None
    until: date | None
    is_removed: bool
    version: int


def sign_in(session: Session, email: str, today: date) -> Actor | None:
    """Who this address is today; None for an unknown, removed or expired member. `until` is the last day.

    Call it for every visit and every save, so that a right that was withdrawn is gone at once.
    """
    row = session.scalar(_current(today).where(Member.email == email.strip().lower()))
    return None if row is None else _actor(row, today)


def sign_in_choices(session: Session, today: date) -> tuple[Actor, ...]:
    """Everyone who may sign in today, for a synthetic force where one chooses whom to be."""
    return tuple(_actor(row, today) for row in session.scalars(_current(today).order_by(Member.role, Member.name)))


def operator(name: str, today: date) -> Actor:
    """Whoever runs the commands. Manages members and agencies, follows merges, erases; opens no case."""
    return Actor(None, name, "", Role.OPERATOR, frozenset(), None, today)


def add_member(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    role: Role,
    areas: Collection[str] = (),
    agency: str | None = None,
    until: date | None = None,
    at: datetime,
) -> Saved:
    """Let a person sign in. The same again changes nothing; a removed member comes back.

    Raises:
        NoSuchRecord: the actor may not.
        PartnershipError: the role lacks its areas or its agency, the last day is over, or the address is a member
            already.
    """
    require(actor, Deed.MANAGE_MEMBERS)
    address = wording.email(email)
    if until is not None and until < at.date():
        raise PartnershipError("until: that day is over. Give today or a day to come, or none.")
    fields = _fields(session, name=name, role=role, areas=areas, agency=agency, until=until)
    row = session.scalar(select(Member).where(Member.email == address).with_for_update())
    if row is None:
        row = Member(email=address, version=1, **fields)
        return add(session, actor, row, verb="add_member", at=at)
    if row.removed_at is not None:
        return change(session, actor, row, verb="add_member", fields=fields | {"removed_at": None}, at=at)
    if not is_nothing_to_do(row, fields):
        raise PartnershipError("That address is a member already. Change the member instead.")
    return saved(row, NOTHING_ELSE, is_changed=False)


def change_member(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    role: Role,
    areas: Collection[str] = (),
    agency: str | None = None,
    until: date | None = None,
    seen_version: int,
    at: datetime,
) -> Saved:
    """Change what a member is. Takes effect at their next step.

    Raises:
        NoSuchRecord: the actor may not, or there is no such member.
        PartnershipError: the role lacks its areas or its agency.
        StaleSave: somebody changed the member first.
    """
    row = _find(session, actor, email)
    fields = _fields(session, name=name, role=role, areas=areas, agency=agency, until=until)
    if is_nothing_to_do(row, fields):
        return saved(row, NOTHING_ELSE, is_changed=False)
    refuse_stale(session, row, seen_version=seen_version, fields=fields)
    return change(session, actor, row, verb="change_member", fields=fields, at=at)


def remove_member(session: Session, actor: Actor, *, email: str, seen_version: int, at: datetime) -> Saved:
    """Take the right to sign in away; the member's history stays. Removing again changes nothing.

    Raises:
        NoSuchRecord: the actor may not, or there never was such a member.
        StaleSave: somebody changed the member first.
    """
    row = _find(session, actor, email, is_removed_too=True)
    if row.removed_at is not None:
        return saved(row, NOTHING_ELSE, is_changed=False)
    fields = {"removed_at": at}
    refuse_stale(session, row, seen_version=seen_version, fields=fields)
    return change(session, actor, row, verb="remove_member", fields=fields, at=at)


def members(session: Session, actor: Actor) -> tuple[MemberLine, ...]:
    """Every member by address, for the operator.

    Raises:
        NoSuchRecord: the actor may not.
    """
    require(actor, Deed.MANAGE_MEMBERS)
    return tuple(
        MemberLine(
            member_id=row.id,
            email=row.email,
            name=row.name,
            role=row.role,
            areas=tuple(row.areas),
            agency=row.agency,
            until=row.until,
            is_removed=row.removed_at is not None,
            version=row.version,
        )
        for row in session.scalars(select(Member).order_by(Member.email))
    )


def _current(today: date) -> Select[Member]:
    return select(Member).where(Member.removed_at.is_(None), or_(Member.until.is_(None), Member.until >= today))


def _actor(row: Member, today: date) -> Actor:
    return Actor(row.id, row.name, row.email, row.role, frozenset(row.areas), row.agency, today)


def _find(session: Session, actor: Actor, email: str, *, is_removed_too: bool = False) -> Member:
    require(actor, Deed.MANAGE_MEMBERS)
    row = session.scalar(select(Member).where(Member.email == wording.email(email)).with_for_update())
    if row is None or (row.removed_at is not None and not is_removed_too):
        raise NoSuchRecord
    return row


def _fields(
    session: Session, *, name: str, role: Role, areas: Collection[str], agency: str | None, until: date | None
) -> dict[str, object]:
    if role is Role.OPERATOR:
        raise PartnershipError("role: an operator is no member. Choose one of the roles of the partnership.")
    codes = sorted({wording.area(code, "areas") for code in areas})
    if role in _ROLES_WITH_AREAS and not codes:
        raise PartnershipError(
            "areas: this role needs at least one. Give sector codes to an inspector, neighbourhood codes to an officer."
        )
    if role is Role.PARTNER and agency is None:
        raise PartnershipError("agency: a partner belongs to one. Give its code.")
    if agency is not None:
        find_agency(session, agency)
    return {
        "name": wording.name(name, "name"),
        "role": role,
        "areas": codes if role in _ROLES_WITH_AREAS else [],
        "agency": agency,
        "until": until,
    }
