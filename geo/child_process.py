"""Can this file be read without harm to us? Runs a reader in a child process with limits.

A hostile or broken file can make a native reader abort, panic, loop or ask for all the memory there is; none of that
can be caught inside the process it happens in. The child is a fresh interpreter started by `subprocess`, not by
`multiprocessing`, whose spawn imports the parent's `__main__` again: under Streamlit that is the page's script.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, TypeVar

from geo.errors import ParseRefused

T = TypeVar("T")

_MEND = "open it in the program it came from, save it afresh, and try again"
_ANSWERED, _REFUSED, _RAISED = "answered", "refused", "raised"
# What a reader may need of our environment; keys and database addresses stay behind.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH", "POLARS_MAX_THREADS")
# Whose classes an answer may hold. A child that was taken over could otherwise name any callable in its pickle.
_OUR_PACKAGES = ("geo.", "analysis.")
_PLAIN_CLASSES = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("decimal", "Decimal"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy._core.numeric", "_frombuffer"),
    ("polars.dataframe.frame", "DataFrame"),
    ("polars.series.series", "Series"),
}


@dataclass(frozen=True)
class Limits:
    """What a reader may use: address space in bytes, processor seconds, seconds on the clock.

    The defaults are those measured in the security brief: 2 GB refused a legitimate workbook, 3 GB passed it. Memory
    and processor limits need Linux (or another Unix); the limit on the clock holds everywhere.
    """

    address_space_bytes: int = 4 * 1024**3
    cpu_seconds: int = 60
    wall_seconds: float = 90.0


READER_LIMITS = Limits()


def run_in_child(function: Callable[..., T], *arguments: object, limits: Limits = READER_LIMITS) -> T:
    """Call a module-level function in a child process and return its answer.

    The child has no standard input of ours, a folder for temporary files that is empty and its own, and a short
    environment. The answer may hold plain values, dates, polars frames, numpy arrays, and dataclasses and enums of
    `geo` and `analysis`; any other class in it is refused. Nothing the child prints is shown.

    Raises:
        ParseRefused: the child crashed, hung, ran out of memory or raised an error that is not of our packages. Where
            it happened stands in a note (file and line, never a value).
        GeoError, AnalysisError: as the function raised them, with the same text.
        ValueError: the function cannot be found by name from another process (a lambda, or one of `__main__`).
    """
    module, name = function.__module__, function.__qualname__
    if module == "__main__" or "." in name or "<" in name:
        raise ValueError(f"{module}.{name} cannot be found from a child process: use a module-level function")
    task = pickle.dumps((limits, module, name, pickle.dumps(arguments)))
    with tempfile.TemporaryDirectory(prefix="reader-", ignore_cleanup_errors=True) as folder:
        code, answer = _converse(task, Path(folder), limits)
    return _unpack(answer, code, limits)


def refused_about(refused: ParseRefused, subject: str) -> ParseRefused:
    """The same refusal with the file it is about in front; notes on where it happened are kept."""
    about = ParseRefused(f"{subject}: {refused}")
    for note in getattr(refused, "__notes__", ()):
        about.add_note(note)
    return about


def _converse(task: bytes, folder: Path, limits: Limits) -> tuple[int, bytes]:
    """Exit code and everything the child wrote; ParseRefused where it was still at work at the end of its time."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", "from geo.child_process import _serve; _serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        start_new_session=True,
    )
    try:
        answer, _ = process.communicate(task, timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        message = f"the file was not read within {limits.wall_seconds:g} seconds; {_MEND}"
        raise ParseRefused(message) from None
    finally:
        if process.poll() is None:
            _end(process)
    return process.returncode, answer


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    path = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    return kept | {"PYTHONPATH": path, "PYTHONUTF8": "1"} | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing behind: the child, and on Unix whatever it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def _unpack(answer: bytes, code: int, limits: Limits) -> Any:  # noqa: ANN401 - the function's own type
    if not answer:
        raise ParseRefused(f"{_ending(code, limits)}; {_MEND}")
    try:
        kind, content, where = _AnswerReader(io.BytesIO(answer)).load()
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, ImportError, IndexError) as error:
        raise ParseRefused(f"the reader gave an answer that is not allowed; {_MEND}") from error
    if kind == _ANSWERED:
        return content
    if kind == _RAISED:
        error_class, message = content
        raise error_class(message)
    refused = ParseRefused(f"the file could not be read ({content}); {_MEND}")
    refused.add_note(f"in the reader: {where}")
    raise refused


def _ending(code: int, limits: Limits) -> str:
    """What an exit without an answer means, in words."""
    if code == -getattr(signal, "SIGXCPU", 0) and code:
        return f"the file took more than {limits.cpu_seconds} seconds of processor time to read"
    return "the reader of the file crashed or ran out of memory, most likely on a damaged or hostile file"


class _AnswerReader(pickle.Unpickler):
    """Reads an answer without trusting it: only classes on the list, or our own classes, by their plain names."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _PLAIN_CLASSES:
            return super().find_class(module, name)
        if module.startswith(_OUR_PACKAGES) and "." not in name:
            found = getattr(importlib.import_module(module), name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError("a class that an answer may not hold")


# ---- the child's side ----


def _serve() -> None:
    """Read one task from standard input, run it, write its answer to what was standard output, and end."""
    limits, module, name, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nowhere, standard)
    _confine(limits)

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> NoReturn:
        # A hook rather than an except clause: a Rust panic is no Exception, and nothing may slip past.
        _write(out, _describe(kind, error, trace))
        os._exit(1)

    sys.excepthook = report
    function = getattr(importlib.import_module(module), name)
    _write(out, (_ANSWERED, function(*pickle.loads(arguments)), ""))  # noqa: S301 - our own parent wrote it
    os._exit(0)  # Not by way of exit handlers: the answer is complete, and a damaged library may abort in its own.


def _confine(limits: Limits) -> None:
    """Set the limits on this process; where the platform has none, the parent's clock is the only one."""
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_CPU: (limits.cpu_seconds, limits.cpu_seconds + 1),
        resource.RLIMIT_AS: (limits.address_space_bytes, limits.address_space_bytes),
    }
    for kind, (soft, hard) in wanted.items():
        _, allowed = resource.getrlimit(kind)
        if allowed != resource.RLIM_INFINITY:
            soft, hard = min(soft, allowed), min(hard, allowed)
        try:
            resource.setrlimit(kind, (soft, hard))
        except (ValueError, OSError):
            if sys.platform == "linux":  # elsewhere (macOS) a limit on address space may not exist
                raise


def _describe(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> tuple[str, object, str]:
    """An error as plain values: our own with its text, any other by its class alone, as its text may quote the file."""
    frames = traceback.extract_tb(trace)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"
    if kind.__module__.startswith(_OUR_PACKAGES):
        return _RAISED, (kind, str(error)), where
    if issubclass(kind, MemoryError):
        return _REFUSED, "more memory than allowed was asked for", where
    return _REFUSED, kind.__name__, where


def _write(out: io.BufferedWriter, answer: tuple[str, object, str]) -> None:
    out.write(pickle.dumps(answer, protocol=5))
    out.flush()
