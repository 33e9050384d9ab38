"""Which share of the contacts in view is nobody's? Said beside every ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from analysis.disclosure import Audience, Released
from analysis.questions.figures import OfArea, OfNobody
from analysis.questions.unresolved_share import unresolved_share
from analysis.questions.view import View
from dashboard.components.notes import SourceLine, source_line
from dashboard.components.opens_incidents import opens_each
from dashboard.data import audience_of, build_of, view_of
from dashboard.open_incidents import Opening
from dashboard.text import as_at, count, day, escape_markdown, percent, plural
from dashboard.view_models.openings import opening, scope_words, window_days
from dashboard.visit import Visit


@st.cache_resource(max_entries=64, show_spinner=False)
def shares(build_id: str, view: View, audience: Audience) -> Released:
    """Contacts of nobody and of people, area by area."""
    return unresolved_share(build_of(build_id), view, audience)


def share_said(unresolved: int, contacts: int) -> str:
    """The share in words; nothing can be said of no contact at all."""
    total = unresolved + contacts
    if not total:
        return ""
    return (
        f"{percent(unresolved / total)} of the contacts of these weeks ({count(unresolved)} of {count(total)}) are "
        "nobody's here: the number was withheld, no name was taken, or the number is shared or an institution's."
    )


def share_counted(rows: Sequence[Mapping[str, Any]], area: str | None) -> tuple[int, int]:
    """Contacts of nobody and of people, in every area or in one."""
    here = [row for row in rows if area in (None, row["area_code"])]
    return sum(row["unresolved"] for row in here), sum(row["contacts"] for row in here)


def share_openings(visit: Visit, unresolved: int, contacts: int, *, area: str | None) -> tuple[Opening, ...]:
    """What is nobody's, and the rest of the contacts it is a share of."""
    days, codes = window_days(visit.filters), None if area is None else (area,)
    where = visit.facts.area_names.get(area, area) if area else scope_words(visit)
    both = (
        opening(OfNobody(days, codes), f"{where}, nobody's", name="nobody's", contacts=unresolved),
        opening(OfArea(days, codes), f"{where}, people's", name="people's", contacts=contacts),
    )
    return tuple(one for one, number in zip(both, (unresolved, contacts), strict=True) if number)


def unresolved_line(visit: Visit, *, area: str | None = None) -> None:
    """The line under a ranking, of the areas in view or of one of them, and the two lists it is a share of."""
    rows = shares(visit.facts.id, view_of(visit), audience_of(visit)).rows.to_dicts()
    unresolved, contacts = share_counted(rows, area)
    said = share_said(unresolved, contacts)
    if not said:
        return
    st.markdown(escape_markdown(said))
    opens_each(share_openings(visit, unresolved, contacts, area=area), key="unresolved")
    source_line(
        SourceLine(
            period=f"{plural(visit.filters.weeks, 'week')} to {day(visit.filters.week_ending)}",
            definition="contacts nobody could be named for, one for each reason; people's at each caller's first call",
            data_as_at=as_at(visit.facts.last_day, visit.facts.id),
            left_out="left out: callers told apart by their role, such as witnesses and professionals",
        )
    )
