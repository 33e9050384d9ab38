"""What was agreed to be done? Action plans and their actions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from partnership.models.base import CODE_LENGTH, NAME_LENGTH, Base, UtcDateTime, Versioned, word
from partnership.vocabulary import ActionState, NotDoneBecause, PlanState


class ActionPlan(Versioned, Base):
    """A plan after SARA: scanning (objective, problem), analysis, response, assessment. One open plan a case."""

    __tablename__ = "action_plans"
    __table_args__ = (
        Index(
            "uq_action_plans_one_open",
            "case_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    objective: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)
    analysis: Mapped[str] = mapped_column(Text)
    response: Mapped[str | None] = mapped_column(Text)
    assessment: Mapped[str | None] = mapped_column(Text)
    owner_member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    owner_name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    review_on: Mapped[date]
    ppu_informed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_off_on: Mapped[date | None]
    positive_contact_on: Mapped[date | None]
    positive_contact_note: Mapped[str | None] = mapped_column(Text)
    state: Mapped[PlanState] = mapped_column(word(PlanState), default=PlanState.OPEN)
    closing_reason: Mapped[str | None] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Action(Versioned, Base):
    """One thing one named person of one agency does by one day."""

    __tablename__ = "actions"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plans.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    kind: Mapped[str | None] = mapped_column(String(CODE_LENGTH))
    what: Mapped[str] = mapped_column(Text)
    owner_agency: Mapped[str] = mapped_column(ForeignKey("agencies.code"), index=True)
    owner_name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    due_on: Mapped[date]
    status: Mapped[ActionState] = mapped_column(word(ActionState), default=ActionState.AGREED)
    note: Mapped[str | None] = mapped_column(Text)
    not_done_because: Mapped[NotDoneBecause | None] = mapped_column(word(NotDoneBecause))
    times_carried: Mapped[int] = mapped_column(default=0)
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
