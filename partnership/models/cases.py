"""Whom is the partnership helping? Cases, the older ids of a person, and what is shared with whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from partnership.models.base import CODE_LENGTH, Base, UtcDateTime, Versioned, word
from partnership.vocabulary import ShareLevel


class Case(Versioned, Base):
    """One person who needs a plan.

    `reference` is random and is all that a link carries. A case joined to another points at it by `merged_into`;
    an erased case keeps its row, without the person.
    """

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    person_id: Mapped[str | None] = mapped_column(String(CODE_LENGTH), unique=True)
    neighbourhood: Mapped[str] = mapped_column(String(CODE_LENGTH), index=True)
    safe_contact_note: Mapped[str | None] = mapped_column(Text)
    is_restricted: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PersonAlias(Base):
    """An id that proved to be an older person's. Chains are flattened when written."""

    __tablename__ = "person_aliases"

    alias: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(CODE_LENGTH), index=True)


class Share(Versioned, Base):
    """A case shown to an agency, until a last day, unless ended before."""

    __tablename__ = "shares"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    agency: Mapped[str] = mapped_column(ForeignKey("agencies.code"), index=True)
    level: Mapped[ShareLevel] = mapped_column(word(ShareLevel))
    until: Mapped[date]
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
