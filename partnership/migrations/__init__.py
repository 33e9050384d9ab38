"""How does the database get from one release's tables to the next? Alembic's revisions, shipped with the package."""
