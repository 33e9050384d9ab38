"""What can a person mend? Refusals of the partnership, shown as one line, without a traceback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

NO_SUCH_RECORD = (
    "There is no such record open to you. Check the link, or ask the sector inspector whether it is shared with you."
)


class PartnershipError(Exception):
    """Something the person at the keyboard can mend.

    The message says what happened and what to do next. It never quotes a value from a row.
    """


class DatabaseError(PartnershipError):
    """The database cannot be opened, read or written; the message names the mend."""


class NoSuchRecord(PartnershipError):
    """Absent and forbidden look alike: wrong role, wrong area, wrong agency and no such row are this one refusal."""

    def __init__(self) -> None:
        super().__init__(NO_SUCH_RECORD)


@dataclass(frozen=True)
class Clash:
    """One field that two people wanted to set: what was saved first, and what was to be saved now."""

    field: str
    theirs: str
    yours: str


class StaleSave(PartnershipError):
    """Somebody saved the same record after the form was shown. Nothing was written and nothing typed is lost.

    Attributes:
        first_by: the name of the person who saved first; None where the record does not say.
        first_at: when they saved (UTC); None where the record does not say.
        clashes: each field with both texts, to be shown side by side.
    """

    def __init__(self, *, first_by: str | None, first_at: datetime | None, clashes: tuple[Clash, ...]) -> None:
        super().__init__(
            "Someone saved this record after you opened it. Both texts are shown: choose what should stand, then save."
        )
        self.first_by = first_by
        self.first_at = first_at
        self.clashes = clashes

    @property
    def theirs(self) -> Mapping[str, str]:
        """What stands now, by field."""
        return {clash.field: clash.theirs for clash in self.clashes}

    @property
    def yours(self) -> Mapping[str, str]:
        """What was typed, by field."""
        return {clash.field: clash.yours for clash in self.clashes}
