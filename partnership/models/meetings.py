"""When did the partners meet, and what did they decide? Meetings and decisions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from partnership.models.base import CODE_LENGTH, NAME_LENGTH, Base, UtcDateTime, Versioned, word
from partnership.vocabulary import DecisionKind, MeetingState


class Meeting(Versioned, Base):
    """A sector's weekly meeting. Closed is read-only."""

    __tablename__ = "meetings"
    __table_args__ = (UniqueConstraint("sector", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sector: Mapped[str] = mapped_column(String(CODE_LENGTH))
    held_on: Mapped[date]
    state: Mapped[MeetingState] = mapped_column(word(MeetingState), default=MeetingState.DRAFT)


class Decision(Versioned, Base):
    """What one meeting decided about one case, and why."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("meeting_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    what: Mapped[DecisionKind] = mapped_column(word(DecisionKind))
    reason: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str] = mapped_column(String(NAME_LENGTH))
