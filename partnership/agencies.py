"""Which bodies sit at the table? The verb that adds an agency, and the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.authority import Actor, Deed
from partnership.changes import NOTHING_ELSE, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.finding import find_agency, require
from partnership.models import Agency


@dataclass(frozen=True)
class AgencyLine:
    """An agency as it is listed."""

    code: str
    name: str
    version: int


def add_agency(session: Session, actor: Actor, *, code: str, name: str, at: datetime) -> Saved:
    """Add an agency. Adding it again under the same name changes nothing; under another, it is renamed by `rename`.

    Raises:
        NoSuchRecord: the actor may not.
        StaleSave: the code is taken by an agency of another name.
        PartnershipError: code or name cannot be kept.
    """
    require(actor, Deed.MANAGE_MEMBERS)
    fields = {"name": wording.name(name, "name")}
    row = session.get(Agency, wording.code(code, "code"), with_for_update=True)
    if row is None:
        row = Agency(code=wording.code(code, "code"), version=1, **fields)
        return add(session, actor, row, verb="add_agency", at=at)
    if not is_nothing_to_do(row, fields):
        refuse_stale(session, row, seen_version=0, fields=fields)
    return saved(row, NOTHING_ELSE, is_changed=False)


def rename_agency(session: Session, actor: Actor, *, code: str, name: str, seen_version: int, at: datetime) -> Saved:
    """Correct an agency's name.

    Raises:
        NoSuchRecord: the actor may not.
        PartnershipError: there is no such agency, or the name cannot be kept.
        StaleSave: somebody renamed it first.
    """
    require(actor, Deed.MANAGE_MEMBERS)
    row = find_agency(session, code)
    fields = {"name": wording.name(name, "name")}
    if is_nothing_to_do(row, fields):
        return saved(row, NOTHING_ELSE, is_changed=False)
    refuse_stale(session, row, seen_version=seen_version, fields=fields)
    return change(session, actor, row, verb="rename_agency", fields=fields, at=at)


def agencies(session: Session) -> tuple[AgencyLine, ...]:
    """Every agency by code; which agencies there are is no secret."""
    rows = session.scalars(select(Agency).order_by(Agency.code))
    return tuple(AgencyLine(row.code, row.name, row.version) for row in rows)
