"""Which telephone number was recorded, in the one international form?"""

from __future__ import annotations

from collections.abc import Collection

import phonenumbers
import polars as pl

REGION = "GB"
_DIGITS = r"^[^0-9+(]*([0-9+(][0-9+()\s.\-/]*)"
_PUNCTUATION = r"[\s().\-/]"
_PLAIN = r"^(?:(?:\+44|0044)0?|0)([1-9][0-9]{8,9})$"
_PLAIN_WITHOUT_PLUS = r"^44([1-9][0-9]{9})$"


def telephones(texts: pl.Series, withheld_words: Collection[str]) -> pl.DataFrame:
    """The number in E.164 of each distinct text as read.

    A text is nobody's number (null) when it is one of the withheld words, is no possible number, is a number of
    the local exchange only (it names no one line), or repeats a single digit. Numbers are asked to be possible and
    not valid: the ranges kept for drama are possible and "invalid". What follows the first letter after the digits
    (an extension, a remark) is left out. Plain British numbers are read by a regular expression; the rest, one by
    one, by `phonenumbers`.

    Args:
        texts: numbers as read, String.
        withheld_words: words that stand for a number that was withheld or not taken.

    Returns:
        `text`, `phone`: one row for each distinct text that is not null.
    """
    text = pl.col("text")
    words = [word.upper() for word in withheld_words]
    upper = text.str.to_uppercase().str.replace_all(r"\s+", " ").str.strip_chars()
    distinct = (
        pl.DataFrame({"text": texts.drop_nulls().unique()}, schema={"text": pl.String})
        .with_columns(digits=pl.when(~upper.is_in(words)).then(text.str.replace(r"\.0$", "").str.extract(_DIGITS, 1)))
        .with_columns(compact=pl.col("digits").str.replace_all(_PUNCTUATION, ""))
        .with_columns(
            phone="+44"
            + pl.coalesce(
                pl.col("compact").str.extract(_PLAIN, 1), pl.col("compact").str.extract(_PLAIN_WITHOUT_PLUS, 1)
            )
        )
    )
    unusual = distinct.filter(pl.col("phone").is_null() & pl.col("digits").is_not_null()).select("text", "digits")
    read = pl.DataFrame(
        {"text": unusual["text"], "unusual": [read_unusual(digits) for digits in unusual["digits"]]},
        schema={"text": pl.String, "unusual": pl.String},
    )
    phone = pl.coalesce("phone", "unusual")
    return distinct.join(read, on="text", how="left").select(
        "text", phone=pl.when(~_repeats_one_digit(phone)).then(phone)
    )


def read_unusual(digits: str) -> str | None:
    """The number in E.164 by `phonenumbers`, in Great Britain unless it says otherwise; null if not possible."""
    try:
        number = phonenumbers.parse(digits, REGION)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _repeats_one_digit(phone: pl.Expr) -> pl.Expr:
    # The regular expressions of polars have no back-reference: ten alternatives, after the British code or alone.
    return phone.str.contains(r"^\+(?:44)?(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$")
