"""What does a partner's page ask for? Totals through the gate, and a row of the access log before a case is shown."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

import streamlit as st

from analysis.disclosure import Audience
from analysis.questions import shared_totals as question
from dashboard import decisions
from dashboard.build_facts import store_folder
from dashboard.data import assumptions, build_of
from dashboard.decisions_database import log_key
from dashboard.today import now
from dashboard.visit import Visit
from partnership import access_log
from partnership.authority import Deed
from partnership.finding import find_case
from partnership.vocabulary import Operation

PURPOSE = "work on a case shared with the agency"


class Shown(StrEnum):
    """How much of a shared case is about to be shown."""

    LIST = "in the list of shared cases"
    OPENED = "opened"
    MINUTES = "in the minutes of a meeting"


@st.cache_resource(max_entries=16, show_spinner="Adding up …")
def shared_totals(build_id: str, audience: Audience, as_of: date) -> question.SharedTotals:
    """Totals of sectors and wards, small counts withheld.

    `as_of` is the build's own day, never a reader's choice: windows that could be chosen could be subtracted.
    """
    recent, weeks = (assumptions().whole(name) for name in ("partner_recent_weeks", "partner_total_weeks"))
    return question.shared_totals(build_of(build_id), audience, as_of=as_of, recent_weeks=recent, weeks=weeks)


def log_shown(visit: Visit, references: Collection[str], shown: Shown) -> None:
    """Write one row of the access log for each case; call it before the case is shown.

    Raises:
        NoSuchRecord: a case is not shared with the viewer's agency any more.
        PartnershipError: the log cannot be written, and so nothing may be shown.
    """
    at, key = now(visit.facts), log_key(store_folder())
    with decisions.database().write() as session:
        actor = decisions.actor_of(session, visit)
        for reference in sorted(references):
            case = find_case(session, actor, Deed.READ_CASE, reference=reference, geography=visit.facts.geography)
            access_log.record(
                session,
                actor,
                Operation.CONSULTATION,
                subject=case.person_id or f"case {case.id}",
                purpose=PURPOSE,
                at=at,
                key=key,
                recipient=actor.agency,
                details={"what": f"shared case {shown.value}", "cases": len(references)},
            )
