"""What did the list say in each of the weeks before?

The same lists as `rank` gives at each earlier day, made from one pass over the contacts: every contact is put into its
week, and a list is a running sum of weeks. Of a whole force only the keys that can reach the asked length in some
week are followed (see `within_reach`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from analysis.demand.areas import AreaKind
from analysis.demand.arrays import Whole, day_number, frame_of, known, whole
from analysis.demand.windows import DAYS_A_WEEK, Window
from analysis.ranking.coded import Pairs, number_pairs
from analysis.ranking.order import Lens, standings
from analysis.ranking.rank import check_harm, counted_contacts, key_crimes
from analysis.ranking.rolled import NEVER, UNSCORED, Cells, Rolled, Span, crime_runs

LIST_COLUMNS = ("weeks_ago", "as_of", "area_code", "position", "rank", "key_id", "contacts")
_REFERENCES_A_POSITION = 4
"""Busiest keys followed to find what it takes to be listed; it changes the speed, never the result."""

_FEW = 5_000
"""Up to so many pairs of area and key it costs more to find who can reach a list than to follow them all."""


@dataclass(frozen=True, eq=False)
class WeeklyLists:
    """Lists of several weeks, one row a place, by weeks_ago, area and position: arrays of one length.

    Attributes:
        pair: the number of the pair of area and key, as in `pairs`.
        rank: 0 where the key is not ranked.
    """

    pairs: Pairs
    pair: Whole
    weeks_ago: Whole
    position: Whole
    rank: Whole
    contacts: Whole
    as_of: date
    lists: int

    def only(self, chosen: Whole) -> WeeklyLists:
        """The rows of these numbers, in their order."""
        columns = ("pair", "weeks_ago", "position", "rank", "contacts")
        return replace(self, **{name: vars(self)[name][chosen] for name in columns})

    def frame(self) -> pl.DataFrame:
        """`LIST_COLUMNS`: weeks_ago (0 is this week's), as_of and the rest; rank is null where the key has none."""
        at = self.pairs.rows(self.pair)
        as_of = day_number(self.as_of) - DAYS_A_WEEK * self.weeks_ago
        return frame_of(
            {
                "weeks_ago": self.weeks_ago,
                "as_of": pl.Series(as_of).cast(pl.Date),
                "area_code": self.pairs.area_code[at],
                "position": self.position,
                "rank": known(self.rank, self.rank > 0),
                "key_id": self.pairs.key_id[at],
                "contacts": self.contacts,
            }
        )


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
) -> WeeklyLists:
    """The lists of this week and the weeks before, each what `rank` gives for it.

    Args:
        contacts, window, lens, area, domestic_only, minimum_contacts, group_crimes: as for `rank`.
        first_day: local date of the oldest record; earlier lists whose window begins before it are left out.
        lists: how many lists, this week's included.
        length: positions to give; None gives all, which on a whole force is slow.

    Raises:
        QuestionError: a list by harm without a harm table.
    """
    if group_crimes is None:
        check_harm(lens)
    span = Span(window, available_lists(window, lists=lists, first_day=first_day))
    counted = counted_contacts(contacts, span.whole, area=area, domestic_only=domestic_only)
    crimes = counted.clear().with_columns(crime_ref=pl.lit(""), harm_steps=pl.lit(0, pl.Int64))
    if lens is Lens.HARM and group_crimes is not None:
        crimes = key_crimes(counted, group_crimes)
    pairs, (pair, harmed) = number_pairs([counted, crimes])
    cells = Cells(
        pair,
        span.week_of(counted["contact_at"]),
        contacts=np.ones(counted.height, dtype=np.int64),
        units=whole(counted["units"]),
        last_contact_at=whole(counted["contact_at"]),
    )
    runs = crime_runs(harmed, span.week_of(crimes["contact_at"]), crimes["crime_ref"], crimes["harm_steps"], span)
    return lists_of(Rolled(pairs, cells, runs, span, minimum_contacts), lens, length=length)


def lists_of(rolled: Rolled, lens: Lens, *, length: int | None) -> WeeklyLists:
    """Every list of a span in order; with a length its first positions alone."""
    rolled = rolled.often()
    if length is not None and len(rolled.pairs) > _FEW:
        rolled = within_reach(rolled, lens, length)
    grids = rolled.grids(lens)
    chosen = grids.contacts >= rolled.minimum_contacts
    measure = np.where(chosen, grids.measure, NEVER)
    if length is not None:
        chosen &= measure >= rolled.least_of_first(measure, length)
    row, column = np.nonzero(chosen)
    weeks_ago = rolled.span.lists - 1 - column
    then = [grid[row, column] for grid in (grids.contacts, grids.units, rolled.latest())]
    lists = weeks_ago * (rolled.pairs.area.max(initial=0) + 1) + rolled.pairs.area[row]
    found = standings(lists, measure[row, column], then, unranked=UNSCORED)
    kept = slice(None) if length is None else found.position <= length
    at = found.row[kept]
    return WeeklyLists(
        rolled.pairs,
        pair=rolled.pairs.number[row[at]],
        weeks_ago=weeks_ago[at],
        position=found.position[kept],
        rank=found.rank[kept],
        contacts=then[0][at],
        as_of=rolled.span.window.as_of,
        lists=rolled.span.lists,
    )


def within_reach(rolled: Rolled, lens: Lens, length: int) -> Rolled:
    """The keys that can be among the first `length` of their area in some week.

    From below: the `length`-th best of some of the area's keys, in its lowest week, is what it takes at the least.
    From above: no week's list gives a key more than all its weeks together. A key whose all is less than the least
    it takes is always behind `length` others, and leaving it out moves none of them.
    """
    most = _at_most(rolled, lens)
    busiest = np.lexsort((-most, rolled.pairs.area))
    place = np.arange(busiest.size) - np.searchsorted(rolled.pairs.area, rolled.pairs.area)
    is_reference = np.zeros(busiest.size, dtype=np.bool_)
    is_reference[busiest] = place < _REFERENCES_A_POSITION * length
    references = rolled.only(is_reference)
    grids = references.grids(lens)
    is_ranked = (grids.contacts >= rolled.minimum_contacts) & (grids.measure != UNSCORED)
    needed = references.least_of_first(np.where(is_ranked, grids.measure, NEVER), length).min(axis=1)
    first = np.searchsorted(references.pairs.area, rolled.pairs.area)
    return rolled.only(most >= needed[first])


def _at_most(rolled: Rolled, lens: Lens) -> Whole:
    """What all weeks together give each pair."""
    most, crimes = np.zeros(len(rolled.pairs), dtype=np.int64), rolled.crimes
    if lens is not Lens.HARM:
        of = rolled.cells.contacts if lens is Lens.CONTACTS else rolled.cells.units
        np.add.at(most, rolled.pairs.rows(rolled.cells.pair), of)
        return most
    is_first = (np.diff(crimes.pair, prepend=-1) != 0) | (np.diff(crimes.crime, prepend=-1) != 0)
    np.add.at(most, rolled.pairs.rows(crimes.pair[is_first]), np.maximum(crimes.harm_steps[is_first], 0))
    return np.where(np.isin(rolled.pairs.number, crimes.pair), most, UNSCORED)
