"""Which records does a CSV hold, on which line does each start, and which lack the header's shape?

One pass over the bytes finds every record end outside quotation marks and counts the separators of each record. A
file whose quotation marks do not pair up is read again, record by record, so that one bad record costs one line and
not the rest of the file.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.ingest.lines import find_lines
from analysis.ingest.values import may_stand_in

_NEWLINE, _RETURN = 10, 13
_SEPARATORS = ",;\t|"
_LONGEST_RECORD_LINES = 200


@dataclass(frozen=True)
class Structure:
    """A CSV taken apart.

    Attributes:
        header: column names as written.
        separator: one character.
        body: UTF-8 bytes of the well-shaped records, behind lines to be skipped.
        skipped: so many lines, the header's.
        lines: physical line where each record of `body` starts; the header is on line 1.
        misshapen: physical lines of records that do not have the header's number of fields.
        is_printable, is_tidy: what is known of every value; see `analysis.ingest.values.Reading`.
    """

    header: tuple[str, ...]
    separator: str
    body: bytes
    skipped: int
    lines: NDArray[np.int64]
    misshapen: NDArray[np.int64]
    is_printable: bool = False
    is_tidy: bool = False


@dataclass(frozen=True)
class _Records:
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lines: NDArray[np.int64]
    fields: NDArray[np.int64]
    is_printable: bool
    is_tidy: bool


def take_apart(text: bytes) -> Structure | None:
    """Find the records of a CSV.

    Args:
        text: UTF-8 without a byte-order mark, lines ended by LF or CRLF.

    Returns:
        The structure, or None where there is no header at all.
    """
    separator = _separator(text)
    records = _scan(text, ord(separator))
    if records is None:
        return _record_by_record(text, separator)
    if len(records.starts) == 0:
        return None
    header = _fields(text[records.starts[0] : records.ends[0]], separator)
    well_shaped = records.fields[1:] == len(header)
    starts, ends, lines = records.starts[1:], records.ends[1:], records.lines[1:]
    if well_shaped.all() and len(starts) and len(text) <= ends[-1] + 1 and (starts[1:] == ends[:-1] + 1).all():
        body, skipped = text, int(lines[0]) - 1
    else:
        body, skipped = _without(text, starts, ends, well_shaped), 0
    return Structure(
        header, separator, body, skipped, lines[well_shaped], lines[~well_shaped], records.is_printable, records.is_tidy
    )


def _separator(text: bytes) -> str:
    first_line = next((line for line in text[:65536].splitlines() if line.strip()), b"").decode("utf-8", "replace")
    return max(_SEPARATORS, key=lambda mark: (first_line.count(mark), -_SEPARATORS.index(mark)))


def _fields(record: bytes, separator: str) -> tuple[str, ...]:
    rows = list(csv.reader(io.StringIO(record.decode("utf-8"), newline=""), delimiter=separator))
    return tuple(name.strip() for name in rows[0])


def _scan(text: bytes, separator: int) -> _Records | None:
    """Every record that is not blank, or None where a quotation mark is out of place."""
    data = np.frombuffer(text, dtype=np.uint8)
    found = find_lines(text, separator)
    quotes, marks = found.quotes, found.marks
    if quotes.size and not _quotes_pair_up(data, quotes, separator):
        return None
    last_lines = np.flatnonzero(np.searchsorted(quotes, found.ends) % 2 == 0)
    ends = found.ends[last_lines]
    starts, first_lines = np.append(0, ends + 1)[:-1], np.append(0, last_lines + 1)[:-1]
    if quotes.size:
        marks = np.add.reduceat(marks, first_lines)
        np.subtract.at(marks, np.searchsorted(ends, quotes[::2]), _counted_between(data, separator, quotes))
    length = ends - starts
    keep = (length > 1) | ((length == 1) & (data[np.minimum(starts, max(data.size - 1, 0))] != _RETURN))
    return _Records(
        starts[keep],
        ends[keep],
        first_lines[keep] + 1,
        marks[keep] + 1,
        found.is_printable and not may_stand_in(text),
        found.is_tidy and len(ends) == len(found.ends),
    )


def _counted_between(data: NDArray[np.uint8], mark: int, quotes: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many marks stand between each quotation mark that opens and the one that closes."""
    opening, length = quotes[::2], quotes[1::2] - quotes[::2]
    first = np.cumsum(length) - length
    inside = np.repeat(opening - first, length) + np.arange(length.sum())
    return np.add.reduceat(data[inside] == mark, first, dtype=np.int64)


