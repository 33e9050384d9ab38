"""How long did it take and how much memory at its peak? Each measurement in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Step:
    """A step's wall and processor seconds, and the process's peak memory in MB when it ended."""

    name: str
    seconds: float
    processor_seconds: float
    peak_mb: float


class Stopwatch:
    """Collects the steps of one process; a step ends when the next begins, in whatever thread."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._lock = threading.RLock()
        self._name: str | None = None
        self._wall = time.perf_counter()
        self._processor = time.process_time()

    def begin(self, name: str) -> None:
        """End the step that runs and begin another."""
        with self._lock:
            self.end()
            self._name, self._wall, self._processor = name, time.perf_counter(), time.process_time()

    def end(self) -> None:
        """End the step that runs."""
        if self._name is not None:
            wall, processor = time.perf_counter() - self._wall, time.process_time() - self._processor
            self.steps.append(Step(self._name, wall, processor, peak_mb()))
            self._name = None


def peak_mb() -> float:
    """Peak resident memory of this process so far, MB.

    Linux tells it for the process since it was started; the portable figure may be that of the process that
    started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def in_a_process(module: str, *words: str) -> list[Step]:
    """Run `python -m module words…`, which prints its steps as JSON on its last line."""
    done = subprocess.run([sys.executable, "-m", module, *words], check=True, capture_output=True, text=True)
    return [Step(**step) for step in json.loads(done.stdout.splitlines()[-1])]


def report(run: Callable[[Stopwatch], None]) -> None:
    """Run something under a stopwatch and print its steps as JSON."""
    watch = Stopwatch()
    run(watch)
    watch.end()
    print(json.dumps([vars(step) for step in watch.steps]))
