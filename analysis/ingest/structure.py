"""Which records does a CSV hold, on which line does each start, and which lack the header's shape?

One pass over the bytes with numpy finds every record end outside quotation marks and counts the separators of each
record. A file whose quotation marks do not pair up is read again, record by record, so that one bad record costs
one line and not the rest of the file.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_TAB, _NEWLINE, _RETURN, _SPACE, _QUOTE = 9, 10, 13, 32, 34
_SEPARATORS = ",;\t|"
_LONGEST_RECORD_LINES = 200


@dataclass(frozen=True)
class Structure:
    """A CSV taken apart.

    Attributes:
        header: column names as written.
        separator: one character.
        body: UTF-8 bytes of the well-shaped records, without the header.
        lines: physical line where each record of `body` starts; the header is on line 1.
        misshapen: physical lines of records that do not have the header's number of fields.
    """

    header: tuple[str, ...]
    separator: str
    body: bytes
    lines: NDArray[np.int64]
    misshapen: NDArray[np.int64]

    def is_printable(self) -> bool:
        """Whether no value can hold a character that is not to be printed: no control codes but tabs and line ends."""
        if b"\x7f" in self.body:
            return False
        data = np.frombuffer(self.body, dtype=np.uint8)
        usual = [mark for mark in (_NEWLINE, _RETURN, _TAB) if bytes([mark]) in self.body]
        return np.count_nonzero(data < _SPACE) == sum(np.count_nonzero(data == mark) for mark in usual)


@dataclass(frozen=True)
class _Records:
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lines: NDArray[np.int64]
    fields: NDArray[np.int64]


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
    body = _without(text, starts, ends, well_shaped)
    return Structure(header, separator, body, lines[well_shaped], lines[~well_shaped])


def _separator(text: bytes) -> str:
    first_line = next((line for line in text[:65536].splitlines() if line.strip()), b"").decode("utf-8", "replace")
    return max(_SEPARATORS, key=lambda mark: (first_line.count(mark), -_SEPARATORS.index(mark)))


def _fields(record: bytes, separator: str) -> tuple[str, ...]:
    rows = list(csv.reader(io.StringIO(record.decode("utf-8"), newline=""), delimiter=separator))
    return tuple(name.strip() for name in rows[0])


def _scan(text: bytes, separator: int) -> _Records | None:
    """Every record that is not blank, or None where a quotation mark is out of place."""
    data = np.frombuffer(text, dtype=np.uint8)
    if data.size == 0:
        return _Records(*(np.empty(0, dtype=np.int64) for _ in range(4)))
    quotes = np.flatnonzero(data == _QUOTE) if b'"' in text else np.empty(0, dtype=np.int64)
    if quotes.size and not _quotes_pair_up(data, quotes, separator):
        return None
    newlines = np.flatnonzero(data == _NEWLINE)
    is_end = np.searchsorted(quotes, newlines) % 2 == 0
    ends, following = newlines[is_end], np.flatnonzero(is_end) + 2
    if data[-1] != _NEWLINE:
        ends, following = np.append(ends, data.size), np.append(following, newlines.size + 2)
    starts = np.append(0, ends[:-1] + 1)
    lines = np.append(1, following[:-1])
    is_mark = data == separator
    separators = _counted(is_mark, starts)
    if quotes.size:
        np.subtract.at(separators, np.searchsorted(ends, quotes[::2]), _counted_between(is_mark, quotes))
    length = ends - starts
    is_blank = (length == 0) | ((length == 1) & (data[np.minimum(starts, data.size - 1)] == _RETURN))
    keep = ~is_blank
    return _Records(starts[keep], ends[keep], lines[keep], separators[keep] + 1)


def _counted(is_mark: NDArray[np.bool_], begins: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many marks stand from each place on, up to the next; the first place is the first of all."""
    few = np.add.reduceat(is_mark.view(np.uint8), begins, dtype=np.uint8).astype(np.int64)
    if few.sum() == np.count_nonzero(is_mark):
        return few
    # Somewhere stand 256 or more, which a byte cannot count.
    return np.add.reduceat(is_mark, begins, dtype=np.int64)


def _counted_between(is_mark: NDArray[np.bool_], quotes: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many marks stand between each quotation mark that opens and the one that closes."""
    opening, length = quotes[::2], quotes[1::2] - quotes[::2]
    first = np.cumsum(length) - length
    inside = np.repeat(opening - first, length) + np.arange(length.sum())
    return np.add.reduceat(is_mark[inside], first, dtype=np.int64)


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
    """The bytes of the well-shaped records; runs that follow each other are copied at once."""
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
