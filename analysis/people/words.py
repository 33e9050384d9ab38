"""When are two words of names one name: a short form, a transliteration, a slip of the keyboard, an initial?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from itertools import combinations

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

Ints = npt.NDArray[np.int64]
NO_WORD = -1
_SHIFT = np.int64(32)
# One letter changed, added, dropped or two swapped; two of them in a long word.
_LONG_WORD = 8
# Jaro and Winkler's measure from which garbled words still resemble each other.
_RESEMBLING = 0.8
_SHORTEST_MISSPELT = 3
_SHORTEST_CUT = 3
_SOUNDS = {"BFPV": "1", "CGJKQSXZ": "2", "DT": "3", "L": "4", "MN": "5", "R": "6"}


class Alike(IntEnum):
    """How two words compare, the stronger the higher."""

    DIFFERENT = 0
    INITIAL = 1
    RESEMBLES = 2
    MISSPELT = 3
    VARIANT = 4
    SAME = 5


@cache
def name_groups() -> tuple[tuple[str, ...], ...]:
    """Groups of forms of one name, from `nicknames.toml`; a word may stand in several."""
    text = files("analysis.people").joinpath("nicknames.toml").read_text(encoding="utf-8")
    return tuple(tuple(dict.fromkeys(group)) for group in tomllib.loads(text)["groups"])


@dataclass(frozen=True)
class Words:
    """Every distinct word of the names of an extract, in alphabetical order.

    Attributes:
        texts: the words; a word's code is its place.
        letters: one bit for each letter that a word holds.
        lengths, initials: how many letters each has, and a code for the first.
        variants: pairs of codes of two forms of one name, packed, sorted.
        sounds: a code for what each word sounds like, that of the main form where the word is a variant of one.
    """

    texts: pl.Series
    letters: Ints
    lengths: Ints
    initials: Ints
    variants: Ints
    sounds: Ints

    @classmethod
    def of(cls, texts: pl.Series) -> Words:
        """The words of these texts."""
        distinct = texts.drop_nulls().unique().sort()
        place = {word: at for at, word in enumerate(distinct.to_list())}
        pairs: set[int] = set()
        main = list(place)
        seen: set[str] = set()
        for group in name_groups():
            known = sorted(place[word] for word in group if word in place)
            pairs.update((one << 32) | other for one, other in combinations(known, 2))
            for word in group:
                if word in place and word not in seen:
                    seen.add(word)
                    main[place[word]] = group[0]
        letters = np.zeros(len(distinct), dtype=np.int64)
        for bit, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
            letters |= distinct.str.contains(letter, literal=True).to_numpy().astype(np.int64) << bit
        return cls(
            distinct,
            letters,
            distinct.str.len_chars().cast(pl.Int64).to_numpy(),
            distinct.str.slice(0, 1).rank("dense").cast(pl.Int64).to_numpy(),
            np.array(sorted(pairs), dtype=np.int64),
            _sounds(pl.Series(main, dtype=pl.String)),
        )

    def alike(self, one: Ints, other: Ints) -> Ints:
        """`Alike` of each pair of codes; `NO_WORD` is like nothing."""
        found = np.full(len(one), Alike.DIFFERENT, dtype=np.int64)
        low, high = np.minimum(one, other), np.maximum(one, other)
        has_both = low >= 0
        found[has_both & (low == high)] = Alike.SAME
        rest = np.flatnonzero(has_both & (low != high))
        if not len(rest):
            return found
        packed = (low[rest] << _SHIFT) | high[rest]
        a, b, lengths = low[rest], high[rest], self.lengths
        is_initial = np.minimum(lengths[a], lengths[b]) == 1
        result = np.zeros(len(rest), dtype=np.int64)
        result[is_initial & (self.initials[a] == self.initials[b])] = Alike.INITIAL
        changed = np.bitwise_count(self.letters[a] ^ self.letters[b])
        is_close = ~is_initial & (changed <= 5) & (np.abs(lengths[a] - lengths[b]) <= 2)
        is_close &= np.minimum(lengths[a], lengths[b]) >= _SHORTEST_MISSPELT
        result[is_close] = self._spelt_alike(packed[is_close])
        result[(result != Alike.MISSPELT) & self._is_cut_short(a, b)] = Alike.VARIANT
        result[member(packed, self.variants)] = Alike.VARIANT
        found[rest] = result
        return found

    def _is_cut_short(self, one: Ints, other: Ints) -> npt.NDArray[np.bool_]:
        """Whether one of each two words is the beginning of the other, as CHRIS is of CHRISTINE."""
        lengths = np.minimum(self.lengths[one], self.lengths[other])
        # What cannot be is seen by the letters: those of a beginning are all in the word.
        both = self.letters[one] & self.letters[other]
        is_within = (both == self.letters[one]) | (both == self.letters[other])
        can_be = np.flatnonzero((lengths >= _SHORTEST_CUT) & is_within & (self.initials[one] == self.initials[other]))
        pairs = pl.DataFrame({"one": self.texts.gather(one[can_be]), "other": self.texts.gather(other[can_be])})
        begins = pl.col("one").str.starts_with(pl.col("other")) | pl.col("other").str.starts_with(pl.col("one"))
        found = np.zeros(len(one), dtype=bool)
        found[can_be] = pairs.select(begins).to_series().to_numpy()
        return found

    def _spelt_alike(self, packed: Ints) -> Ints:
        distinct = pl.Series(packed).unique().sort()
        pairs = distinct.to_numpy()
        ones = self.texts.gather(pairs >> _SHIFT)
        others = self.texts.gather(pairs & 0xFFFFFFFF)
        if not len(pairs):
            return pairs
        distance = process.cpdist(ones.to_list(), others.to_list(), scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
        shorter = np.minimum(ones.str.len_chars().to_numpy(), others.str.len_chars().to_numpy())
        is_slip = (distance <= 1) | ((distance == 2) & (shorter >= _LONG_WORD))
        measure = process.cpdist(ones.to_list(), others.to_list(), scorer=JaroWinkler.similarity, dtype=np.float32)
        level = np.select([is_slip, measure >= _RESEMBLING], [Alike.MISSPELT, Alike.RESEMBLES], Alike.DIFFERENT)
        return level[np.searchsorted(pairs, packed)].astype(np.int64)


def member(values: Ints, ordered: Ints) -> npt.NDArray[np.bool_]:
    """Whether each value is among the ordered ones."""
    if not len(ordered):
        return np.zeros(len(values), dtype=bool)
    at = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return ordered[at] == values


def _sounds(words: pl.Series) -> Ints:
    """A code for each word, the same for words that sound alike: the Soundex of Russell and Odell (1918)."""
    letters = {letter: digit for group, digit in _SOUNDS.items() for letter in group}
    plain = pl.col("word")
    digits = plain.str.replace_all("[HW]", "").str.replace_many(list(letters), list(letters.values()))
    coded = digits.str.replace_all(r"[^0-9]", "0")
    for digit in "123456":
        coded = coded.str.replace_all(f"{digit}+", digit)
    # The first letter stands for itself, and what follows leaves its own sound out.
    first = plain.str.slice(0, 1)
    tail = coded.str.slice(1).str.replace_all("0", "").str.slice(0, 3)
    codes = pl.DataFrame({"word": words}).select(first + tail).to_series()
    ordered = codes.unique().sort()
    return codes.cast(pl.Enum(ordered)).to_physical().cast(pl.Int64).to_numpy()
