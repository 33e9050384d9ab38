"""Which stored days answer a question about some neighbourhoods? Read from the build, or made of its contacts.

A build of today holds the days of everyone (see `analysis.demand.day_sums`), sorted by area, so that a page reads the
rows of its areas alone. Where it does not hold what is asked they are made from the rows of the same areas.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from analysis.demand.areas import AreaKind, area_code
from analysis.demand.contacts import KeyType
from analysis.demand.day_sums import DAY_TABLES, REPEAT, DayTables, day_tables
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
    is_live: bool = False,
) -> AreaDays:
    """The days of these neighbourhoods (`unlocated` is one); None is all of them.

    Args:
        minimum_contacts: from which a key is listed; below what the stored days were made for they are made anew.
        wanted: the tables asked for; the others come empty.
        is_live: make them anew in any case, from the contacts of the same areas.
    """
    is_stored = not is_live and minimum_contacts >= REPEAT and set(DAY_TABLES) <= set(build.manifest["rows"])
    tables = _stored(build, codes, wanted) if is_stored else _live(build, codes, repeat=minimum_contacts)
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


def _live(build: Build, codes: Set[str] | None, *, repeat: int) -> dict[str, pl.LazyFrame]:
    return {name: table.lazy() for name, table in live_days(build, codes, repeat=repeat).by_name().items()}


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


def live_days(build: Build, codes: Set[str] | None, *, repeat: int) -> DayTables:
    """The days of these neighbourhoods, made from the rows of the same areas and of the people who rang there."""
    here = pl.lit(True) if codes is None else area_code(AreaKind.NEIGHBOURHOOD).is_in(sorted(codes))
    rung = build.table("contacts").filter(pl.col("key_type") == KeyType.CALLER.value)
    contacts, groups = pl.collect_all([rung.filter(here), build.table("groups").filter(here)])
    keys = contacts["key_id"].unique().implode()
    if codes is not None:
        others = rung.filter(~here & pl.col("key_id").is_in(keys)).collect()
        contacts = pl.concat([contacts, others]).sort("contact_at", maintain_order=True)
    concerned = build.table("concerned").filter(pl.col("person_id").is_in(keys)).collect()
    is_own = pl.col("group_id").is_in(groups["group_id"].implode())
    is_of_person = pl.col("incident_id").is_in(concerned["incident_id"].unique().implode())
    logs = build.table("incidents").select(_LOG_COLUMNS).filter(is_own | is_of_person).collect()
    named = pl.col("incident_id").is_in(logs["incident_id"].implode())
    made = day_tables(
        contacts,
        groups,
        incidents=logs,
        concerned=concerned,
        crimes=build.frame("crimes", ["crime_ref", "incident_id", "is_domestic", "relationship"]),
        group_crimes=build.frame("group_crimes"),
        assessments=build.frame("assessments", ["incident_id"]),
        safeguarding=build.table("safeguarding").filter(named).select("incident_id", "event", "at").collect(),
        timezone=build.timezone,
        repeat=repeat,
    )
    inside = _among("area_code", codes)
    return DayTables(*(table.filter(inside) for table in made.by_name().values()))
