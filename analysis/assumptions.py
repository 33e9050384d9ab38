"""Which judgements does the analysis rest on? Every one is a value in `assumptions.toml`."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from analysis.errors import AnalysisError

DEFAULT_FILE = Path(__file__).with_name("assumptions.toml")

Value = int | float | str | list[str] | list[int]


@dataclass(frozen=True)
class Assumption:
    """One judgement: its value, and why it is what it is."""

    name: str
    value: Value
    unit: str
    reason: str
    source: str
    owner: str
    review_date: date


@dataclass(frozen=True)
class Assumptions:
    """Every judgement of a build, by name."""

    entries: tuple[Assumption, ...]

    @cached_property
    def _by_name(self) -> dict[str, Assumption]:
        return {entry.name: entry for entry in self.entries}

    @cached_property
    def fingerprint(self) -> str:
        """A hash of every value; it is in each build's manifest."""
        values = {entry.name: entry.value for entry in self.entries}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]

    def whole(self, name: str) -> int:
        """A whole number, such as a count of contacts or of weeks."""
        value = self._by_name[name].value
        assert isinstance(value, int), name
        return value

    def number(self, name: str) -> float:
        """A measured number, in the unit the entry names."""
        value = self._by_name[name].value
        assert isinstance(value, int | float), name
        return float(value)

    def wholes(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers, in the order they are written."""
        value = self._by_name[name].value
        assert isinstance(value, list), name
        return tuple(int(item) for item in value)

    def text(self, name: str) -> str:
        """A name or a sentence."""
        value = self._by_name[name].value
        assert isinstance(value, str), name
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of words."""
        value = self._by_name[name].value
        assert isinstance(value, list), name
        return tuple(str(item) for item in value)


def load(file: Path = DEFAULT_FILE) -> Assumptions:
    """Read the assumptions.

    Raises:
        AnalysisError: the file cannot be read, or an entry lacks its unit, reason, source, owner or review date.
    """
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise AnalysisError(f"{file.name}: cannot be read ({error}). Restore the file from the project.") from error
    entries = []
    for name, entry in raw.items():
        missing = {"value", "unit", "reason", "source", "owner", "review_date"} - set(entry)
        if missing:
            raise AnalysisError(f"{file.name}: [{name}] lacks {', '.join(sorted(missing))}. Add it.")
        entries.append(Assumption(name=name, **entry))
    return Assumptions(tuple(entries))
