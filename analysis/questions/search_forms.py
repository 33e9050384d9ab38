"""In which forms is a number, an address or a name looked up, so that any way of writing it finds the same person?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from analysis.people.names import names
from analysis.people.words import name_groups

PHONE_DIGITS = 9
"""The last digits of a number: the same with and without country code, area nought or brackets."""
_FEWEST_DIGITS = 7
_POSTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
_HOUSE = r"(?:^|.* )([0-9]+[A-Z]? .*)$"
# What sounds alike, most particular first; a double letter counts once, and vowels only where a word begins.
_SOUNDS = (
    (r"^(?:KN|GN|PN)", "N"),
    (r"^WR", "R"),
    (r"^(?:PS|SCH|X)", "S"),
    (r"PH", "F"),
    (r"GH", ""),
    (r"MP([ST])", "M$1"),
    (r"(?:CK|KH|QU|Q)", "K"),
    (r"C([EIY])", "S$1"),
    (r"(?:CH|SCH|SH)", "S"),
    (r"[CG]", "K"),
    (r"X", "KS"),
    (r"Z", "S"),
    (r"V", "F"),
    (r"D", "T"),
    (r"B", "P"),
    (r"^[AEIOUY]", "1"),
    (r"[AEIOUYHW]", ""),
)


class SearchKind(StrEnum):
    """By what somebody was found."""

    NUMBER = "number"
    POSTCODE = "postcode"
    ADDRESS = "address"
    NAME = "name"
    REFERENCE = "reference"
    INCIDENT = "incident"


@dataclass(frozen=True)
class Sought:
    """What a typed text may mean: each kind with its key in the form it is stored under. Never logged."""

    number: str | None = None
    postcode: str | None = None
    address: str | None = None
    words: tuple[str, ...] = ()
    reference: str | None = None
    incident: str | None = None

    @property
    def kinds(self) -> tuple[SearchKind, ...]:
        """What is looked for; says nothing of what was typed."""
        given = (self.number, self.postcode, self.address, self.words, self.reference, self.incident)
        order = ("number", "postcode", "address", "name", "reference", "incident")
        return tuple(SearchKind(kind) for kind, value in zip(order, given, strict=True) if value)


def sought(typed: str) -> Sought:
    """Read what was typed: one text can be several things, and is then looked up as each of them.

    A postcode at the end of an address narrows it. A street alone is not looked up: it would find too many.
    """
    text = " ".join(typed.upper().split())
    if not text:
        return Sought()
    if re.fullmatch(r"P-[0-9A-Z]+", text):
        return Sought(reference=text)
    digits = re.sub(r"[^0-9]", "", text)
    is_number = len(digits) >= _FEWEST_DIGITS and not re.search(r"[A-Z]", text)
    found = re.search(rf"(?:^|[ ,]){_POSTCODE}$", text)
    postcode = found.group().strip(" ,").replace(" ", "") if found else None
    rest = text[: found.start()] if found else text
    address = plain_addresses(pl.Series([rest]))[0]
    is_address = bool(re.search(r"[0-9].*[A-Z]|[A-Z].*[0-9]", address)) and " " in address
    name = rest if not postcode and not re.search(r"[0-9]", rest) else ""
    return Sought(
        number=digits[-PHONE_DIGITS:] if is_number else None,
        postcode=postcode,
        address=address if is_address else None,
        words=name_words(name),
        incident=text if re.search(r"[0-9]", text) and not found and " " not in text else None,
    )


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name as they are stored; initials only where there is nothing else."""
    normal = names(pl.Series([name], dtype=pl.String), ())["name"]
    words = (normal[0] or "").split() if len(normal) else []
    return tuple(dict.fromkeys(word for word in words if len(word) > 1)) or tuple(dict.fromkeys(words))


def sounds(words: pl.Series) -> pl.Series:
    """A code for each word in upper case that is the same for words which sound alike: a simplified Metaphone.

    Consonants by where they are spoken, vowels only at the beginning: Mohammed and Muhamad, Smith and Smyth,
    Catherine and Kathryn. Source: after L. Philips, "Hanging on the Metaphone", Computer Language 7 (12), 1990.
    """
    code = pl.col("word")
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        code = code.str.replace_all(f"{letter}{letter}+", letter)
    for heard, written in _SOUNDS:
        code = code.str.replace_all(heard, written)
    return words.alias("word").to_frame().select(code.alias(words.name)).to_series()


def variants(word: str) -> frozenset[str]:
    """Other forms of a first name: short forms, spellings, transliterations."""
    return frozenset(other for group in name_groups() if word in group for other in group) - {word}


def name_keys(words: Iterable[str]) -> dict[str, str]:
    """The key of each word: its sound, then the word, so that what sounds alike stands together."""
    given = pl.Series("word", list(words), dtype=pl.String)
    return dict(zip(given, (sounds(given) + " " + given).to_list(), strict=True))


def plain_addresses(texts: pl.Series) -> pl.Series:
    """Each address in upper case, without punctuation, with single spaces."""
    bare = (
        pl.col("text")
        .str.to_uppercase()
        .str.replace_all(r"['’]", "")
        .str.replace_all(r"[^\p{L}\p{M}\p{N}]+", " ")
        .str.strip_chars()
    )
    return texts.alias("text").to_frame().select(bare).to_series()


def address_forms(texts: pl.Series) -> pl.DataFrame:
    """Under which keys each plain address is found: whole, and from its house number on.

    Returns:
        `text`, `key`; one row for each distinct key of each distinct text.
    """
    frame = texts.drop_nulls().unique().alias("text").to_frame()
    forms = [pl.col("text"), pl.col("text").str.extract(_HOUSE, 1)]
    return pl.concat([frame.select("text", key=form) for form in forms]).drop_nulls().unique()


def plain_postcodes() -> pl.Expr:
    """Column `postcode` without spaces, in upper case; null where nothing is left."""
    bare = pl.col("postcode").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    return pl.when(bare != "").then(bare).alias("postcode")
