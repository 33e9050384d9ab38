"""Who may write to the SQLite file now? One writer at a time, over threads and processes.

SQLite before 3.51.3 can damage a write-ahead log when two connections write or checkpoint at the same moment
(fixed in 3.51.3, https://sqlite.org/wal.html), so there the database is written by one holder of this lock.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from partnership.errors import DatabaseError

FIRST_SAFE_VERSION = (3, 51, 3)
_RETRY_SECONDS = 0.002
LOCKED = "The database is being written by someone else. Nothing was saved: wait a moment and save again."


def needs_one_writer(sqlite_version: tuple[int, ...]) -> bool:
    """Whether this SQLite must not have two writers at once."""
    return sqlite_version < FIRST_SAFE_VERSION


class WriterLock:
    """A lock within the process (fair enough for threads) and a locked file beside the database (for processes)."""

    def __init__(self, database_file: Path, *, timeout_seconds: float) -> None:
        """Prepare the lock; nothing is opened yet."""
        self._file = database_file.with_name(database_file.name + ".lock")
        self._timeout_seconds = timeout_seconds
        self._within_process = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            DatabaseError: another writer held it for the whole time allowed.
        """
        give_up_at = time.monotonic() + self._timeout_seconds
        if not self._within_process.acquire(timeout=self._timeout_seconds):
            raise DatabaseError(LOCKED)
        try:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                while not _try_lock(descriptor):
                    if time.monotonic() >= give_up_at:
                        raise DatabaseError(LOCKED)
                    time.sleep(_RETRY_SECONDS)
                yield
            finally:
                os.close(descriptor)
        except PermissionError as error:
            raise DatabaseError(
                f"{self._file.name}: cannot be written beside the database. Allow this account to write in its folder."
            ) from error
        finally:
            self._within_process.release()


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
