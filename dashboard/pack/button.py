"""How is a pack handed out from a page? A purpose, a form, and one click that logs it and makes it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import decisions
from dashboard.build_facts import store_folder
from dashboard.data import assumptions, build_of
from dashboard.decisions_database import log_key
from dashboard.pack.files import MEDIA_TYPES, PackForm, pack_bytes
from dashboard.pack.gathering import POLICE_EDITION, Edition, Source, gathered, made_out_to
from dashboard.pack.handing_out import log_handing_out
from dashboard.today import now
from dashboard.visit import Visit
from partnership.authority import Deed, Matter, may
from partnership.errors import NoSuchRecord
from partnership.meeting_reading import meeting_record
from partnership.meeting_record import MeetingRecord

_CALLED = {PackForm.PDF: "PDF", PackForm.WORD: "Word", PackForm.EXCEL: "Excel"}


def pack_button(visit: Visit, meeting: MeetingRecord, edition: Edition = POLICE_EDITION, *, key: str = "pack") -> None:
    """The purpose, the form and the download of one edition; a sentence where the viewer may not hand it out.

    The pack is made when it is asked for, from what the database holds then, after the access log has its rows.
    """
    if not may_hand_out(visit, meeting):
        st.caption("The sector's inspector or the public protection unit hands the pack out.")
        return
    key = f"{key}_{meeting.meeting_id}_{edition.said}"
    row = st.container(horizontal=True, vertical_alignment="bottom")
    purpose = row.text_input("Purpose", "", placeholder="Such as: for Monday's meeting", key=f"{key}_why") or ""
    form = PackForm(row.selectbox("Form", [form.value for form in PackForm], format_func=_called, key=f"{key}_form"))
    row.download_button(
        "Download the pack",
        data=pack_download(visit, meeting.meeting_id, edition, form=form, purpose=purpose),
        file_name=f"meeting-{meeting.held_on.isoformat()}-{edition.said}.{form}",
        mime=MEDIA_TYPES[form],
        disabled=not purpose.strip(),
        help="Give a purpose first. Who took which pack, for whom and why is kept in the access log.",
        key=f"{key}_get",
        on_click="ignore",
    )


def may_hand_out(visit: Visit, meeting: MeetingRecord) -> bool:
    """Whether the viewer reads the whole sector, restricted cases among it: a pack of a part would look whole."""
    with decisions.reading_as(visit) as (_, actor):
        matter = Matter(sector=meeting.sector)
        return may(actor, Deed.DRAW_UP_AGENDA, matter, geography=visit.facts.geography)


def pack_download(
    visit: Visit, meeting_id: int, edition: Edition, *, form: PackForm, purpose: str
) -> Callable[[], bytes]:
    """What the click does: who asks is judged anew, the access log is written, and the pack is made.

    Raises (when called):
        NoSuchRecord: the meeting is not the viewer's any more.
        PartnershipError: no purpose, no such agency, or the log cannot be written: there is no pack then.
    """

    def made() -> bytes:
        source = Source(build_of(visit.facts.id), visit.facts, assumptions(), decisions.agencies())
        with decisions.database().write() as session:
            actor = decisions.actor_of(session, visit)
            record = meeting_record(session, actor, meeting_id, visit.facts.geography)
            matter = Matter(sector=record.sector)
            if not may(actor, Deed.DRAW_UP_AGENDA, matter, geography=visit.facts.geography):
                raise NoSuchRecord
            recipients = made_out_to(record, edition, source.agencies)
            log_handing_out(
                session,
                actor,
                record,
                edition,
                recipients=recipients,
                purpose=purpose,
                at=now(visit.facts),
                key=log_key(store_folder()),
            )
        return pack_bytes(gathered(record, edition, source, recipients=recipients), form, dated=record.held_on)

    return made


def _called(form: str) -> str:
    return _CALLED[PackForm(form)]
