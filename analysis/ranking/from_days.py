"""The same lists as from contacts one by one, added up from stored days: who contacted the police most, week by week?

`days` and `crimes` are the rows of `analysis.demand.day_sums`, of the areas asked about and already of the incidents
that count (domestic only, or all). Every function gives what its namesake gives from the contacts themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from analysis.demand.windows import DAYS_A_WEEK, Window
from analysis.ranking.movement import ComparedLists, compared_lists
from analysis.ranking.order import Lens, ordered
from analysis.ranking.rank import RANK_COLUMNS, check_harm, harm_steps, with_measures
from analysis.ranking.weekly import Rolled, Span, available_lists, crime_runs, lists_of

_UNITS = ("units", "units_low", "units_high", "imputed_units")
_KEY = ["area_code", "key_id"]


@dataclass(frozen=True)
class Days:
    """Stored days of some areas; `has_harm` says whether the force gave a harm table."""

    sums: pl.DataFrame
    crimes: pl.DataFrame
    has_harm: bool


def inside(window: Window) -> pl.Expr:
    """True for a `day` of the window."""
    return (pl.col("day") >= window.first_day) & (pl.col("day") < window.as_of)


def key_totals(days: Days, window: Window, *, minimum_contacts: int) -> pl.DataFrame:
    """Every key with enough contacts in an area and window, not yet in order.

    Returns:
        area_code, key_id, contacts, units, units_low, units_high, imputed_units, first_contact_at, last_contact_at,
        contacts_elsewhere, without_assessment, with_children, crimes (distinct, scored or not), harm_steps (null where
        no crime has a score).
    """
    by_key = (
        days.sums.lazy()
        .filter(inside(window))
        .group_by(_KEY)
        .agg(
            pl.col("contacts", *_UNITS, "contacts_elsewhere", "without_assessment", "with_children").sum(),
            pl.col("first_contact_at").min(),
            pl.col("last_contact_at").max(),
        )
        .filter(pl.col("contacts") >= max(minimum_contacts, 1))
    )
    harmed = by_key.join(_harm(days, window), on=_KEY, how="left").with_columns(pl.col("crimes").fill_null(0))
    return harmed.collect()


def rank_days(days: Days, window: Window, *, lens: Lens, minimum_contacts: int) -> pl.DataFrame:
    """Every listed key of every area, in order; see `analysis.ranking.rank.rank`.

    Raises:
        QuestionError: a list by harm without a harm table.
    """
    if not days.has_harm:
        check_harm(lens)
    keys = key_totals(days, window, minimum_contacts=minimum_contacts)
    return with_measures(ordered(keys, lens, lists=["area_code"])).select(RANK_COLUMNS)


def weekly_day_lists(
    days: Days, window: Window, *, lens: Lens, minimum_contacts: int, first_day: date, lists: int, length: int | None
) -> pl.DataFrame:
    """The lists of this week and the weeks before; see `analysis.ranking.weekly.weekly_lists`.

    Raises:
        QuestionError: a list by harm without a harm table.
    """
    if not days.has_harm:
        check_harm(lens)
    span = Span(window, available_lists(window, lists=lists, first_day=first_day))
    counted = days.sums.lazy().filter(inside(span.whole), pl.col("contacts") > 0)
    often = counted.group_by(_KEY).agg(pl.col("contacts").sum()).filter(pl.col("contacts") >= max(minimum_contacts, 1))
    in_order = often.select(_KEY).sort(_KEY).with_columns(pl.int_range(pl.len()).alias("pair"))
    pairs = in_order.select("pair", *_KEY, pl.col("area_code").rle_id().cast(pl.Int64).alias("area")).collect()
    numbers = pairs.lazy().select("pair", *_KEY)
    cells = (
        counted.join(numbers, on=_KEY)
        .group_by("pair", _week(span))
        .agg(pl.col("contacts", "units").sum(), pl.col("last_contact_at").max())
        .collect()
    )
    crimes = None
    if lens is Lens.HARM:
        scored = days.crimes.lazy().filter(inside(span.whole), pl.col("days").is_not_null())
        crimes = scored.join(numbers, on=_KEY).select("pair", "crime_ref", _week(span), harm_steps()).collect()
    rolled = Rolled(pairs, cells, crime_runs(crimes, span), span, max(minimum_contacts, 1))
    return lists_of(rolled, lens, length=length)


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

    def lists(weeks_ago: int, lists: int) -> pl.DataFrame:
        return weekly_day_lists(
            days,
            window.weeks_before(weeks_ago),
            lens=lens,
            minimum_contacts=minimum_contacts,
            first_day=first_day,
            lists=lists,
            length=length,
        )

    return compared_lists(lists, window, first_day=first_day, lists_before=lists_before)


def _week(span: Span) -> pl.Expr:
    """The number of the week a `day` of the span lies in."""
    since = (pl.col("day") - pl.lit(span.whole.first_day)).dt.total_days()
    return (since // DAYS_A_WEEK).alias("week")


def _harm(days: Days, window: Window) -> pl.LazyFrame:
    """area_code, key_id, crimes, harm_steps; harm is null where the force gave no harm table."""
    distinct = days.crimes.lazy().filter(inside(window)).unique([*_KEY, "crime_ref"])
    scored = pl.col("days").is_not_null() & pl.lit(days.has_harm)
    steps = pl.when(scored.any()).then(harm_steps().filter(scored).sum()).alias("harm_steps")
    return distinct.group_by(_KEY).agg(pl.len().cast(pl.Int64).alias("crimes"), steps)
