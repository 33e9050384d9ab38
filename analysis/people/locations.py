"""Which home or scene does an address name, however it was written?"""

from __future__ import annotations

import polars as pl

# How the parts of an address are commonly shortened; a part written either way is the same part.
SHORT = {
    "ST": "STREET",
    "STR": "STREET",
    "RD": "ROAD",
    "AV": "AVENUE",
    "AVE": "AVENUE",
    "CL": "CLOSE",
    "CR": "CRESCENT",
    "CRES": "CRESCENT",
    "CT": "COURT",
    "DR": "DRIVE",
    "GDNS": "GARDENS",
    "GR": "GROVE",
    "GRV": "GROVE",
    "LN": "LANE",
    "PL": "PLACE",
    "SQ": "SQUARE",
    "TER": "TERRACE",
    "TERR": "TERRACE",
    "NTH": "NORTH",
    "STH": "SOUTH",
    "HSE": "HOUSE",
}
_UNIT_WORDS = r"\b(?:FLAT|FLT|FL|APARTMENT|APT|UNIT|ROOM|RM|NO|NUMBER)\b"
_NUMBERS = r"[0-9]+[A-Z]?\b"


def locations(said: pl.DataFrame) -> pl.DataFrame:
    """Each address as read, with the keys under which it is the same home as another.

    Two addresses are one home when any key is the same: the UPRN; all numbers (house and flat) with the postcode; or
    all numbers with the rest of the text, short forms written out. The last two need a number: a street is no home.

    Args:
        said: `address`, `postcode`, `uprn` as read, String; any of them null.

    Returns:
        The rows of `said` in their order with `by_uprn`, `by_number`, `by_text` (String, null
        where the address does not hold so much) and `area` (the postcode in plain form, null where not given).
    """
    return (
        said.select("address", "postcode", "uprn")
        .join(_taken_apart(said["address"]), on="address", how="left", nulls_equal=True, maintain_order="left")
        .join(_areas(said["postcode"]), on="postcode", how="left", maintain_order="left")
        .select(
            "address",
            "postcode",
            "uprn",
            by_uprn=pl.when(pl.col("uprn").str.strip_chars().str.contains(r"[1-9]")).then(
                "U" + pl.col("uprn").str.strip_chars().str.strip_chars_start("0")
            ),
            by_number=pl.concat_str("numbers", "area", separator="|"),
            by_text=pl.concat_str("numbers", "street", separator="|"),
            area="area",
        )
    )


def _areas(postcodes: pl.Series) -> pl.DataFrame:
    """Each distinct postcode with its `area`, null where it holds no figure."""
    area = pl.col("postcode").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    distinct = postcodes.drop_nulls().unique().to_frame("postcode")
    return distinct.with_columns(area=pl.when(area.str.contains(r"[0-9]")).then(area))


def _taken_apart(addresses: pl.Series) -> pl.DataFrame:
    """Each distinct address with its `numbers` in order (null for none) and its `street`, the rest of the text."""
    text = pl.col("address").str.to_uppercase().str.replace_all(r"['’.]", "")
    plain = text.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.replace_all(_UNIT_WORDS, " ").str.strip_chars(" ")
    distinct = addresses.unique().to_frame("address").with_columns(plain=plain)
    # To take out a list costs much, and most addresses have one number.
    several = distinct.filter(pl.col("plain").str.count_matches(_NUMBERS) > 1).select(
        "address", in_order=pl.col("plain").str.extract_all(_NUMBERS).list.sort().list.join(" ")
    )
    return distinct.join(several, on="address", how="left").select(
        "address",
        numbers=pl.coalesce("in_order", pl.col("plain").str.extract(_NUMBERS, 0)),
        street=(" " + pl.col("plain").str.replace_all(_NUMBERS, "") + " ")
        .str.replace_all(" +", " ")
        .str.replace_many([f" {short} " for short in SHORT], [f" {full} " for full in SHORT.values()]),
    )
