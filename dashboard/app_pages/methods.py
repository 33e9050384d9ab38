"""How is each number worked out, and on which judgements?"""

from __future__ import annotations

from dashboard.components.notes import empty_state
from dashboard.frame import page_title

page_title("Methods", "How is each number worked out, and on which judgements?")
empty_state(why="This page is not built yet.", what_to_do="It comes with the next version of the app.")
