"""Who is each caller, victim and subject of this build?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl
import polars.selectors as cs

from analysis.assumptions import Assumptions
from analysis.people.beside import beside_each_other
from analysis.people.concerned import concerned_people
from analysis.people.decisions import DECISIONS, decided_rows, split_decided
from analysis.people.doubtful import doubtful_pairs
from analysis.people.ids import AssignedIds, KnownIds, assign_ids
from analysis.people.linking import Linked, LinkSettings, link, located
from analysis.people.locations import locations
from analysis.people.model import model_table
from analysis.people.named_only import UsualBearer, usual_bearers
from analysis.people.pools import Pool, decided_numbers, set_apart
from analysis.people.presumed import compared_records, with_clusters
from analysis.people.records import CALLER, gather
from analysis.people.references import keyed_series
from analysis.people.settling import moved_but, settle_again
from analysis.people.telephones import telephones
from analysis.people.words import Ints

REFERENCE_PREFIX = "R"
_RECORD = (
    "incident_id",
    "role",
    "source_file",
    "source_line",
    "read_order",
    "person_id",
    "pool",
    "record_id",
    "record_reference",
    "received_at",
    "is_victim",
    "phone",
)
# What stays when it is known who is who, and what the last steps of finding that out ask for.
_KEPT = (
    "log",
    "given_role",
    "is_phone_of_place",
    *(column for column in _RECORD if column != "person_id"),
)
_SAID = ("own_phone", "name", "is_full", "date_of_birth", "is_heaped", "nominal_id", "home", "home_area")
_SETTLED = ("row", "area", "pool", *_SAID)
# Whose these are does not depend on who else is in the build.
_IS_FIRM = pl.col("nominal_id").is_not_null() | (
    pl.col("is_full")
    & (
        pl.col("own_phone").is_not_null()
        | pl.col("home").is_not_null()
        | (pl.col("date_of_birth").is_not_null() & ~pl.col("is_heaped"))
    )
)
_IS_NAME_ONLY = (
    (pl.col("pool") == Pool.WITHHELD.value)
    & pl.col("is_full")
    & pl.all_horizontal(pl.col("home", "home_area", "date_of_birth").is_null())
).fill_null(False)
# A date of birth that very many have says little more than none.
_IS_NAME_AND_HEAP = (
    pl.col("pool").is_null()
    & pl.all_horizontal("is_full", "is_heaped")
    & pl.all_horizontal(pl.col("own_phone", "nominal_id", "home", "home_area").is_null())
)


@dataclass(frozen=True)
class People:
    """The people of one build.

    Attributes:
        records: one row for each record given to resolution, callers first, each in the order it was given:
            `incident_id`, `role` ('caller' for the caller's own, else the people feed's), `source_file`,
            `source_line`, `read_order`, `person_id` (null in a pool), `pool` (null, or a value of `pools.Pool`),
            `record_id`, `record_reference` (R-…, which decisions name), `received_at` (null where the log is not in
            the build), `is_victim`, `phone` (E.164 or null).
        incidents: one row for each log, in the order given: `incident_id`, `caller_id`, `caller_pool` (both null
            where the log says nothing of a caller), `caller_phone` (E.164), `is_phone_of_place`, `concerned_id`.
        concerned: `incident_id`, `position`, `person_id`: see `concerned.concerned_people`.
        persons: `person_id` of everyone with a record in this build.
        aliases: `alias`, `person_id`: ids that proved to be another, older one.
        known: the id table for the next build. Its record ids hold what was recorded (names, numbers, dates of
            birth): it is as sensitive as the extracts.
        doubtful: pairs of persons for a human: see `doubtful.doubtful_pairs`.
        model: `field`, `value`: settings, weights and counts of the resolution: see `model.model_table`.
    """

    records: pl.DataFrame
    incidents: pl.DataFrame
    concerned: pl.DataFrame
    persons: pl.DataFrame
    aliases: pl.DataFrame
    known: KnownIds
    doubtful: pl.DataFrame
    model: pl.DataFrame


def resolve_people(
    incidents: pl.DataFrame,
    people: pl.DataFrame,
    places: pl.DataFrame,
    *,
    assumptions: Assumptions,
    key: bytes,
    known: KnownIds | None = None,
    decisions: pl.DataFrame | None = None,
    numbers: pl.DataFrame | None = None,
) -> People:
    """Find the person of each record, and give each person an id that stays.

    A log that says nothing of its caller (no name, number, date of birth, nominal id, address or role) has no caller
    record. Every other record has exactly one person or stands in one named pool: see `pools.set_apart` for who is
    set apart. Who is one person is found by exact keys (`clusters.cluster_records`), then by what the extract itself
    teaches of agreements (`linking.link`), then once more by number (`settling.settle_again`), and a name without
    anything else by who usually bears it (`named_only.usual_bearers`). What a human decided beats all of it. Row order,
    file names and lines never matter.

    Args:
        incidents: the accepted logs, `incident_id` unique, every column of the contract.
        people: the accepted rows of the people feed; may be empty.
        places: the accepted rows of the places feed; may be empty.
        assumptions: words for withheld numbers and untaken names, dates for unknown births, the surnames that make
            a number shared, and what decides in the resolution.
        key: the store's secret; ids cannot be computed without it.
        known: the id table that the build before returned.
        decisions: `reference_a`, `reference_b` (of records), `kind` ('same' or 'different'): what people decided and
            is in force. One on a record that is not in this build changes nothing.
        numbers: `reference` (T-…), `kind` ('institution', 'shared' or 'personal'): the same of numbers.
    """
    logs = incidents["incident_id"]
    with ThreadPoolExecutor(2, "people") as beside:
        homes = beside.submit(located, incidents, people, locations(places))
        # What was given is let go as soon as it is read: it is most of the memory.
        incidents, people = incidents.drop("address", "uprn"), people.drop("address", "postcode", "uprn")
        records = gather(incidents, people, assumptions=assumptions)
        del incidents, people
        references = beside.submit(keyed_series, REFERENCE_PREFIX, records["record_id"], key=key)
        records = set_apart(
            records,
            telephones(places["phone"], assumptions.texts("withheld_numbers"))["phone"],
            minimum_surnames=assumptions.whole("shared_number_minimum_surnames"),
            numbers=decided_numbers(records["phone"], numbers, key=key),
        )
        records = with_clusters(records, crowding=assumptions.number("heaped_birth_factor"))
        records = records.hstack(homes.result().of_records(records["log"]))
        records = records.with_columns(references.result().alias("record_reference"))
    del homes, references
    decisions = decisions if decisions is not None else pl.DataFrame(schema=DECISIONS)
    settings = link_settings(assumptions)
    some = compared_records(records, decisions)
    records = records.select(*_KEPT, is_firm=_IS_FIRM)
    decided = decided_rows(records.select("record_reference")[some["row"]], decisions)
    some = split_decided(some, decided)
    linked = link(some, decided, settings)
    some = some.select(*_SETTLED, person=pl.Series(linked.person))
    records = _with_clusters(records, _settled(some, decided, assumptions))
    rows = some["row"]
    del some
    assigned = assign_ids(records, known, key=key)
    records = _with_ids(records, assigned)
    concerned, doubtful = beside_each_other(
        [partial(concerned_people, records), partial(_doubtful, records, rows, linked, decided, key)]
    )
    model = model_table(linked, settings, doubtful=doubtful.height)
    del linked
    return _people(records, logs, concerned, assigned, doubtful, model)


def link_settings(assumptions: Assumptions) -> LinkSettings:
    """What decides in the resolution."""
    return LinkSettings(
        join_at_least=assumptions.number("identity_join_probability"),
        doubt_from=assumptions.number("identity_doubt_probability"),
        window=assumptions.whole("identity_window"),
        rarity=assumptions.number("misspelling_rarity"),
        silence_days=assumptions.whole("number_silence_days"),
        most_known_pairs=assumptions.whole("identity_known_pairs"),
    )


def _settled(some: pl.DataFrame, decided: pl.DataFrame, assumptions: Assumptions) -> pl.DataFrame:
    """`row` and `person` of records (`_SETTLED` and `person`), once more by number and by usual names; null: nobody."""
    person = settle_again(
        some, nameless_share=assumptions.number("usual_caller_share"), apart=_kept_apart(some, decided)
    )
    some = some.with_columns(person.alias("person"))
    # Who gives a full name and a home is somebody; a name alone is so only where it proved to be somebody's.
    is_somebody = pl.col("pool").is_null() | (pl.col("is_full") & pl.col("home").is_not_null())
    some = some.with_columns(is_known=_any_of_person(some["person"], some.select(is_somebody).to_series()))
    bearer = UsualBearer(
        at_least=assumptions.number("identity_join_probability"),
        area_share=assumptions.number("usual_area_share"),
        strangers=assumptions.number("strangers_of_a_name"),
        typical_records=assumptions.number("typical_records"),
    )
    for is_open in (_IS_NAME_AND_HEAP, _IS_NAME_ONLY):
        to_bearers = usual_bearers(
            some.with_columns(is_open=is_open, has_number=pl.col("own_phone").is_not_null(), birth="date_of_birth"),
            bearer,
        )
        some = some.with_columns(person=moved_but(some["person"], to_bearers, _kept_apart(some, decided)))
    return some.select("row", person=pl.when(_any_of_person(some["person"], some["is_known"])).then("person"))


def _any_of_person(person: pl.Series, is_so: pl.Series) -> pl.Series:
    """Whether it is so of any record of each record's person (whole numbers from zero)."""
    of = person.to_numpy()
    any_is = np.zeros(int(of.max(initial=0)) + 1, dtype=bool)
    any_is[of[is_so.to_numpy()]] = True
    return pl.Series(any_is[of])


