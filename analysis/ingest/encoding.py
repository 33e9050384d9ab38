"""How are a text file's bytes to be read? Always handed on as UTF-8 with LF or CRLF line ends."""

from __future__ import annotations

import codecs

_FALLBACK = "cp1252"
_AT_ONCE = 1 << 16


def to_utf8(data: bytes) -> bytes:
    """Bytes of a CSV as UTF-8 without a byte-order mark.

    A byte-order mark decides; without one, UTF-16 shows itself by its zero bytes. A line that is not valid UTF-8 is
    read as Windows-1252, the code page of older control-room systems, so that one accented name costs nothing.
    Lines ended by CR alone become lines ended by LF.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        data = data.decode("utf-32", "replace").encode("utf-8")
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode("utf-8")
    elif data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    elif wide := _wide_without_mark(data):
        data = data.decode(wide, "replace").encode("utf-8")
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    if data.isascii() or _is_utf8(data):
        return data
    return b"\n".join(_line(line) for line in data.split(b"\n"))


def _is_utf8(data: bytes) -> bool:
    """Some bytes at a time, so that the text is never held beside them."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _AT_ONCE):
            decoder.decode(data[start : start + _AT_ONCE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _line(line: bytes) -> bytes:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode(_FALLBACK, "replace").encode("utf-8")
    return line


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of the beginning is zero."""
    head = data[:4096]
    if len(head) < 4:
        return None
    pairs = len(head) // 2
    if head[1::2].count(0) > 0.7 * pairs and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * pairs and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None
