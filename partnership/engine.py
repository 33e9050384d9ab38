"""How is a connection set up? SQLite's pragmas, how transactions begin, and database errors in plain words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from partnership.errors import DatabaseError
from partnership.writer_lock import LOCKED

BUSY_MILLISECONDS = 5000
_PRAGMAS = (
    f"busy_timeout = {BUSY_MILLISECONDS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "secure_delete = ON",
)
_MENDS = {
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_READONLY": "The database is read-only. Nothing was saved: let this account write the file and its folder.",
    "SQLITE_FULL": "The disk is full. Nothing was saved: free some space, then save again.",
    "SQLITE_IOERR": "The disk refused to read or write. Nothing was saved: check its space and health, then try again.",
    "SQLITE_CANTOPEN": "The database file cannot be opened. Check its folder and who may read it.",
    "SQLITE_NOTADB": "The file is not a database. Name another file, or restore a backup.",
    "SQLITE_CORRUPT": "The database is damaged. Restore the newest backup with `db restore`.",
    "SQLITE_PERM": "This account may not open the database. Let it read and write the file and its folder.",
}
_SAME_MOMENT = "Someone saved the same thing at the same moment. Nothing was saved: open it again and look."
_SERVER_MENDS = {
    "23505": _SAME_MOMENT,
    "40001": _SAME_MOMENT,
    "40P01": _SAME_MOMENT,
    "53100": _MENDS["SQLITE_FULL"],
    "25006": "The database server is read-only. Nothing was saved: connect to the primary.",
    "55P03": LOCKED,
}


def sqlite_engine(file: Path) -> Engine:
    """An engine on one SQLite file, created for the owner alone (mode 0600).

    Raises:
        DatabaseError: the folder is missing, or the file may not be opened.
    """
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        file.chmod(0o600)
    except PermissionError as error:
        # A file that can be read is still worth opening: a write then says that it is read-only.
        if not os.access(file, os.R_OK):
            raise DatabaseError(_MENDS["SQLITE_PERM"]) from error
    except OSError as error:
        raise DatabaseError(
            f"{file.name}: cannot be opened ({error.strerror}). Make its folder, let this account write there, or "
            f"correct REPEAT_DEMAND_DATABASE_URL."
        ) from error
    url = URL.create("sqlite", database=str(file))
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def server_engine(url: str) -> Engine:
    """An engine on PostgreSQL.

    Raises:
        DatabaseError: the driver is not installed.
    """
    try:
        return create_engine(url, hide_parameters=True, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise DatabaseError("The PostgreSQL driver is not installed: pip install 'psycopg[binary]'.") from error


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    # Without this the driver opens transactions of its own, and they would begin deferred.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    is_write = connection.get_execution_options().get("is_write", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if is_write else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a person can mend (locked, read-only, full, damaged) into a DatabaseError; let our bugs through."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        mend = _mend(error.orig if isinstance(error, DBAPIError) else error)
        if mend is None:
            raise
        raise DatabaseError(mend) from error


def _mend(error: BaseException | None) -> str | None:
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "")
        return next((mend for code, mend in _MENDS.items() if name.startswith(code)), None)
    return _SERVER_MENDS.get(getattr(error, "sqlstate", None) or "")
