"""How does memory that a step has let go come back before the next step asks for its own?"""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Let the C library give what is free back to the system, where it is one that keeps it (glibc).

    Arrays of some megabytes are taken from its heap, which otherwise stays as large as it ever was, beside whatever
    polars takes from a heap of its own. Nothing else changes.
    """
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
