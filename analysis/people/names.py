"""Which name was recorded, and which half-names are compatible with it?"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

TITLES = ("MR", "MRS", "MISS", "MS", "MX", "DR", "PROF", "REV", "SIR", "DAME")
# Letters that Unicode does not take apart into a plain letter and an accent.
_LETTERS = {"Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Æ": "AE", "Œ": "OE", "Þ": "TH"}


def names(texts: pl.Series, placeholders: Collection[str]) -> pl.DataFrame:
    """The normal form of each distinct name as read.

    Upper case, accents folded, apostrophes removed, other punctuation a space, titles dropped, words sorted:
    "Smith, Mr John" and "John Smith" are one name. A name made only of placeholder words is no name.
    A full name has two words or more of two letters or more; any other (an initial, half a name) is weak.

    Args:
        texts: names as read, String.
        placeholders: words that stand for a name that was not taken.

    Returns:
        `text`, `name` (null where no name), `surname` (what stands before a comma, else the last word), `is_full`;
        one row for each distinct text that is not null.
    """
    never = _normal(pl.Series("text", sorted(placeholders), dtype=pl.String))["name"].drop_nulls()
    frame = _normal(texts.drop_nulls().unique().rename("text"))
    is_nobody = pl.col("name").is_in(never.to_list()) | _only_words(never.filter(~never.str.contains(" ")))
    name = pl.when(~is_nobody & pl.col("name").str.contains(r"\p{L}")).then(pl.col("name"))
    return frame.with_columns(name=name).select(
        "text",
        "name",
        surname=pl.when(pl.col("name").is_not_null()).then(pl.col("surname")),
        is_full=(pl.col("name").str.count_matches(r"[\p{L}\p{N}]{2,}") >= 2).fill_null(False),
    )


def _normal(texts: pl.Series) -> pl.DataFrame:
    plain = (
        pl.col("text")
        .str.replace_all(r"['’‘`´ʼ]", "")
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        .str.to_uppercase()
        .str.replace_many(list(_LETTERS), list(_LETTERS.values()))
    )
    words = pl.col("words").str.split(" ")
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String}).with_columns(plain=plain)
    return frame.with_columns(
        words=_words(pl.col("plain")), family=_words(pl.col("plain").str.extract(r"^([^,]*),", 1))
    ).select(
        "text",
        name=pl.when(pl.col("words") != "").then(words.list.sort().list.join(" ")),
        surname=pl.when(pl.col("family") != "").then(pl.col("family").str.split(" ")).otherwise(words).list.last(),
    )


def _words(text: pl.Expr) -> pl.Expr:
    spaced = text.str.replace_all(r"[^\p{L}\p{N}]+", " ")
    untitled = spaced.str.replace_all(rf"\b(?:{'|'.join(TITLES)})\b", " ")
    return untitled.str.replace_all(r" +", " ").str.strip_chars(" ")


def _only_words(words: pl.Series) -> pl.Expr:
    if words.is_empty():
        return pl.lit(False)
    return pl.col("name").str.contains(rf"^(?:(?:{'|'.join(words)})(?: |$))+$")


def compatible(pairs: pl.DataFrame) -> pl.DataFrame:
    """Of the pairs `weak`, `full` (names in normal form), those where the weak name can be short for the full one.

    Every word of the weak name is a word of the full one or the initial of one, each of another word. A weak name
    holds at most one word that is not an initial, so this is: that word is in the full name, and the first letters
    of the weak name are among those of the full one, as often.
    """
    distinct = pairs.select("weak", "full").unique()
    every = pl.concat([distinct["weak"], distinct["full"]]).unique().rename("name")
    letters = (
        pl.DataFrame({"name": every, "word": every.str.split(" ")})
        .explode("word")
        .with_columns(letter=pl.col("word").str.slice(0, 1))
        .with_columns(letter=pl.col("letter") + pl.int_range(pl.len()).over("name", "letter").cast(pl.String))
        .group_by("name")
        .agg("letter")
    )
    padded = " " + pl.col("full") + " "
    found = (
        distinct.join(letters.rename({"name": "weak", "letter": "weak_letters"}), on="weak")
        .join(letters.rename({"name": "full", "letter": "full_letters"}), on="full")
        .with_columns(long=pl.col("weak").str.extract(r"([\p{L}\p{N}]{2,})", 1))
        .filter(pl.col("weak_letters").list.set_difference("full_letters").list.len() == 0)
        .filter(pl.col("long").is_null() | padded.str.contains(" " + pl.col("long") + " ", literal=True))
    )
    return pairs.join(found.select("weak", "full"), on=["weak", "full"], how="semi")
