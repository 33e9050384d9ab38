"""How is a list of people shown whose rows open? One row a person, large enough to be read across a room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.components.cells import Marked
from dashboard.components.opens_incidents import opens
from dashboard.open_incidents import Opening
from dashboard.text import escape_markdown

_WIDTHS = (1.3, 4.2, 1.6, 1.7, 1.5, 1.6)


@dataclass(frozen=True)
class PersonRow:
    """One person of a list, finished. `label` is what the button says, `reference` stands beside it if not empty.

    `contacts`, `hours` and `harm_opens` are numbers that open the incidents behind them; where there is no harm to
    open, `harm` says why.
    """

    person_id: str
    place: str
    movement: Marked
    on_list: str
    label: str
    reference: str
    why: str
    badges: Marked
    contacts: Opening
    spark: Marked
    spark_of: str
    hours: Opening
    hours_bar: Marked
    imputed: str
    harm: str
    harm_opens: Opening | None
    last: str
    last_day: str
    plan: Marked


def people_rows(rows: Sequence[PersonRow], *, key: str) -> str | None:
    """Draw the rows; gives the id of the person whose row was opened, or None."""
    opened = None
    with st.container(key=f"{key}_rows"):
        for at, row in enumerate(rows):
            if _row(row, key=f"{key}_{at}"):
                opened = row.person_id
    return opened


def _row(row: PersonRow, *, key: str) -> bool:
    with st.container(key=f"{key}_row", border=True):
        place, who, contacts, time, harm, plan = st.columns(_WIDTHS, gap="small")
        place.subheader(escape_markdown(row.place), anchor=False)
        place.markdown(_lines(row.movement.markdown, escape_markdown(row.on_list)))
        line = who.container(horizontal=True, vertical_alignment="center", gap="small")
        is_opened = line.button(escape_markdown(row.label), key=f"{key}_open", help="Open this person")
        if row.reference:
            line.caption(escape_markdown(row.reference), width="content")
        who.markdown(_lines(escape_markdown(row.why), row.badges.markdown))
        with contacts:
            opens(row.contacts, key=f"{key}_contacts", is_strong=True)
        contacts.markdown(_lines(row.spark.markdown, escape_markdown(row.spark_of)))
        with time:
            opens(row.hours, key=f"{key}_hours", is_strong=True)
        time.markdown(_lines(row.hours_bar.markdown, escape_markdown(row.imputed)))
        harm.markdown(_lines(f"last contact **{escape_markdown(row.last)}**", escape_markdown(row.last_day)))
        plan.markdown(_lines(row.plan.markdown, escape_markdown(row.harm)))
        if row.harm_opens:
            with plan:
                opens(row.harm_opens, key=f"{key}_harm")
    return is_opened


def _lines(*parts: str) -> str:
    return "  \n".join(part for part in parts if part)
