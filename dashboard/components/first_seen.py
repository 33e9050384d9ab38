"""Which version did the person see when the form opened? Kept over the runs, so that a save names that one."""

from __future__ import annotations

import streamlit as st

from dashboard.components.outcome import Outcome, keep_outcome


def fields_key(*, key: str, row: int) -> str:
    """The start of the keys of a form's fields: another row, or the same one after a save, has fields of its own."""
    return f"{key}_{row}_{st.session_state.get(f'{key}_turn', 0)}"


def first_seen(version: int, *, key: str, first_field: str) -> int:
    """The version read when the form was first drawn; `version` is today's reading.

    Ask before the form's first field, whose key is `first_field`, is drawn: fields that are not yet there are filled
    from this reading, fields that are there still hold an earlier one.
    """
    if first_field not in st.session_state:
        st.session_state[f"{key}_seen"] = version
    seen = st.session_state.get(f"{key}_seen", version)
    assert isinstance(seen, int), "only versions are kept here"
    return seen


def start_afresh(*, key: str) -> None:
    """Let the form at `key` begin anew on the next run, with what then stands."""
    st.session_state[f"{key}_turn"] = st.session_state.get(f"{key}_turn", 0) + 1


def finish(outcome: Outcome, *, version: int, key: str) -> None:
    """Say what came of a save on the next run. Saved: the form starts afresh. Refused: what was typed stays.

    Who was second has now seen both texts, and saves next against `version`, the one this run read.
    """
    keep_outcome(outcome, key=key)
    if outcome.is_saved:
        start_afresh(key=key)
    elif outcome.is_stale:
        st.session_state[f"{key}_seen"] = version
    st.rerun()
