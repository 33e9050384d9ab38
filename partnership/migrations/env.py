"""Where do the revisions run? On the connection handed over by `partnership.database.upgrade`, in its transaction."""

from __future__ import annotations

from alembic import context

from partnership.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