def _with_clusters(records: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The records with `cluster`: the person of each row found; in no pool where there is one."""
    nobody = pl.Series("cluster", [None], dtype=pl.Int64).new_from_index(0, records.height)
    cluster = nobody.scatter(found["row"], found["person"])
    return records.with_columns(cluster, pool=pl.when(cluster.is_null()).then("pool"))


def _with_ids(records: pl.DataFrame, assigned: AssignedIds) -> pl.DataFrame:
    """The records with the `person_id` of each cluster in its place."""
    cluster = assigned.clusters["cluster"].to_numpy()
    ids = _by_number(assigned.clusters["person_id"], cluster, int(cluster.max(initial=0)) + 1)
    return records.with_columns(ids.gather(records["cluster"])).drop("cluster")


def _kept_apart(some: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """`one`, `other`: the persons by now of records that a human keeps apart."""
    different = decided.filter(~pl.col("is_same"))
    return different.select(**{end: some["person"].gather(different[end]) for end in ("one", "other")})


def _doubtful(
    records: pl.DataFrame, rows: pl.Series, linked: Linked, decided: pl.DataFrame, key: bytes
) -> pl.DataFrame:
    some = records.select("record_reference", "record_id", "received_at", "person_id")[rows]
    different = decided.filter(~pl.col("is_same"))
    apart = pl.DataFrame(
        {
            "person_a": some["person_id"].gather(different["one"]),
            "person_b": some["person_id"].gather(different["other"]),
        }
    )
    return doubtful_pairs(some, linked, apart, key=key)


def _people(
    records: pl.DataFrame,
    logs: pl.Series,
    concerned: pl.DataFrame,
    assigned: AssignedIds,
    doubtful: pl.DataFrame,
    model: pl.DataFrame,
) -> People:
    said = ("person_id", "pool", "phone", "is_phone_of_place")
    callers = records.select("log", *said).filter(records["role"] == CALLER)
    on_log = callers["log"].to_numpy()
    caller_id, pool, phone, is_phone_of_place = (_by_number(callers[column], on_log, len(logs)) for column in said)
    first = concerned.select("log", "person_id").filter(concerned["position"] == 1)
    of_logs = logs.to_frame().with_columns(
        caller_id=caller_id,
        caller_pool=pool.cast(pl.String),
        caller_phone=phone.cast(pl.String),
        is_phone_of_place=is_phone_of_place.fill_null(False),
        concerned_id=_by_number(first["person_id"], first["log"].to_numpy(), len(logs)),
    )
    return People(
        records=records.select(_RECORD).cast({cs.enum(): pl.String}),
        incidents=of_logs,
        concerned=concerned.drop("log"),
        persons=assigned.clusters.select("person_id").sort("person_id"),
        aliases=assigned.known.aliases,
        known=assigned.known,
        doubtful=doubtful,
        model=model,
    )


def _by_number(values: pl.Series, number: Ints, length: int) -> pl.Series:
    """The value that has each number from zero to below `length`; null where none has."""
    place = np.full(length, len(values), dtype=np.int64)
    place[number] = np.arange(len(values))
    return values.extend_constant(None, 1).gather(place)
