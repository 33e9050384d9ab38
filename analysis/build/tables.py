"""Which tables does a build hold? Each is made from the steps before it, written at once and let go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from analysis.assumptions import Assumptions
from analysis.build.asked import (
    INCIDENT_ORDER,
    OF_CALLERS,
    OF_CONTACTS,
    OF_DAYS,
    OF_DEPLOYMENTS,
    OF_LOG,
    OF_SEARCH,
    OF_SEARCHED_GROUPS,
    OF_SEARCHED_RECORDS,
)
from analysis.build.harm_table import read_harm
from analysis.build.placed import Placed, place_logs
from analysis.build.places import Areas, area_table, read_areas
from analysis.build.search_keys import search_tables
from analysis.build.stacks import lay_feed, lay_incidents, lay_under_one_another
from analysis.demand.contacts import CONTACT_COLUMNS, KeyType, contacts_by_key_type, refer
from analysis.demand.day_sums import day_tables
from analysis.demand.domestic import is_domestic
from analysis.demand.groups import group_facts, group_places, incident_groups
from analysis.demand.harm import group_crimes
from analysis.ingest import FeedRows, Ingested, Sources
from analysis.officer_time import minutes, split_officer_time
from analysis.people import KnownIds, People, keyed_reference, resolve_people
from analysis.store import Build, BuildWriter

GROUP_ROWS = 16_384
"""Rows a group of the tables of days: about those of one neighbourhood; it changes the speed, never a result."""

_AS_READ = ("people", "assessments", "crimes", "safeguarding", "places")
_REFERRED = {KeyType.ADDRESS: "A", KeyType.PHONE: "T"}


@dataclass(frozen=True)
class Making:
    """What every step of a build is given."""

    sources: Sources
    ingested: Ingested
    writer: BuildWriter
    assumptions: Assumptions
    key: bytes
    known: KnownIds | None
    version: str
    say: Callable[[str], None]
    decisions: pl.DataFrame | None = None
    numbers: pl.DataFrame | None = None

    def feed(self, table: str) -> FeedRows:
        """The accepted rows of a feed, unread."""
        return self.ingested.feeds[table]


def assemble(making: Making) -> Areas:
    """Make and write every table of a build from the accepted rows.

    Raises:
        SourcesError: a boundary or harm file cannot be read.
        StoreError: the store cannot be written.
    """
    incidents, write = making.feed("incidents"), making.writer.write
    making.say("placing incidents in wards and neighbourhoods")
    areas, harm = read_areas(making.sources), read_harm(making.sources.harm)
    timezone = making.sources.force.timezone
    places = making.feed("places").frame()
    placed = place_logs(incidents, areas, places, timezone=timezone, version=making.version)
    making.say("linking logs and crimes")
    _write_as_read(making, areas, harm)
    groups, domestic = _linked(making, harm)
    making.say("sharing officer time")
    units = _officer_time(making)
    making.say("finding who called")
    people = resolve_people(
        incidents.frame(OF_CALLERS),
        making.feed("people").frame(),
        places,
        assumptions=making.assumptions,
        key=making.key,
        known=making.known,
        decisions=making.decisions,
        numbers=making.numbers,
    )
    concerned, persons, aliases = people.concerned, people.persons, people.known.aliases
    _write_people(making, people)
    own = _own_columns(incidents, groups, domestic, units, people)
    del people
    lay_incidents(making.writer, incidents, own, placed, INCIDENT_ORDER)
    del own
    making.say("counting contacts")
    facts = _group_facts(making, groups, domestic, units, placed)
    write("groups", facts)
    del domestic, units
    group = group_places(groups)
    del groups
    build = making.writer.unfinished()
    callers = _write_contacts(making, build, facts, group, concerned)
    write("persons", _persons(persons, callers))
    making.say("adding up days")
    _write_days(making, build, facts, callers, concerned)
    del callers, facts
    making.say("making people findable")
    _write_search(making, build, concerned, aliases)
    return areas


def _write_as_read(making: Making, areas: Areas, harm: pl.DataFrame | None) -> None:
    """The tables that stand as they were read."""
    for table in _AS_READ:
        lay_feed(making.writer, making.feed(table))
    write = making.writer.write
    write("rejects", making.ingested.rejects)
    write("wards", area_table(areas.wards))
    write("neighbourhoods", area_table(areas.neighbourhoods))
    write("harm", harm if harm is not None else pl.DataFrame(schema={"offence_code": pl.String, "days": pl.Float64}))


def _linked(making: Making, harm: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.Series]:
    """The group of each log, and whether it was domestic; the crimes of groups are written."""
    logs = making.feed("incidents").frame(("incident_id", "duplicate_of", "crime_ref", "is_domestic"))
    crimes = making.feed("crimes").frame(("crime_ref", "incident_id", "offence_code", "is_domestic"))
    groups = incident_groups(logs)
    making.writer.write("group_crimes", group_crimes(logs, groups, crimes, harm))
    return groups, is_domestic(logs, crimes)


def _officer_time(making: Making) -> pl.DataFrame:
    """The officer time of each log, in their order; the deployments are written."""
    rows = making.feed("deployments")
    given = rows.frame(OF_DEPLOYMENTS)
    time = split_officer_time(
        given,
        making.feed("incidents").frame(("incident_id", "grade")),
        cap_hours=making.assumptions.number("never_cleared_cap_hours"),
        minimum_for_grade_median=making.assumptions.whole("grade_median_minimum_deployments"),
    )
    lay_feed(making.writer, rows, time.deployments.drop(OF_DEPLOYMENTS))
    return time.incidents


def _write_people(making: Making, people: People) -> None:
    """Write what was found of people."""
    write = making.writer.write
    write("person_records", people.records)
    write("person_aliases", people.known.aliases)
    write("known_records", people.known.records)
    write("known_persons", people.known.persons)
    write("concerned", people.concerned)
    write("doubtful", people.doubtful)
    write("people_model", people.model)


def _own_columns(
    incidents: FeedRows, groups: pl.DataFrame, domestic: pl.Series, units: pl.DataFrame, people: People
) -> pl.DataFrame:
    """What was worked out of all logs together; every step keeps their order."""
    measured = units.drop("incident_id").with_columns(
        officer_minutes=minutes(pl.col("officer_units")),
        officer_minutes_low=minutes(pl.col("officer_units_low")),
        officer_minutes_high=minutes(pl.col("officer_units_high")),
    )
    found = people.incidents.select("caller_id", "caller_pool", "caller_phone", "is_phone_of_place", "concerned_id")
    worked_out = [groups.select("group_id", "is_link_broken"), measured, found, domestic.to_frame()]
    return pl.concat([incidents.frame(OF_LOG), *worked_out], how="horizontal")


def _group_facts(
    making: Making, groups: pl.DataFrame, domestic: pl.Series, units: pl.DataFrame, placed: Placed
) -> pl.DataFrame:
    """What each incident group adds up to."""
    logs = [
        making.feed("incidents").frame(("incident_id", "received_at")),
        placed.frame(("ward_code", "neighbourhood_code")),
        domestic.to_frame(),
    ]
    return group_facts(pl.concat(logs, how="horizontal"), groups, units)


def _write_contacts(
    making: Making, build: Build, facts: pl.DataFrame, group: pl.Series, concerned: pl.DataFrame
) -> pl.DataFrame:
    """Write the contacts of one key type after the other, and the references; returns those of callers."""
    logs = build.frame("incidents", list(OF_CONTACTS)).with_columns(group)
    callers = pl.DataFrame()
    files, references = {}, []
    for key_type, found in contacts_by_key_type(logs, facts, concerned):
        if key_type in _REFERRED:
            references.append(_references(found, key_type, making.key))
            found = refer(found, references[-1])
        elif key_type is KeyType.CALLER:
            callers = found
        files[making.writer.write(f"contacts.{key_type.value}", found)] = found.height
    lay_under_one_another(making.writer, "contacts", files, CONTACT_COLUMNS)
    making.writer.write("references", pl.concat(references))
    return callers


def _write_days(
    making: Making, build: Build, facts: pl.DataFrame, callers: pl.DataFrame, concerned: pl.DataFrame
) -> None:
    """Write what each day of each caller adds up to."""
    days = day_tables(
        callers,
        facts,
        incidents=build.frame("incidents", list(OF_DAYS)),
        concerned=concerned,
        crimes=making.feed("crimes").frame(),
        group_crimes=build.frame("group_crimes"),
        assessments=making.feed("assessments").frame(),
        safeguarding=making.feed("safeguarding").frame(),
        timezone=making.sources.force.timezone,
    )
    for name, frame in days.by_name().items():
        making.writer.write(name, frame, group_rows=GROUP_ROWS)


def _write_search(making: Making, build: Build, concerned: pl.DataFrame, aliases: pl.DataFrame) -> None:
    """Write by which keys people can be found."""
    found = search_tables(
        build.frame("incidents", list(OF_SEARCH)),
        build.frame("groups", list(OF_SEARCHED_GROUPS)),
        build.frame("person_records", list(OF_SEARCHED_RECORDS)),
        {table: making.feed(table).frame() for table in ("people", "places", "assessments")},
        concerned=concerned,
        aliases=aliases,
    )
    making.writer.write("search_keys", found.keys, group_rows=GROUP_ROWS)
    making.writer.write("search_facts", found.facts, group_rows=GROUP_ROWS)


def _references(contacts: pl.DataFrame, key_type: KeyType, key: bytes) -> pl.DataFrame:
    """References of addresses (A-…) or telephone numbers (T-…): key_type, key_id (plain), reference."""
    texts = contacts["key_id"].unique().sort()
    return pl.DataFrame(
        {
            "key_type": pl.Series([key_type.value]).new_from_index(0, len(texts)),
            "key_id": texts,
            "reference": keyed_reference(_REFERRED[key_type], texts, key=key),
        }
    )


def _persons(persons: pl.DataFrame, callers: pl.DataFrame) -> pl.DataFrame:
    """One row a person: contacts as caller over the whole build, 0 and null for who never rang."""
    as_caller = callers.group_by(person_id="key_id").agg(
        contacts=pl.len().cast(pl.Int64),
        first_contact_at=pl.col("contact_at").min(),
        last_contact_at=pl.col("contact_at").max(),
    )
    return (
        persons.join(as_caller, on="person_id", how="left")
        .with_columns(pl.col("contacts").fill_null(0))
        .sort("person_id")
    )
