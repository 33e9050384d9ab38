"""Which incidents does a number consist of, and what does each give to it? One function for each kind of figure."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analysis.assumptions import Assumptions
from analysis.demand.areas import UNLOCATED, AreaKind, area_code
from analysis.demand.contacts import OFFICER_SOURCE, KeyType
from analysis.disclosure import Audience
from analysis.errors import QuestionError
from analysis.officer_time.by_hour import read_shifts
from analysis.questions.area_map import in_scope
from analysis.questions.behind_person import of_counter, of_definition, of_harm, of_person, of_side
from analysis.questions.data_gaps import Topic, missing
from analysis.questions.figures import (
    By,
    Days,
    Figure,
    OfArea,
    OfCallers,
    OfCounter,
    OfDefinition,
    OfGap,
    OfHarm,
    OfHours,
    OfNobody,
    OfPerson,
    OfPhase,
    OfPool,
    OfSide,
    Whose,
)
from analysis.questions.given import GIVEN, IN_PART, NO_CONTACTS, counts, with_groups, within
from analysis.questions.resources import OFFICER_TIME, groups_of_listed, groups_of_view, listed_of
from analysis.questions.unresolved_share import UNRESOLVED_POOLS
from analysis.questions.view import View
from analysis.questions.worked import hours_of, phases_of
from analysis.store import Build


def given_by(build: Build, view: View, audience: Audience, figure: Figure, *, assumptions: Assumptions) -> pl.DataFrame:
    """What each incident gives to a figure: `GIVEN`, unsorted; a row for a log where the figure counts logs.

    `contacts` is null where the figure counts none; `units` are 1/720720 of a millisecond of officer time. Of a figure
    of harm there is a column more: `harm_steps`, in millionths of a day, 0 where an earlier contact has the crime.

    Raises:
        QuestionError: the build cannot answer; the message names the mend.
        AnalysisError: the shift pattern cannot be read.
    """
    match figure:
        case OfArea():
            return _of_area(build, view, audience, figure)
        case OfPerson():
            return of_person(build, view, figure)
        case OfHarm():
            return of_harm(build, view, figure)
        case OfDefinition():
            return of_definition(build, view, figure, assumptions)
        case OfCounter():
            return of_counter(build, audience, figure)
        case OfSide():
            return of_side(build, view, figure)
        case OfCallers():
            return _of_callers(build, view, audience, figure, assumptions)
        case OfPool():
            return _of_pool(build, view, figure)
        case OfNobody():
            return _of_nobody(build, view, audience, figure)
        case OfHours():
            return _of_hours(build, view, audience, figure, assumptions)
        case OfPhase():
            return _of_phase(build, view, audience, figure, assumptions)
        case OfGap():
            return _of_gap(build, figure)


def _callers(build: Build) -> pl.LazyFrame:
    return build.table("contacts").filter(pl.col("key_type") == KeyType.CALLER.value)


def _of_area(build: Build, view: View, audience: Audience, figure: OfArea) -> pl.DataFrame:
    """Contacts at the time of each caller's own first log, hours at that of the incident's: as totals count them."""
    scope = view.in_scope(audience)
    kept = counts(view)
    if figure.codes is not None:
        kept &= in_scope(scope, figure.area) & area_code(figure.area).is_in(list(figure.codes))
    elif scope is not None:
        kept &= pl.col("neighbourhood_code").is_in(sorted(scope))
    rung = (
        _callers(build)
        .filter(kept, within(build, figure.days, "contact_at"))
        .group_by("group_id")
        .agg(contacts=pl.len().cast(pl.Int64))
    )
    worked = (
        build.table("groups")
        .filter(kept, within(build, figure.days, "received_at"))
        .select("group_id", "units", "imputed_units", whole_id="group_id")
    )
    both = rung.join(worked, on="group_id", how="full", coalesce=True).with_columns(
        pl.col("contacts", "units", "imputed_units").fill_null(0)
    )
    return with_groups(build, both.filter((pl.col("contacts") > 0) | (pl.col("units") > 0)).collect())


def _of_callers(
    build: Build, view: View, audience: Audience, figure: OfCallers, assumptions: Assumptions
) -> pl.DataFrame:
    area = area_code(AreaKind.NEIGHBOURHOOD)
    scope = view.in_scope(audience)
    asked = area != UNLOCATED if scope is None else area.is_in(sorted(scope))
    if figure.codes is not None:
        asked &= area.is_in(list(figure.codes))
    counted = (
        _callers(build)
        .filter(counts(view), asked, within(build, figure.days, "contact_at"))
        .select(area, "key_id", "group_id", "contact_at", "units", "imputed_units")
        .collect()
    )
    if figure.by is By.LIST:
        chosen = listed_of(build, view, audience, assumptions, length=figure.first)
        counted = counted.join(chosen, on=["area_code", "key_id"], how="semi")
    elif figure.first is not None:
        counted = counted.join(_busiest(counted, figure.first), on="key_id", how="semi")
    given = counted.group_by("group_id").agg(
        pl.len().cast(pl.Int64).alias("contacts"), pl.col("units", "imputed_units").first()
    )
    return with_groups(build, given)


def _busiest(counted: pl.DataFrame, first: int) -> pl.DataFrame:
    """key_id of the first so many, in the order of `analysis.demand.concentration`."""
    totals = counted.group_by("key_id").agg(
        pl.len().alias("contacts"), pl.col("units").sum(), pl.col("contact_at").max()
    )
    order = totals.sort("contacts", "units", "contact_at", "key_id", descending=[True, True, True, False])
    return order.head(first).select("key_id")


def _of_pool(build: Build, view: View, figure: OfPool) -> pl.DataFrame:
    """Counted as `analysis.questions.unresolved` counts: by the logs of a caller in the pool."""
    pooled = _pooled(build, figure.days, [figure.pool])
    groups = _worked(build, view).filter(area_code(AreaKind.NEIGHBOURHOOD) == figure.code).collect()
    return with_groups(build, groups.join(pooled, on="group_id").with_columns(NO_CONTACTS))


def _of_nobody(build: Build, view: View, audience: Audience, figure: OfNobody) -> pl.DataFrame:
    """Counted as `analysis.questions.unresolved_share` counts."""
    pooled = _pooled(build, figure.days, UNRESOLVED_POOLS)
    scope = view.in_scope(audience) if figure.codes is None else figure.codes
    here = True if scope is None else area_code(AreaKind.NEIGHBOURHOOD).is_in(sorted(scope))
    return with_groups(build, _worked(build, view).filter(here).collect().join(pooled, on="group_id"))


def _pooled(build: Build, days: Days, pools: Sequence[str]) -> pl.DataFrame:
    """group_id, contacts: in how many of these pools its callers of these days stand."""
    logs = build.table("incidents").filter(
        pl.col("caller_pool").is_in(list(pools)),
        pl.col("source").ne_missing(OFFICER_SOURCE),
        within(build, days, "received_at"),
    )
    return logs.group_by("group_id").agg(contacts=pl.col("caller_pool").n_unique().cast(pl.Int64)).collect()


def _worked(build: Build, view: View) -> pl.LazyFrame:
    """Officer time of the groups the view counts."""
    return build.table("groups").filter(counts(view)).select("group_id", "units", "imputed_units", "neighbourhood_code")


def _of_hours(build: Build, view: View, audience: Audience, figure: OfHours, assumptions: Assumptions) -> pl.DataFrame:
    theirs = groups_of_listed(build, view, listed_of(build, view, audience, assumptions))
    worked = hours_of(build, theirs["group_id"], shifts=read_shifts(assumptions.texts("shift_pattern")))
    day = "day" if figure.shift is None else "shift_day"
    if figure.weekday is not None:
        worked = worked.filter(pl.col(day).dt.weekday() == figure.weekday)
    if figure.hour is not None:
        worked = worked.filter(pl.col("hour") == figure.hour)
    if figure.shift is not None:
        worked = worked.filter(pl.col("shift") == figure.shift)
    given = worked.group_by("group_id").agg(pl.col("units", "imputed_units").sum())
    return with_groups(build, given.with_columns(NO_CONTACTS, IN_PART))


def _of_phase(build: Build, view: View, audience: Audience, figure: OfPhase, assumptions: Assumptions) -> pl.DataFrame:
    if figure.whose is Whose.LISTED:
        theirs = groups_of_listed(build, view, listed_of(build, view, audience, assumptions))
    else:
        theirs = groups_of_view(build, view, audience)
    phases = theirs.select("group_id", "units", "imputed_units").join(
        phases_of(build, theirs["group_id"]), on="group_id"
    )
    column = "units" if figure.phase == OFFICER_TIME else f"{figure.phase}_units"
    if column not in phases.columns:
        raise QuestionError("There is no such part of the officer time. Open the list from the page again.")
    is_whole = figure.phase == OFFICER_TIME
    imputed = pl.col("imputed_units") if is_whole else pl.lit(None, pl.Int64).alias("imputed_units")
    whole = pl.col("group_id").alias("whole_id") if is_whole else IN_PART
    given = phases.select("group_id", pl.col(column).alias("units"), imputed, whole)
    return with_groups(build, given.drop_nulls("units").with_columns(NO_CONTACTS))


def _of_gap(build: Build, figure: OfGap) -> pl.DataFrame:
    """Logs, or incidents where a caller is the gap; for deployments the log of each."""
    rows = missing(build, Topic(figure.topic), figure.gap)
    return rows.with_columns(NO_CONTACTS, IN_PART).select(GIVEN)
