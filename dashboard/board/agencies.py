"""Does each agency do what it promised in time? Weeks of small charts, one an agency."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard import decisions
from dashboard.board.reading import Reading
from dashboard.charts.agency_weeks import agency_weeks
from dashboard.charts.palette import palette
from dashboard.components.figure import FigureView, figure
from dashboard.components.notes import SourceLine, empty_state
from dashboard.text import day, plural
from dashboard.view_models.agency_reliability import alternative, answer, by_name, pictured, reliability_table


def agencies_part(reading: Reading, *, weeks: int) -> None:
    """The small charts with their table. `weeks`: how many, up to yesterday."""
    codes = reading.neighbourhoods
    counted = decisions.agency_reliability(reading.visit, weeks=weeks, timezone=reading.timezone, neighbourhoods=codes)
    found = by_name(counted, reading.agencies)
    if not any(one.due for _, one in found):
        empty_state(
            why=answer(found, weeks=weeks),
            what_to_do="Choose another part of the force, or come back when an action has fallen due.",
        )
        return
    view = FigureView(
        title=f"Done on time, by agency, {plural(weeks, 'week')}",
        sentence=answer(found, weeks=weeks),
        picture=agency_weeks(pictured(found), palette(st.context.theme.type)),
        table=reliability_table(found),
        source=SourceLine(
            period=f"{plural(weeks, 'week')} to {day(reading.today - timedelta(days=1))}",
            definition="promises by the week they fell due: a carried action is a new promise, and the old one counts "
            "by what became of it; on time is reported done by the end of that day",
            data_as_at=f"{day(reading.today)}, as reported",
            left_out="left out: actions cancelled, overtaken by changed circumstances, or carried before their day",
        ),
        alt=alternative(found),
    )
    figure(view, key="board_agencies")
