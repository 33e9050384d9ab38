"""How does a number lead to the incidents behind it? By session state; the address never says which number it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from analysis.questions.figures import WHOLE_BUILD, Figure
from analysis.questions.view import View
from dashboard.pages import FOLDER

_OPENED = "incidents_opened"
_PAGE = FOLDER / "incidents.py"
_PLACES = ("meeting", "case")
"""What a page may say in the address of itself."""


@dataclass(frozen=True)
class Opening:
    """One number of a page, or the numbers of one row, and the list behind them.

    Attributes:
        label: what the button says, the numbers as the page shows them: "9 contacts, 21.0 h".
        about: what they are of, in finished words: "Alder Park, week ending Sun 1 Dec 2013".
        figure: what they count.
        view: what is counted, where that is not what the filters say: a meeting has weeks of its own.
    """

    label: str
    about: str
    figure: Figure
    view: View | None = None


@dataclass(frozen=True)
class Opened:
    """The number chosen last, under the filters it was shown with, and the page it stands on.

    `place` is what the page's own address said beside the filters: which meeting, which case.
    """

    opening: Opening
    view: View
    page: str
    place: tuple[tuple[str, str], ...] = ()


def open_incidents(opening: Opening, view: View, *, page: str) -> NoReturn:
    """Show the incidents behind a number; the filters stay as they are."""
    place = tuple((name, st.query_params[name]) for name in _PLACES if name in st.query_params)
    st.session_state[_OPENED] = Opened(opening, view, page, place)
    # An empty set, not none: none would clear the address, which refuses while a filter stands in it.
    st.switch_page(_PAGE, query_params={})


def opened_incidents(view: View) -> Opened | None:
    """The number chosen last in this session; None where the filters were changed since, so that it has moved.

    What is counted over the whole build is the same whatever the filters.
    """
    opened = st.session_state.get(_OPENED)
    if not isinstance(opened, Opened):
        return None
    return opened if opened.view == view or isinstance(opened.opening.figure, WHOLE_BUILD) else None
