"""Who contacted the police most in each area in the window?"""

from __future__ import annotations

import polars as pl

from analysis.demand.areas import AreaKind, area_code
from analysis.demand.windows import Window
from analysis.errors import QuestionError
from analysis.officer_time import UNITS_PER_MINUTE
from analysis.ranking.order import HARM_STEP, Lens, ordered

UNITS_PER_HOUR = UNITS_PER_MINUTE * 60

_UNITS = ("units", "units_low", "units_high", "imputed_units")
_HOURS = {"units": "officer_hours", "units_low": "officer_hours_low", "units_high": "officer_hours_high"}
RANK_COLUMNS = (
    "area_code",
    "position",
    "rank",
    "is_tied",
    "key_id",
    "contacts",
    *_UNITS,
    *_HOURS.values(),
    "harm",
    "first_contact_at",
    "last_contact_at",
    "contacts_elsewhere",
)


def rank(
    contacts: pl.DataFrame,
    window: Window,
    *,
    lens: Lens,
    area: AreaKind,
    domestic_only: bool,
    minimum_contacts: int,
    group_crimes: pl.DataFrame | None,
) -> pl.DataFrame:
    """Every listed key of every area, in order.

    A key is listed in an area with at least `minimum_contacts` there in the window, and is ranked among the listed
    keys of the area. Counts, hours, harm and dates are of that area and window.

    Args:
        contacts: one row a contact, of one key type; see `analysis.demand.contacts`.
        window: the weeks that count.
        lens: what the rank is by.
        domestic_only: take `is_domestic` true only; a contact of which nobody said is left out.
        group_crimes: group_id, crime_ref, days; None where the force gave no harm table, and harm is null.

    Returns:
        `RANK_COLUMNS`, sorted by area_code, position. Counts, units and ranks are Int64; hours and harm (days)
        Float64; harm is null where no crime of the key has a score. `contacts_elsewhere` counts the key's contacts
        in all other areas and unlocated, listed there or not.

    Raises:
        QuestionError: a list by harm without a harm table.
    """
    if group_crimes is None:
        check_harm(lens)
    counted = counted_contacts(contacts, window, area=area, domestic_only=domestic_only)
    by_area = counted.group_by("area_code", "key_id").agg(
        pl.len().cast(pl.Int64).alias("contacts"),
        *(pl.col(unit).sum() for unit in _UNITS),
        pl.col("contact_at").min().alias("first_contact_at"),
        pl.col("contact_at").max().alias("last_contact_at"),
    )
    listed = by_area.filter(pl.col("contacts") >= minimum_contacts)
    everywhere = (
        by_area.join(listed.select("key_id").unique(), on="key_id", how="semi")
        .group_by("key_id")
        .agg(pl.col("contacts").sum().alias("everywhere"))
    )
    harmed = listed.join(everywhere, on="key_id").join(
        _harm(counted, listed, group_crimes), on=["area_code", "key_id"], how="left"
    )
    elsewhere = (pl.col("everywhere") - pl.col("contacts")).alias("contacts_elsewhere")
    in_order = ordered(harmed.with_columns(elsewhere), lens, lists=["area_code"])
    return with_measures(in_order).select(RANK_COLUMNS)


def with_measures(keys: pl.DataFrame) -> pl.DataFrame:
    """The keys with their officer hours and days of harm (Float64), made of the exact whole numbers."""
    return keys.with_columns(
        _divided("harm_steps", HARM_STEP).alias("harm"),
        *(_divided(unit, UNITS_PER_HOUR).alias(hours) for unit, hours in _HOURS.items()),
    )


def check_harm(lens: Lens) -> None:
    """Refuse a list by harm where the force gave no harm table.

    Raises:
        QuestionError: the lens is harm.
    """
    if lens is Lens.HARM:
        raise QuestionError(
            "This build has no harm table, so there is no list by harm. Add [harm] to sources.toml and build again, "
            "or choose contacts or officer hours."
        )


def counted_contacts(contacts: pl.DataFrame, window: Window, *, area: AreaKind, domestic_only: bool) -> pl.DataFrame:
    """The contacts of the window that pass the filter, with their `area_code`."""
    inside = window.contains(pl.col("contact_at"))
    taken = inside & pl.col("is_domestic") if domestic_only else inside
    return contacts.filter(taken).select(
        area_code(area), "key_id", "group_id", "contact_at", *(pl.col(unit) for unit in _UNITS)
    )


def harm_steps() -> pl.Expr:
    """Days of harm in whole millionths of a day."""
    return (pl.col("days") * HARM_STEP).round().cast(pl.Int64).alias("harm_steps")


def key_crimes(counted: pl.DataFrame, group_crimes: pl.DataFrame) -> pl.DataFrame:
    """The scored crimes of each counted contact: the contact's columns, crime_ref, harm_steps."""
    scored = group_crimes.filter(pl.col("days").is_not_null()).select("group_id", "crime_ref", harm_steps())
    return counted.join(scored, on="group_id")


def _divided(column: str, by: int) -> pl.Expr:
    # row by row: by a constant polars multiplies with its reciprocal, and 0.4 comes out as 0.39999999999999997
    return pl.col(column) / (pl.col(column) * 0 + by)


def _harm(counted: pl.DataFrame, listed: pl.DataFrame, group_crimes: pl.DataFrame | None) -> pl.DataFrame:
    if group_crimes is None:
        return listed.select("area_code", "key_id", pl.lit(None, pl.Int64).alias("harm_steps"))
    of_listed = counted.join(listed, on=["area_code", "key_id"], how="semi")
    distinct = key_crimes(of_listed, group_crimes).unique(["area_code", "key_id", "crime_ref"])
    return distinct.group_by("area_code", "key_id").agg(pl.col("harm_steps").sum())
