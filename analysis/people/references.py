"""Which reference stands for a text that must not be shown, and cannot be computed without the store's key?"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

import numpy as np
import polars as pl

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
DIGITS = 10  # 50 bits
SEPARATOR = "\x1f"
_BITS = 5


def keyed_codes(prefix: str, texts: Iterable[str], *, key: bytes, digits: int = DIGITS) -> list[str]:
    """`prefix`, a hyphen and the first `digits` x 5 bits of HMAC-SHA256(key, prefix and text), one for each text."""
    start = f"{prefix}{SEPARATOR}".encode()
    digests = [hmac.digest(key, start + text.encode(), "sha256") for text in texts]
    if not digests:
        return []
    leading = np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(len(digests), -1)[:, : -(-digits * _BITS // 8)]
    bits = np.unpackbits(leading, axis=1)
    weights = 2 ** np.arange(_BITS - 1, -1, -1, dtype=np.uint8)
    values = bits[:, : digits * _BITS].reshape(len(digests), digits, _BITS) @ weights
    letters = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)[values]
    return [f"{prefix}-{code.decode()}" for code in np.ascontiguousarray(letters).view(f"S{digits}").ravel().tolist()]


def keyed_reference(prefix: str, text: pl.Series, *, key: bytes) -> pl.Series:
    """A reference such as `A-…` (address) or `T-…` (telephone) for each text; null for null.

    The same text has the same reference under the same key; under another key, or another prefix, another one.
    Computed once for each distinct text.
    """
    distinct = text.drop_nulls().unique()
    references = pl.Series(keyed_codes(prefix, distinct.to_list(), key=key), dtype=pl.String)
    return text.replace_strict(distinct, references, default=None, return_dtype=pl.String)
