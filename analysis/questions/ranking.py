"""Who contacted the police most, in each area? The ranking of the design, with all its options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import polars as pl

from analysis.demand.areas import UNLOCATED
from analysis.demand.areas import AreaKind as AreaKind
from analysis.demand.contacts import KeyType as KeyType
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.area_days import check_build
from analysis.questions.contact_rows import contact_rows
from analysis.ranking.order import Lens as Lens
from analysis.ranking.rank import UNITS_PER_HOUR, rank
from analysis.store import Build

UNLOCATED_NAME = "Unlocated"


@dataclass(frozen=True)
class RankingFilters:
    """Everything that decides a ranking; hashable. `top` 0 is everyone listed."""

    as_of: date
    weeks: int = 52
    lens: Lens = Lens.CONTACTS
    key_type: KeyType = KeyType.CALLER
    area: AreaKind = AreaKind.NEIGHBOURHOOD
    domestic_only: bool = True
    top: int = 10


RANKING_COLUMNS: dict[str, Kind] = {
    "area_code": Kind.CODE,
    "area_name": Kind.NAME,
    "position": Kind.COUNT,
    "rank": Kind.COUNT,
    "is_tied": Kind.FLAG,
    "key_id": Kind.PERSON,
    "contacts": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "officer_hours_low": Kind.MEASURE,
    "officer_hours_high": Kind.MEASURE,
    "harm": Kind.MEASURE,
    "first_contact_at": Kind.TIME,
    "last_contact_at": Kind.TIME,
    "contacts_elsewhere": Kind.COUNT,
    "imputed_hours": Kind.MEASURE,
}


def ranking(
    build: Build, filters: RankingFilters, audience: Audience, *, minimum_contacts: int, with_identities: bool = False
) -> Released:
    """The ranking, positions up to `top` in each area, sorted by area_code, position.

    Args:
        minimum_contacts: contacts in the area and window from which a key is listed.
        with_identities: addresses and numbers themselves in place of their references.

    Raises:
        QuestionError: the build cannot answer: no domestic flag, no such areas, no harm table.
    """
    listed = ranked(build, filters, minimum_contacts=minimum_contacts, with_identities=with_identities)
    if filters.top > 0:
        listed = listed.filter(pl.col("position") <= filters.top)
    answer = Answer(
        name="ranking",
        columns=tuple(AnswerColumn(name, kind) for name, kind in RANKING_COLUMNS.items()),
        area_column="area_code" if filters.area is AreaKind.NEIGHBOURHOOD else None,
        person_column="key_id",
        timezone=build.timezone,
        is_whole_force_only=filters.area is AreaKind.WARD,
    )
    return release(listed, answer, audience)


def ranked(
    build: Build, filters: RankingFilters, *, minimum_contacts: int, with_identities: bool = False
) -> pl.DataFrame:
    """Every listed key with its area's name; what the questions of the pages are made of.

    Raises:
        QuestionError: see `ranking`.
    """
    check_build(build, filters.area, domestic_only=filters.domestic_only)
    contacts = contacts_of(build, filters.key_type)
    if with_identities:
        plain = build.frame("references").select("reference", plain="key_id")
        contacts = contacts.join(plain, left_on="key_id", right_on="reference", how="left").with_columns(
            key_id=pl.coalesce("plain", "key_id")
        )
    listed = rank(
        contacts,
        Window(filters.as_of, filters.weeks, build.timezone),
        lens=filters.lens,
        area=filters.area,
        domestic_only=filters.domestic_only,
        minimum_contacts=minimum_contacts,
        group_crimes=build.frame("group_crimes") if build.manifest["harm"] else None,
    )
    names = area_names(build, filters.area)
    return listed.join(names, on="area_code", how="left", maintain_order="left").with_columns(
        pl.coalesce("area_name", "area_code").alias("area_name"),
        imputed_hours=pl.col("imputed_units") / UNITS_PER_HOUR,
    )


def contacts_of(build: Build, key_type: KeyType) -> pl.DataFrame:
    """The stored contacts of one key type."""
    return contact_rows(build, key_type).collect()


def named(build: Build, codes: pl.Series) -> pl.Series:
    """area_name: the neighbourhoods' names; the code where there is none."""
    names = _names_by_code(build)
    return pl.Series("area_name", [names.get(code, code) for code in codes], pl.String)


@lru_cache(maxsize=8)
def _names_by_code(build: Build) -> Mapping[str, str]:
    rows = area_names(build, AreaKind.NEIGHBOURHOOD).iter_rows()
    return MappingProxyType({code: name for code, name in rows if name is not None})


@lru_cache(maxsize=8)
def area_names(build: Build, area: AreaKind) -> pl.DataFrame:
    """area_code, area_name; of several vintages the newest name."""
    table = "neighbourhoods" if area is AreaKind.NEIGHBOURHOOD else "wards"
    names = build.frame(table, ["code", "name", "vintage"]).sort("vintage").unique("code", keep="last")
    unlocated = pl.DataFrame({"area_code": [UNLOCATED], "area_name": [UNLOCATED_NAME]})
    return pl.concat([names.select(area_code="code", area_name="name"), unlocated])
