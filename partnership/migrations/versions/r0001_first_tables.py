"""First tables: members, cases, plans, actions, meetings, shares, events and the access log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from partnership.migrations import append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORD = sa.String(length=32)
CODE = sa.String(length=64)
NAME = sa.String(length=200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table, then the triggers that keep events and the access log append-only."""
    _who()
    _cases()
    _plans()
    _meetings()
    _events()
    _access_log()
    for statement in append_only.statements(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Not supported."""
    raise NotImplementedError("restore the backup taken before the upgrade")


def _who() -> None:
    op.create_table(
        "agencies",
        sa.Column("code", CODE, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_agencies"),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", NAME, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("agency", CODE, nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agencies.code"], name="fk_members_agency"),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("email", name="uq_members_email"),
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", CODE, nullable=False),
        sa.Column("person_id", CODE, nullable=True),
        sa.Column("neighbourhood", CODE, nullable=False),
        sa.Column("safe_contact_note", sa.Text(), nullable=True),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("erased_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["cases.id"], name="fk_cases_merged_into"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("person_id", name="uq_cases_person_id"),
        sa.UniqueConstraint("reference", name="uq_cases_reference"),
    )
    op.create_index("ix_cases_merged_into", "cases", ["merged_into"], unique=False)
    op.create_index("ix_cases_neighbourhood", "cases", ["neighbourhood"], unique=False)
    op.create_table(
        "person_aliases",
        sa.Column("alias", CODE, nullable=False),
        sa.Column("person_id", CODE, nullable=False),
        sa.PrimaryKeyConstraint("alias", name="pk_person_aliases"),
    )
    op.create_index("ix_person_aliases_person_id", "person_aliases", ["person_id"], unique=False)
    op.create_table(
        "shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency", CODE, nullable=False),
        sa.Column("level", WORD, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agencies.code"], name="fk_shares_agency"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_shares_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
    )
    op.create_index("ix_shares_agency", "shares", ["agency"], unique=False)
    op.create_index("ix_shares_case_id", "shares", ["case_id"], unique=False)


def _plans() -> None:
    op.create_table(
        "action_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("assessment", sa.Text(), nullable=True),
        sa.Column("owner_member_id", sa.Integer(), nullable=True),
        sa.Column("owner_name", NAME, nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("ppu_informed_at", MOMENT, nullable=True),
        sa.Column("signed_off_on", sa.Date(), nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("closing_reason", sa.Text(), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_action_plans_case_id"),
        sa.ForeignKeyConstraint(["owner_member_id"], ["members.id"], name="fk_action_plans_owner_member_id"),
        sa.PrimaryKeyConstraint("id", name="pk_action_plans"),
    )
    op.create_index("ix_action_plans_case_id", "action_plans", ["case_id"], unique=False)
    op.create_index(
        "uq_action_plans_one_open",
        "action_plans",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_agency", CODE, nullable=False),
        sa.Column("owner_name", NAME, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("not_done_because", WORD, nullable=True),
        sa.Column("times_carried", sa.Integer(), nullable=False),
        sa.Column("agreed_at", MOMENT, nullable=False),
        sa.Column("reported_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_agency"], ["agencies.code"], name="fk_actions_owner_agency"),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plans.id"], name="fk_actions_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_actions"),
    )
    op.create_index("ix_actions_owner_agency", "actions", ["owner_agency"], unique=False)
    op.create_index("ix_actions_plan_id", "actions", ["plan_id"], unique=False)


def _meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sector", CODE, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
        sa.UniqueConstraint("sector", "held_on", name="uq_meetings_sector_held_on"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("what", WORD, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", NAME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_decisions_case_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_decisions_meeting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.UniqueConstraint("meeting_id", "case_id", name="uq_decisions_meeting_id_case_id"),
    )
    op.create_index("ix_decisions_case_id", "decisions", ["case_id"], unique=False)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_member_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", NAME, nullable=False),
        sa.Column("actor_role", WORD, nullable=False),
        sa.Column("actor_agency", CODE, nullable=True),
        sa.Column("verb", WORD, nullable=False),
        sa.Column("subject", WORD, nullable=False),
        sa.Column("subject_id", CODE, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_member_id"], ["members.id"], name="fk_events_actor_member_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_events_case_id"),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plans.id"], name="fk_events_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_case_id", "events", ["case_id"], unique=False)
    op.create_index("ix_events_plan_id", "events", ["plan_id"], unique=False)
    op.create_index("ix_events_subject", "events", ["subject", "subject_id"], unique=False)
    op.create_table(
        "event_texts",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("field", WORD, nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_texts_event_id"),
        sa.PrimaryKeyConstraint("event_id", "field", name="pk_event_texts"),
    )


def _access_log() -> None:
    op.create_table(
        "access_log",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_member_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", NAME, nullable=False),
        sa.Column("actor_role", WORD, nullable=False),
        sa.Column("actor_agency", CODE, nullable=True),
        sa.Column("operation", WORD, nullable=False),
        sa.Column("subject_reference", CODE, nullable=False),
        sa.Column("recipient", NAME, nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", CODE, nullable=False),
        sa.Column("hash", CODE, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_access_log"),
    )
    op.create_index("ix_access_log_actor_name", "access_log", ["actor_name"], unique=False)
    op.create_index("ix_access_log_at", "access_log", ["at"], unique=False)
    op.create_index("ix_access_log_subject_reference", "access_log", ["subject_reference"], unique=False)
