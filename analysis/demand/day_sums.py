"""What do each person's contacts of a day add up to, area by area? Stored, so that any window is a sum of days.

A window is whole local days, so all that a neighbourhood's pages show of it can be added up from these rows. Each table
is sorted by area first: a page reads the rows of its own areas and no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analysis.demand.areas import AreaKind, area_code
from analysis.demand.assessments import groups_without_assessment
from analysis.demand.contacts import OFFICER_SOURCE, KeyType
from analysis.demand.totals import MEASURES

DAY_TABLES = ("day_sums", "day_crimes", "day_marks", "day_pools", "day_totals")
VICTIM_OF_CRIME = "victim_of_crime"
MARAC = "marac"
MARAC_EVENTS = ("marac_referral", "marac_heard")
_COUNTS = ("contacts", "without_assessment", "with_children", "contacts_elsewhere")
_UNITS = ("units", "units_low", "units_high", "imputed_units")
_KEY = ["area_code", "key_id"]
_DAY = [*_KEY, "day", "is_domestic"]
REPEAT = 2
"""From how many contacts in an area, over the whole build, a key's days elsewhere and marks are kept for the area."""


@dataclass(frozen=True)
class DayTables:
    """The days of every caller in every neighbourhood; `unlocated` is one of them. `day` is a local Date.

    Attributes:
        sums: one row an area, key, day and `is_domestic` (unknown counts as false): contacts, units, units_low,
            units_high, imputed_units, first_contact_at, last_contact_at, without_assessment (contacts whose assessment
            was mandatory and is not recorded), with_children (contacts), contacts_elsewhere (the same key's of that
            day in all other areas, for repeats here; on rows of their own, so `contacts` may be 0).
        crimes: area_code, key_id, day, is_domestic, crime_ref, days (null where it has no score): of those contacts.
        marks: area_code, key_id, day, mark: days on which the person became the victim of a recorded crime or a MARAC
            spoke of a job they were the victim in, anywhere in the force; for repeats in an area.
        pools: one row an incident group with a caller set apart, pool and day on which such a caller rang: area_code,
            pool, day, day_before (when one rang about it last; null the first time), is_domestic, units,
            imputed_units.
        totals: as `analysis.demand.totals.day_totals`, and is_domestic.
    """

    sums: pl.DataFrame
    crimes: pl.DataFrame
    marks: pl.DataFrame
    pools: pl.DataFrame
    totals: pl.DataFrame

    def by_name(self) -> dict[str, pl.DataFrame]:
        """The tables under the names they are stored by."""
        return dict(zip(DAY_TABLES, (self.sums, self.crimes, self.marks, self.pools, self.totals), strict=True))


def day_tables(
    contacts: pl.DataFrame,
    groups: pl.DataFrame,
    *,
    incidents: pl.DataFrame,
    concerned: pl.DataFrame,
    crimes: pl.DataFrame,
    group_crimes: pl.DataFrame,
    assessments: pl.DataFrame,
    safeguarding: pl.DataFrame,
    timezone: str,
    repeat: int = REPEAT,
    wanted: Sequence[str] = DAY_TABLES,
) -> DayTables:
    """Add everything up by local day.

    Args:
        contacts: as `analysis.demand.contacts` gives them; those of callers are taken.
        groups: group_id, received_at, neighbourhood_code, is_domestic, units and its kin.
        incidents: incident_id, group_id, received_at, source, caller_pool, children_present, is_domestic, crime_ref.
        concerned: incident_id, person_id.
        crimes, assessments: see `analysis.demand.assessments`.
        group_crimes: group_id, crime_ref, days.
        safeguarding: incident_id, event, at.
        timezone: of the local day.
        repeat: contacts in an area from which a key's contacts elsewhere and marks are kept.
        wanted: the tables asked for; the others have no column.
    """
    callers = contacts.filter(pl.col("key_type") == KeyType.CALLER.value).with_columns(
        area_code(AreaKind.NEIGHBOURHOOD), _day("contact_at", timezone), pl.col("is_domestic").fill_null(False)
    )
    is_wanted = dict.fromkeys(DAY_TABLES, False) | dict.fromkeys(wanted, True)
    sums, marks = pl.DataFrame(), pl.DataFrame()
    if is_wanted["day_sums"] or is_wanted["day_marks"]:
        missing = groups_without_assessment(_logs_with_forms(incidents, crimes, assessments), crimes, assessments)
        here = _here(callers, missing, incidents.filter("children_present")["group_id"].unique())
        repeats = _repeats(here, repeat)
        sums = _sums(here, repeats)
        if is_wanted["day_marks"]:
            marks = _marks(repeats, incidents, concerned, group_crimes, safeguarding, timezone)
    return DayTables(
        sums=sums,
        crimes=_crimes(callers, group_crimes) if is_wanted["day_crimes"] else pl.DataFrame(),
        marks=marks,
        pools=_pools(incidents, groups, timezone) if is_wanted["day_pools"] else pl.DataFrame(),
        totals=_totals(groups, callers, timezone) if is_wanted["day_totals"] else pl.DataFrame(),
    )


