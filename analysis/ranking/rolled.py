"""What does each key add up to in every one of many weekly lists?

A list is a running sum of weeks: what happened in a week is added to every list whose window holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import polars as pl

from analysis.demand.arrays import Flags, Whole, whole
from analysis.demand.windows import DAYS_A_WEEK, Window, local_midnight
from analysis.ranking.coded import Pairs
from analysis.ranking.order import Lens

_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = np.iinfo(np.int64).min + 1
"""Below every count; it has a negative."""
UNSCORED = NEVER + 1
"""Below every harm that is known, and above whoever is not listed."""


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

    def week_of(self, instants: pl.Series) -> Whole:
        """The number of the week each instant of the span lies in."""
        days = (self.window.as_of - timedelta(days=DAYS_A_WEEK * back) for back in range(self.weeks - 1, 0, -1))
        starts = [(local_midnight(day, self.window.timezone) - _EPOCH) // _MICROSECOND for day in days]
        return np.searchsorted(np.array(starts, dtype=np.int64), whole(instants), side="right").astype(np.int64)


@dataclass(frozen=True, eq=False)
class Cells:
    """What happened to each pair in each week, one row or several: arrays of one length."""

    pair: Whole
    week: Whole
    contacts: Whole
    units: Whole
    last_contact_at: Whole

    def only(self, chosen: Flags) -> Cells:
        """Some of the rows."""
        return Cells(*(values[chosen] for values in vars(self).values()))


@dataclass(frozen=True, eq=False)
class CrimeRuns:
    """Scored crimes: one is counted by the lists that end in week `week` to before `until`; arrays of one length."""

    pair: Whole
    crime: Whole
    week: Whole
    until: Whole
    harm_steps: Whole

    def only(self, chosen: Flags) -> CrimeRuns:
        """Some of the rows."""
        return CrimeRuns(*(values[chosen] for values in vars(self).values()))


@dataclass(frozen=True, eq=False)
class Grids:
    """Of each pair (row) in each list (column, oldest first): contacts, officer time and what the lens compares."""

    contacts: Whole
    units: Whole
    measure: Whole


@dataclass(frozen=True, eq=False)
class Rolled:
    """Pairs of area and key with what happened to them in each week, ready to be summed for every list."""

    pairs: Pairs
    cells: Cells
    crimes: CrimeRuns
    span: Span
    minimum_contacts: int

    def grids(self, lens: Lens) -> Grids:
        """Running sums of every list."""
        cells, until = self.cells, self.cells.week + self.span.window.weeks
        contacts, units = (self._running(cells.pair, cells.week, until, of) for of in (cells.contacts, cells.units))
        if lens is Lens.HARM:
            crimes = self.crimes
            days, scored = (
                self._running(crimes.pair, crimes.week, crimes.until, of)
                for of in (crimes.harm_steps, np.ones_like(crimes.pair))
            )
            return Grids(contacts, units, np.where(scored > 0, days, UNSCORED))
        return Grids(contacts, units, contacts if lens is Lens.CONTACTS else units)

    def often(self) -> Rolled:
        """The same of the pairs with contacts enough, over all weeks, to be listed at all."""
        contacts = np.zeros(len(self.pairs), dtype=np.int64)
        np.add.at(contacts, self.pairs.rows(self.cells.pair), self.cells.contacts)
        return self.only(contacts >= self.minimum_contacts)

    def only(self, chosen: Flags) -> Rolled:
        """The same of some pairs."""
        pairs = self.pairs.only(chosen)
        cells = self.cells.only(np.isin(self.cells.pair, pairs.number))
        crimes = self.crimes.only(np.isin(self.crimes.pair, pairs.number))
        return Rolled(pairs, cells, crimes, self.span, self.minimum_contacts)

    def least_of_first(self, measure: Whole, length: int) -> Whole:
        """What the `length`-th of each area has in each list, in every row of the area: whoever has less is behind."""
        least = np.full_like(measure, NEVER)
        for start, end in self._areas():
            if end - start > length:
                least[start:end] = -np.partition(-measure[start:end], length - 1, axis=0)[length - 1]
        return least

    def _areas(self) -> list[tuple[int, int]]:
        ends = np.flatnonzero(np.diff(self.pairs.area, append=-1)) + 1
        return list(pairwise([0, *ends.tolist()]))

    def _running(self, pair: Whole, start: Whole, until: Whole, amount: Whole) -> Whole:
        grid, row = np.zeros((len(self.pairs), self.span.weeks), dtype=np.int64), self.pairs.rows(pair)
        np.add.at(grid, (row, start), amount)
        ends = until < self.span.weeks
        np.subtract.at(grid, (row[ends], until[ends]), amount[ends])
        return grid.cumsum(axis=1)[:, self.span.window.weeks - 1 :]

    def latest(self) -> Whole:
        """The newest contact of each pair (row) up to the end of each list (column)."""
        grid = np.full((len(self.pairs), self.span.weeks), NEVER, dtype=np.int64)
        np.maximum.at(grid, (self.pairs.rows(self.cells.pair), self.cells.week), self.cells.last_contact_at)
        return np.maximum.accumulate(grid, axis=1)[:, self.span.window.weeks - 1 :]


def crime_runs(pair: Whole, week: Whole, crime_ref: pl.Series, harm_steps: pl.Series, span: Span) -> CrimeRuns:
    """From which list to which each distinct crime of a pair counts; a crime of two contacts counts once a list.

    Args:
        pair, week, crime_ref, harm_steps: the scored crimes of the pairs, one row or several each.
    """
    crime = whole(crime_ref.rank("dense")) if len(crime_ref) else np.zeros(0, dtype=np.int64)
    order = np.lexsort((week, crime, pair))
    pair, crime, week, steps = pair[order], crime[order], week[order], whole(harm_steps)[order]
    is_same = (np.diff(pair, append=-1) == 0) & (np.diff(crime, append=-1) == 0)
    again = np.where(is_same, np.append(week[1:], 0)[: week.size], span.weeks + span.window.weeks)
    runs = CrimeRuns(pair, crime, week, np.minimum(week + span.window.weeks, again), steps)
    return runs.only(runs.until > runs.week)
