"""Which stored days answer a question about some neighbourhoods? Read from the build, or made of its contacts.

A build of today holds the days of everyone (see `analysis.demand.day_sums`), sorted by area, so that a page reads the
rows of its areas alone. Where it does not hold what is asked they are made from the rows of the same areas.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from analysis.demand.areas import UNLOCATED, AreaKind
from analysis.demand.contacts import KeyType
from analysis.demand.day_sums import DAY_TABLES, REPEAT, DayTables, day_tables
from analysis.questions.contact_rows import contact_rows
from analysis.ranking.answerable import check_known
from analysis.ranking.from_days import Days
from analysis.store import Build

_NOTHING = pl.DataFrame()
_LOG_COLUMNS = (
    "incident_id",
    "group_id",
    "received_at",
    "source",
    "caller_pool",
    "children_present",
    "is_domestic",
    "crime_ref",
)

_OTHER_COLUMNS = ("key_type", "key_id", "contact_at", "group_id", "is_domestic", "neighbourhood_code")
_POOL_COLUMNS = ("group_id", "neighbourhood_code", "is_domestic", "units", "imputed_units")
_GROUP_COLUMNS = (*_POOL_COLUMNS, "received_at", "units_low", "units_high")
_CRIME_COLUMNS = ("crime_ref", "incident_id", "is_domestic", "relationship")


@dataclass(frozen=True)
class AreaDays:
    """The days of some areas, of the incidents that count.

    Attributes:
        counted: sums and crimes of each key.
        marks, pools, totals: see `analysis.demand.day_sums`; marks are of all incidents.
    """

    counted: Days
    marks: pl.DataFrame
    pools: pl.DataFrame
    totals: pl.DataFrame


def check_build(build: Build, area: AreaKind, *, domestic_only: bool) -> None:
    """Refuse a question that could only be answered with nothing, for want of a feed or a boundary file.

    Raises:
        QuestionError: no incident has a code of that kind of area, or none is marked domestic.
    """
    manifest = build.manifest
    check_known(
        has_code=manifest[f"without_{area.value}"] < manifest["rows"]["incidents"],
        has_domestic=bool(manifest["domestic"]["yes"]),
        area=area,
        domestic_only=domestic_only,
    )


def area_days(
    build: Build,
    codes: Set[str] | None,
    *,
    domestic_only: bool,
    minimum_contacts: int,
    wanted: Sequence[str] = DAY_TABLES,
    elsewhere: bool = True,
    is_live: bool = False,
) -> AreaDays:
    """The days of these neighbourhoods (`unlocated` is one); None is all of them.

    Args:
        minimum_contacts: from which a key is listed; below what the stored days were made for they are made anew.
        wanted: the tables asked for; the others come empty.
        elsewhere: whether contacts of the same people in other areas are asked for; where not, they may count 0.
        is_live: make them anew in any case, from the contacts of the same areas.
    """
    is_stored = not is_live and minimum_contacts >= REPEAT and set(DAY_TABLES) <= set(build.manifest["rows"])
    if is_stored:
        tables = _stored(build, codes, wanted)
    else:
        made = live_days(build, codes, repeat=minimum_contacts, wanted=wanted, elsewhere=elsewhere)
        tables = {name: table.lazy() for name, table in made.by_name().items()}
    taken = pl.col("is_domestic")
    is_all = {name: not domestic_only or name == "day_marks" for name in wanted}
    narrowed = {name: tables[name] if is_all[name] else tables[name].filter(taken) for name in wanted}
    read = dict(zip(narrowed, pl.collect_all(list(narrowed.values())), strict=True))
    found = {name: read.get(name, _NOTHING) for name in DAY_TABLES}
    return AreaDays(
        counted=Days(found["day_sums"], found["day_crimes"], has_harm=bool(build.manifest["harm"])),
        marks=found["day_marks"],
        pools=found["day_pools"],
        totals=found["day_totals"],
    )


def _stored(build: Build, codes: Set[str] | None, wanted: Sequence[str]) -> dict[str, pl.LazyFrame]:
    return {name: _table(build, name).filter(_among("area_code", codes)) for name in wanted}


@lru_cache(maxsize=64)
def _table(build: Build, name: str) -> pl.LazyFrame:
    """A stored table, unread; a build never changes, so that what its files say of their rows is read once."""
    return build.table(name)


def _here(codes: Set[str] | None) -> pl.Expr:
    """Whether a row that was placed, or could not be, is of these areas; never null."""
    if codes is None:
        return pl.lit(True)
    code = pl.col(AreaKind.NEIGHBOURHOOD.column)
    placed = sorted(codes - {UNLOCATED})
    among = code.eq_missing(pl.lit(placed[0])) if len(placed) == 1 else code.is_in(placed).fill_null(False)
    return among | code.is_null() if UNLOCATED in codes else among


def _among(column: str, codes: Set[str] | None) -> pl.Expr:
    """Whether the area is one of the codes: the outer ones first, for a file's rows are passed over by their ends."""
    if codes is None:
        return pl.lit(True)
    code = pl.col(column)
    if not codes:
        return pl.lit(False)
    if len(codes) == 1:
        return code == min(codes)
    return (code >= min(codes)) & (code <= max(codes)) & code.is_in(sorted(codes))


