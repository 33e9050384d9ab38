"""By which keys can a person be found, and what is said of them? Two tables, sorted, for one look-up each.

As sensitive as the extracts: numbers, names and addresses in normal form. Read by `analysis.questions.search` alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

from analysis.demand.addresses import address_columns
from analysis.people.names import names
from analysis.questions.search_forms import (
    PHONE_DIGITS,
    SearchKind,
    address_forms,
    plain_addresses,
    plain_postcodes,
    sounds,
)

KEY_COLUMNS = ("kind", "key", "person_id", "neighbourhood_code")
_OF_CALLER = {
    "person_id": "caller_id",
    "name": "caller_name",
    "phone": "caller_phone",
    "address": "caller_address",
    "postcode": "caller_postcode",
}
_SAID = ("person_id", "neighbourhood_code", "name", "phone", "address", "postcode", "uprn")


@dataclass(frozen=True)
class SearchTables:
    """`keys`: `KEY_COLUMNS`, by kind and key. `facts`: a row a person and neighbourhood, by person."""

    keys: pl.DataFrame
    facts: pl.DataFrame


def search_tables(
    incidents: pl.DataFrame,
    groups: pl.DataFrame,
    records: pl.DataFrame,
    feeds: dict[str, pl.DataFrame],
    *,
    concerned: pl.DataFrame,
    aliases: pl.DataFrame,
) -> SearchTables:
    """Make both tables.

    A key belongs to the neighbourhood of the log it was recorded on, so that nobody is found by what was recorded
    elsewhere. Numbers and addresses of listed places are no keys: where somebody shelters finds nobody.

    Args:
        incidents: the build's logs.
        groups: the build's incident groups.
        records: `People.records`.
        feeds: the feeds as accepted: `people`, `places`, `assessments`.
        concerned: `People.concerned`.
        aliases: `People.aliases`.

    Returns:
        facts: person_id, neighbourhood_code, incidents, domestic_incidents (distinct groups with any record of the
        person), last_at, risk, assessed_at (newest graded assessment there of a log the person was the victim of).
    """
    # As numbers in the order of their texts: the rows are many, the people and the areas few.
    person = pl.Enum(records["person_id"].drop_nulls().unique().sort())
    area = pl.Enum(
        pl.concat([incidents["neighbourhood_code"], groups["neighbourhood_code"]]).drop_nulls().unique().sort()
    )
    incidents = incidents.with_columns(pl.col("caller_id").cast(person), pl.col("neighbourhood_code").cast(area))
    groups = groups.with_columns(pl.col("neighbourhood_code").cast(area))
    concerned = concerned.with_columns(pl.col("person_id").cast(person))
    aliases = aliases.filter(pl.col("person_id").is_in(person.categories.implode())).with_columns(
        pl.col("person_id").cast(person)
    )
    logs = incidents.select("incident_id", "group_id", "neighbourhood_code")
    others = (
        records.filter(pl.col("role") != "caller", pl.col("person_id").is_not_null())
        .select("incident_id", "source_file", "source_line", "phone", pl.col("person_id").cast(person))
        .join(logs, on="incident_id")
    )
    places = feeds["places"]
    said = _said(incidents, others, feeds["people"])
    facts = _facts(incidents, groups, others, concerned, feeds["assessments"])
    keys = pl.concat(
        [
            _numbers(said, incidents),
            *_addresses(said, incidents, others, places),
            _names(said),
            _references(facts, aliases),
        ]
    )
    return SearchTables(_in_order(keys), facts.with_columns(pl.col("person_id", "neighbourhood_code").cast(pl.String)))


def _in_order(keys: pl.DataFrame) -> pl.DataFrame:
    """The keys once each and sorted, a number a row: texts and several columns take several times as long."""
    kinds = pl.Enum(sorted(kind.value for kind in SearchKind))
    texts = keys["key"].unique().sort()
    people, areas = (_categories(keys[column]) for column in ("person_id", "neighbourhood_code"))
    sizes = (len(texts), len(people), len(areas) + 1)
    assert len(kinds.categories) * math.prod(sizes) < 2**63, "more keys than one number can hold"
    place = pl.col("kind").cast(kinds).to_physical().cast(pl.Int64)
    for column, size in zip(("place", "person_id", "neighbourhood_code"), sizes, strict=True):
        # No area is the nought, which no area has.
        code = pl.col(column).to_physical().cast(pl.Int64)
        place = place * size + (code + 1).fill_null(0) if column == "neighbourhood_code" else place * size + code
    packed = keys.with_columns(place=keys["key"].cast(pl.Enum(texts))).select(place.alias("packed")).to_series()
    left = packed.unique().sort().to_frame()
    parts: dict[str, pl.Expr] = {}
    rest = pl.col("packed")
    for column, size in zip(("neighbourhood_code", "person_id", "key"), reversed(sizes), strict=True):
        parts[column], rest = rest % size, rest // size
    codes = left.select(kind=rest, **parts)
    return pl.DataFrame(
        {
            "kind": kinds.categories.gather(codes["kind"]),
            "key": texts.gather(codes["key"]),
            "person_id": people.gather(codes["person_id"]),
            "neighbourhood_code": pl.concat([pl.Series([None], dtype=pl.String), areas]).gather(
                codes["neighbourhood_code"]
            ),
        }
    )


def _categories(column: pl.Series) -> pl.Series:
    assert isinstance(column.dtype, pl.Enum), "people and areas are numbered before"
    return column.dtype.categories


def _said(incidents: pl.DataFrame, others: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """What each record of a person says of them."""
    nothing = pl.lit(None, pl.String).alias("uprn")
    callers = incidents.filter(pl.col("caller_id").is_not_null())
    told = people.select("source_file", "source_line", "name", "address", "postcode", "uprn")
    return pl.concat(
        [
            callers.select("neighbourhood_code", nothing, **_OF_CALLER).select(_SAID),
            others.join(told, on=["source_file", "source_line"], how="left").select(_SAID),
        ]
    )


def _keyed(frame: pl.DataFrame, kind: SearchKind) -> pl.DataFrame:
    """Rows with `key` as rows of the table."""
    named = frame.filter(pl.col("key").is_not_null() & (pl.col("key") != ""))
    return named.select(pl.lit(kind.value).alias("kind"), *KEY_COLUMNS[1:])


def _numbers(said: pl.DataFrame, incidents: pl.DataFrame) -> pl.DataFrame:
    of_places = incidents.filter("is_phone_of_place")["caller_phone"].drop_nulls().unique()
    own = said.filter(~pl.col("phone").is_in(of_places.implode()))
    return _keyed(
        own.select("phone", "person_id", "neighbourhood_code")
        .unique()
        .with_columns(key=pl.col("phone").str.tail(PHONE_DIGITS)),
        SearchKind.NUMBER,
    )


def _addresses(
    said: pl.DataFrame, incidents: pl.DataFrame, others: pl.DataFrame, places: pl.DataFrame
) -> list[pl.DataFrame]:
    """Keys by address and by postcode: a person's own, and of the incidents they stand in."""
    columns = ["person_id", "neighbourhood_code", "address", "postcode", "uprn"]
    own = said.select(columns).filter(pl.any_horizontal(pl.col("address", "postcode").is_not_null())).unique()
    own = own.filter(~address_columns(own, places)["is_address_of_place"])
    where = incidents.filter(~pl.col("is_address_of_place")).select(
        "incident_id", "caller_id", "neighbourhood_code", "address", "postcode", "uprn"
    )
    rung = where.filter(pl.col("caller_id").is_not_null()).rename({"caller_id": "person_id"}).select(columns)
    there = others.select("incident_id", "person_id").join(where, on="incident_id").select(columns)
    found = pl.concat([own, rung.unique(), there.unique()]).drop("uprn").unique()
    distinct = found["address"].drop_nulls().unique()
    plain = pl.DataFrame({"address": distinct, "text": plain_addresses(distinct)})
    forms = plain.join(address_forms(plain["text"]), on="text").select("address", form="key")
    coded = found.with_columns(plain_postcodes())
    at_end = pl.concat_str("form", "postcode", separator=" ", ignore_nulls=True)
    return [
        _keyed(coded.join(forms, on="address").with_columns(key=at_end), SearchKind.ADDRESS),
        _keyed(coded.rename({"postcode": "key"}), SearchKind.POSTCODE),
    ]


