"""Who is who, as people decided: pairs of records, and whose a number is. References only, nothing personal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from partnership.models.base import CODE_LENGTH, NAME_LENGTH, Base, UtcDateTime, Versioned, word
from partnership.vocabulary import IdentityReason, NumberKind, Verdict


class PairDecision(Versioned, Base):
    """What stands about two records, each by its keyed reference (`R-…`). An undone decision has no verdict.

    `neighbourhoods` are those where either person is recorded, as they were at the first decision: whose the pair is.
    """

    __tablename__ = "pair_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    pair_reference: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    reference_a: Mapped[str] = mapped_column(String(CODE_LENGTH))
    reference_b: Mapped[str] = mapped_column(String(CODE_LENGTH))
    neighbourhoods: Mapped[list[str]] = mapped_column(JSON)
    verdict: Mapped[Verdict | None] = mapped_column(word(Verdict))
    why: Mapped[IdentityReason] = mapped_column(word(IdentityReason))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(String(NAME_LENGTH))


class NumberMark(Versioned, Base):
    """Whose a telephone number is, by its keyed reference (`T-…`). One that was taken off has no kind."""

    __tablename__ = "number_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    neighbourhoods: Mapped[list[str]] = mapped_column(JSON)
    kind: Mapped[NumberKind | None] = mapped_column(word(NumberKind))
    why: Mapped[IdentityReason] = mapped_column(word(IdentityReason))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(String(NAME_LENGTH))
