"""Whose turn is it to build into this store? One build at a time; what one that was killed left behind is removed.

Two builds that both began with the last one would each give people their ids without knowing of the other, and none
of the two would be the one after the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import StoreError
from analysis.store import UNFINISHED

_LOCK = ".building.lock"


@contextmanager
def own_turn(store: Path, say: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Wait until nobody else builds into the store, and keep others waiting meanwhile.

    The system lets the turn go when the process ends, however it ends; so whatever is unfinished in the store then is
    of a build that was killed.

    Args:
        say: told that another build is waited for.

    Raises:
        StoreError: the store cannot be written.
    """
    lock = FileLock(store / _LOCK, mode=0o600)
    try:
        store.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            say("waiting for another build of this store to end")
            lock.acquire()
    except OSError as error:
        raise StoreError(
            f"{store}: cannot be written ({error.strerror}). Mend its rights, or name another --store."
        ) from error
    try:
        for left in store.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()
