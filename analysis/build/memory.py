"""How does memory that a step has let go come back before the next step asks for its own?

Both functions speak to the C library where it is glibc, and do nothing elsewhere.
"""

from __future__ import annotations

import ctypes
import sys

_MOST_HEAPS = -8  # M_ARENA_MAX of mallopt(3)


def share_one_heap() -> None:
    """Let every thread take from one heap, so that another can have what one lets go; else each keeps its own."""
    _tell("mallopt", _MOST_HEAPS, 1)


def give_back() -> None:
    """Let the C library give what is free back to the system.

    Arrays of some megabytes are taken from its heap, which otherwise stays as large as it ever was, beside whatever
    polars takes from a heap of its own. Nothing else changes.
    """
    _tell("malloc_trim", 0)


def _tell(name: str, *words: int) -> None:
    told = getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
    if told is not None:
        told(*words)
