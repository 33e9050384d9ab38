"""Is the access log as it was written? What the check found in words, the same on the page and by command."""

from __future__ import annotations

from dashboard.errors import DashboardError
from dashboard.text import plural
from partnership.access_log import Anchor, Verification

ANCHOR_HELP = "what the last check gave, as SEQ:HASH; finds newest rows that were cut off"


def anchor_of(text: str | None, *, field: str) -> Anchor | None:
    """The anchor somebody kept; None where none is given. `field`: where they wrote it, as the screen calls it.

    Raises:
        DashboardError: it is not written as one.
    """
    if not text:
        return None
    seq, _, digest = text.strip().partition(":")
    if not seq.isdecimal() or not digest:
        raise DashboardError(f"{field}: write it as SEQ:HASH, as the last check gave it.")
    return Anchor(int(seq), digest)


def whole_said(found: Verification) -> str:
    """What was checked, and the anchor to keep.

    Raises:
        DashboardError: the log is not as it was written; the message says from which row on, and what to do.
    """
    if not found.is_whole:
        raise DashboardError(
            f"the access log is not as it was written from row {found.first_broken_seq} on. Keep the file as evidence, "
            f"tell the data protection officer, and restore a backup."
        )
    last = f"; anchor {found.last.seq}:{found.last.hash}" if found.last else ""
    return f"the access log is whole: {plural(found.rows, 'row')}{last}"
