"""Where is the partnership's database, and how is it read and written? SQLite by default, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from partnership.engine import BUSY_MILLISECONDS, plain_errors, server_engine, sqlite_engine
from partnership.errors import DatabaseError
from partnership.models import Base
from partnership.writer_lock import WriterLock, needs_one_writer

LOG_KEY = "access_log_key"
_NEWER = "The database was written by a newer release. Install that release, or restore an older backup."
_ADDRESS = "This is no address of a SQLite or PostgreSQL database. Write sqlite:///FILE or postgresql+psycopg://…"
_UNMARKED = "The database has tables but no word of the release that made them. Restore the newest backup."
_OLDER = "The database has not the tables of this release. Run `repeat-demand db upgrade`."


@dataclass(eq=False)
class Database:
    """An open database. Hand out sessions by `read()` and `write()`; nothing else touches the engine.

    Attributes:
        file: the SQLite file; None on a server.
        log_key: when given, every verb also writes its row of the access log, in the same transaction.
    """

    engine: Engine
    file: Path | None
    writer_lock: WriterLock | None
    log_key: bytes | None = field(default=None, repr=False)
    _is_current: bool = field(default=False, repr=False)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment and can write nothing.

        Raises:
            DatabaseError: locked, damaged, or not of this release; the message names the mend.
        """
        with plain_errors():
            self._require_current()
            with Session(self._reader(), expire_on_commit=False) as session, session.begin():
                yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one write transaction: all of it is saved at the end, or nothing.

        Raises:
            DatabaseError: locked, read-only, full, damaged, or not of this release; nothing was saved.
        """
        with plain_errors(), self.one_writer():
            self._require_current()
            details = {LOG_KEY: self.log_key}
            with Session(self._writer(), expire_on_commit=False, info=details) as session, session.begin():
                # Take the write lock now, not at the first statement, so that what is read here stays true.
                session.connection()
                yield session

    def one_writer(self) -> AbstractContextManager[None]:
        """Hold the writer lock where this SQLite needs one."""
        return nullcontext() if self.writer_lock is None else self.writer_lock.held()

    def revision(self) -> str | None:
        """The revision of the tables; None where there are none yet."""
        with plain_errors(), self._reader().connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def forget_revision(self) -> None:
        """Look at the revision again before the next session: the tables were replaced."""
        self._is_current = False

    def _reader(self) -> Engine:
        return self.engine.execution_options(postgresql_readonly=True)

    def _writer(self) -> Engine:
        return self.engine.execution_options(is_write=True)

    def _require_current(self) -> None:
        if not self._is_current:
            if self.revision() != head_revision():
                raise DatabaseError(_OLDER)
            self._is_current = True


def open_database(url: str, *, log_key: bytes | None = None) -> Database:
    """Open `sqlite:///FILE` or `postgresql+psycopg://…`. A missing SQLite file is made, for the owner alone (0600).

    Below SQLite 3.51.3 there is one serialised writer, over threads and processes.

    Args:
        url: where the database is.
        log_key: the access log's key, never stored in the database.

    Raises:
        DatabaseError: not a database address, cannot be opened, or written by a newer release.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseError(_ADDRESS) from error
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise DatabaseError("A database in memory would be lost. Name a file: sqlite:///FILE")
        file = Path(parsed.database).resolve()
        lock = None
        if needs_one_writer(sqlite3.sqlite_version_info):
            lock = WriterLock(file, timeout_seconds=BUSY_MILLISECONDS / 1000)
        database = Database(sqlite_engine(file), file, lock, log_key)
    elif parsed.get_backend_name() == "postgresql":
        database = Database(server_engine(url), None, None, log_key)
    else:
        raise DatabaseError(_ADDRESS)
    _refuse_newer(database.revision())
    return database


def upgrade(database: Database) -> str:
    """Bring the tables to this release, in one transaction; gives the revision. Nothing to do is no change.

    Raises:
        DatabaseError: locked, read-only, full, or not written by this release or one before; the tables are untouched.
    """
    with plain_errors(), database.one_writer(), database._writer().connect() as connection, connection.begin():
        revision = MigrationContext.configure(connection).get_current_revision()
        _refuse_newer(revision)
        if revision is None and set(inspect(connection).get_table_names()) & set(Base.metadata.tables):
            raise DatabaseError(_UNMARKED)
        command.upgrade(_configuration(connection), "head")
    database.forget_revision()
    return head_revision()


def head_revision() -> str:
    """The revision this release's tables have."""
    head = _scripts().get_current_head()
    assert head is not None, "the package ships its revisions"
    return head


def is_known(revision: str | None) -> bool:
    """Whether this release has made, or can upgrade, tables of that revision."""
    return revision is None or revision in {script.revision for script in _scripts().walk_revisions()}


def _refuse_newer(revision: str | None) -> None:
    if not is_known(revision):
        raise DatabaseError(_NEWER)


def _configuration(connection: Connection | None = None) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_configuration())
