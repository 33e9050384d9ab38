"""When are two addresses the same one, and which belong to a place that is left out?"""

from __future__ import annotations

import polars as pl

_BETWEEN_DIGITS = r"(\d)[^\p{L}\p{M}\p{N}\s]+(\d)"
_PUNCTUATION = r"[^\p{L}\p{M}\p{N}\s]+"
_IS_PLAIN = r"^[A-Z0-9]+(?: [A-Z0-9]+)*$"
_POSTCODE_IN_ONE = r"^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})$"


def address_key(frame: pl.DataFrame) -> pl.Series:
    """The key of each row's address: text, null where the row has neither UPRN nor address.

    With a UPRN it is `UPRN ` and the number without leading noughts; otherwise the address in upper case, without
    punctuation, with single spaces, followed by the postcode written the same way, with a space before its last three
    characters. Punctuation between two digits becomes a space, so that flat 1/2 is not flat 12. A postcode alone is no
    address.

    Args:
        frame: address, postcode, uprn, all text.
    """
    return address_columns(frame, frame.clear())["address_key"]


def is_address_of_place(frame: pl.DataFrame, places: pl.DataFrame) -> pl.Series:
    """True where a row's address is that of a listed place.

    Two UPRNs decide between themselves; where either side has none, the written addresses decide.

    Args:
        frame, places: each with address, postcode, uprn, all text.
    """
    return address_columns(frame, places)["is_address_of_place"]


def address_columns(frame: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Both of the above: `address_key`, `is_address_of_place`; each address is written in its plain form once."""
    listed, own = _written(places), _written(frame)
    texts = listed["text"].drop_nulls().unique()
    texts_without_uprn = listed.filter(pl.col("uprn").is_null())["text"].drop_nulls().unique()
    uprns = listed["uprn"].drop_nulls().unique()
    by_uprn = pl.col("uprn").is_in(uprns.implode())
    by_text = pl.col("text").is_in(texts.implode()) & pl.col("uprn").is_null()
    by_place_text = pl.col("text").is_in(texts_without_uprn.implode())
    found = (by_uprn | by_text | by_place_text).fill_null(False)
    return own.select(
        pl.coalesce("uprn", "text").alias("address_key"),
        found.alias("is_address_of_place"),
    )


def _written(frame: pl.DataFrame) -> pl.DataFrame:
    """The UPRN and the text of each row's address, both null where there is none."""
    digits = pl.col("uprn").str.strip_chars().str.strip_chars_start("0")
    postcode = _plain(frame["postcode"]).str.replace(_POSTCODE_IN_ONE, "$1 $2")
    parts = frame.select(_null_if_empty(digits).alias("uprn"), _plain(frame["address"]), postcode)
    whole = pl.concat_str("address", "postcode", separator=" ", ignore_nulls=True)
    text = pl.when(pl.col("address").is_not_null()).then(whole)
    return parts.select(("UPRN " + pl.col("uprn")).alias("uprn"), text.alias("text"))


def _plain(texts: pl.Series) -> pl.Series:
    """Upper case, no punctuation, single spaces; null where nothing is left."""
    upper = texts.str.to_uppercase()
    is_odd = ~upper.str.contains(_IS_PLAIN)
    if not is_odd.any():
        return upper
    odd = upper.filter(is_odd).alias("text").to_frame()
    spaced = pl.col("text")
    for _ in range(2):  # twice, for the middle of 1/2/3 belongs to two pairs
        spaced = spaced.str.replace_all(_BETWEEN_DIGITS, "$1 $2")
    bare = spaced.str.replace_all(_PUNCTUATION, "").str.replace_all(r"\s+", " ").str.strip_chars()
    # Each distinct text is written once.
    plain = odd.unique().with_columns(_null_if_empty(bare).alias("plain"))
    joined = odd.join(plain, on="text", how="left", maintain_order="left")
    return upper.scatter(is_odd.arg_true(), joined["plain"])


def _null_if_empty(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)
