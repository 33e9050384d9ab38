"""What may be tried on the demand page? Planned visits, and two definitions of a repeat."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def visit_controls(begin_with: tuple[int, int, int], *, key: str) -> tuple[int, int, int]:
    """How many visits a week, of how many minutes with travel, by how many officers; and what they begin with."""
    visits_a_week, minutes_each, officers_each = begin_with
    fields = (
        ("Planned visits a week", 0, 500, visits_a_week, "visits"),
        ("Minutes a visit, with travel", 1, 480, minutes_each, "minutes"),
        ("Officers on a visit", 1, 10, officers_each, "officers"),
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