def _quotes_pair_up(data: NDArray[np.uint8], quotes: NDArray[np.int64], separator: int) -> bool:
    """Whether every quotation mark opens a field, closes one, or stands doubled inside one."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    # A mark that closes and one that opens right behind it are a doubled mark inside a field.
    is_doubled = opening[1:] == closing[:-1] + 1
    before = data[opening - 1]
    opens = (opening == 0) | (before == separator) | (before == _NEWLINE)
    opens[1:] |= is_doubled
    after = data[np.minimum(closing + 1, data.size - 1)]
    closes = (closing == data.size - 1) | (after == separator) | (after == _NEWLINE) | (after == _RETURN)
    closes[:-1] |= is_doubled
    return bool(opens.all() and closes.all())


def _without(text: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64], well_shaped: NDArray[np.bool_]) -> bytes:
    """The bytes of the well-shaped records; runs that follow each other are copied together."""
    if len(starts) == 0:
        return b""
    adjoins = np.concatenate([[False], starts[1:] == ends[:-1] + 1])
    begins_run = well_shaped & ~(adjoins & np.concatenate([[False], well_shaped[:-1]]))
    ends_run = well_shaped & ~np.concatenate([(adjoins & well_shaped)[1:], [False]])
    runs = zip(starts[begins_run].tolist(), ends[ends_run].tolist(), strict=True)
    return b"\n".join(text[start:end] for start, end in runs)


def _record_by_record(text: bytes, separator: str) -> Structure | None:
    """Strict reading with recovery: a record that cannot be read costs its first line only."""
    physical = text.decode("utf-8").split("\n")
    header: tuple[str, ...] | None = None
    body = io.StringIO(newline="")
    writer = csv.writer(body, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    lines: list[int] = []
    misshapen: list[int] = []
    position = 0
    while position < len(physical):
        if not physical[position].rstrip("\r"):
            position += 1
            continue
        fields, taken = _one_record(physical, position, separator)
        if header is None:
            header = tuple(name.strip() for name in fields or ())
        elif fields is None or len(fields) != len(header):
            misshapen.append(position + 1)
        else:
            writer.writerow(fields)
            lines.append(position + 1)
        position += taken
    if not header:
        return None
    return Structure(
        header,
        separator,
        body.getvalue().encode("utf-8").rstrip(b"\n"),
        0,
        np.array(lines, dtype=np.int64),
        np.array(misshapen, dtype=np.int64),
    )


def _one_record(physical: list[str], position: int, separator: str) -> tuple[list[str] | None, int]:
    """The fields of the record that starts on a line, and how many lines it takes; None where it cannot be read."""
    record = physical[position].rstrip("\r")
    for taken in range(1, _LONGEST_RECORD_LINES + 1):
        fields = _strict_fields(record, separator)
        if fields is not None:
            return fields, taken
        if _is_broken(record, separator) or position + taken >= len(physical):
            break
        record += "\n" + physical[position + taken].rstrip("\r")
    return None, 1


def _strict_fields(record: str, separator: str) -> list[str] | None:
    """Fields of one record, or None where a quoted field is not closed or text follows its end."""
    fields: list[str] = []
    at = 0
    while True:
        if record.startswith('"', at):
            end = _closing(record, at)
            if end is None or (end + 1 < len(record) and record[end + 1] != separator):
                return None
            fields.append(record[at + 1 : end].replace('""', '"'))
            at = end + 1
        else:
            end = record.find(separator, at)
            end = len(record) if end < 0 else end
            fields.append(record[at:end])
            at = end
        if at >= len(record):
            return fields
        at += 1


def _closing(record: str, opening: int) -> int | None:
    at = opening + 1
    while True:
        at = record.find('"', at)
        if at < 0:
            return None
        if record.startswith('""', at):
            at += 2
            continue
        return at


def _is_broken(record: str, separator: str) -> bool:
    """Whether no further line can mend the record: text follows the end of a quoted field."""
    at = 0
    while at < len(record):
        if record[at] == '"':
            end = _closing(record, at)
            if end is None:
                return False
            if end + 1 < len(record) and record[end + 1] != separator:
                return True
            at = end + 1
        else:
            end = record.find(separator, at)
            if end < 0:
                return False
            at = end
        at += 1
    return False
