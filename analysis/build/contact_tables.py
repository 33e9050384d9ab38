"""Which contacts does a build hold? One file a key type, and what stands for the addresses and numbers among them."""

from __future__ import annotations

import polars as pl

from analysis.build.making import Making
from analysis.build.placed import Placed
from analysis.build.stacks import lay_under_one_another
from analysis.demand.contacts import CONTACT_COLUMNS, KeyType, contacts_of, refer
from analysis.people import People, keyed_reference

_REFERRED = {KeyType.ADDRESS: "A", KeyType.PHONE: "T"}
_OF_PLACE = ("address_key", "is_address_of_place")


def write_addresses(making: Making, public: pl.DataFrame, placed: Placed, facts: pl.DataFrame) -> pl.DataFrame:
    """Write the contacts from each address, which need no people; returns what stands for the addresses.

    Args:
        public: see `public_logs`.
        facts: see `group_facts`.
    """
    nobody = pl.DataFrame(schema={"incident_id": pl.String, "person_id": pl.String})
    found = contacts_of(KeyType.ADDRESS, public, placed.frame(_OF_PLACE), facts, nobody)
    return _write_referred(making, KeyType.ADDRESS, found)


def write_contacts(
    making: Making, people: People, *, public: pl.DataFrame, facts: pl.DataFrame, addresses: pl.DataFrame
) -> pl.DataFrame:
    """Write the contacts of the other key types and lay them all; returns those of callers.

    Args:
        public, facts: as for `write_addresses`.
        addresses: as it returned them.
    """
    roles = making.feed("incidents").frame(("caller_role",))
    logs = pl.concat(
        [roles, people.incidents.select("caller_id", "caller_phone", "is_phone_of_place")], how="horizontal"
    )
    numbers = _write_referred(making, KeyType.PHONE, contacts_of(KeyType.PHONE, public, logs, facts, people.concerned))
    making.writer.write("references", pl.concat([addresses, numbers]))
    concerning = contacts_of(KeyType.CONCERNED, public, logs, facts, people.concerned)
    making.writer.write(_name(KeyType.CONCERNED), concerning)
    del concerning
    callers = contacts_of(KeyType.CALLER, public, logs, facts, people.concerned)
    making.writer.write(_name(KeyType.CALLER), callers)
    heights = {f"{_name(key_type)}.parquet": making.writer.heights[_name(key_type)] for key_type in KeyType}
    lay_under_one_another(making.writer, "contacts", heights, CONTACT_COLUMNS)
    return callers


def _name(key_type: KeyType) -> str:
    return f"contacts.{key_type.value}"


def _write_referred(making: Making, key_type: KeyType, found: pl.DataFrame) -> pl.DataFrame:
    """Write contacts under references of addresses (A-…) or telephone numbers (T-…), which are returned."""
    known = _known(key_type, making)

    def reference_of(plain: pl.Series) -> pl.Series:
        found = plain.to_frame().join(known, on="key_id", how="left", maintain_order="left")["reference"]
        is_new = found.is_null()
        made = keyed_reference(_REFERRED[key_type], plain.filter(is_new), key=making.key)
        return found.scatter(is_new.arg_true(), made)

    referred, references = refer(found, reference_of)
    making.writer.write(_name(key_type), referred)
    return references


def _known(key_type: KeyType, making: Making) -> pl.DataFrame:
    """References of the build before, which need not be computed again; none where another key made them."""
    nothing = pl.DataFrame(schema={"key_id": pl.String, "reference": pl.String})
    if making.earlier is None:
        return nothing
    known = making.earlier.table("references").filter(pl.col("key_type") == key_type.value)
    found = known.select("key_id", "reference").collect()
    first = keyed_reference(_REFERRED[key_type], found["key_id"].head(1), key=making.key)
    return found if first.equals(found["reference"].head(1)) else nothing
