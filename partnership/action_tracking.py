"""What goes on the action-tracking form? One row an action, in the columns of SafeLives' form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from partnership.agency_edition import AgencyRecord
from partnership.meeting_record import CaseRecord, MeetingRecord, RecordedAction
from partnership.vocabulary import ActionState, NotDoneBecause

HEADINGS = (
    "Marac date",
    "Case number",
    "Victim name",
    "Action",
    "Agency/representative",
    "Date status reported",
    "Status",
)
"""The form's columns, in its order. Source: SafeLives, MARAC action-tracking form."""

_STATUS = {
    ActionState.AGREED: "Not yet started",
    ActionState.IN_PROGRESS: "In progress",
    ActionState.DONE: "Completed",
    ActionState.NOT_DONE: "Not completed",
    ActionState.CANCELLED: "Cancelled",
}
_BECAUSE = {
    NotDoneBecause.CIRCUMSTANCES_CHANGED: "circumstances changed",
    NotDoneBecause.AGENCY_DID_NOT: "the agency did not do it",
}


@dataclass(frozen=True)
class TrackingRow:
    """One action on the form, its fields in the order of `HEADINGS`.

    Attributes:
        marac_date: the meeting it was agreed in, else the day it was agreed.
        case_number: the case's reference.
        victim_name: as given; empty where no name was.
        date_status_reported: None where nothing was reported yet.
        status: with the reason where it was not done, and how often it was carried.
    """

    marac_date: date
    case_number: str
    victim_name: str
    action: str
    agency_representative: str
    date_status_reported: date | None
    status: str


def action_tracking(
    record: MeetingRecord | AgencyRecord, *, agencies: Mapping[str, str], names: Mapping[str, str], timezone: str
) -> tuple[TrackingRow, ...]:
    """Every action of the record whose words the reader may see, by meeting, case and due day.

    Args:
        record: the police's or an agency's edition.
        agencies: names of agencies by code; a code without one stands for itself.
        names: names of people by their case's reference, as far as they may be shown.
        timezone: of the force, for the days.
    """
    rows: list[tuple[date, int, TrackingRow]] = []
    for case in record.every_case:
        own = case.actions if isinstance(case, CaseRecord) else case.own_actions
        rows += [
            (one.action.due_on, one.action.action_id, _row(one, case.reference, agencies, names, ZoneInfo(timezone)))
            for one in own
        ]
    rows.sort(key=lambda entry: (entry[2].marac_date, entry[2].case_number, *entry[:2]))
    return tuple(row for *_, row in rows)


def _row(
    one: RecordedAction, reference: str, agencies: Mapping[str, str], names: Mapping[str, str], zone: ZoneInfo
) -> TrackingRow:
    action = one.action
    return TrackingRow(
        marac_date=one.agreed_in or action.agreed_at.astimezone(zone).date(),
        case_number=reference,
        victim_name=names.get(reference, ""),
        action=action.what or "",
        agency_representative=f"{agencies.get(action.owner_agency, action.owner_agency)}/{action.owner_name or ''}",
        date_status_reported=None if action.reported_at is None else action.reported_at.astimezone(zone).date(),
        status=_status(one),
    )


def _status(one: RecordedAction) -> str:
    action = one.action
    said = _STATUS[action.status]
    if action.not_done_because is not None:
        said += f": {_BECAUSE[action.not_done_because]}"
    if action.times_carried:
        times = "once" if action.times_carried == 1 else f"{action.times_carried} times"
        said += f" (carried forward {times})"
    return said
