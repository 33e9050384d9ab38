"""By which keys can a person be found, and what is said of them? Two tables, sorted, for one look-up each.

As sensitive as the extracts: numbers, names and addresses in normal form. Read by `analysis.questions.search` alone.

Rows are many; people, areas and texts are few. All are numbered first, so that rows are told apart, joined and put in
order by numbers, and each text is brought into its form once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.build.who_where import WhoWhere, numbered
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
_TEXTS = ("name", "phone", "address", "postcode")
_WRITTEN = ("address", "postcode", "uprn")


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
    only: pl.Series | None = None,
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
        only: ids of the people whose rows are asked for; None: everybody's.

    Returns:
        facts: person_id, neighbourhood_code, incidents, domestic_incidents (distinct groups with any record of the
        person), last_at, risk, assessed_at (newest graded assessment there of a log the person was the victim of).
    """
    of_places = incidents.filter("is_phone_of_place")["caller_phone"].drop_nulls().unique()
    if only is not None:
        incidents, records = _of_these(only, incidents, records)
    graded = feeds["assessments"].filter(pl.col("risk").is_not_null())
    graded = graded.join(concerned.select("incident_id", "person_id"), on="incident_id")
    recorded = records.filter(pl.col("role") != "caller", pl.col("person_id").is_not_null())
    persons, (person, older, victim) = numbered(
        pl.concat([incidents["caller_id"], recorded["person_id"]]), aliases["person_id"], graded["person_id"]
    )
    areas, (area,) = numbered(pl.concat([incidents["neighbourhood_code"], groups["neighbourhood_code"]]))
    who, area_of_group = WhoWhere(persons, areas), area.tail(groups.height)
    recorded = recorded.drop("role", "person_id").with_columns(person=person.tail(recorded.height))
    own = {name: pl.Categorical(pl.Categories.random()) for name in _TEXTS}
    of_caller = {f"caller_{name}": dtype for name, dtype in own.items()}
    at = {name: own[name] for name in ("address", "postcode")}
    logs = incidents.drop("caller_id", "neighbourhood_code").cast(of_caller | at).with_row_index("log")  # type: ignore[arg-type]
    del incidents, records
    logs = logs.with_columns(person=person.head(logs.height))
    said = _said(logs, recorded, feeds["people"].cast({name: own[name] for name in ("name", *at)}), own["phone"])
    said = said.with_columns(who.number(said["person"], area.gather(said["log"])))
    del recorded, person
    scenes = _scenes(logs, said)
    stood = said.select("person", group=logs["group"].gather(said["log"]))
    risks = _risks(graded.with_columns(person=victim), logs, area_of_group, who)
    facts = _facts(stood, groups.with_columns(area=area_of_group), who)
    facts = facts.join(risks, on="who", how="left", maintain_order="left")
    del logs, stood
    found = [
        _numbers(said, of_places.cast(own["phone"])),
        *_addresses(said, scenes, feeds["places"]),
        _names(said),
        _references(facts["who"], who, aliases.with_columns(person=older)),
    ]
    del said, scenes
    keys = pl.concat([_in_order(keys, who) for keys in sorted(found, key=lambda keys: keys.kind.value)])
    return SearchTables(keys, pl.concat([who.columns(facts["who"]), facts.drop("who")], how="horizontal"))


