"""What did the list say in each of the weeks before?

The same lists as `rank` gives at each earlier day, made from one pass over the contacts: every contact is put into its
week, and a list is a running sum of weeks. Of a whole force only the keys that can reach the asked length in some
week are followed (see `within_reach`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.demand.areas import AreaKind
from analysis.demand.windows import DAYS_A_WEEK, Window, local_midnight
from analysis.ranking.order import Lens, exact_column, ordered
from analysis.ranking.rank import check_harm, counted_contacts, key_crimes

LIST_COLUMNS = ("weeks_ago", "as_of", "area_code", "position", "rank", "key_id", "contacts")
_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = np.iinfo(np.int64).min + 1
"""Below every count; it has a negative."""
_UNSCORED = _NEVER + 1
_REFERENCES_A_POSITION = 4
"""Busiest keys followed to find what it takes to be listed; it changes the speed, never the result."""

_FEW = 5_000
"""Up to so many pairs of area and key it costs more to find who can reach a list than to follow them all."""

Whole: TypeAlias = npt.NDArray[np.int64]


def available_lists(window: Window, *, lists: int, first_day: date) -> int:
    """How many of the last `lists` lists, this one included, can be compared.

    An earlier list needs its whole window in the data; this week's list always counts.

    Args:
        first_day: local date of the oldest record.
    """
    earlier = (window.first_day - first_day).days // DAYS_A_WEEK
    return 1 + max(0, min(lists - 1, earlier))


def weekly_lists(
    contacts: pl.DataFrame,
    window: Window,
    *,
    lens: Lens,
    area: AreaKind,
    domestic_only: bool,
    minimum_contacts: int,
    group_crimes: pl.DataFrame | None,
    first_day: date,
    lists: int,
    length: int | None,
) -> pl.DataFrame:
    """The lists of this week and the weeks before, each what `rank` gives for it.

    Args:
        contacts, window, lens, area, domestic_only, minimum_contacts, group_crimes: as for `rank`.
        first_day: local date of the oldest record; earlier lists whose window begins before it are left out.
        lists: how many lists, this week's included.
        length: positions to give; None gives all, which on a whole force is slow.

    Returns:
        weeks_ago (0 is this week's), as_of, area_code, position, rank, key_id, contacts; sorted by weeks_ago,
        area_code, position.

    Raises:
        QuestionError: a list by harm without a harm table.
    """
    if group_crimes is None:
        check_harm(lens)
    span = Span(window, available_lists(window, lists=lists, first_day=first_day))
    counted = counted_contacts(contacts, span.whole, area=area, domestic_only=domestic_only)
    entries = _entries(counted, span, minimum_contacts)
    crimes = None
    if lens is Lens.HARM and group_crimes is not None:
        crimes = key_crimes(entries, group_crimes)
    rolled = Rolled(_pairs(entries), _cells(entries), crime_runs(crimes, span), span, minimum_contacts)
    return lists_of(rolled, lens, length=length)


def lists_of(rolled: Rolled, lens: Lens, *, length: int | None) -> pl.DataFrame:
    """Every list of a span in order; see `weekly_lists` for what comes back."""
    window = rolled.span.window
    if length is not None and rolled.pairs.height > _FEW:
        rolled = within_reach(rolled, lens, length)
    in_order = ordered(rolled.keys(lens, length), lens, lists=["weeks_ago", "area"], last_resort="pair")
    listed = in_order if length is None else in_order.filter(pl.col("position") <= length)
    shown = listed.join(rolled.pairs, on="pair", validate="m:1", maintain_order="left")
    as_of = pl.lit(window.as_of) - pl.duration(days=pl.col("weeks_ago") * DAYS_A_WEEK)
    return shown.with_columns(as_of.cast(pl.Date).alias("as_of")).select(LIST_COLUMNS)


@dataclass(frozen=True)
class Span:
    """The weeks that `lists` lists cover together, numbered from the oldest."""

    window: Window
    lists: int

    @property
    def weeks(self) -> int:
        return self.window.weeks + self.lists - 1

    @property
    def whole(self) -> Window:
        return Window(self.window.as_of, self.weeks, self.window.timezone)

    def week_of(self, instants: pl.Series) -> pl.Series:
        """The number of the week each instant of the span lies in."""
        days = (self.window.as_of - timedelta(days=DAYS_A_WEEK * back) for back in range(self.weeks - 1, 0, -1))
        starts = [(local_midnight(day, self.window.timezone) - _EPOCH) // _MICROSECOND for day in days]
        weeks = np.searchsorted(np.array(starts, dtype=np.int64), instants.to_physical().to_numpy(), side="right")
        return pl.Series("week", weeks.astype(np.int64))


@dataclass(frozen=True)
class Rolled:
    """Pairs of area and key with what happened in each week, ready to be summed for every list.

    Attributes:
        pairs: pair (0, 1, 2 ... in order of area_code and key_id), area_code, key_id, area (a number for the code).
        cells: pair, week, contacts, units, last_contact_at.
        crimes: pair, week, until, harm_steps: counted by the lists that end in week `week` to before `until`.
    """

    pairs: pl.DataFrame
    cells: pl.DataFrame
    crimes: pl.DataFrame
    span: Span
    minimum_contacts: int

    def keys(self, lens: Lens, length: int | None) -> pl.DataFrame:
        """One row a listed key of each list, not yet in order; with a length only who may be among the first of it."""
        pair, week = self.cells["pair"].to_numpy(), self.cells["week"].to_numpy()
        until = week + self.span.window.weeks
        contacts = self._running(pair, week, until, self.cells["contacts"].to_numpy())
        units = self._running(pair, week, until, self.cells["units"].to_numpy())
        owner, since, before = (self.crimes[column].to_numpy() for column in ("pair", "week", "until"))
        days = self._running(owner, since, before, self.crimes["harm_steps"].to_numpy())
        scored = self._running(owner, since, before, np.ones(self.crimes.height, dtype=np.int64))
        listed = contacts >= self.minimum_contacts
        if length is not None:
            by_harm = np.where(scored > 0, days, _UNSCORED)
            measure = {Lens.CONTACTS: contacts, Lens.OFFICER_HOURS: units, Lens.HARM: by_harm}[lens]
            listed &= self._first(np.where(listed, measure, _NEVER), length)
        rows, lists = np.nonzero(listed)
        keys = pl.DataFrame(
            {
                "pair": rows,
                "weeks_ago": self.span.lists - 1 - lists,
                "contacts": contacts[rows, lists],
                "units": units[rows, lists],
                "harm_steps": days[rows, lists],
                "scored": scored[rows, lists],
                "last_contact_at": self._latest(pair, week)[rows, lists],
            }
        )
        known = pl.when(pl.col("scored") > 0).then("harm_steps").alias("harm_steps")
        return keys.with_columns(known, self.pairs["area"].gather(rows)).drop("scored")

    def only(self, pairs: pl.DataFrame) -> Rolled:
        """The same of some pairs, numbered anew."""
        kept = pairs.sort("pair").select("pair", pl.int_range(pl.len()).alias("number"), *self.pairs.columns[1:])
        numbers = kept.select("pair", "number")
        cells, crimes = (
            frame.join(numbers, on="pair").drop("pair").rename({"number": "pair"})
            for frame in (self.cells, self.crimes)
        )
        renumbered = kept.drop("pair").rename({"number": "pair"})
        return Rolled(renumbered, cells, crimes, self.span, self.minimum_contacts)

    def _first(self, measure: Whole, length: int) -> npt.NDArray[np.bool_]:
        """Who has at least as much as the `length`-th of their area in that list: the others are all behind."""
        areas = self.pairs["area"].to_numpy()
        ends = np.flatnonzero(np.diff(areas, append=-1)) + 1
        least = np.full_like(measure, _NEVER)
        for start, end in pairwise([0, *ends.tolist()]):
            if end - start > length:
                least[start:end] = -np.partition(-measure[start:end], length - 1, axis=0)[length - 1]
        return measure >= least

    def _running(self, pair: Whole, start: Whole, until: Whole, amount: Whole) -> Whole:
        grid = np.zeros((self.pairs.height, self.span.weeks), dtype=np.int64)
        np.add.at(grid, (pair, start), amount)
        ends = until < self.span.weeks
        np.subtract.at(grid, (pair[ends], until[ends]), amount[ends])
        return grid.cumsum(axis=1)[:, self.span.window.weeks - 1 :]

    def _latest(self, pair: Whole, week: Whole) -> Whole:
        grid = np.full((self.pairs.height, self.span.weeks), _NEVER, dtype=np.int64)
        np.maximum.at(grid, (pair, week), self.cells["last_contact_at"].to_physical().to_numpy())
        return np.maximum.accumulate(grid, axis=1)[:, self.span.window.weeks - 1 :]


def within_reach(rolled: Rolled, lens: Lens, length: int) -> Rolled:
    """The keys that can be among the first `length` of their area in some week.

    From below: the `length`-th best of some of the area's keys, in its lowest week, is what it takes at the least.
    From above: no week's list gives a key more than all its weeks together. A key whose all is less than the least
    it takes is always behind `length` others, and leaving it out moves none of them.
    """
    measure = exact_column(lens)
    harm = pl.col("harm_steps").clip(lower_bound=0).sum().alias("harm_steps")
    crimes = rolled.crimes.unique(["pair", "crime_ref"]).group_by("pair").agg(harm)
    sums = rolled.cells.group_by("pair").agg(pl.col("contacts", "units").sum())
    most = rolled.pairs.join(sums, on="pair").join(crimes, on="pair", how="left")
    busiest = pl.col(measure).rank("ordinal", descending=True).over("area")
    references = rolled.only(most.filter(busiest <= _REFERENCES_A_POSITION * length))
    needed = (
        references.keys(lens, None)
        .filter(pl.col(measure).is_not_null())
        .group_by("area", "weeks_ago")
        .agg(pl.col(measure).top_k(length).min().alias("least"), pl.len().alias("keys"))
        .filter(pl.col("keys") >= length)
        .group_by("area")
        .agg(pl.col("least").min(), pl.len().alias("full_lists"))
        .filter(pl.col("full_lists") == rolled.span.lists)
    )
    reaching = most.join(needed, on="area", how="left").filter(
        pl.col("least").is_null() | (pl.col(measure) >= pl.col("least"))
    )
    return rolled.only(reaching)


def _entries(counted: pl.DataFrame, span: Span, minimum_contacts: int) -> pl.DataFrame:
    """The contacts of the pairs that can be listed at all, with the number of their pair and week."""
    often = counted.group_by("area_code", "key_id").len().filter(pl.col("len") >= minimum_contacts)
    pairs = often.drop("len").sort("area_code", "key_id").with_columns(pl.int_range(pl.len()).alias("pair"))
    joined = counted.join(pairs, on=["area_code", "key_id"])
    return joined.with_columns(span.week_of(joined["contact_at"]))


def _pairs(entries: pl.DataFrame) -> pl.DataFrame:
    pairs = entries.group_by("pair").agg(pl.col("area_code", "key_id").first()).sort("pair")
    return pairs.with_columns(pl.col("area_code").rle_id().cast(pl.Int64).alias("area"))


def _cells(entries: pl.DataFrame) -> pl.DataFrame:
    return entries.group_by("pair", "week").agg(
        pl.len().cast(pl.Int64).alias("contacts"),
        pl.col("units").sum(),
        pl.col("contact_at").max().alias("last_contact_at"),
    )


def crime_runs(crimes: pl.DataFrame | None, span: Span) -> pl.DataFrame:
    """From which list to which each distinct crime of a pair counts; a crime of two contacts counts once a list.

    Args:
        crimes: pair, crime_ref, week, harm_steps: the scored crimes of the pairs; None where harm is not asked for.
    """
    if crimes is None:
        columns = {"pair": pl.Int64, "crime_ref": pl.String, "week": pl.Int64, "until": pl.Int64}
        return pl.DataFrame(schema={**columns, "harm_steps": pl.Int64})
    weeks = crimes.unique(["pair", "crime_ref", "week"]).sort("pair", "crime_ref", "week")
    again = pl.col("week").shift(-1).over("pair", "crime_ref")
    until = pl.min_horizontal(pl.col("week") + span.window.weeks, again)
    return weeks.select("pair", "crime_ref", "week", until.alias("until"), "harm_steps")
