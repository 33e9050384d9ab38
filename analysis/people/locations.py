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
    """Each distinct address as read, with the keys under which it is the same home as another.

    Two addresses are one home when any key is the same: the UPRN; all numbers (house and flat) with the postcode; or
    all numbers with the rest of the text, short forms written out. The last two need a number: a street is no home.

    Args:
        said: `address`, `postcode`, `uprn` as read, String; any of them null.

    Returns:
        One row for each distinct combination in `said`: these columns, `by_uprn`, `by_number`, `by_text` (String, null
        where the address does not hold so much) and `area` (the postcode in plain form, null where not given).
    """
    distinct = said.select("address", "postcode", "uprn").unique()
    plain = pl.col("address").str.to_uppercase().str.replace_all(r"['’.]", "").str.replace_all(r"[^\p{L}\p{N}]+", " ")
    area = pl.col("postcode").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    return (
        distinct.with_columns(
            plain=plain.str.replace_all(_UNIT_WORDS, " ").str.strip_chars(" "),
            area=pl.when(area.str.contains(r"[0-9]")).then(area),
        )
        .with_columns(
            numbers=pl.col("plain").str.extract_all(_NUMBERS).list.sort().list.join(" "),
            street=(" " + pl.col("plain").str.replace_all(_NUMBERS, "") + " ")
            .str.replace_all(" +", " ")
            .str.replace_many([f" {short} " for short in SHORT], [f" {full} " for full in SHORT.values()]),
        )
        .with_columns(has_number=(pl.col("numbers") != "").fill_null(False))
        .select(
            "address",
            "postcode",
            "uprn",
            by_uprn=pl.when(pl.col("uprn").str.strip_chars().str.contains(r"[1-9]")).then(
                "U" + pl.col("uprn").str.strip_chars().str.strip_chars_start("0")
            ),
            by_number=pl.when("has_number").then(pl.concat_str("numbers", "area", separator="|")),
            by_text=pl.when("has_number").then(pl.concat_str("numbers", "street", separator="|")),
            area="area",
        )
    )
