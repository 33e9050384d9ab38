"""Which agency sees this case, how much of it, and until when? The verbs that share a case and end it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership.authority import Actor, Deed
from partnership.changes import About, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.finding import find_agency, find_case, is_current_on
from partnership.models import Case, Share
from partnership.vocabulary import ShareLevel


def share_case(
    session: Session,
    actor: Actor,
    *,
    reference: str,
    agency: str,
    level: ShareLevel,
    until: date,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Show a case to an agency through a last day; where it is shared already, change the level or the day.

    Args:
        session: a write session.
        actor: who shares.
        reference: the case's reference.
        agency: the agency's code.
        level: how much it sees.
        until: the last day.
        seen_version: the version of the share the form showed; 0 where it showed none.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: the case is absent or not the actor's to share.
        StaleSave: somebody shared it otherwise first.
        PartnershipError: there is no such agency, or the last day lies in the past.
    """
    case = find_case(session, actor, Deed.SHARE_CASE, reference=reference, geography=geography)
    code = find_agency(session, agency).code
    about = About(case, recipient=code)
    fields = {"level": level, "until": until}
    row = current_share(session, case, code, today=actor.today)
    if row is not None:
        if is_nothing_to_do(row, fields):
            return saved(row, about, is_changed=False)
        refuse_stale(session, row, seen_version=seen_version, fields=fields)
    if until < actor.today:
        raise PartnershipError("until: the last day lies in the past. Choose today or a later day.")
    if row is not None:
        return change(session, actor, row, verb="share_case", fields=fields, at=at, about=about)
    row = Share(case_id=case.id, agency=code, granted_at=at, version=1, **fields)
    return add(session, actor, row, verb="share_case", at=at, about=about)


def end_share(
    session: Session, actor: Actor, *, share_id: int, seen_version: int, geography: Mapping[str, str], at: datetime
) -> Saved:
    """Stop showing the case to the agency, from now on. Ending again changes nothing.

    Raises:
        NoSuchRecord: the share is absent, or its case not the actor's to share.
        StaleSave: somebody changed the share first.
    """
    row = session.get(Share, share_id, with_for_update=True)
    held = None if row is None else session.get(Case, row.case_id)
    if row is None or held is None:
        raise NoSuchRecord
    case = find_case(session, actor, Deed.SHARE_CASE, reference=held.reference, geography=geography)
    about = About(case, recipient=row.agency)
    if row.ended_at is not None:
        return saved(row, about, is_changed=False)
    fields = {"ended_at": at}
    refuse_stale(session, row, seen_version=seen_version, fields=fields)
    return change(session, actor, row, verb="end_share", fields=fields, at=at, about=about)


def current_share(session: Session, case: Case, agency: str, *, today: date) -> Share | None:
    """The share in force on that day, held for this transaction; None where the case is not shared."""
    return session.scalar(
        select(Share)
        .where(Share.case_id == case.id, Share.agency == agency, is_current_on(today))
        .order_by(Share.id.desc())
        .limit(1)
        .with_for_update()
    )
