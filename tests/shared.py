"""What is made once a run of the tests, by whichever process asks first?"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

_FOLDER = "REPEAT_DEMAND_TESTS_FOLDER"


def begin() -> None:
    """Make the folder that all processes share; called before any of them is started."""
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix="repeat-demand-tests-")


def end() -> None:
    """Remove it, when all have stopped."""
    shutil.rmtree(os.environ.pop(_FOLDER), ignore_errors=True)


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` filled, in this process or in another of the same run; nobody writes to it again."""
    folder = Path(os.environ[_FOLDER]) / name
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            making = folder.with_suffix(".making")
            make(making)
            making.rename(folder)
    return folder