def _names(said: pl.DataFrame) -> pl.DataFrame:
    given = said.select("name", "person_id", "neighbourhood_code").drop_nulls("name").unique()
    words = (
        names(given["name"], ())
        .drop_nulls("name")
        .select(pl.col("text").alias("name"), word=pl.col("name").str.split(" "))
        .explode("word")
        .filter(pl.col("word").str.len_chars() > 1)
    )
    distinct = words["word"].unique()
    coded = pl.DataFrame({"word": distinct, "key": sounds(distinct) + " " + distinct})
    return _keyed(given.join(words.join(coded, on="word"), on="name"), SearchKind.NAME)


def _references(facts: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    known = facts.select("person_id", "neighbourhood_code")
    older = known.join(aliases.select("person_id", key="alias"), on="person_id")
    own = known.with_columns(key=pl.col("person_id").cast(pl.String))
    return _keyed(pl.concat([own, older], how="diagonal"), SearchKind.REFERENCE)


def _facts(
    incidents: pl.DataFrame,
    groups: pl.DataFrame,
    others: pl.DataFrame,
    concerned: pl.DataFrame,
    assessments: pl.DataFrame,
) -> pl.DataFrame:
    callers = incidents.filter(pl.col("caller_id").is_not_null()).select("group_id", person_id="caller_id")
    stood = pl.concat([callers, others.select("group_id", "person_id")]).unique()
    facts = (
        stood.join(groups.select("group_id", "neighbourhood_code", "is_domestic", "received_at"), on="group_id")
        .group_by("person_id", "neighbourhood_code")
        .agg(
            incidents=pl.len().cast(pl.Int64),
            domestic_incidents=pl.col("is_domestic").fill_null(False).sum().cast(pl.Int64),
            last_at=pl.col("received_at").max(),
        )
    )
    risks = (
        assessments.filter(pl.col("risk").is_not_null())
        .select("incident_id", "risk", "completed_at", "read_order")
        .join(concerned.select("incident_id", "person_id").unique(), on="incident_id")
        .join(incidents.select("incident_id", "group_id", "received_at"), on="incident_id")
        .join(groups.select("group_id", "neighbourhood_code"), on="group_id")
        .with_columns(assessed_at=pl.coalesce("completed_at", "received_at"))
        .sort("assessed_at", "read_order", descending=True)
        .unique(["person_id", "neighbourhood_code"], keep="first", maintain_order=True)
        .select("person_id", "neighbourhood_code", "risk", "assessed_at")
    )
    keys = ["person_id", "neighbourhood_code"]
    return facts.join(risks, on=keys, how="left", nulls_equal=True).sort(keys)
