"""What does the Data page ask? What was read and left out, and every reject as a file; kept by build and audience."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.disclosure import Audience
from analysis.questions.data_quality import DataQuality, data_quality, rejects
from dashboard.data import audience_now, build_of
from dashboard.export_files import csv_bytes
from dashboard.visit import Visit

LINES_SHOWN = 8


@st.cache_resource(max_entries=8, show_spinner="Counting what was read and left out")
def quality(build_id: str, audience: Audience) -> DataQuality:
    """What became of the extracts of a build."""
    return data_quality(build_of(build_id), audience, lines_shown=LINES_SHOWN)


def rejects_csv(build_id: str, audience: Audience) -> bytes:
    """Every refused row and emptied value as CSV: file, line, column and rule, never a value. Made when asked for."""
    return csv_bytes(rejects(build_of(build_id), audience).rows)


def as_file(visit: Visit) -> Callable[[], bytes]:
    """What the download's click does: who asks is judged anew, then the file of every reject is made.

    Raises (when called):
        NoSuchRecord: no member any more.
    """
    return lambda: rejects_csv(visit.facts.id, audience_now(visit))
