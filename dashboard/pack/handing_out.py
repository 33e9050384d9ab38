"""To whom does a pack go? A row of the access log for each case in it, before it is made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from dashboard.pack.gathering import Edition
from partnership import access_log
from partnership.agency_edition import agency_edition
from partnership.authority import Actor
from partnership.meeting_record import MeetingRecord
from partnership.vocabulary import Operation


def log_handing_out(
    session: Session,
    actor: Actor,
    record: MeetingRecord,
    edition: Edition,
    *,
    recipients: str,
    purpose: str,
    at: datetime,
    key: bytes,
) -> int:
    """Write one disclosure for each case of the edition, or one for the meeting where it holds no case.

    Args:
        session: a write session; it must be closed before the pack is handed out.
        actor: who hands it out.
        record: of the meeting.
        edition: for whom it is cut.
        recipients: to whom it is made out.
        purpose: why, in the person's words.
        at: when (UTC).
        key: the access log's key.

    Returns:
        How many cases.

    Raises:
        PartnershipError: no purpose or no recipient, or the log cannot be written: nothing may be handed out then.
    """
    persons = {case.reference: case.person_id for case in record.every_case}
    shown = record.every_case if edition.agency is None else agency_edition(record, edition.agency).every_case
    subjects = [persons[case.reference] for case in shown]
    for subject in sorted(subjects) or [f"meeting {record.meeting_id}"]:
        access_log.record(
            session,
            actor,
            Operation.DISCLOSURE,
            subject=subject,
            purpose=purpose,
            recipient=recipients,
            at=at,
            key=key,
            details={
                "what": "meeting pack",
                "meeting": record.meeting_id,
                "edition": edition.said,
                "cases": len(shown),
            },
        )
    return len(shown)
