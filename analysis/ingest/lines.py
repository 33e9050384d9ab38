"""Where does each line of a CSV end, how many separators stand on it, and do its values need a second look?

A block of lines that fits the processor's own memory is looked at together, so that a file of any size costs no more
memory than its bytes and what is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

_TAB, _NEWLINE, _RETURN, _SPACE, _QUOTE, _DELETE = 9, 10, 13, 32, 34, 127
_BLOCK = 1 << 19
"""Bytes looked at together; it changes nothing that is found."""

Bytes: TypeAlias = NDArray[np.uint8]
Places: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

_LINE_END = np.array([_NEWLINE], dtype=np.uint8)


@dataclass(frozen=True)
class Lines:
    """The lines of a text.

    Attributes:
        ends: where each ends, without its line feed.
        marks: separators on each, those between quotation marks too.
        quotes: where quotation marks stand.
        is_printable: it is known that no value holds U+FFFD, or a control code but tabs and line ends.
        is_tidy: it is known that no value of one line begins or ends with space or is an empty text in quotation marks.
    """

    ends: Places
    marks: Places
    quotes: Places
    is_printable: bool
    is_tidy: bool


def find_lines(text: bytes, separator: int) -> Lines:
    """Look through a text once.

    Args:
        text: UTF-8, lines ended by LF or CRLF.
    """
    data = np.frombuffer(text, dtype=np.uint8)
    blocks = [_in_block(data[start:end], start, separator) for start, end in _blocks(text)]
    none = np.empty(0, dtype=np.int64)
    return Lines(
        np.concatenate([none, *(block.ends for block in blocks)]),
        np.concatenate([none, *(block.marks for block in blocks)]),
        np.concatenate([none, *(block.quotes for block in blocks)]),
        all(block.is_printable for block in blocks),
        all(block.is_tidy for block in blocks),
    )


def _blocks(text: bytes) -> Iterator[tuple[int, int]]:
    """Where each block of whole lines begins and ends."""
    start = 0
    while start < len(text):
        end = text.find(b"\n", start + _BLOCK) + 1 or len(text)
        yield start, end
        start = end


def _in_block(data: Bytes, start: int, separator: int) -> Lines:
    """The lines of one block, which begins at `start` in its text."""
    low, quotes = np.flatnonzero(data <= _SPACE), np.flatnonzero(data == _QUOTE)
    ends = low[data[low] == _NEWLINE]
    if data[-1] != _NEWLINE:
        ends = np.append(ends, data.size)
    wide = np.flatnonzero(data >= _DELETE)
    return Lines(
        ends + start,
        _counted(data == separator, np.append(0, ends[:-1] + 1)),
        quotes + start,
        not _is_odd(data[low]).any() and not _is_odd(data[wide]).any(),
        _is_tidy(data, separator, low, quotes) and not _has_wide_space(data, wide),
    )


def _counted(is_mark: Flags, begins: Places) -> Places:
    """How many marks stand from each place on, up to the next; the first place is the first of all."""
    few = np.add.reduceat(is_mark.view(np.uint8), begins, dtype=np.uint8).astype(np.int64)
    if few.sum() == np.count_nonzero(is_mark):
        return few
    # Somewhere stand 256 or more, which a byte cannot count.
    return np.add.reduceat(is_mark, begins, dtype=np.int64)


def _is_odd(code: Bytes) -> Flags:
    """A control code but tabs and line ends; or what begins U+FFFD, and few letters besides."""
    is_usual = (code == _TAB) | (code == _NEWLINE) | (code == _RETURN)
    return ((code < _SPACE) & ~is_usual) | (code == _DELETE) | (code == 0xEF)


def _is_edge(code: Bytes) -> Flags:
    return (code == _NEWLINE) | (code == _RETURN) | (code == _QUOTE)


def _is_tidy(data: Bytes, separator: int, low: Places, quotes: Places) -> bool:
    """Whether no space of ASCII stands beside what ends a value; a separator in quotation marks ends none."""
    code, padded = data[low], np.concatenate([_LINE_END, data, _LINE_END])
    before, after = padded[low], padded[low + 2]
    is_line_end = (code == _NEWLINE) | ((code == _RETURN) & (after == _NEWLINE))
    is_space = ~is_line_end & (code != separator)
    beside_separator = low[is_space & ((before == separator) | (after == separator))]
    return not (
        (is_space & (_is_edge(before) | _is_edge(after))).any()
        or (np.searchsorted(quotes, beside_separator) % 2 == 0).any()
        or (np.diff(quotes) == 1).any()
    )


def _has_wide_space(data: Bytes, wide: Places) -> bool:
    """Whether there may be a space beyond ASCII: U+0085, U+00A0, or one of U+1680 to U+3000."""
    lead, following = data[wide], data[np.minimum(wide + 1, data.size - 1)]
    return bool((((lead >= 0xE1) & (lead <= 0xE3)) | ((lead == 0xC2) & (following <= 0xA0))).any())
