"""Which cases does a meeting look at, and what has been typed but not saved? Agenda items and drafts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from partnership.models.base import Base, UtcDateTime, Versioned, word
from partnership.vocabulary import AgendaState, DraftField


class AgendaItem(Versioned, Base):
    """A case before a meeting, with the reasons in words, one a line.

    `place` orders the items of one state; only the order of places means anything, so that moving one changes one row.
    `top_ten_position` is kept as it was when the agenda was drawn up; None for who is on no list.
    """

    __tablename__ = "agenda_items"
    __table_args__ = (UniqueConstraint("meeting_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    state: Mapped[AgendaState] = mapped_column(word(AgendaState))
    state_reason: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text)
    added_because: Mapped[str | None] = mapped_column(Text)
    place: Mapped[float]
    top_ten_position: Mapped[int | None]
    times_carried: Mapped[int] = mapped_column(default=0)


class Draft(Base):
    """A text a member has typed and not saved. Scratch paper: no event tells of it, and saving takes it away."""

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("member_id", "meeting_id", "case_id", "field"),
        Index(
            "uq_drafts_of_the_meeting",
            "member_id",
            "meeting_id",
            "field",
            unique=True,
            sqlite_where=text("case_id IS NULL"),
            postgresql_where=text("case_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    field: Mapped[DraftField] = mapped_column(word(DraftField))
    text: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
