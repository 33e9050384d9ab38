"""By which keys can a person be found, and what is said of them? Two tables, sorted, for one look-up each.

As sensitive as the extracts: numbers, names and addresses in normal form. Read by `analysis.questions.search` alone.
"""

from __future__ import annotations

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
_TEXTS = ("name", "phone", "address", "postcode")
_WHO_WHERE = ("person_id", "neighbourhood_code")
_OF_GROUP = ("neighbourhood_code", "is_domestic", "received_at")
_SAID = (*_WHO_WHERE, *_TEXTS, "uprn")


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
        incidents: the build's logs, with `group`: where the log's group stands in the groups.
        groups: the build's incident groups, in their order.
        records: `People.records`.
        feeds: the feeds as accepted: `people`, `places`, `assessments`.
        concerned: `People.concerned`.
        aliases: `People.aliases`.

    Returns:
        facts: person_id, neighbourhood_code, incidents, domestic_incidents (distinct groups with any record of the
        person), last_at, risk, assessed_at (newest graded assessment there of a log the person was the victim of).
    """
    # As numbers in the order of their texts: the rows are many, the people and the areas few. Other texts are numbered
    # as they come, so that rows are told apart and joined by numbers, and each text is brought into its form once.
    person = pl.Enum(records["person_id"].drop_nulls().unique().sort())
    area = pl.Enum(
        pl.concat([incidents["neighbourhood_code"], groups["neighbourhood_code"]]).drop_nulls().unique().sort()
    )
    numbered = {name: pl.Categorical(pl.Categories.random()) for name in _TEXTS}
    incidents = incidents.cast({"caller_id": person, "neighbourhood_code": area})
    groups = groups.cast({"neighbourhood_code": area}).with_row_index("group")
    aliases = aliases.cast({"person_id": person}, strict=False).drop_nulls("person_id")
    logs = incidents.select("incident_id", "group", "neighbourhood_code")
    others = (
        records.filter(pl.col("role") != "caller", pl.col("person_id").is_not_null())
        .select("incident_id", "source_file", "source_line", "phone", pl.col("person_id").cast(person))
        .join(logs, on="incident_id")
    )
    said = _said(incidents, others, feeds["people"]).cast({name: numbered[name] for name in _TEXTS})
    scenes = _scenes(incidents, others).cast({name: numbered[name] for name in ("address", "postcode")})
    facts = _facts(incidents, groups, others, concerned, feeds["assessments"])
    found = [
        _numbers(said, incidents),
        *_addresses(said, scenes, feeds["places"]),
        _names(said),
        _references(facts, aliases),
    ]
    keys = pl.concat([_in_order(keys, person, area) for keys in sorted(found, key=lambda keys: keys.kind.value)])
    return SearchTables(keys, facts.cast(dict.fromkeys(_WHO_WHERE, pl.String)))


@dataclass(frozen=True)
class _Keys:
    """Keys of one kind: the distinct texts in order; `rows`: `text` (the place of one), person and neighbourhood."""

    kind: SearchKind
    texts: pl.Series
    rows: pl.DataFrame


def _keyed(kind: SearchKind, rows: pl.DataFrame, keys: pl.DataFrame) -> _Keys:
    """Rows (`of`, person_id, neighbourhood_code) under each key (`of`, `key`) of what they are of."""
    named = keys.filter(pl.col("key").is_not_null() & (pl.col("key") != ""))
    named = named.select("of", "key").sort("key").with_columns(is_next=(pl.col("key") != pl.col("key").shift(1)))
    texts = named.filter(pl.col("is_next").fill_null(True))["key"]
    placed = named.select("of", text=pl.col("is_next").fill_null(False).cast(pl.UInt32).cum_sum())
    return _Keys(kind, texts, rows.join(placed, on="of").select("text", *_WHO_WHERE))


def _in_order(keys: _Keys, person: pl.Enum, area: pl.Enum) -> pl.DataFrame:
    """The keys once each and sorted, a number a row: texts and several columns take several times as long."""
    people, areas = max(len(person.categories), 1), len(area.categories) + 1
    assert len(keys.texts) * people * areas < 2**63, "more keys than one number can hold"
    text, who = pl.col("text").cast(pl.Int64), pl.col("person_id").to_physical().cast(pl.Int64)
    # No area is the nought, which no area has.
    where = (pl.col("neighbourhood_code").to_physical().cast(pl.Int64) + 1).fill_null(0)
    packed = keys.rows.select(packed=(text * people + who) * areas + where)["packed"].unique().sort().to_frame()
    rest = pl.col("packed") // areas
    codes = packed.select(text=rest // people, person=rest % people, area=pl.col("packed") % areas)
    return pl.DataFrame(
        {
            "kind": pl.Series([keys.kind.value], dtype=pl.String).new_from_index(0, codes.height),
            "key": keys.texts.gather(codes["text"]),
            "person_id": person.categories.gather(codes["person"]),
            "neighbourhood_code": pl.concat([pl.Series([None], dtype=pl.String), area.categories]).gather(
                codes["area"]
            ),
        }
    )


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


def _scenes(incidents: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Where the incidents were that each person stands in; those at listed places are left out."""
    columns = [*_WHO_WHERE, "address", "postcode"]
    where = incidents.filter(~pl.col("is_address_of_place"))
    rung = where.filter(pl.col("caller_id").is_not_null()).rename({"caller_id": "person_id"}).select(columns)
    at = where.select("incident_id", "neighbourhood_code", "address", "postcode")
    return pl.concat([rung, others.select("incident_id", "person_id").join(at, on="incident_id").select(columns)])