def _repeats(here: pl.DataFrame, repeat: int) -> pl.DataFrame:
    """The pairs of area and key with so many contacts: area_code, key_id, pair, key, contacts."""
    pairs = here.group_by("pair").agg(pl.col(_KEY).first(), pl.col("contacts").sum(), pl.col("key").first())
    return pairs.filter(pl.col("contacts") >= repeat)


def _sums(here: pl.DataFrame, repeats: pl.DataFrame) -> pl.DataFrame:
    both = pl.concat([here.drop("pair", "key"), _elsewhere(here, repeats)], how="diagonal")
    return both.with_columns(pl.col(*_UNITS, *_COUNTS).fill_null(0)).sort("area_code", maintain_order=True)


def _day(instant: str, timezone: str) -> pl.Expr:
    return pl.col(instant).dt.convert_time_zone(timezone).dt.date().alias("day")


def _logs_with_forms(incidents: pl.DataFrame, crimes: pl.DataFrame, assessments: pl.DataFrame) -> pl.DataFrame:
    """The logs that name a crime, or are named by a crime or an assessment: a few of all."""
    named = pl.concat([crimes["incident_id"], assessments["incident_id"]]).drop_nulls().unique()
    is_named = pl.col("incident_id").is_in(named.implode())
    return incidents.select("incident_id", "group_id", "is_domestic", "crime_ref").filter(
        pl.col("crime_ref").is_not_null() | is_named
    )


def _here(callers: pl.DataFrame, missing: pl.Series, children: pl.Series) -> pl.DataFrame:
    """The sums of each area, key, day and domestic flag; `pair` numbers area and key, `key` the key."""
    group = pl.col("group_id")
    first_day = callers["day"].to_physical().min() or 0
    keys = callers["key_id"].unique(maintain_order=True)
    numbered = callers.select(
        pl.col("area_code").cast(pl.Enum(callers["area_code"].unique().sort())).to_physical().cast(pl.Int64),
        pl.col("key_id").cast(pl.Enum(keys)).to_physical().cast(pl.Int64).alias("key"),
        (pl.col("day").to_physical().cast(pl.Int64) - first_day).alias("since"),
        "is_domestic",
        "contact_at",
        *_UNITS,
        place=pl.int_range(pl.len()),
        is_missing=group.is_in(missing.implode()),
        has_children=group.is_in(children.implode()),
    ).with_columns(pair=pl.col("area_code") * max(keys.len(), 1) + pl.col("key"))
    days = numbered["since"].max()
    span = 1 + (days if isinstance(days, int) else 0)
    code = (pl.col("pair") * span + pl.col("since")) * 2 + pl.col("is_domestic").cast(pl.Int64)
    sums = (
        numbered.with_columns(code=code)
        .group_by("code")
        .agg(
            pl.col("place", "pair", "key").first(),
            pl.len().cast(pl.Int64).alias("contacts"),
            pl.col(_UNITS).sum(),
            pl.col("contact_at").min().alias("first_contact_at"),
            pl.col("contact_at").max().alias("last_contact_at"),
            pl.col("is_missing").sum().cast(pl.Int64).alias("without_assessment"),
            pl.col("has_children").sum().cast(pl.Int64).alias("with_children"),
        )
        .sort("code")
    )
    names = callers.select(pl.col(_DAY).gather(sums["place"]))
    return pl.concat([names, sums.drop("code", "place")], how="horizontal")


