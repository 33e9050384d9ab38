"""Who is who: decisions on pairs of records, and marks on telephone numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORD = sa.String(length=32)
CODE = sa.String(length=64)
NAME = sa.String(length=200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add both tables; nothing has been decided yet."""
    op.create_table(
        "pair_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_reference", CODE, nullable=False),
        sa.Column("reference_a", CODE, nullable=False),
        sa.Column("reference_b", CODE, nullable=False),
        sa.Column("neighbourhoods", sa.JSON(), nullable=False),
        sa.Column("verdict", WORD, nullable=True),
        sa.Column("why", WORD, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by", NAME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pair_decisions"),
        sa.UniqueConstraint("pair_reference", name="uq_pair_decisions_pair_reference"),
    )
    op.create_table(
        "number_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", CODE, nullable=False),
        sa.Column("neighbourhoods", sa.JSON(), nullable=False),
        sa.Column("kind", WORD, nullable=True),
        sa.Column("why", WORD, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by", NAME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_number_marks"),
        sa.UniqueConstraint("reference", name="uq_number_marks_reference"),
    )


def downgrade() -> None:
    """Not supported."""
    raise NotImplementedError("restore the backup taken before the upgrade")
