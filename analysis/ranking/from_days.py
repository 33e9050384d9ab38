"""The same lists as from contacts one by one, added up from stored days: who contacted the police most, week by week?

`sums` and `crimes` are rows of `analysis.demand.day_sums`, of the areas asked about and already of the incidents
that count (domestic only, or all). Every function gives what its namesake gives from the contacts themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from analysis.demand.arrays import Column, Flags, Whole, day_number, frame_of, known, whole
from analysis.demand.windows import DAYS_A_WEEK, Window
from analysis.ranking.coded import Pairs, number_pairs
from analysis.ranking.movement import ComparedLists, compared_lists
from analysis.ranking.order import HARM_STEP, Lens, Standings, exact_column, standings
from analysis.ranking.rank import RANK_COLUMNS, UNITS_PER_HOUR, check_harm
from analysis.ranking.rolled import NEVER, UNSCORED, Cells, Rolled, Span, crime_runs
from analysis.ranking.weekly import WeeklyLists, available_lists, lists_of

_HOURS = {
    "units": "officer_hours",
    "units_low": "officer_hours_low",
    "units_high": "officer_hours_high",
    "imputed_units": "imputed_hours",
}
_ADDED = ("contacts", *_HOURS, "contacts_elsewhere", "without_assessment", "with_children")
_INSTANT = pl.Datetime("us", "UTC")


@dataclass(frozen=True, eq=False)
class Days:
    """Stored days of some areas; `has_harm` says whether the force gave a harm table."""

    sums: pl.DataFrame
    crimes: pl.DataFrame
    has_harm: bool

    @cached_property
    def coded(self) -> Coded:
        """The same in whole numbers."""
        pairs, (pair, of_crime) = number_pairs([self.sums, self.crimes])
        return Coded(pairs, pair, whole(self.sums["day"]), of_crime, whole(self.crimes["day"]))


@dataclass(frozen=True, eq=False)
class Coded:
    """The pairs of area and key of stored days, and of each row of the sums and crimes the pair's number and the day.

    A day is the number of days since 1970.
    """

    pairs: Pairs
    pair: Whole
    day: Whole
    pair_of_crime: Whole
    day_of_crime: Whole

    def total(self, amount: pl.Series, rows: Flags) -> Whole:
        """An amount of the sums, added up for every pair over some rows."""
        sums = np.zeros(len(self.pairs), dtype=np.int64)
        np.add.at(sums, self.pair[rows], whole(amount)[rows])
        return sums


def inside(window: Window) -> pl.Expr:
    """True for a `day` of the window."""
    return (pl.col("day") >= window.first_day) & (pl.col("day") < window.as_of)


def is_inside(day: Whole, window: Window) -> Flags:
    """The same of days counted from 1970."""
    return (day >= day_number(window.first_day)) & (day < day_number(window.as_of))


def pair_totals(days: Days, window: Window) -> pl.DataFrame:
    """What the days of a window add up to for each pair of area and key, in the order of `days.coded.pairs`.

    Returns:
        area_code, key_id, contacts, units, units_low, units_high, imputed_units, contacts_elsewhere,
        without_assessment, with_children, officer_hours and its kin, imputed_hours, harm (days), harm_steps (null where
        no crime has a score), crimes (distinct, scored or not), first_contact_at, last_contact_at (null where none).
    """
    coded = days.coded
    rows = is_inside(coded.day, window)
    added = {name: coded.total(days.sums[name], rows) for name in _ADDED}
    is_rung = rows & (whole(days.sums["contacts"]) > 0)
    first, last = np.full(len(coded.pairs), -NEVER), np.full(len(coded.pairs), NEVER)
    np.minimum.at(first, coded.pair[is_rung], whole(days.sums["first_contact_at"])[is_rung])
    np.maximum.at(last, coded.pair[is_rung], whole(days.sums["last_contact_at"])[is_rung])
    crimes, harm_steps, is_scored = _crimes(days, window)
    is_known = added["contacts"] > 0
    return frame_of(
        {
            "area_code": coded.pairs.area_code,
            "key_id": coded.pairs.key_id,
            **added,
            **{hours: added[units] / UNITS_PER_HOUR for units, hours in _HOURS.items()},
            "harm": known(harm_steps / HARM_STEP, is_scored),
            "harm_steps": known(harm_steps, is_scored),
            "crimes": crimes,
            "first_contact_at": known(first, is_known, _INSTANT),
            "last_contact_at": known(last, is_known, _INSTANT),
        }
    )


def is_listed(totals: pl.DataFrame, *, minimum_contacts: int) -> Flags:
    """Which pairs have contacts enough to be listed; there is no list of those who did not ring."""
    return whole(totals["contacts"]) >= max(minimum_contacts, 1)


def key_totals(days: Days, window: Window, *, minimum_contacts: int) -> pl.DataFrame:
    """The totals of every key with enough contacts in an area and window, in that order; see `pair_totals`."""
    totals = pair_totals(days, window)
    return totals[np.flatnonzero(is_listed(totals, minimum_contacts=minimum_contacts))]


def rank_days(days: Days, window: Window, *, lens: Lens, minimum_contacts: int) -> pl.DataFrame:
    """Every listed key of every area, in order; see `analysis.ranking.rank.rank`.

    Raises:
        QuestionError: a list by harm without a harm table.
    """
    if not days.has_harm:
        check_harm(lens)
    return ranked(key_totals(days, window, minimum_contacts=minimum_contacts), lens).select(RANK_COLUMNS)


def ranked(keys: pl.DataFrame, lens: Lens) -> pl.DataFrame:
    """Keys put in order with their position, rank and is_tied; see `in_order`."""
    found = in_order(keys, lens)
    places: dict[str, Column] = {
        "position": found.position,
        "rank": known(found.rank, found.rank > 0),
        "is_tied": found.is_tied,
    }
    return keys[found.row].hstack(frame_of(places))


def in_order(keys: pl.DataFrame, lens: Lens) -> Standings:
    """Where each key stands on the list of its area.

    Args:
        keys: as `key_totals` returns them.
    """
    then = [whole(keys[name]) for name in ("contacts", "units", "last_contact_at")]
    area = whole(keys["area_code"].rle_id())
    return standings(area, whole(keys[exact_column(lens)], unknown=UNSCORED), then, unranked=UNSCORED)


def weekly_day_lists(
    days: Days, window: Window, *, lens: Lens, minimum_contacts: int, first_day: date, lists: int, length: int | None
) -> WeeklyLists:
    """The lists of this week and the weeks before; see `analysis.ranking.weekly.weekly_lists`.

    Raises:
        QuestionError: a list by harm without a harm table.
    """
    if not days.has_harm:
        check_harm(lens)
    span, coded = Span(window, available_lists(window, lists=lists, first_day=first_day)), days.coded
    rows = is_inside(coded.day, span.whole) & (whole(days.sums["contacts"]) > 0)
    cells = Cells(
        coded.pair[rows],
        _week(coded.day[rows], span),
        *(whole(days.sums[name])[rows] for name in ("contacts", "units", "last_contact_at")),
    )
    scored = is_inside(coded.day_of_crime, span.whole) & days.crimes["days"].is_not_null().to_numpy()
    scored &= lens is Lens.HARM
    runs = crime_runs(
        coded.pair_of_crime[scored],
        _week(coded.day_of_crime[scored], span),
        days.crimes["crime_ref"].filter(pl.Series(scored)),
        pl.Series(_steps(days.crimes)[scored]),
        span,
    )
    return lists_of(Rolled(coded.pairs, cells, runs, span, max(minimum_contacts, 1)), lens, length=length)


def compared_days(
    days: Days,
    window: Window,
    *,
    lens: Lens,
    minimum_contacts: int,
    first_day: date,
    length: int,
    lists_before: int,
) -> ComparedLists:
    """Everyone on this week's list or last week's, how they moved, and the lists themselves; see `movement`.

    Raises:
        QuestionError: a list by harm without a harm table.
    """

    def lists(lists: int) -> WeeklyLists:
        return weekly_day_lists(
            days,
            window,
            lens=lens,
            minimum_contacts=minimum_contacts,
            first_day=first_day,
            lists=lists,
            length=length,
        )

    return compared_lists(lists, window, first_day=first_day, lists_before=lists_before)


def _week(day: Whole, span: Span) -> Whole:
    """The number of the week each day of the span lies in."""
    return (day - day_number(span.whole.first_day)) // DAYS_A_WEEK


def _steps(crimes: pl.DataFrame) -> Whole:
    """Days of harm in whole millionths of a day; 0 where a crime has no score."""
    return np.rint(crimes["days"].fill_null(0.0).to_numpy() * HARM_STEP).astype(np.int64)


def _crimes(days: Days, window: Window) -> tuple[Whole, Whole, Flags]:
    """Of each pair: distinct crimes of the window, their harm in millionths of a day, and whether any has a score.

    No harm is known where the force gave no harm table.
    """
    coded = days.coded
    rows = np.flatnonzero(is_inside(coded.day_of_crime, window))
    ref = whole(days.crimes["crime_ref"][rows].rank("dense")) if rows.size else rows
    _, first = np.unique(coded.pair_of_crime[rows] * (ref.max(initial=0) + 1) + ref, return_index=True)
    rows = rows[first]
    pair, scored = coded.pair_of_crime[rows], days.crimes["days"].is_not_null().to_numpy()[rows]
    crimes, harm, scores = np.zeros((3, len(coded.pairs)), dtype=np.int64)
    np.add.at(crimes, pair, 1)
    np.add.at(harm, pair, _steps(days.crimes)[rows])
    np.add.at(scores, pair, scored & days.has_harm)
    return crimes, harm, scores > 0