def _elsewhere(here: pl.DataFrame, repeats: pl.DataFrame) -> pl.DataFrame:
    """For each area a key rings from again and again: the key's contacts of each day in the others."""
    days = here.select("pair", "key", "day", "is_domestic", "contacts")
    several = repeats.select(*_KEY, "pair", "key")
    pairs = several.join(days, on="key", suffix="_of_contact").filter(pl.col("pair") != pl.col("pair_of_contact"))
    found = pairs.group_by("pair", "day", "is_domestic").agg(
        pl.col(_KEY).first(), contacts_elsewhere=pl.col("contacts").sum()
    )
    return found.sort("pair", "day", "is_domestic").drop("pair")


def _crimes(callers: pl.DataFrame, group_crimes: pl.DataFrame) -> pl.DataFrame:
    linked = callers.select(*_DAY, "group_id").join(group_crimes, on="group_id").drop("group_id")
    return linked.unique([*_DAY, "crime_ref"]).sort(*_DAY, "crime_ref")


def _marks(
    repeats: pl.DataFrame,
    incidents: pl.DataFrame,
    concerned: pl.DataFrame,
    group_crimes: pl.DataFrame,
    safeguarding: pl.DataFrame,
    timezone: str,
) -> pl.DataFrame:
    of_crimes = incidents.filter(pl.col("group_id").is_in(group_crimes["group_id"].unique().implode()))
    recorded = of_crimes.select("incident_id", _day("received_at", timezone), mark=pl.lit(VICTIM_OF_CRIME))
    heard = safeguarding.filter(pl.col("event").is_in(MARAC_EVENTS)).select(
        "incident_id", _day("at", timezone), mark=pl.lit(MARAC)
    )
    of_person = concerned.join(pl.concat([recorded, heard]), on="incident_id").select("day", "mark", key_id="person_id")
    found = repeats.select(_KEY).join(of_person.unique(), on="key_id")
    return found.select(*_KEY, "day", "mark").sort(*_KEY, "day", "mark")


def _pools(incidents: pl.DataFrame, groups: pl.DataFrame, timezone: str) -> pl.DataFrame:
    apart = incidents.filter(pl.col("caller_pool").is_not_null() & pl.col("source").ne_missing(OFFICER_SOURCE)).select(
        "group_id", _day("received_at", timezone), pool="caller_pool"
    )
    is_again = pl.col("group_id").is_duplicated()
    again = (
        apart.filter(is_again)
        .unique()
        .sort("group_id", "pool", "day")
        .with_columns(day_before=pl.col("day").shift(1).over("group_id", "pool"))
    )
    once = apart.filter(~is_again).with_columns(day_before=pl.lit(None, pl.Date))
    facts = groups.select(
        "group_id", area_code(AreaKind.NEIGHBOURHOOD), pl.col("is_domestic").fill_null(False), "units", "imputed_units"
    )
    found = pl.concat([once, again.select(once.columns)]).join(facts, on="group_id", maintain_order="left")
    columns = ["area_code", "pool", "day", "day_before", "is_domestic", "units", "imputed_units"]
    return found.select(columns).sort("area_code", maintain_order=True)


def _totals(groups: pl.DataFrame, callers: pl.DataFrame, timezone: str) -> pl.DataFrame:
    day, area = ["area", "day", "is_domestic"], area_code(AreaKind.NEIGHBOURHOOD)
    codes = pl.concat([groups.select(area)["area_code"].unique(), callers["area_code"].unique()]).unique().sort()
    numbered = area.cast(pl.Enum(codes)).to_physical().alias("area")
    jobs = groups.lazy().select(
        numbered, _day("received_at", timezone), pl.col("is_domestic").fill_null(False), *_UNITS
    )
    rung = callers.lazy().select(numbered, "day", "is_domestic")
    incidents = jobs.group_by(day).agg(pl.len().cast(pl.Int64).alias("incidents"), pl.col(_UNITS).sum())
    contacts = rung.group_by(day).agg(pl.len().cast(pl.Int64).alias("contacts"))
    both = incidents.join(contacts, on=day, how="full", coalesce=True).sort(day).collect()
    return both.select(
        codes.gather(both["area"]).alias("area_code"), "day", pl.col(MEASURES).fill_null(0), "is_domestic"
    )
