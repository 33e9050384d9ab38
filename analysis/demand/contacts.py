"""Who contacted the police about which incident? One row for each key and incident group."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np
import polars as pl

CALLER_ROLES_RANKED = ("victim", "subject", "unknown")
"""Roles of a caller who is a key of their own; a role nobody recorded counts as unknown."""

OFFICER_SOURCE = "officer"

_GROUP_COLUMNS = (
    "is_domestic",
    "ward_code",
    "neighbourhood_code",
    "units",
    "units_low",
    "units_high",
    "imputed_units",
)
_LOG_COLUMNS = (
    "incident_id",
    "received_at",
    "source",
    "caller_role",
    "caller_id",
    "caller_phone",
    "is_phone_of_place",
    "address_key",
    "is_address_of_place",
)
"""What is asked of a log; its own area and domestic flag are not: those of its group count."""

CONTACT_COLUMNS = ("key_type", "key_id", "group_id", "contact_at", *_GROUP_COLUMNS)


class KeyType(StrEnum):
    """What a repeat contact is counted by."""

    CALLER = "caller"
    CONCERNED = "concerned"
    ADDRESS = "address"
    PHONE = "phone"


_KEY = {
    KeyType.CALLER: "caller_id",
    KeyType.CONCERNED: "person_id",
    KeyType.ADDRESS: "address_key",
    KeyType.PHONE: "caller_phone",
}


def contacts(logs: pl.DataFrame, groups: pl.DataFrame, concerned: pl.DataFrame) -> pl.DataFrame:
    """One row for each distinct key and incident group, for all four key types.

    A person who rings twice about one job makes one contact; two people who ring make one each. The time is that
    of the key's own first log in the group; area, domestic flag and officer time are those of the whole group,
    once. Logs an officer raised are no contact; a log whose source nobody recorded is one.

    Args:
        logs: one row a log: incident_id, group_id, received_at, source, caller_role, caller_id (null in a pool),
            caller_phone (E.164), is_phone_of_place, address_key, is_address_of_place. A null flag is "not known to
            be a place's".
        groups: one row a group, see `analysis.demand.groups`: group_id, ward_code, neighbourhood_code, is_domestic,
            units, units_low, units_high, imputed_units (1/720720 of a millisecond of officer time).
        concerned: incident_id, person_id; several rows a log where several people are concerned.

    Returns:
        `CONTACT_COLUMNS`, one key type after the other, each in order of time (then of the log's number and of
        key_id), so that the order of the input never shows. For address and phone `key_id` is still the plain
        address or number: `refer` replaces it, and must do so before a list is made, for `key_id` settles the last
        ties.

    Raises:
        ValueError: a log's group is not in `groups`.
    """
    places = groups.select("group_id").with_row_index("group")
    placed = logs.select(*_LOG_COLUMNS, "group_id").join(places, on="group_id", how="inner", validate="m:1")
    if placed.height != logs.height:
        raise ValueError("a log's group is missing from the groups")
    public = public_logs(placed)
    return pl.concat([contacts_of(key_type, public, placed, groups, concerned) for key_type in KeyType])


def public_logs(logs: pl.DataFrame) -> pl.DataFrame:
    """The logs that may be contacts, in order of time, then of their numbers.

    Args:
        logs: incident_id, received_at, source and `group`, the place of the log's group in the groups.

    Returns:
        `log` (which of the logs it is), incident_id, received_at, group, `has_others` (logs of the group among these).
    """
    public = logs.select("incident_id", "received_at", "group", "source").with_row_index("log")
    in_order = public.filter(pl.col("source").ne_missing(OFFICER_SOURCE)).drop("source")
    in_order = in_order.sort("received_at")
    public = _ties_by_number(in_order)
    return public.with_columns(_is_repeated(public["group"]).alias("has_others"))


def contacts_of(
    key_type: KeyType, public: pl.DataFrame, logs: pl.DataFrame, groups: pl.DataFrame, concerned: pl.DataFrame
) -> pl.DataFrame:
    """The contacts of one key type, so that they need not all be made and held at once; see `contacts`.

    Args:
        public: `public_logs` of the logs.
        logs: the columns of the logs that the key type is about.
        groups, concerned: as for `contacts`.
    """
    named = _named(key_type, public, logs, concerned)
    first = _first_logs(named)
    # Only now, so that the facts of a group are not carried through every step.
    facts = groups.select(pl.col("group_id", *_GROUP_COLUMNS).gather(first["group"]))
    typed = first.drop("group").with_columns(pl.lit(key_type.value).alias("key_type"))
    return pl.concat([typed, facts], how="horizontal").select(CONTACT_COLUMNS)


def refer(contacts: pl.DataFrame, reference_of: Callable[[pl.Series], pl.Series]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Replace plain addresses or numbers by their references.

    Args:
        contacts: as `contacts_of` returns them.
        reference_of: the reference of each of some distinct plain texts.

    Returns:
        The contacts, and what stands for what: key_type, key_id (plain), reference, as they first came.

    Raises:
        ValueError: a plain value has no reference; it would otherwise be published.
    """
    # Each text is looked at once: from here on its number stands for it.
    numbered = contacts["key_id"].cast(pl.Categorical(pl.Categories.random()))
    distinct = numbered.unique(maintain_order=True)
    plain = distinct.cast(pl.String)
    references = reference_of(plain).alias("reference")
    if references.has_nulls() or len(references) != len(plain):
        raise ValueError("an address or number has no reference")
    by_number = references.scatter(distinct.to_physical(), references)
    key_types = contacts["key_type"].head(1).new_from_index(0, len(plain)) if len(plain) else contacts["key_type"]
    return (
        contacts.with_columns(by_number.gather(numbered.to_physical()).alias("key_id")),
        pl.DataFrame([key_types.alias("key_type"), plain.alias("key_id"), references]),
    )


