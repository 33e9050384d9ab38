"""Who is each caller, victim and subject of this build?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.assumptions import Assumptions
from analysis.people.concerned import concerned_people
from analysis.people.decisions import DECISIONS, decided_rows, split_decided
from analysis.people.doubtful import doubtful_pairs
from analysis.people.ids import AssignedIds, KnownIds, assign_ids
from analysis.people.linking import KEYS, Linked, LinkSettings, link, located
from analysis.people.locations import locations
from analysis.people.model import model_table
from analysis.people.named_only import UsualBearer, usual_bearers
from analysis.people.pools import Pool, decided_numbers, set_apart
from analysis.people.presumed import presumed, with_clusters
from analysis.people.records import CALLER, SET_APART_ROLES, gather
from analysis.people.references import keyed_series
from analysis.people.settling import moved_but, settle_again
from analysis.people.telephones import telephones

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
# What stays when it is known who is who, and what is no matter for finding that out.
_KEPT = (
    "log",
    "given_role",
    "is_phone_of_place",
    *(column for column in _RECORD if column != "person_id"),
)
_NOT_COMPARED = ("role", "given_role", "source_file", "source_line", "read_order", "phone", "is_victim")
_NOT_SETTLED = ("surname", "scene", *(f"{kind}_{key}" for kind in ("home", "scene") for key in KEYS))
# Whose these are does not depend on who else is in the build.
_IS_FIRM = pl.col("nominal_id").is_not_null() | (
    pl.col("is_full") & pl.any_horizontal(pl.col("own_phone", "date_of_birth", "home").is_not_null())
)
_IS_NAME_ONLY = (
    (pl.col("pool") == Pool.WITHHELD.value)
    & pl.col("is_full")
    & pl.all_horizontal(pl.col("home", "home_area", "date_of_birth").is_null())
).fill_null(False)


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
    records = located(gather(incidents, people, assumptions=assumptions), locations(places))
    records = records.with_columns(record_reference=keyed_series(REFERENCE_PREFIX, records["record_id"], key=key))
    records = set_apart(
        records,
        telephones(places["phone"], assumptions.texts("withheld_numbers"))["phone"],
        minimum_surnames=assumptions.whole("shared_number_minimum_surnames"),
        numbers=decided_numbers(records["phone"], numbers, key=key),
    )
    records = with_clusters(records, crowding=assumptions.number("heaped_birth_factor"))
    decisions = decisions if decisions is not None else pl.DataFrame(schema=DECISIONS)
    settings = link_settings(assumptions)
    # What was read of names and places is let go as soon as it is compared: it is most of the memory.
    some = _compared(records, decisions)
    records = records.select(*_KEPT, is_firm=_IS_FIRM)
    resolved = _resolved(
        records,
        some,
        decisions,
        settings,
        nameless_share=assumptions.number("usual_caller_share"),
        bearer=UsualBearer(
            at_least=settings.join_at_least,
            area_share=assumptions.number("usual_area_share"),
            strangers=assumptions.number("strangers_of_a_name"),
            typical_records=assumptions.number("typical_records"),
        ),
    )
    assigned = assign_ids(resolved.records, known, key=key)
    records = resolved.records.join(assigned.clusters, on="cluster", how="left", maintain_order="left")
    # Every log has a time, so a record without one is of a log that is not in the build.
    concerned = concerned_people(records.filter(pl.col("received_at").is_not_null()))
    doubtful = _doubtful(records, resolved, settings, key)
    model = model_table(resolved.linked, settings, doubtful=doubtful.height)
    return _people(records, incidents, concerned, assigned, doubtful, model)


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


@dataclass(frozen=True)
class _Resolved:
    """`records`: all, with `cluster` and `pool` as resolved. `rows`: which of them were given to linking."""

    records: pl.DataFrame
    rows: pl.Series
    linked: Linked
    decided: pl.DataFrame


def _compared(records: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The records that may be somebody: those outside the pools, and in them those that give a name or were named."""
    named = pl.concat([decisions["reference_a"], decisions["reference_b"]]).unique()
    is_free = pl.col("pool").is_null() | (
        ~pl.col("pool").is_in(SET_APART_ROLES)
        & (pl.col("name").is_not_null() | pl.col("record_reference").is_in(named.to_list()))
    )
    some = records.lazy().with_row_index("row").drop(_NOT_COMPARED).filter(is_free).collect()
    return some.with_columns(presumed=presumed())


