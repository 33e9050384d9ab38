"""How many incidents, deployments and callers could not be placed, timed, linked or counted for a person?"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from analysis.demand.contacts import OFFICER_SOURCE
from analysis.disclosure.contract import Kind
from analysis.errors import QuestionError
from analysis.officer_time import minutes
from analysis.store import Build

GAP_COLUMNS = {"topic": Kind.CODE, "gap": Kind.CODE, "number": Kind.COUNT, "of": Kind.COUNT}


class Topic(StrEnum):
    """What the gaps are about, and so what they are a share of."""

    PLACE = "place"
    """Incidents, by why their point is of no use; each stands in one row at most."""
    AREA = "area"
    """Incidents, by the kind of area they are in none of."""
    OFFICER_TIME = "officer_time"
    """Deployments."""
    IMPUTED_TIME = "imputed_time"
    """Officer minutes, whole; those on incidents of the build."""
    RECORD = "record"
    """Incidents."""
    CALLER = "caller"
    """Incident groups that somebody other than an officer reported."""


def gaps(build: Build) -> pl.DataFrame:
    """Every gap with its number and what it is a share of.

    Returns:
        Rows topic, gap, number, of. PLACE: each unlocated reason. AREA: no_ward, no_neighbourhood. OFFICER_TIME:
        imputed, orphaned, over_cap, crew_assumed. IMPUTED_TIME: imputed_minutes. RECORD: no_deployment, link_broken,
        clock_changed, domestic_unknown. CALLER: each pool in which a caller of the group stands.
    """
    logs = build.frame(
        "incidents",
        [
            "group_id",
            "source",
            "caller_pool",
            "unlocated_reason",
            "ward_code",
            "neighbourhood_code",
            "elapsed_minutes",
            "is_link_broken",
            "is_clock_changed",
            "is_domestic",
            "officer_units",
            "imputed_units",
        ],
    )
    deployments = build.frame("deployments", ["is_imputed", "is_orphaned", "is_over_cap", "is_crew_assumed"])
    return pl.concat([_places(logs), _officer_time(deployments), _imputed(logs), _records(logs), _callers(logs)])


def _places(logs: pl.DataFrame) -> pl.DataFrame:
    reasons = (
        logs.drop_nulls("unlocated_reason")
        .group_by(gap="unlocated_reason")
        .agg(number=pl.len().cast(pl.Int64))
        .sort("number", "gap", descending=[True, False])
    )
    without = _flags(
        logs.select(no_ward=pl.col("ward_code").is_null(), no_neighbourhood=pl.col("neighbourhood_code").is_null()),
        Topic.AREA,
    )
    return pl.concat([_share(reasons, Topic.PLACE, logs.height), without])


def _officer_time(deployments: pl.DataFrame) -> pl.DataFrame:
    return _flags(deployments.rename(lambda name: name.removeprefix("is_")), Topic.OFFICER_TIME)


def _imputed(logs: pl.DataFrame) -> pl.DataFrame:
    sums = logs.select(
        number=minutes(pl.col("imputed_units")).sum().round().cast(pl.Int64),
        whole=minutes(pl.col("officer_units")).sum().round().cast(pl.Int64),
    )
    found = sums.select(pl.lit("imputed_minutes").alias("gap"), "number")
    return _share(found, Topic.IMPUTED_TIME, int(sums["whole"][0]))


def _records(logs: pl.DataFrame) -> pl.DataFrame:
    return _flags(
        logs.select(
            no_deployment=pl.col("elapsed_minutes").is_null(),
            link_broken="is_link_broken",
            clock_changed="is_clock_changed",
            domestic_unknown=pl.col("is_domestic").is_null(),
        ),
        Topic.RECORD,
    )


def _callers(logs: pl.DataFrame) -> pl.DataFrame:
    reported = logs.filter(pl.col("source").ne_missing(OFFICER_SOURCE))
    pools = (
        reported.drop_nulls("caller_pool")
        .group_by(gap="caller_pool")
        .agg(number=pl.col("group_id").n_unique().cast(pl.Int64))
        .sort("number", "gap", descending=[True, False])
    )
    return _share(pools, Topic.CALLER, reported["group_id"].n_unique())


def _flags(flags: pl.DataFrame, topic: Topic) -> pl.DataFrame:
    """One gap a column, counted where true."""
    found = flags.select(pl.all().sum().cast(pl.Int64)).unpivot(variable_name="gap", value_name="number")
    return _share(found, topic, flags.height)


def _share(found: pl.DataFrame, topic: Topic, whole: int) -> pl.DataFrame:
    return found.select(
        pl.lit(topic.value).alias("topic"),
        pl.col("gap").cast(pl.String),
        pl.col("number").cast(pl.Int64),
        pl.lit(whole, dtype=pl.Int64).alias("of"),
    )


def missing(build: Build, topic: Topic, gap: str) -> pl.DataFrame:
    """The logs behind one gap; of CALLER the incidents, of OFFICER_TIME a row for each deployment.

    Returns:
        incident_id, logs (1; of CALLER those of the incident), at, neighbourhood_code, units, imputed_units (of what is
        counted, 1/720720 of a millisecond); unsorted. A deployment whose incident is not in the data has no place.

    Raises:
        QuestionError: there is no such gap.
    """
    if topic is Topic.OFFICER_TIME:
        return _deployments_with(build, f"is_{gap}")
    if topic is Topic.CALLER:
        return _groups_of_pool(build, gap)
    conditions = {
        "no_ward": pl.col("ward_code").is_null(),
        "no_neighbourhood": pl.col("neighbourhood_code").is_null(),
        "imputed_minutes": pl.col("imputed_units") > 0,
        "no_deployment": pl.col("elapsed_minutes").is_null(),
        "link_broken": pl.col("is_link_broken"),
        "clock_changed": pl.col("is_clock_changed"),
        "domestic_unknown": pl.col("is_domestic").is_null(),
    }
    if topic is not Topic.PLACE and gap not in conditions:
        raise QuestionError("There is no such gap in the data. Open the list from the page again.")
    is_missing = pl.col("unlocated_reason") == gap if topic is Topic.PLACE else conditions[gap]
    units = "imputed_units" if topic is Topic.IMPUTED_TIME else "officer_units"
    return (
        build.table("incidents")
        .filter(is_missing)
        .select(
            "incident_id",
            "neighbourhood_code",
            "imputed_units",
            logs=pl.lit(1, pl.Int64),
            at="received_at",
            units=units,
        )
        .collect()
    )


def _deployments_with(build: Build, flag: str) -> pl.DataFrame:
    places = build.table("incidents").select("incident_id", "neighbourhood_code")
    return (
        build.table("deployments")
        .filter(pl.col(flag))
        .join(places, on="incident_id", how="left")
        .select(
            "incident_id",
            "neighbourhood_code",
            "units",
            logs=pl.lit(1, pl.Int64),
            at="assigned_at",
            imputed_units=pl.when("is_imputed").then("units").otherwise(0),
        )
        .collect()
    )


def _groups_of_pool(build: Build, pool: str) -> pl.DataFrame:
    inside = (pl.col("caller_pool") == pool) & pl.col("source").ne_missing(OFFICER_SOURCE)
    wanted = build.table("incidents").filter(inside).select("group_id").unique()
    return (
        build.table("groups")
        .join(wanted, on="group_id", how="semi")
        .select(
            "logs", "neighbourhood_code", "units", "imputed_units", incident_id="first_incident_id", at="received_at"
        )
        .collect()
    )
