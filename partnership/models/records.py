"""What happened, and who looked? Events with their texts, and the access log; both append-only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from partnership.models.base import CODE_LENGTH, NAME_LENGTH, WORD_LENGTH, Base, UtcDateTime, word
from partnership.vocabulary import Operation, Role


class Event(Base):
    """One change by one person. Never altered, never deleted.

    `details` holds dates, words, numbers and flags, before and after. Text that people typed lies in `EventText`,
    so that erasing a person can remove it while the event stands.
    """

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    actor_name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    actor_role: Mapped[Role] = mapped_column(word(Role))
    actor_agency: Mapped[str | None] = mapped_column(String(CODE_LENGTH))
    verb: Mapped[str] = mapped_column(String(WORD_LENGTH))
    subject: Mapped[str] = mapped_column(String(WORD_LENGTH))
    subject_id: Mapped[str] = mapped_column(String(CODE_LENGTH))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("action_plans.id"), index=True)
    version_after: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class EventText(Base):
    """A text before and after an event. Never altered; deleted only with the person's erasure."""

    __tablename__ = "event_texts"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(WORD_LENGTH), primary_key=True)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)


class AccessLogEntry(Base):
    """One logged operation. Rows form a keyed chain; there is no unique column beside `seq` on purpose."""

    __tablename__ = "access_log"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_member_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(NAME_LENGTH), index=True)
    actor_role: Mapped[Role] = mapped_column(word(Role))
    actor_agency: Mapped[str | None] = mapped_column(String(CODE_LENGTH))
    operation: Mapped[Operation] = mapped_column(word(Operation))
    subject_reference: Mapped[str] = mapped_column(String(CODE_LENGTH), index=True)
    recipient: Mapped[str | None] = mapped_column(String(NAME_LENGTH))
    purpose: Mapped[str] = mapped_column(Text)
    details: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(CODE_LENGTH))
    hash: Mapped[str] = mapped_column(String(CODE_LENGTH))
