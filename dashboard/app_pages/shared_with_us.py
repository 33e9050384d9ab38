"""What is shared with our agency, and what have we promised?"""

from __future__ import annotations

from dashboard.components.notes import empty_state
from dashboard.frame import page_title

page_title("Shared with us", "What is shared with our agency, and what have we promised?")
empty_state(why="This page is not built yet.", what_to_do="It comes with the next version of the app.")
