"""How do two recorded names compare: the same, a variant, a slip, an initial, half of it, or another person's?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.people.words import NO_WORD, Alike, Ints, Words

Floats = npt.NDArray[np.float64]
_HALF_A_PERSON = 0.5


class NameLevel(IntEnum):
    """How two names compare. The order is that of preference where two people have several names."""

    MISSING = 0
    DIFFERENT = 1
    SURNAME_ONLY = 2
    GIVEN_ONLY = 3
    RESEMBLES = 4
    HALF = 5
    INITIAL = 6
    TWO_SLIPS = 7
    SLIP_OF_COMMON = 8
    SLIP = 9
    VARIANT = 10
    SAME = 11


@dataclass(frozen=True)
class Names:
    """Every distinct name of an extract in alphabetical order, taken apart.

    Attributes:
        words: their words.
        last: code of the surname's word.
        first, second: codes of the first two other words, `NO_WORD` for none.
        is_full: whether the name has two words of two letters or more.
        share: of the people of the extract, the part that bears the name besides the one that is compared.
        word_share: the part that bears each word.
    """

    words: Words
    last: Ints
    first: Ints
    second: Ints
    is_full: npt.NDArray[np.bool_]
    share: Floats
    word_share: Floats

    @classmethod
    def of(cls, names: pl.DataFrame, people: int) -> Names:
        """From `name` (sorted, distinct), `surname`, `is_full`, `bearers` (people), and the number of people."""
        split = names.select("name", "surname", parts=pl.col("name").str.split(" "))
        words = Words.of(pl.concat([split["parts"].explode(), split["surname"]]))
        domain = pl.Enum(words.texts)
        others = (
            split.with_row_index("at")
            .explode("parts")
            .with_columns(turn=pl.int_range(pl.len()).over("at"))
            .with_columns(is_last=pl.col("parts") == pl.col("surname"))
        )
        last_turn = others.filter("is_last").group_by("at").agg(pl.col("turn").max().alias("gone"))
        others = (
            others.join(last_turn, on="at", how="left")
            .filter(pl.col("gone").is_null() | (pl.col("turn") != pl.col("gone")))
            .sort(pl.col("parts").str.len_chars() == 1, "turn", maintain_order=True)
        )
        two = others.group_by("at", maintain_order=True).agg(pl.col("parts").head(2))
        two = split.with_row_index("at").select("at").join(two, on="at", how="left", maintain_order="left")

        def coded(texts: pl.Series) -> Ints:
            return texts.cast(domain).to_physical().cast(pl.Int64).fill_null(NO_WORD).to_numpy()

        last = coded(split["surname"])
        first = coded(two["parts"].list.get(0, null_on_oob=True))
        second = coded(two["parts"].list.get(1, null_on_oob=True))
        borne = names["bearers"].to_numpy() / max(people, 1)
        word_share = np.zeros(len(words.texts))
        for slot in (last, first, second):
            np.add.at(word_share, slot[slot >= 0], borne[slot >= 0])
        share = np.maximum(names["bearers"].to_numpy() - 1, _HALF_A_PERSON) / max(people, 1)
        return cls(words, last, first, second, names["is_full"].to_numpy(), share, word_share)

    def compare(self, one: Ints, other: Ints, *, rarity: float) -> tuple[Ints, Floats]:
        """The level of each pair of names, and the part of the people who bear what the two have in common.

        Args:
            one: places of names.
            other: as many.
            rarity: of two words that differ by a slip, one is taken for a misspelling where it is borne by so many
                times fewer people.
        """
        surname, given = self.words.alike(self.last[one], self.last[other]), self._given(one, other)
        unlike = np.flatnonzero(np.minimum(surname, given) < Alike.VARIANT)
        cross_last = self.words.alike(self.last[one[unlike]], self.first[other[unlike]])
        cross_first = self.words.alike(self.first[one[unlike]], self.last[other[unlike]])
        is_crossed = np.minimum(cross_last, cross_first) > np.minimum(surname, given)[unlike]
        surname[unlike[is_crossed]], given[unlike[is_crossed]] = cross_last[is_crossed], cross_first[is_crossed]
        level = self._of_full(one, other, given, surname, rarity)
        weak = np.flatnonzero(~(self.is_full[one] & self.is_full[other]))
        level[weak] = self._of_weak(one[weak], other[weak])
        level[one == other] = np.where(
            self.is_full[one[one == other]],
            NameLevel.SAME,
            np.where(self.first[one[one == other]] >= 0, NameLevel.INITIAL, NameLevel.HALF),
        )
        return level, self._in_common(one, other, level, given, surname)

    def _given(self, one: Ints, other: Ints) -> Ints:
        best = self.words.alike(self.first[one], self.first[other])
        for left, right in ((self.first, self.second), (self.second, self.first)):
            has = (left[one] >= 0) & (right[other] >= 0)
            if has.any():
                found = self.words.alike(left[one[has]], right[other[has]])
                best[has] = np.maximum(best[has], found)
        return best

    def _of_full(self, one: Ints, other: Ints, given: Ints, surname: Ints, rarity: float) -> Ints:
        weaker, stronger = np.minimum(given, surname), np.maximum(given, surname)
        shares = [
            np.where(given < surname, self.word_share[self.first[names]], self.word_share[self.last[names]])
            for names in (one, other)
        ]
        is_rare = np.minimum(*shares) * rarity <= np.maximum(*shares)
        slip = np.where(is_rare, NameLevel.SLIP, NameLevel.SLIP_OF_COMMON)
        return np.select(
            [
                weaker >= Alike.VARIANT,
                (weaker == Alike.MISSPELT) & (stronger >= Alike.VARIANT),
                weaker == Alike.MISSPELT,
                weaker == Alike.RESEMBLES,
                given >= Alike.MISSPELT,
                surname >= Alike.MISSPELT,
            ],
            [
                NameLevel.VARIANT,
                slip,
                NameLevel.TWO_SLIPS,
                NameLevel.RESEMBLES,
                NameLevel.GIVEN_ONLY,
                NameLevel.SURNAME_ONLY,
            ],
            NameLevel.DIFFERENT,
        ).astype(np.int64)

    def _of_weak(self, one: Ints, other: Ints) -> Ints:
        last = self.words.alike(self.last[one], self.last[other])
        given = self._given(one, other)
        cross = np.maximum(
            self.words.alike(self.last[one], self.first[other]), self.words.alike(self.first[one], self.last[other])
        )
        is_half = (self.first[one] < 0) | (self.first[other] < 0)
        return np.select(
            [
                ~is_half & (last >= Alike.MISSPELT) & (given >= Alike.INITIAL),
                ~is_half & (last >= Alike.MISSPELT),
                is_half & (np.maximum(last, cross) >= Alike.VARIANT),
                is_half & (np.maximum(last, cross) >= Alike.RESEMBLES),
            ],
            [NameLevel.INITIAL, NameLevel.SURNAME_ONLY, NameLevel.HALF, NameLevel.RESEMBLES],
            NameLevel.DIFFERENT,
        ).astype(np.int64)

    def _in_common(self, one: Ints, other: Ints, level: Ints, given: Ints, surname: Ints) -> Floats:
        """Part of the people: of the name where it is the same, else of the word that is the same."""

        def of(words: tuple[Ints, Ints]) -> Floats:
            shares = [np.where(slot >= 0, self.word_share[slot], 1.0) for slot in (words[0][one], words[1][other])]
            return np.asarray(np.minimum(*shares))

        by_surname, by_given = of((self.last, self.last)), of((self.first, self.first))
        is_by_given = (level == NameLevel.GIVEN_ONLY) | ((given > surname) & (level >= NameLevel.RESEMBLES))
        share = np.where(is_by_given, by_given, by_surname)
        return np.where(level == NameLevel.SAME, self.share[one], share)
