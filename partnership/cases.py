"""Whom is the partnership helping, and who owns the case? The verbs on a case."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.authority import Actor, Deed, Matter
from partnership.changes import About, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import PartnershipError
from partnership.finding import find_case, matter_of, require, surviving_person
from partnership.models import Case

_REFERENCE_BYTES = 16


def open_case(
    session: Session, actor: Actor, *, person_id: str, neighbourhood: str, geography: Mapping[str, str], at: datetime
) -> Saved:
    """Open a person's case in the neighbourhood of their last contact. A person with a case keeps that one.

    Raises:
        NoSuchRecord: the actor may not, here; or the case that is there is not open to them.
        PartnershipError: the codes cannot be kept.
    """
    person = surviving_person(session, wording.code(person_id, "person"))
    require(actor, Deed.OPEN_CASE, Matter(neighbourhood=neighbourhood), geography=geography)
    row = session.scalar(select(Case).where(Case.person_id == person).with_for_update())
    if row is not None:
        require(actor, Deed.OPEN_CASE, matter_of(session, actor, row), geography=geography)
        return saved(row, About(row), is_changed=False)
    row = Case(
        reference=secrets.token_urlsafe(_REFERENCE_BYTES),
        person_id=person,
        neighbourhood=wording.area(neighbourhood, "neighbourhood"),
        is_restricted=False,
        opened_at=at,
        version=1,
    )
    return add(session, actor, row, verb="open_case", at=at, about=About(row))


def change_owning_neighbourhood(
    session: Session,
    actor: Actor,
    *,
    reference: str,
    neighbourhood: str,
    reason: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Hand the case to another neighbourhood, such as when the person moved. It may be one beyond the actor's own.

    Raises:
        NoSuchRecord: the case is absent or not the actor's to change.
        PartnershipError: no reason is given, or the neighbourhood is none of the force's.
        StaleSave: somebody saved the case first.
    """
    row = find_case(session, actor, Deed.CHANGE_CASE, reference=reference, geography=geography)
    if neighbourhood not in geography:
        raise PartnershipError("neighbourhood: there is none of that code. Choose one of the list.")
    why = wording.text(reason, "reason")
    return _save(
        session,
        actor,
        row,
        verb="change_owning_neighbourhood",
        fields={"neighbourhood": neighbourhood},
        seen_version=seen_version,
        reason=why,
        at=at,
    )


def set_safe_contact_note(
    session: Session,
    actor: Actor,
    *,
    reference: str,
    note: str | None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Say how, when and where the person can be reached safely; None or empty takes the note away.

    Raises:
        NoSuchRecord: the case is absent or not the actor's to change.
        StaleSave: somebody saved the case first.
    """
    row = find_case(session, actor, Deed.CHANGE_CASE, reference=reference, geography=geography)
    fields = {"safe_contact_note": wording.optional_text(note, "safe contact note")}
    return _save(
        session, actor, row, verb="set_safe_contact_note", fields=fields, seen_version=seen_version, reason=None, at=at
    )


def restrict_case(
    session: Session,
    actor: Actor,
    *,
    reference: str,
    reason: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Close the case to all but its sector inspector, the PPU and agencies it is shared with.

    Raises:
        NoSuchRecord: the case is absent or not the actor's to restrict.
        PartnershipError: no reason is given.
        StaleSave: somebody saved the case first.
    """
    row = find_case(session, actor, Deed.RESTRICT_CASE, reference=reference, geography=geography)
    return _save(
        session,
        actor,
        row,
        verb="restrict_case",
        fields={"is_restricted": True},
        seen_version=seen_version,
        reason=wording.text(reason, "reason"),
        at=at,
    )


def unrestrict_case(
    session: Session,
    actor: Actor,
    *,
    reference: str,
    reason: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Open a restricted case again to everyone in its area.

    Raises:
        NoSuchRecord: the case is absent or not the actor's to restrict.
        PartnershipError: no reason is given.
        StaleSave: somebody saved the case first.
    """
    row = find_case(session, actor, Deed.RESTRICT_CASE, reference=reference, geography=geography)
    return _save(
        session,
        actor,
        row,
        verb="unrestrict_case",
        fields={"is_restricted": False},
        seen_version=seen_version,
        reason=wording.text(reason, "reason"),
        at=at,
    )


def _save(
    session: Session,
    actor: Actor,
    row: Case,
    *,
    verb: str,
    fields: Mapping[str, object],
    seen_version: int,
    reason: str | None,
    at: datetime,
) -> Saved:
    if is_nothing_to_do(row, fields):
        return saved(row, About(row), is_changed=False)
    refuse_stale(session, row, seen_version=seen_version, fields=fields)
    return change(session, actor, row, verb=verb, fields=fields, at=at, about=About(row), reason=reason)