def live_days(
    build: Build, codes: Set[str] | None, *, repeat: int, wanted: Sequence[str] = DAY_TABLES, elsewhere: bool = True
) -> DayTables:
    """The days of these neighbourhoods, made from the rows of the same areas and of the people who rang there.

    Args:
        repeat: contacts in an area from which a key's contacts elsewhere and marks are kept.
        wanted: the tables asked for; the others have no column.
        elsewhere: look for contacts of the same people in other areas.
    """
    here = _here(codes)
    rung = contact_rows(build, KeyType.CALLER)
    places = build.table("groups").select(_GROUP_COLUMNS if "day_totals" in wanted else _POOL_COLUMNS)
    contacts, groups = pl.collect_all([rung.filter(here), places.filter(here)])
    often = contacts.group_by("neighbourhood_code", "key_id").len().filter(pl.col("len") >= repeat)
    keys = often["key_id"].unique().implode()
    if codes is not None and elsewhere:
        others = rung.filter(pl.col("key_id").is_in(keys)).select(_OTHER_COLUMNS).collect().filter(~here)
        # all other areas are one here: what was rung about there is only counted
        contacts = pl.concat([contacts, others.with_columns(neighbourhood_code=pl.lit(""))], how="diagonal").sort(
            "contact_at", maintain_order=True
        )
    concerned = pl.DataFrame(schema={"incident_id": pl.String, "person_id": pl.String})
    if "day_marks" in wanted:
        concerned = build.table("concerned").filter(pl.col("person_id").is_in(keys)).collect()
    logs = _logs(build, groups["group_id"], concerned["incident_id"].unique())
    written = _written(build, logs)
    made = day_tables(
        contacts,
        groups,
        incidents=logs,
        concerned=concerned,
        crimes=written.crimes,
        group_crimes=written.group_crimes,
        assessments=written.assessments,
        safeguarding=written.safeguarding,
        timezone=build.timezone,
        repeat=repeat,
        wanted=wanted,
    )
    inside = _among("area_code", codes)
    return DayTables(*(table.filter(inside) if table.width else table for table in made.by_name().values()))


def _logs(build: Build, groups: pl.Series, incidents: pl.Series) -> pl.DataFrame:
    """The logs of these groups, and these logs.

    A log that links to no other bears the id of its group, so that one column is looked through for both.
    """
    either = pl.concat([groups, incidents.rename("group_id")]).implode()
    may_be = pl.col("group_id").is_in(either) | pl.col("duplicate_of").is_not_null()
    found = build.table("incidents").filter(may_be).select(_LOG_COLUMNS).collect()
    return found.filter(pl.col("group_id").is_in(groups.implode()) | pl.col("incident_id").is_in(incidents.implode()))


@dataclass(frozen=True, eq=False)
class _Written:
    """What was written down of some logs."""

    crimes: pl.DataFrame
    group_crimes: pl.DataFrame
    assessments: pl.DataFrame
    safeguarding: pl.DataFrame


def _written(build: Build, logs: pl.DataFrame) -> _Written:
    ids, groups = logs["incident_id"].implode(), logs["group_id"].unique().implode()
    of_log = pl.col("incident_id").is_in(ids)
    refs = logs["crime_ref"].drop_nulls().implode()
    # One of another log tells a force that gives no assessments from an area that has none.
    first = build.table("assessments").select("incident_id").head(1)
    crimes, group_crimes, assessments, any_assessment, safeguarding = pl.collect_all(
        [
            build.table("crimes").select(_CRIME_COLUMNS).filter(of_log | pl.col("crime_ref").is_in(refs)),
            build.table("group_crimes").filter(pl.col("group_id").is_in(groups)),
            build.table("assessments").select("incident_id").filter(of_log),
            first,
            build.table("safeguarding").select("incident_id", "event", "at").filter(of_log),
        ]
    )
    return _Written(crimes, group_crimes, pl.concat([assessments, any_assessment]), safeguarding)
