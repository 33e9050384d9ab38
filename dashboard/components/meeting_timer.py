"""How long has this case been on the table? Minutes and seconds, counted since it was opened on this screen."""

from __future__ import annotations

import time

import streamlit as st

from dashboard.text import stopwatch

EVERY_SECONDS = 5


def timer(about: str, *, key: str) -> None:
    """Count from when `about` was first shown in this session; another one starts afresh."""
    shown = st.session_state.get(f"{key}_timer")
    if shown is None or shown[0] != about:
        st.session_state[f"{key}_timer"] = (about, time.monotonic())
    _running(key)


@st.fragment(run_every=EVERY_SECONDS)
def _running(key: str) -> None:
    begun = st.session_state.get(f"{key}_timer")
    seconds = int(time.monotonic() - begun[1]) if begun else 0
    st.markdown(f"**{stopwatch(seconds)}** on this case", width="content")
