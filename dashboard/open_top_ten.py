"""How does a neighbourhood lead to its top ten? By the filters in the address, the other choices kept."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from dashboard.filters import link_to_view
from dashboard.pages import FOLDER
from dashboard.visit import Visit

_PAGE = FOLDER / "top_ten.py"


def open_top_ten(visit: Visit, neighbourhood: str) -> NoReturn:
    """Show the top ten of a neighbourhood, under the filters of the visit."""
    sector = visit.facts.geography.get(neighbourhood, visit.filters.sector)
    filters = replace(visit.filters, sector=sector, neighbourhood=neighbourhood)
    link = link_to_view("", filters, visit.options)
    st.switch_page(_PAGE, query_params=dict(parse_qsl(urlsplit(link).query)))
