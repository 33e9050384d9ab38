"""What happened with one person, and what is being done?"""

from __future__ import annotations

from dashboard.components.notes import empty_state
from dashboard.frame import page_title

page_title("Person", "What happened with one person, and what is being done?")
empty_state(why="This page is not built yet.", what_to_do="It comes with the next version of the app.")