def _of_these(people: pl.Series, incidents: pl.DataFrame, records: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records of some people, and the logs these are of, with nobody else as the caller."""
    records = records.filter(pl.col("person_id").is_in(people.implode()))
    logs = incidents.filter(pl.col("incident_id").is_in(records["incident_id"].unique().implode()))
    return logs.with_columns(pl.when(pl.col("caller_id").is_in(people.implode())).then("caller_id")), records


@dataclass(frozen=True)
class _Keys:
    """Keys of one kind: the distinct texts in order; `rows`: `text` (the place of one) and `who`."""

    kind: SearchKind
    texts: pl.Series
    rows: pl.DataFrame


def _keyed(kind: SearchKind, rows: pl.DataFrame, keys: pl.DataFrame) -> _Keys:
    """Rows (`of`, who) under each key (`of`, `key`) of what they are of."""
    named = keys.filter(pl.col("key").is_not_null() & (pl.col("key") != ""))
    named = named.select("of", "key").sort("key").with_columns(is_next=(pl.col("key") != pl.col("key").shift(1)))
    texts = named.filter(pl.col("is_next").fill_null(True))["key"]
    placed = named.select("of", text=pl.col("is_next").fill_null(False).cast(pl.Int64).cum_sum())
    return _Keys(kind, texts, rows.join(placed, on="of").select("text", "who"))


def _in_order(keys: _Keys, who: WhoWhere) -> pl.DataFrame:
    """The keys once each and sorted, a number a row: texts and several columns take several times as long."""
    assert len(keys.texts) * who.most < 2**63, "more keys than one number can hold"
    packed = np.sort(keys.rows.select(pl.col("text") * who.most + pl.col("who")).to_series().to_numpy())
    codes = pl.Series(packed[np.append(True, packed[1:] != packed[:-1])[: packed.size]])
    kind = pl.Series([keys.kind.value], dtype=pl.String).new_from_index(0, len(codes))
    keyed = pl.DataFrame({"kind": kind, "key": keys.texts.gather(codes // who.most)})
    return pl.concat([keyed, who.columns(codes % who.most)], how="horizontal")


def _said(logs: pl.DataFrame, recorded: pl.DataFrame, people: pl.DataFrame, phone: pl.Categorical) -> pl.DataFrame:
    """What each record of a person says of them: log, person, `_TEXTS` as numbers, uprn."""
    columns = ["log", "person", *_TEXTS, "uprn"]
    callers = logs.filter(pl.col("person").is_not_null()).select(
        "log", "person", pl.lit(None, pl.String).alias("uprn"), **{name: f"caller_{name}" for name in _TEXTS}
    )
    others = (
        recorded.join(logs.select("incident_id", "log"), on="incident_id")
        .join(
            people.select("source_file", "source_line", "name", *_WRITTEN),
            on=["source_file", "source_line"],
            how="left",
        )
        .cast({"phone": phone})
    )
    return pl.concat([callers.select(columns), others.select(columns)])


def _scenes(logs: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Where the incidents were that each person stands in: who, address, postcode; those at listed places left out."""
    at = logs.select(pl.col("address", "postcode", "is_address_of_place").gather(said["log"]))
    return at.with_columns(said["who"]).filter(~pl.col("is_address_of_place")).select("who", "address", "postcode")


def _numbers(said: pl.DataFrame, of_places: pl.Series) -> _Keys:
    phones = said.select(of=pl.col("phone").unique().drop_nulls())
    own = phones.filter(~pl.col("of").is_in(of_places.implode()))
    keys = own.with_columns(key=pl.col("of").cast(pl.String).str.tail(PHONE_DIGITS))
    return _keyed(SearchKind.NUMBER, said.select("who", of="phone"), keys)


def _addresses(said: pl.DataFrame, scenes: pl.DataFrame, places: pl.DataFrame) -> list[_Keys]:
    """Keys by address and by postcode: a person's own, and where the incidents were that they stand in.

    Args:
        said: what records say.
        scenes: who, address, postcode; without those at listed places.
    """
    own = said.select("who", *_WRITTEN).filter(pl.any_horizontal(pl.col("address", "postcode").is_not_null()))
    distinct = own.select(_WRITTEN).unique()
    listed = distinct.filter(address_columns(distinct.cast(pl.String), places)["is_address_of_place"])
    own = own.join(listed, on=_WRITTEN, how="anti", nulls_equal=True)
    # A pair of an address and a postcode, the nought where there is none, as one number.
    code = (pl.col("postcode").to_physical().cast(pl.Int64) + 1).fill_null(0)
    found = pl.concat([own.select(scenes.columns), scenes])
    most = found.select(code.max().fill_null(0)).item() + 1
    rows = found.with_columns(of=pl.col("address").to_physical().cast(pl.Int64) * most + code)
    postcodes = _written_as(found["postcode"]).with_columns(plain_postcodes())
    addresses = _written_as(found["address"])
    plain = addresses.with_columns(text=plain_addresses(addresses["address"]))
    forms = plain.join(address_forms(plain["text"]), on="text").select("of", form="key")
    pairs = rows.select("address", "postcode", pair="of").drop_nulls("pair").unique("pair")
    at_end = pl.concat_str("form", "plain", separator=" ", ignore_nulls=True)
    keys = (
        pairs.join(forms, left_on="address", right_on="of")
        .join(postcodes.select(postcode="of", plain="postcode"), on="postcode", how="left")
        .select(of="pair", key=at_end)
    )
    return [
        _keyed(SearchKind.ADDRESS, rows.select("who", "of"), keys),
        _keyed(SearchKind.POSTCODE, found.select("who", of="postcode"), postcodes.rename({"postcode": "key"})),
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
    return _keyed(SearchKind.NAME, said.select("who", of="name"), words.join(coded, on="word"))


def _references(found: pl.Series, who: WhoWhere, aliases: pl.DataFrame) -> _Keys:
    rows = pl.DataFrame({"who": found, "of": who.person(found)})
    people = rows["of"].unique()
    own = pl.DataFrame({"of": people, "key": who.persons.gather(people)})
    older = aliases.drop_nulls("person").select(of="person", key="alias")
    return _keyed(SearchKind.REFERENCE, rows, pl.concat([own, older]))


def _facts(stood: pl.DataFrame, groups: pl.DataFrame, who: WhoWhere) -> pl.DataFrame:
    """What each person's distinct incidents in each neighbourhood come to, in order of `who`.

    Args:
        stood: person, group.
    """
    most = max(groups.height, 1)
    once = stood.select(one=pl.col("person") * most + pl.col("group")).unique()
    group = once.select(pl.col("one") % most).to_series()
    number = who.number(once["one"] // most, groups["area"].gather(group))
    return (
        groups.select(pl.col("is_domestic", "received_at").gather(group))
        .with_columns(number)
        .group_by("who")
        .agg(
            incidents=pl.len().cast(pl.Int64),
            domestic_incidents=pl.col("is_domestic").fill_null(False).sum().cast(pl.Int64),
            last_at=pl.col("received_at").max(),
        )
        .sort("who")
    )


def _risks(graded: pl.DataFrame, logs: pl.DataFrame, area_of_group: pl.Series, who: WhoWhere) -> pl.DataFrame:
    """The newest graded assessment of each person in each neighbourhood: who, risk, assessed_at."""
    about = pl.col("incident_id").is_in(graded["incident_id"].unique().implode())
    about_them = logs.select("incident_id", "group", "received_at").filter(about)
    found = graded.drop_nulls("person").join(about_them, on="incident_id")
    return (
        found.with_columns(
            who.number(found["person"], area_of_group.gather(found["group"])),
            assessed_at=pl.coalesce("completed_at", "received_at"),
        )
        .sort("assessed_at", "read_order", descending=True)
        .unique("who", keep="first", maintain_order=True)
        .select("who", "risk", "assessed_at")
    )
