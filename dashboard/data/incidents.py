"""Which incidents does a number open, and how do they leave as a file? One cached answer a build, view and audience."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.disclosure import Audience
from analysis.questions.figures import Figure
from analysis.questions.identities import Purpose
from analysis.questions.incidents_behind import Behind, incidents_behind
from analysis.questions.view import View
from dashboard.consultation import log_consultation
from dashboard.data import assumptions, audience_now, build_of
from dashboard.export_files import csv_bytes
from dashboard.visit import Visit

FILE = "incidents behind a number, as a file"


@st.cache_resource(max_entries=64, show_spinner="Finding the incidents …")
def behind(build_id: str, view: View, audience: Audience, figure: Figure) -> Behind:
    """The incidents behind a number.

    Raises:
        QuestionError: the build cannot answer.
    """
    return incidents_behind(build_of(build_id), view, audience, figure, assumptions=assumptions())


def as_file(
    visit: Visit, view: View, figure: Figure, person_id: str | None, purpose: Purpose | None
) -> Callable[[], bytes]:
    """What the download's click does: who asks is judged anew, and the access log written for one person's list.

    Raises (when called):
        NoSuchRecord: no member any more.
        PartnershipError: the log cannot be written: there is no file then.
    """

    def made() -> bytes:
        audience = audience_now(visit)
        if person_id is not None:
            assert purpose is not None, "a person's list is shown for a purpose only"
            log_consultation(visit, frozenset({person_id}), FILE, purpose.words)
        return csv_bytes(behind(visit.facts.id, view, audience, figure).rows.rows)

    return made
