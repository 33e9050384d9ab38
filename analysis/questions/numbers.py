"""Whose is each telephone number? Those of places, those many share, and those several people ring from."""

from __future__ import annotations

import polars as pl

from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.people import keyed_reference
from analysis.questions.identities import Purpose
from analysis.store import Build
from analysis.store.key import secret_key

NUMBER_COLUMNS: dict[str, Kind] = {
    "neighbourhood_code": Kind.CODE,
    "reference": Kind.PERSON,
    "stands_as": Kind.CODE,
    "people": Kind.COUNT,
    "records": Kind.COUNT,
    "last_at": Kind.TIME,
}


def numbers(build: Build, audience: Audience, *, minimum_people: int) -> Released:
    """The numbers somebody may want to mark: institutional, shared, or of several people; the busiest first.

    Args:
        minimum_people: a personal number is listed from so many people on.

    Returns:
        `NUMBER_COLUMNS`, a row for each number and neighbourhood it rang in: `reference` (`T-…`), `stands_as`
        (institution, shared, personal), `people` (distinct persons on it, everywhere), `records` (here).
    """
    found = _numbers(build, minimum_people).drop("phone")
    return release(found.select(list(NUMBER_COLUMNS)), _answer(build, NUMBER_COLUMNS), audience)


def numbers_themselves(
    build: Build, references: frozenset[str], audience: Audience, *, minimum_people: int, purpose: Purpose
) -> Released:
    """The numbers behind these references, for who gave a purpose that stands in the access log.

    Returns:
        neighbourhood_code, reference, phone (E.164); police only, and only where it rang in the audience's scope.
    """
    assert purpose.words
    asked = pl.col("reference").is_in(sorted(references))
    columns = {"neighbourhood_code": Kind.CODE, "reference": Kind.PERSON, "phone": Kind.IDENTITY}
    found = _numbers(build, minimum_people).filter(asked).select(list(columns))
    return release(found, _answer(build, columns), audience)


def _numbers(build: Build, minimum_people: int) -> pl.DataFrame:
    records = build.table("person_records").filter(pl.col("phone").is_not_null())
    logs = build.frame("incidents", ["incident_id", "neighbourhood_code", "caller_phone", "is_phone_of_place"])
    of_places = logs.filter("is_phone_of_place")["caller_phone"].drop_nulls().unique()
    pool = pl.col("pool")
    stands = (
        pl.when(((pool == "institution") | pl.col("phone").is_in(of_places.implode())).any())
        .then(pl.lit("institution"))
        .when((pool == "shared").any())
        .then(pl.lit("shared"))
        .otherwise(pl.lit("personal"))
    )
    each = (
        records.group_by("phone")
        .agg(stands_as=stands, people=pl.col("person_id").drop_nulls().n_unique().cast(pl.Int64))
        .collect()
    )
    worth = each.filter((pl.col("stands_as") != "personal") | (pl.col("people") >= minimum_people))
    here = (
        records.filter(pl.col("phone").is_in(worth["phone"].implode()))
        .select("phone", "incident_id", "received_at")
        .collect()
        .join(logs.select("incident_id", "neighbourhood_code"), on="incident_id")
        .group_by("phone", "neighbourhood_code")
        .agg(records=pl.len().cast(pl.Int64), last_at=pl.col("received_at").max())
    )
    phones = worth["phone"].sort()
    references = pl.DataFrame(
        {"phone": phones, "reference": keyed_reference("T", phones, key=secret_key(build.path.parent))}
    )
    return (
        here.join(worth, on="phone")
        .join(references, on="phone")
        .sort(
            pl.col("records").sum().over("phone"),
            "reference",
            "records",
            "neighbourhood_code",
            descending=[True, False, True, False],
        )
    )


def _answer(build: Build, columns: dict[str, Kind]) -> Answer:
    return Answer(
        name="numbers",
        columns=tuple(AnswerColumn(name, kind) for name, kind in columns.items()),
        area_column="neighbourhood_code",
        person_column="reference",
        timezone=build.timezone,
    )
