"""Who are the ten repeat callers of a neighbourhood, and why?"""

from __future__ import annotations

from dashboard.components.notes import empty_state
from dashboard.frame import page_title

page_title("Top ten", "Who are the ten repeat callers of a neighbourhood, and why?")
empty_state(why="This page is not built yet.", what_to_do="It comes with the next version of the app.")
