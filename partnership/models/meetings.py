"""When did the partners meet, who was there, and what did they decide? Meetings, attendance, decisions, addenda."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from partnership.models.base import CODE_LENGTH, NAME_LENGTH, Base, UtcDateTime, Versioned, word
from partnership.vocabulary import DecisionKind, MeetingState, Presence


class Meeting(Versioned, Base):
    """A sector's weekly meeting. Closed is read-only."""

    __tablename__ = "meetings"
    __table_args__ = (UniqueConstraint("sector", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sector: Mapped[str] = mapped_column(String(CODE_LENGTH))
    held_on: Mapped[date]
    state: Mapped[MeetingState] = mapped_column(word(MeetingState), default=MeetingState.DRAFT)
    chair_name: Mapped[str | None] = mapped_column(String(NAME_LENGTH))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confidentiality_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_notes_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_notes_remarks: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)


class Attendance(Versioned, Base):
    """One person at the table, or sent apologies, for one agency. No agency is the police."""

    __tablename__ = "attendance"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    agency: Mapped[str | None] = mapped_column(ForeignKey("agencies.code"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    presence: Mapped[Presence] = mapped_column(word(Presence))


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


class Addendum(Versioned, Base):
    """What was to be put right after a meeting was closed. Written once, never changed."""

    __tablename__ = "addenda"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[str] = mapped_column(String(NAME_LENGTH))
