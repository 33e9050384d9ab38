"""Which day? A day is always proposed, and stands where the field is emptied."""

from __future__ import annotations

from datetime import date
from typing import cast

import streamlit as st

from dashboard.text import day


def day_field(label: str, proposed: date, *, key: str, earliest: date | None = None, hint: str | None = None) -> date:
    """Draw the field. The library's own "required" puts a mark where accessibility rules allow none.

    Args:
        label: a text of ours, shown as it is.
        earliest: no day before it can be chosen; None for any.
        hint: shown beside the label.
    """
    field = st.date_input(label, proposed, min_value=earliest, format="DD/MM/YYYY", key=key, help=hint)
    chosen = cast("date | None", field)  # an emptied field gives none, whatever its type says
    if chosen is not None:
        return chosen
    st.caption(f"No day is chosen: {day(proposed)} stands.")
    return proposed
