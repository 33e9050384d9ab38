"""What does the access log say? Who looked at which record, changed or disclosed what, when and why, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from zoneinfo import ZoneInfo

from dashboard.components.table import Table, TableColumn
from dashboard.sign_in import ROLE_WORDS
from dashboard.text import count, day, listing, moment, plural, sentence
from dashboard.view_models.history import DEED_WORDS
from partnership.access_log import LogLine
from partnership.vocabulary import Operation

OPERATION_WORDS: Mapping[Operation, str] = {
    Operation.COLLECTION: "taken in",
    Operation.ALTERATION: "changed",
    Operation.CONSULTATION: "looked at",
    Operation.DISCLOSURE: "disclosed",
    Operation.COMBINATION: "combined",
    Operation.ERASURE: "erased",
}
FILE_COLUMNS = ("row", "at", "name", "role", "agency", "operation", "record", "recipient", "purpose", "details")
_HEADINGS = ("When", "Who", "What was done", "Record", "To whom", "Why", "More")


@dataclass(frozen=True)
class LogView:
    """The entries, finished."""

    sentence: str
    table: Table


def log_view(
    lines: Sequence[LogLine],
    kinds: Mapping[Operation, int],
    days: tuple[date, date],
    agencies: Mapping[str, str],
    *,
    timezone: str,
) -> LogView:
    """Put entries into words.

    Args:
        lines: those to draw, the newest first.
        kinds: how many there are of each kind in all, the most first.
        days: the first and the last day asked for.
        agencies: code to name.
    """
    zone = ZoneInfo(timezone)
    return LogView(
        sentence=_said(kinds, days),
        table=Table(
            columns=tuple(map(TableColumn, _HEADINGS)),
            rows=tuple(
                (
                    moment(line.at.astimezone(zone)),
                    _who(line, agencies),
                    OPERATION_WORDS[line.operation],
                    line.subject_reference,
                    agencies.get(line.recipient or "", line.recipient or ""),
                    DEED_WORDS.get(line.purpose, line.purpose),
                    more_said(line),
                )
                for line in lines
            ),
            said="What was done with which record, by whom and why, the newest first",
        ),
    )


def file_row(line: LogLine) -> tuple[str | None, ...]:
    """An entry as a row of `FILE_COLUMNS`; times in UTC."""
    return (
        str(line.seq),
        line.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        line.actor_name,
        line.actor_role.value,
        line.actor_agency,
        line.operation.value,
        line.subject_reference,
        line.recipient,
        line.purpose,
        more_said(line),
    )


def more_said(line: LogLine) -> str:
    """What else was kept of an entry: "names of a list, people: 10, build: 1a2b3c4d"."""
    told = {name.replace("_", " "): str(value).replace("_", " ") for name, value in line.details.items()}
    what, build = told.pop("what", ""), told.pop("build", "")
    others = [f"{name}: {value}" for name, value in told.items()]
    return ", ".join([*([what] if what else []), *others, *([f"build: {build[:8]}"] if build else [])])


def _who(line: LogLine, agencies: Mapping[str, str]) -> str:
    agency = agencies.get(line.actor_agency or "", line.actor_agency or "")
    role = ROLE_WORDS.get(line.actor_role, line.actor_role.value)
    return ", ".join(part for part in (line.actor_name, role, agency) if part)


def _said(kinds: Mapping[Operation, int], days: tuple[date, date]) -> str:
    """How many, of which days, and of which kind."""
    first, last = days
    when = f"on {day(first)}" if first == last else f"from {day(first)} to {day(last)}"
    if not kinds:
        return f"Nothing was logged {when} that answers this."
    told = [f"{count(number)} {OPERATION_WORDS[kind]}" for kind, number in kinds.items()]
    return sentence(f"{plural(sum(kinds.values()), 'entry', 'entries')} {when}: {listing(told)}")
