"""What are these people called, which numbers and addresses have they used? Only with a purpose, logged beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.demand.addresses import address_key
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.people.telephones import telephones
from analysis.store import Build

INSTITUTION = "an institution's, not shown"


@dataclass(frozen=True)
class Purpose:
    """Why identities are read. The caller has written the access log before; there is no reading without it."""

    words: str

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise ValueError("identities are read only with a purpose")


IDENTITY_COLUMNS = {
    "person_id": Kind.PERSON,
    "neighbourhood_code": Kind.CODE,
    "kind": Kind.CODE,
    "value": Kind.IDENTITY,
    "records": Kind.COUNT,
    "first_at": Kind.TIME,
    "last_at": Kind.TIME,
}


def identities(build: Build, person_ids: frozenset[str], audience: Audience, *, purpose: Purpose) -> Released:
    """Names, telephone numbers, dates of birth and addresses as recorded for these people.

    Args:
        purpose: why; the consultation stands in the access log already.

    Returns:
        Rows person_id, neighbourhood_code (of the incident last recorded with it), kind (name, telephone,
        date_of_birth, address), value, records, first_at, last_at; newest first. Police only, and only values
        recorded on incidents in the audience's scope. An address or number of a listed place, such as a refuge, reads
        `INSTITUTION`: where somebody shelters is never shown.
    """
    assert purpose.words
    records = build.frame("person_records").filter(pl.col("person_id").is_in(sorted(person_ids)))
    logs = build.frame(
        "incidents",
        [
            "incident_id",
            "neighbourhood_code",
            "received_at",
            "caller_name",
            "caller_date_of_birth",
            "caller_address",
            "caller_postcode",
        ],
    )
    people = build.frame("people", ["source_file", "source_line", "name", "date_of_birth", "address", "postcode"])
    is_caller = pl.col("role") == "caller"
    facts = (
        records.select("person_id", "incident_id", "role", "source_file", "source_line", "phone")
        .join(logs, on="incident_id", how="inner")
        .join(people, on=["source_file", "source_line"], how="left")
        .with_columns(
            name=pl.when(is_caller).then("caller_name").otherwise("name"),
            telephone=pl.col("phone"),
            date_of_birth=pl.when(is_caller).then("caller_date_of_birth").otherwise("date_of_birth").cast(pl.String),
            address=pl.when(is_caller)
            .then(pl.concat_str("caller_address", "caller_postcode", separator=", ", ignore_nulls=True))
            .otherwise(pl.concat_str("address", "postcode", separator=", ", ignore_nulls=True)),
        )
        .sort("received_at")
    )
    rows = (
        facts.unpivot(
            ["name", "telephone", "date_of_birth", "address"],
            index=["person_id", "neighbourhood_code", "received_at"],
            variable_name="kind",
        )
        .filter(pl.col("value").is_not_null() & (pl.col("value") != ""))
        .with_columns(_without_institutions(build))
        .group_by("person_id", "kind", "value", "neighbourhood_code")
        .agg(
            records=pl.len().cast(pl.Int64),
            first_at=pl.col("received_at").min(),
            last_at=pl.col("received_at").max(),
        )
        .sort("person_id", "kind", "last_at", "value", descending=[False, False, True, False])
    )
    answer = Answer(
        name="identities",
        columns=tuple(AnswerColumn(name, kind) for name, kind in IDENTITY_COLUMNS.items()),
        area_column="neighbourhood_code",
        person_column="person_id",
        timezone=build.timezone,
    )
    return release(rows.select(list(IDENTITY_COLUMNS)), answer, audience)


def _without_institutions(build: Build) -> pl.Expr:
    """The value, but for addresses and numbers of listed places."""
    places = build.frame("places", ["address", "postcode", "phone"]).with_columns(uprn=pl.lit(None, pl.String))
    addresses = address_key(places).drop_nulls().unique()
    bare = address_key(places.with_columns(postcode=pl.lit(None, pl.String))).drop_nulls().unique()
    numbers = telephones(places["phone"], ())["phone"].drop_nulls().unique()
    written = pl.col("value").map_batches(
        lambda values: address_key(
            pl.DataFrame({"address": values}).with_columns(
                postcode=pl.lit(None, pl.String), uprn=pl.lit(None, pl.String)
            )
        ),
        return_dtype=pl.String,
    )
    is_address = (pl.col("kind") == "address") & written.is_in(pl.concat([addresses, bare]).implode())
    is_number = (pl.col("kind") == "telephone") & pl.col("value").is_in(numbers.implode())
    return pl.when(is_address | is_number).then(pl.lit(INSTITUTION)).otherwise("value").alias("value")
