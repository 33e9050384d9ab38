"""What may be tried on the demand page? Planned visits, and two definitions of a repeat."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

VISITS_A_WEEK, MINUTES, OFFICERS = 10, 45, 2
"""What the visits begin with; the reader changes them, and nothing else rests on them."""


def visit_controls(*, key: str) -> tuple[int, int, int]:
    """How many visits a week, of how many minutes with travel, by how many officers."""
    fields = (
        ("Planned visits a week", 0, 500, VISITS_A_WEEK, "visits"),
        ("Minutes a visit, with travel", 1, 480, MINUTES, "minutes"),
        ("Officers on a visit", 1, 10, OFFICERS, "officers"),
    )
    visits, minutes, officers = (
        int(column.number_input(label, least, most, value, key=f"{key}_{name}"))
        for column, (label, least, most, value, name) in zip(st.columns(3), fields, strict=True)
    )
    return visits, minutes, officers


def definition_controls(names: Mapping[str, str], *, key: str) -> tuple[str, str]:
    """The ids of the present definition and of the one to try; `names` is id to name, the force's first."""
    ids = list(names)
    left, right = st.columns(2)
    base = left.selectbox("Present definition", ids, format_func=names.__getitem__, key=f"{key}_base")
    last = len(ids) - 1
    other = right.selectbox("Try instead", ids, index=last, format_func=names.__getitem__, key=f"{key}_other")
    return base, other