def _numbers(said: pl.DataFrame, incidents: pl.DataFrame) -> _Keys:
    of_places = incidents.filter("is_phone_of_place")["caller_phone"].drop_nulls().unique()
    phones = said.select(of=pl.col("phone").unique().drop_nulls())
    own = phones.with_columns(key=pl.col("of").cast(pl.String)).filter(~pl.col("key").is_in(of_places.implode()))
    keys = own.with_columns(pl.col("key").str.tail(PHONE_DIGITS))
    return _keyed(SearchKind.NUMBER, said.select(*_WHO_WHERE, of="phone"), keys)


def _addresses(said: pl.DataFrame, scenes: pl.DataFrame, places: pl.DataFrame) -> list[_Keys]:
    """Keys by address and by postcode: a person's own, and of the incidents they stand in."""
    written = ["address", "postcode", "uprn"]
    distinct = said.select(written).unique()
    listed = distinct.filter(address_columns(distinct.cast(pl.String), places)["is_address_of_place"])
    own = said.join(listed, on=written, how="anti", nulls_equal=True).select(scenes.columns)
    found = pl.concat([own, scenes]).unique()
    postcodes = _written_as(found["postcode"]).with_columns(plain_postcodes())
    addresses = _written_as(found["address"])
    plain = addresses.with_columns(text=plain_addresses(addresses["address"]))
    forms = plain.join(address_forms(plain["text"]), on="text").select("of", form="key")
    # A pair of an address and a postcode, the nought where there is none, as one number.
    code = (pl.col("postcode").to_physical().cast(pl.Int64) + 1).fill_null(0)
    most = found.select(code.max().fill_null(0)).item() + 1
    rows = found.with_columns(of=pl.col("address").to_physical().cast(pl.Int64) * most + code)
    pairs = rows.select("address", "postcode", pair="of").drop_nulls("pair").unique("pair")
    at_end = pl.concat_str("form", "plain", separator=" ", ignore_nulls=True)
    keys = (
        pairs.join(forms, left_on="address", right_on="of")
        .join(postcodes.select(postcode="of", plain="postcode"), on="postcode", how="left")
        .select(of="pair", key=at_end)
    )
    return [
        _keyed(SearchKind.ADDRESS, rows.select(*_WHO_WHERE, "of"), keys),
        _keyed(SearchKind.POSTCODE, found.select(*_WHO_WHERE, of="postcode"), postcodes.rename({"postcode": "key"})),
    ]


def _written_as(texts: pl.Series) -> pl.DataFrame:
    """The distinct texts of a numbered column: `of` and, under the name of the column, as text."""
    distinct = texts.drop_nulls().unique().alias("of")
    return pl.DataFrame([distinct, distinct.cast(pl.String).alias(texts.name)])


def _names(said: pl.DataFrame) -> _Keys:
    distinct = said["name"].drop_nulls().unique()
    words = (
        names(distinct.cast(pl.String), ())
        .drop_nulls("name")
        .select(pl.col("text").cast(distinct.dtype).alias("of"), word=pl.col("name").str.split(" "))
        .explode("word")
        .filter(pl.col("word").str.len_chars() > 1)
    )
    heard = words["word"].unique()
    coded = pl.DataFrame({"word": heard, "key": sounds(heard) + " " + heard})
    return _keyed(SearchKind.NAME, said.select(*_WHO_WHERE, of="name"), words.join(coded, on="word"))


def _references(facts: pl.DataFrame, aliases: pl.DataFrame) -> _Keys:
    people = facts.select("person_id").unique()
    own = people.select(of="person_id", key=pl.col("person_id").cast(pl.String))
    older = aliases.select(of="person_id", key="alias")
    return _keyed(SearchKind.REFERENCE, facts.select(*_WHO_WHERE, of="person_id"), pl.concat([own, older]))


def _facts(
    incidents: pl.DataFrame,
    groups: pl.DataFrame,
    others: pl.DataFrame,
    concerned: pl.DataFrame,
    assessments: pl.DataFrame,
) -> pl.DataFrame:
    callers = incidents.filter(pl.col("caller_id").is_not_null()).select("group", person_id="caller_id")
    stood = pl.concat([callers, others.select("group", "person_id")]).unique()
    facts = (
        pl.concat([stood, groups.select(pl.col(_OF_GROUP).gather(stood["group"]))], how="horizontal")
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
        .join(concerned.select("incident_id", "person_id"), on="incident_id")
        .cast({"person_id": stood["person_id"].dtype})
        .join(incidents.select("incident_id", "group", "received_at"), on="incident_id")
        .join(groups.select("group", "neighbourhood_code"), on="group")
        .with_columns(assessed_at=pl.coalesce("completed_at", "received_at"))
        .sort("assessed_at", "read_order", descending=True)
        .unique(["person_id", "neighbourhood_code"], keep="first", maintain_order=True)
        .select("person_id", "neighbourhood_code", "risk", "assessed_at")
    )
    keys = ["person_id", "neighbourhood_code"]
    return facts.join(risks, on=keys, how="left", nulls_equal=True).sort(keys)
