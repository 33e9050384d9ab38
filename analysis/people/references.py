"""Which reference stands for a text that must not be shown, and cannot be computed without the store's key?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import polars as pl

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
DIGITS = 10  # 50 bits
SEPARATOR = "\x1f"
_BITS = 5
_AT_ONCE = 65_536
_BLOCK_BYTES = 64
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))


def keyed_codes(prefix: str, texts: Iterable[str], *, key: bytes, digits: int = DIGITS) -> list[str]:
    """`prefix`, a hyphen and the first `digits` x 5 bits of HMAC-SHA256(key, prefix and text), one for each text."""
    return keyed_series(prefix, pl.Series(list(texts), dtype=pl.String), key=key, digits=digits).to_list()


def keyed_series(prefix: str, texts: pl.Series, *, key: bytes, digits: int = DIGITS) -> pl.Series:
    """The same of a column without nulls."""
    # So many at a time: the bytes and digests of each are many times as long as its code.
    parts = [_coded(prefix, some, key, digits) for some in texts.to_frame("text").iter_slices(_AT_ONCE)]
    return pl.concat([pl.Series(texts.name, [], dtype=pl.String), *(part.alias(texts.name) for part in parts)])


def _coded(prefix: str, texts: pl.DataFrame, key: bytes, digits: int) -> pl.Series:
    digests = _digests(key, f"{prefix}{SEPARATOR}".encode(), texts["text"].cast(pl.Binary).to_list())
    leading = np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(len(digests), -1)
    # The bits of a digit lie in one byte or in two that follow each other.
    byte, bit = np.divmod(np.arange(digits) * _BITS, 8)
    pairs = (leading[:, byte].astype(np.uint16) << 8) | leading[:, byte + 1]
    values = (pairs >> (16 - _BITS - bit).astype(np.uint16)) & (2**_BITS - 1)
    letters = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)[values]
    codes = np.ascontiguousarray(letters).view(f"S{digits}").ravel().tolist()
    return pl.select(pl.lit(f"{prefix}-") + pl.Series(codes, dtype=pl.Binary).cast(pl.String)).to_series()


def _digests(key: bytes, start: bytes, texts: list[bytes]) -> list[bytes]:
    """HMAC-SHA256 (RFC 2104) of `start` and each text; what depends on the key alone is hashed once, not every time."""
    block = hashlib.sha256(key).digest() if len(key) > _BLOCK_BYTES else key
    block = block.ljust(_BLOCK_BYTES, b"\0")
    inside = hashlib.sha256(block.translate(_INNER) + start)
    outside = hashlib.sha256(block.translate(_OUTER))
    digests = []
    for text in texts:
        inner, outer = inside.copy(), outside.copy()
        inner.update(text)
        outer.update(inner.digest())
        digests.append(outer.digest())
    return digests


def keyed_reference(prefix: str, text: pl.Series, *, key: bytes) -> pl.Series:
    """A reference such as `A-…` (address) or `T-…` (telephone) for each text; null for null.

    The same text has the same reference under the same key; under another key, or another prefix, another one.
    Computed once for each distinct text.
    """
    distinct = text.drop_nulls().unique(maintain_order=True)
    references = keyed_series(prefix, distinct, key=key)
    if len(distinct) == len(text):
        return references
    return references.gather(text.cast(pl.Enum(distinct)).to_physical()).alias(text.name)
