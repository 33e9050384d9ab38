"""Who contacted the police about which incident? One row for each key and incident group."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

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
    return pl.concat([found for _, found in contacts_by_key_type(placed, groups, concerned)])


def contacts_by_key_type(
    logs: pl.DataFrame, groups: pl.DataFrame, concerned: pl.DataFrame
) -> Iterator[tuple[KeyType, pl.DataFrame]]:
    """The same, one key type after the other, so that they need not all be held.

    Args:
        logs: as for `contacts`, with `group` (the place of the log's group in `groups`) in place of its id.
        groups, concerned: as for `contacts`.
    """
    public = _in_order(logs.select(*_LOG_COLUMNS, "group").filter(pl.col("source").ne_missing(OFFICER_SOURCE)))
    for key_type in KeyType:
        first = _first_logs(_of_type(public, key_type, concerned), key_type, _KEY[key_type])
        # Only now, so that the facts of a group are not carried through every step.
        facts = groups.select(pl.col("group_id", *_GROUP_COLUMNS).gather(first["group"]))
        yield key_type, pl.concat([first.drop("group"), facts], how="horizontal").select(CONTACT_COLUMNS)


def refer(contacts: pl.DataFrame, references: pl.DataFrame) -> pl.DataFrame:
    """Replace plain addresses and numbers by their references.

    Args:
        contacts: as `contacts` returns them.
        references: key_type, key_id (plain), reference; one row for each distinct plain value of the key types it
            names. Key types it does not name stay as they are.

    Raises:
        ValueError: a plain value has no reference; it would otherwise be published.
    """
    keys = contacts["key_id"]
    for (key_type,), known in references.partition_by("key_type", as_dict=True).items():
        is_named = contacts["key_type"] == key_type
        place = keys.filter(is_named).cast(pl.Enum(known["key_id"]), strict=False).to_physical()
        if place.has_nulls():
            raise ValueError("an address or number has no reference")
        keys = keys.scatter(is_named.arg_true(), known["reference"].gather(place))
    return contacts.with_columns(keys)


def _of_type(public: pl.DataFrame, key_type: KeyType, concerned: pl.DataFrame) -> pl.DataFrame:
    """The logs that may be contacts of a key of this type."""
    match key_type:
        case KeyType.CALLER:
            rings = pl.col("caller_role").is_in(CALLER_ROLES_RANKED) | pl.col("caller_role").is_null()
            return public.filter(rings)
        case KeyType.CONCERNED:
            return _concerning(public, concerned)
        case KeyType.ADDRESS:
            return public.filter(_not_of_place("is_address_of_place"))
        case KeyType.PHONE:
            return public.filter(_not_of_place("is_phone_of_place"))


def _in_order(logs: pl.DataFrame) -> pl.DataFrame:
    """The logs in order of time, each with its place in that order."""
    in_order = logs.sort("received_at", "incident_id")
    return in_order.with_row_index("place").with_columns(pl.col("group").is_duplicated().alias("has_others"))


def _concerning(public: pl.DataFrame, concerned: pl.DataFrame) -> pl.DataFrame:
    """The logs once for each person concerned, in their order, then of the person's id."""
    people = concerned.select("incident_id", "person_id").unique()
    found = people.join(public.select("incident_id", "place"), on="incident_id").sort("place", "person_id")
    columns = pl.col("place", "group", "has_others", "received_at").gather(found["place"])
    return public.select(columns).with_columns(found["person_id"])


def _first_logs(logs: pl.DataFrame, key_type: KeyType, key: str) -> pl.DataFrame:
    """Each key's first log in each group; only groups of several logs need be searched for it."""
    named = logs.filter(pl.col(key).is_not_null()).select(
        pl.lit(key_type.value).alias("key_type"),
        pl.col(key).alias("key_id"),
        pl.col("received_at").alias("contact_at"),
        "group",
        "has_others",
        "place",
    )
    columns = ["key_type", "key_id", "contact_at", "group"]
    alone = named.filter(~pl.col("has_others"))
    if alone.height == named.height:
        return named.select(columns)
    first = named.filter("has_others").unique(["key_id", "group"], keep="first", maintain_order=True)
    return pl.concat([alone, first]).sort("place", maintain_order=True).select(columns)


def _not_of_place(flag: str) -> pl.Expr:
    return pl.col(flag).ne_missing(True)