def _resolved(
    records: pl.DataFrame,
    some: pl.DataFrame,
    decisions: pl.DataFrame,
    settings: LinkSettings,
    *,
    nameless_share: float,
    bearer: UsualBearer,
) -> _Resolved:
    decided = decided_rows(some, decisions)
    some = split_decided(some, decided)
    linked = link(some, decided, settings)
    some = some.drop(_NOT_SETTLED)
    some = some.with_columns(person=pl.Series(linked.person))
    some = some.with_columns(
        settle_again(some, nameless_share=nameless_share, apart=_kept_apart(some, decided)).alias("person")
    )
    # Who gives a full name and a home is somebody; a name alone is so only where it proved to be somebody's.
    is_somebody = (pl.col("pool").is_null() | (pl.col("is_full") & pl.col("home").is_not_null())).any().over("person")
    some = some.with_columns(is_known=is_somebody)
    to_bearers = usual_bearers(
        some.with_columns(is_open=_IS_NAME_ONLY, has_number=pl.col("own_phone").is_not_null()), bearer
    )
    some = some.with_columns(person=moved_but(some["person"], to_bearers, _kept_apart(some, decided)))
    some = some.with_columns(person=pl.when(pl.col("is_known").any().over("person")).then("person"))
    nobody = pl.Series("cluster", [None], dtype=pl.Int64).new_from_index(0, records.height)
    cluster = nobody.scatter(some["row"], some["person"])
    return _Resolved(
        records.with_columns(cluster, pool=pl.when(cluster.is_null()).then("pool")),
        some["row"],
        linked,
        decided,
    )


def _kept_apart(some: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """`one`, `other`: the persons by now of records that a human keeps apart."""
    different = decided.filter(~pl.col("is_same"))
    return different.select(**{end: some["person"].gather(different[end]) for end in ("one", "other")})


def _doubtful(records: pl.DataFrame, resolved: _Resolved, settings: LinkSettings, key: bytes) -> pl.DataFrame:
    some = records.select("record_reference", "record_id", "received_at", "person_id")[resolved.rows]
    different = resolved.decided.filter(~pl.col("is_same"))
    apart = pl.DataFrame(
        {
            "person_a": some["person_id"].gather(different["one"]),
            "person_b": some["person_id"].gather(different["other"]),
        }
    )
    return doubtful_pairs(some, resolved.linked, apart, doubt_from=settings.doubt_from, key=key)


def _people(
    records: pl.DataFrame,
    incidents: pl.DataFrame,
    concerned: pl.DataFrame,
    assigned: AssignedIds,
    doubtful: pl.DataFrame,
    model: pl.DataFrame,
) -> People:
    callers = records.filter(pl.col("role") == CALLER)
    first = concerned.filter(pl.col("position") == 1)
    of_logs = incidents.select(
        "incident_id",
        caller_id=_on_logs(callers, "person_id", incidents.height),
        caller_pool=_on_logs(callers, "pool", incidents.height),
        caller_phone=_on_logs(callers, "phone", incidents.height),
        is_phone_of_place=_on_logs(callers, "is_phone_of_place", incidents.height).fill_null(False),
        concerned_id=_on_logs(first, "person_id", incidents.height),
    )
    return People(
        records=records.select(_RECORD),
        incidents=of_logs,
        concerned=concerned.drop("log"),
        persons=records.select("person_id").drop_nulls().unique().sort("person_id"),
        aliases=assigned.known.aliases,
        known=assigned.known,
        doubtful=doubtful,
        model=model,
    )


def _on_logs(records: pl.DataFrame, column: str, logs: int) -> pl.Series:
    """The value of each log's record, in the order of the logs; null where the log has none."""
    values = records[column]
    place = np.full(logs, len(values), dtype=np.int64)
    place[records["log"].to_numpy()] = np.arange(len(values))
    return values.extend_constant(None, 1).gather(place)