def _ties_by_number(logs: pl.DataFrame) -> pl.DataFrame:
    """Logs that are in order of time, those of one instant in order of their numbers."""
    at = logs["received_at"]
    is_tied = (at == at.shift(1)).fill_null(False) | (at == at.shift(-1)).fill_null(False)
    if not is_tied.any():
        return logs
    places = is_tied.arg_true()
    tied = logs.select("received_at", "incident_id").filter(is_tied)
    order = tied.select(pl.arg_sort_by("received_at", "incident_id")).to_series()
    whole = pl.int_range(logs.height, dtype=pl.UInt32, eager=True).scatter(places, places.gather(order))
    return logs[whole]


def _is_repeated(places: pl.Series) -> pl.Series:
    """Where a place in a table stands more than once; counting them costs a tenth of looking for equal ones."""
    found = places.to_numpy()
    return pl.Series(np.bincount(found)[found] > 1)


def _named(key_type: KeyType, public: pl.DataFrame, logs: pl.DataFrame, concerned: pl.DataFrame) -> pl.DataFrame:
    """The logs that are contacts of a key of this type: key_id, contact_at, group, has_others, `place` in `public`."""
    if key_type is KeyType.CONCERNED:
        return _concerning(public, concerned)
    key = pl.col(_KEY[key_type])
    match key_type:
        case KeyType.ADDRESS:
            is_one = ~pl.col("is_address_of_place").fill_null(False)
        case KeyType.PHONE:
            is_one = ~pl.col("is_phone_of_place").fill_null(False)
        case _:
            is_one = pl.col("caller_role").is_in(CALLER_ROLES_RANKED) | pl.col("caller_role").is_null()
    keys = logs.select(pl.when(key.is_not_null() & is_one).then(key).alias("key_id")).to_series()
    return (
        public.select("group", "has_others", contact_at="received_at")
        .with_columns(keys.gather(public["log"]))
        .with_row_index("place")
        .filter(pl.col("key_id").is_not_null())
    )


def _concerning(public: pl.DataFrame, concerned: pl.DataFrame) -> pl.DataFrame:
    """The logs once for each person concerned, in their order, then of the person's id."""
    numbered = public.select("incident_id").with_row_index("place")
    found = (
        concerned.select("incident_id", key_id="person_id")
        .drop_nulls()
        .join(numbered, on="incident_id")
        .drop("incident_id")
    )
    has_others = _is_repeated(found["place"])
    several = found.filter(has_others).unique().sort("place", "key_id")
    found = pl.concat([found.filter(~has_others), several]).sort("place", maintain_order=True)
    columns = public.select(pl.col("group", "has_others", "received_at").gather(found["place"]))
    return pl.concat([found, columns.rename({"received_at": "contact_at"})], how="horizontal")


def _first_logs(named: pl.DataFrame) -> pl.DataFrame:
    """Each key's first log in each group; only groups of several logs need be searched for it."""
    columns = ["key_id", "contact_at", "group"]
    alone = named.filter(~pl.col("has_others"))
    if alone.height == named.height:
        return named.select(columns)
    first = named.filter("has_others").unique(["key_id", "group"], keep="first", maintain_order=True)
    return pl.concat([alone, first]).sort("place", maintain_order=True).select(columns)
