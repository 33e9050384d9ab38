"""Who takes part? Agencies and the members who may sign in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from partnership.models.base import CODE_LENGTH, NAME_LENGTH, Base, UtcDateTime, Versioned, word
from partnership.vocabulary import Role


class Agency(Versioned, Base):
    """A body at the table: housing, health, the police themselves."""

    __tablename__ = "agencies"

    code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))


class Member(Versioned, Base):
    """A person who may sign in. `until` is the last day; a removed member stays for the history."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    role: Mapped[Role] = mapped_column(word(Role))
    areas: Mapped[list[str]] = mapped_column(JSON)
    agency: Mapped[str | None] = mapped_column(ForeignKey("agencies.code"))
    until: Mapped[date | None]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
