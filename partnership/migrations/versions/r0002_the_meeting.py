"""The meeting: who chairs and attends, the agenda, drafts, addenda; kinds of action; the contact before a closing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORD = sa.String(length=32)
CODE = sa.String(length=64)
NAME = sa.String(length=200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns and tables; say when meetings held before were opened and closed, from their events."""
    _meetings()
    _plans()
    _attendance()
    _agenda()
    _drafts()


def downgrade() -> None:
    """Not supported."""
    raise NotImplementedError("restore the backup taken before the upgrade")


def _meetings() -> None:
    op.add_column("meetings", sa.Column("chair_name", NAME, nullable=True))
    for name in ("opened_at", "closed_at", "confidentiality_confirmed_at", "last_notes_agreed_at"):
        op.add_column("meetings", sa.Column(name, MOMENT, nullable=True))
    for name in ("last_notes_remarks", "notes"):
        op.add_column("meetings", sa.Column(name, sa.Text(), nullable=True))
    op.execute(
        "UPDATE meetings SET opened_at = (SELECT MAX(at) FROM events WHERE verb = 'open_meeting' "
        "AND subject = 'meeting' AND subject_id = CAST(meetings.id AS VARCHAR))"
    )
    op.execute(
        "UPDATE meetings SET closed_at = (SELECT MAX(at) FROM events WHERE verb = 'close_meeting' "
        "AND subject = 'meeting' AND subject_id = CAST(meetings.id AS VARCHAR))"
    )


def _plans() -> None:
    op.add_column("action_plans", sa.Column("positive_contact_on", sa.Date(), nullable=True))
    op.add_column("action_plans", sa.Column("positive_contact_note", sa.Text(), nullable=True))
    held_in = sa.ForeignKey("meetings.id", name="fk_actions_meeting_id")
    op.add_column("actions", sa.Column("meeting_id", sa.Integer(), held_in, nullable=True), inline_references=True)
    op.add_column("actions", sa.Column("kind", CODE, nullable=True))
    op.create_index("ix_actions_meeting_id", "actions", ["meeting_id"], unique=False)


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agency", CODE, nullable=True),
        sa.Column("name", NAME, nullable=False),
        sa.Column("presence", WORD, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agencies.code"], name="fk_attendance_agency"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_attendance_meeting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
    )
    op.create_index("ix_attendance_meeting_id", "attendance", ["meeting_id"], unique=False)
    op.create_table(
        "addenda",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by", NAME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_addenda_case_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_addenda_meeting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_addenda"),
    )
    op.create_index("ix_addenda_case_id", "addenda", ["case_id"], unique=False)
    op.create_index("ix_addenda_meeting_id", "addenda", ["meeting_id"], unique=False)


def _agenda() -> None:
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("added_because", sa.Text(), nullable=True),
        sa.Column("place", sa.Double(), nullable=False),
        sa.Column("top_ten_position", sa.Integer(), nullable=True),
        sa.Column("times_carried", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_agenda_items_case_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_agenda_items_meeting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_items"),
        sa.UniqueConstraint("meeting_id", "case_id", name="uq_agenda_items_meeting_id_case_id"),
    )
    op.create_index("ix_agenda_items_case_id", "agenda_items", ["case_id"], unique=False)


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("field", WORD, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_drafts_case_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_drafts_meeting_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_drafts_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint(
            "member_id", "meeting_id", "case_id", "field", name="uq_drafts_member_id_meeting_id_case_id_field"
        ),
    )
    op.create_index("ix_drafts_case_id", "drafts", ["case_id"], unique=False)
    op.create_index(
        "uq_drafts_of_the_meeting",
        "drafts",
        ["member_id", "meeting_id", "field"],
        unique=True,
        sqlite_where=sa.text("case_id IS NULL"),
        postgresql_where=sa.text("case_id IS NULL"),
    )
