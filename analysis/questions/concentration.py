"""How much of a neighbourhood's and a sector's demand comes from how few callers?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analysis.demand.areas import UNLOCATED
from analysis.demand.concentration import Measure as Measure
from analysis.demand.concentration import concentration
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.ranking import area_names, contacts_of
from analysis.questions.view import AreaKind, KeyType, View
from analysis.ranking.answerable import check_answerable
from analysis.ranking.rank import UNITS_PER_HOUR, counted_contacts
from analysis.store import Build

CURVE_COLUMNS = {
    "area_code": Kind.CODE,
    "measure": Kind.CODE,
    "people": Kind.COUNT,
    "people_share": Kind.MEASURE,
    "amount": Kind.MEASURE,
    "amount_share": Kind.MEASURE,
}
CUT_COLUMNS = {
    "area_code": Kind.CODE,
    "area_name": Kind.NAME,
    "asked": Kind.COUNT,
    "people": Kind.COUNT,
    "callers": Kind.COUNT,
    "people_share": Kind.MEASURE,
    "contacts": Kind.COUNT,
    "all_contacts": Kind.COUNT,
    "contacts_share": Kind.MEASURE,
    "officer_hours": Kind.MEASURE,
    "all_officer_hours": Kind.MEASURE,
    "officer_hours_share": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
}


@dataclass(frozen=True)
class Concentrated:
    """Curves and cuts; see `analysis.demand.concentration`. People who never rang are seen by none of them.

    Attributes:
        curve, cuts: `CURVE_COLUMNS`, `CUT_COLUMNS` of each neighbourhood asked about. `amount` is contacts, or hours.
        sector_curve, sector_cuts: the same of each sector that is asked about whole, a person's contacts in all of its
            neighbourhoods together; `area_code` and `area_name` are the sector's name.
    """

    curve: Released
    cuts: Released
    sector_curve: Released
    sector_cuts: Released


def concentrated(
    build: Build, view: View, audience: Audience, *, sizes: Sequence[int], most_points: int
) -> Concentrated:
    """How concentrated contacts and officer hours are among the callers of the view.

    Officer hours are those of the incidents that callers rang about; what was reported by nobody known, by
    professionals or by officers is no part of the whole.

    Args:
        sizes: how many people a cut takes, such as 10 and 20.
        most_points: points of a curve at most.

    Raises:
        QuestionError: the build cannot answer: no domestic flag, no neighbourhoods.
    """
    check_answerable(
        build.frame("incidents", ["ward_code", "neighbourhood_code", "is_domestic"]),
        area=AreaKind.NEIGHBOURHOOD,
        domestic_only=view.domestic_only,
    )
    codes = view.in_scope(audience)
    area = pl.col("area_code")
    counted = counted_contacts(
        contacts_of(build, KeyType.CALLER),
        Window(view.as_of, view.weeks, build.timezone),
        area=AreaKind.NEIGHBOURHOOD,
        domestic_only=view.domestic_only,
    ).filter(area != UNLOCATED if codes is None else area.is_in(sorted(codes)))
    sectors = _whole_sectors(build, codes)
    of_sectors = counted.join(sectors, on="area_code").with_columns(pl.col("sector").alias("area_code"))
    near = concentration(counted, sizes=sizes, most_points=most_points)
    far = concentration(of_sectors, sizes=sizes, most_points=most_points)
    names = area_names(build, AreaKind.NEIGHBOURHOOD)
    return Concentrated(
        curve=release(_hours(near.curve), _answer("concentration", CURVE_COLUMNS, area="area_code"), audience),
        cuts=release(
            _cuts(near.cuts, names), _answer("concentrated on the first", CUT_COLUMNS, area="area_code"), audience
        ),
        sector_curve=release(_hours(far.curve), _answer("concentration in a sector", CURVE_COLUMNS), audience),
        sector_cuts=release(
            _cuts(far.cuts, names.clear()), _answer("concentrated on the first of a sector", CUT_COLUMNS), audience
        ),
    )


def _whole_sectors(build: Build, codes: frozenset[str] | None) -> pl.DataFrame:
    """Neighbourhood (area_code) and sector, of the sectors all of whose neighbourhoods are asked about."""
    known = build.manifest["facts"]["neighbourhoods"]
    partly = {area["sector"] for area in known if codes is not None and area["code"] not in codes}
    rows = [(area["code"], area["sector"]) for area in known if area["sector"] not in partly]
    return pl.DataFrame(rows, schema={"area_code": pl.String, "sector": pl.String}, orient="row")


def _hours(curve: pl.DataFrame) -> pl.DataFrame:
    is_hours = pl.col("measure") == Measure.OFFICER_HOURS.value
    by = pl.when(is_hours).then(UNITS_PER_HOUR).otherwise(1)
    return curve.with_columns((pl.col("amount") / by).alias("amount")).select(list(CURVE_COLUMNS))


def _cuts(cuts: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    return (
        cuts.join(names, on="area_code", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("area_name", "area_code").alias("area_name"),
            (pl.col("units") / UNITS_PER_HOUR).alias("officer_hours"),
            (pl.col("all_units") / UNITS_PER_HOUR).alias("all_officer_hours"),
            pl.col("units_share").alias("officer_hours_share"),
            (pl.col("imputed_units") / UNITS_PER_HOUR).alias("imputed_hours"),
        )
        .select(list(CUT_COLUMNS))
    )


def _answer(name: str, columns: dict[str, Kind], *, area: str | None = None) -> Answer:
    return Answer(
        name=name,
        columns=tuple(AnswerColumn(column, kind) for column, kind in columns.items()),
        area_column=area,
    )
