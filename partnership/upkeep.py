"""Is the database sound, and is there a copy? Checking, backing up, restoring and scrubbing a SQLite database."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import Session

from partnership import access_log
from partnership.access_log import Anchor, Verification
from partnership.database import Database, head_revision, is_known
from partnership.engine import BUSY_MILLISECONDS, plain_errors
from partnership.errors import DatabaseError

_PAGES_AT_ONCE = 1000


@dataclass(frozen=True)
class Check:
    """What was found.

    Attributes:
        is_sound: whether the file and its keys between rows are whole.
        revision: the revision of the tables; None for none.
        is_current: whether they are this release's.
        log: the access log's chain; None where no key was given or there are no tables of this release.
    """

    is_sound: bool
    revision: str | None
    is_current: bool
    log: Verification | None

    @property
    def is_good(self) -> bool:
        """Whether there is nothing to mend."""
        return self.is_sound and self.is_current and (self.log is None or self.log.is_whole)


def check(database: Database, *, log_key: bytes | None = None, anchor: Anchor | None = None) -> Check:
    """Check the file, the revision, and with a key the access log's chain.

    Raises:
        DatabaseError: the database cannot be read.
    """
    key = log_key or database.log_key
    revision = database.revision()
    is_current = revision == head_revision()
    is_sound = True
    if database.file is not None:
        with plain_errors(), _opened(database.file) as connection:
            is_sound = _is_sound(connection)
    log = None
    if key is not None and is_current:
        with database.read() as session:
            log = access_log.verify(session, key, anchor=anchor)
    return Check(is_sound, revision, is_current, log)


def backup(database: Database, file: Path) -> None:
    """Write a consistent copy while others work, check it, and only then give it its name. Mode 0600.

    Raises:
        DatabaseError: the database is empty, the file is there already, the disk is full, or the copy is not whole.
    """
    source_file = _sqlite_file(database)
    if database.revision() is None:
        raise DatabaseError("There is nothing to back up: the database has no tables yet. Is it the right one?")
    if file.exists():
        raise DatabaseError(f"{file.name}: is there already. Name a new file, so that no backup is lost.")
    _copy_checked(source_file, file)


def restore(database: Database, file: Path, *, log_key: bytes | None = None) -> Path | None:
    """Put a backup in the database's place after checking it; gives where the old one is kept.

    The old database stays beside it as `NAME.before-restore-N`; None where there was nothing in it.

    Args:
        database: the database to be replaced.
        file: the backup.
        log_key: with it, the backup's access log must be whole.

    Raises:
        DatabaseError: the backup is absent, damaged, of a newer release, or its log is broken; nothing was replaced.
    """
    target = _sqlite_file(database)
    _verify_backup(file, log_key or database.log_key)
    database.close()
    with plain_errors(), database.one_writer():
        kept = _keep_beside(target)
        with _opened(file) as source, _opened(target) as connection:
            source.backup(connection, pages=-1)
            if not _is_sound(connection):
                raise DatabaseError("The restored database is not whole. The old one is kept beside it: restore that.")
    database.forget_revision()
    return kept


def kept_copies(database: Database) -> list[Path]:
    """What stood before each restore, where it is still there; it holds what was erased since."""
    target = _sqlite_file(database)
    return sorted(file for file in target.parent.glob(f"{target.name}.before-restore-*") if file.suffix[-1].isdigit())


def scrub(database: Database) -> None:
    """Write the file anew without what was deleted, and empty the write-ahead log.

    Raises:
        DatabaseError: others are using the database, or the disk is full.
    """
    target = _sqlite_file(database)
    database.close()
    with plain_errors(), database.one_writer(), _opened(target) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sqlite_file(database: Database) -> Path:
    if database.file is None:
        raise DatabaseError("This is a PostgreSQL database. Use pg_dump and pg_restore.")
    return database.file


def _verify_backup(file: Path, log_key: bytes | None) -> None:
    if not file.is_file():
        raise DatabaseError(f"{file.name}: there is no such file. Name a backup.")
    with plain_errors(), closing(_read_only(file)) as connection:
        if not _is_sound(connection):
            raise DatabaseError(f"{file.name}: the backup is not whole. Use an older one.")
        tables = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        found = (
            connection.execute(tables).fetchone()[0]
            and connection.execute("SELECT version_num FROM alembic_version").fetchone()
        )
        if not found:
            raise DatabaseError(f"{file.name}: is no backup of this program. Name another file.")
        if not is_known(found[0]):
            raise DatabaseError(f"{file.name}: was written by a newer release. Install that, or use an older backup.")
        is_current = found[0] == head_revision()
    if log_key is not None and is_current:
        _verify_log(file, log_key)


def _verify_log(file: Path, log_key: bytes) -> None:
    # Read-only, so that looking at a backup does not change it.
    engine = create_engine("sqlite://", creator=lambda: _read_only(file), poolclass=StaticPool, hide_parameters=True)
    with plain_errors(), Session(engine) as session:
        found = access_log.verify(session, log_key)
    engine.dispose()
    if not found.is_whole:
        other_key = (
            "If it was made in another store, put that store's key file here first. "
            if found.first_broken_seq == 1
            else ""
        )
        raise DatabaseError(
            f"{file.name}: its access log is broken at row {found.first_broken_seq}. {other_key}Use another backup."
        )


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _keep_beside(target: Path) -> Path | None:
    if not target.exists() or target.stat().st_size == 0:
        return None
    number = 1
    while (kept := target.with_name(f"{target.name}.before-restore-{number}")).exists():
        number += 1
    try:
        _copy_checked(target, kept)
    except DatabaseError:
        # What is damaged cannot be copied page by page: move it, write-ahead log and all.
        for suffix in ("", "-wal", "-shm"):
            part = target.with_name(target.name + suffix)
            if part.exists():
                part.replace(kept.with_name(kept.name + suffix))
        os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
    return kept


def _copy_checked(source_file: Path, file: Path) -> None:
    unfinished = file.with_name(file.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with plain_errors(), _opened(source_file) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy, pages=_PAGES_AT_ONCE)
            # One file, complete in itself, that can be opened from a read-only place.
            copy.execute("PRAGMA journal_mode = DELETE")
            if not _is_sound(copy):
                raise DatabaseError("The copy is not whole, so it was not kept. Check the database with `db check`.")
        unfinished.replace(file)
    except OSError as error:
        raise DatabaseError(f"{file.name}: cannot be written. Check its folder and the space on the disk.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _is_sound(connection: sqlite3.Connection) -> bool:
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and connection.execute("PRAGMA foreign_key_check").fetchone() is None
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return False
        raise


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        yield connection
