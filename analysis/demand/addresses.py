"""When are two addresses the same one, and which belong to a place that is left out?"""

from __future__ import annotations

import polars as pl

_BETWEEN_DIGITS = r"(\d)[^\p{L}\p{M}\p{N}\s]+(\d)"
_PUNCTUATION = r"[^\p{L}\p{M}\p{N}\s]+"


def address_key(frame: pl.DataFrame) -> pl.Series:
    """The key of each row's address: text, null where the row has neither UPRN nor address.

    With a UPRN it is `UPRN ` and the number without leading noughts; otherwise the address in upper case, without
    punctuation, with single spaces, followed by the postcode written the same way. Punctuation between two digits
    becomes a space, so that flat 1/2 is not flat 12. A postcode alone is no address.

    Args:
        frame: address, postcode, uprn, all text.
    """
    return frame.select(pl.coalesce(_uprn(), _text()).alias("address_key")).to_series()


def is_address_of_place(frame: pl.DataFrame, places: pl.DataFrame) -> pl.Series:
    """True where a row's address is that of a listed place.

    Two UPRNs decide between themselves; where either side has none, the written addresses decide.

    Args:
        frame, places: each with address, postcode, uprn, all text.
    """
    listed = places.select(_uprn().alias("uprn"), _text().alias("text"))
    texts = listed["text"].drop_nulls().unique()
    texts_without_uprn = listed.filter(pl.col("uprn").is_null())["text"].drop_nulls().unique()
    uprns = listed["uprn"].drop_nulls().unique()
    own = frame.select(_uprn().alias("uprn"), _text().alias("text"))
    by_uprn = pl.col("uprn").is_in(uprns.implode())
    by_text = pl.col("text").is_in(texts.implode()) & pl.col("uprn").is_null()
    by_place_text = pl.col("text").is_in(texts_without_uprn.implode())
    found = (by_uprn | by_text | by_place_text).fill_null(False)
    return own.select(found.alias("is_address_of_place")).to_series()


def _uprn() -> pl.Expr:
    digits = pl.col("uprn").str.strip_chars().str.strip_chars_start("0")
    return "UPRN " + _null_if_empty(digits)


def _text() -> pl.Expr:
    address = _null_if_empty(_plain("address"))
    postcode = _null_if_empty(_plain("postcode"))
    return pl.when(postcode.is_null()).then(address).otherwise(address + " " + postcode)


def _plain(column: str) -> pl.Expr:
    spaced = pl.col(column).str.to_uppercase().str.replace_all(_BETWEEN_DIGITS, "$1 $2")
    bare = spaced.str.replace_all(_BETWEEN_DIGITS, "$1 $2").str.replace_all(_PUNCTUATION, "")
    return bare.str.replace_all(r"\s+", " ").str.strip_chars()


def _null_if_empty(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)
