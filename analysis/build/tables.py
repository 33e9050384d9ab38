"""Which tables does a build hold? Each is made from the steps before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from analysis.assumptions import Assumptions
from analysis.build.harm_table import read_harm
from analysis.build.places import Areas, area_table, place, read_areas
from analysis.build.search_keys import search_tables
from analysis.demand.addresses import address_columns
from analysis.demand.contacts import KeyType, contacts, refer
from analysis.demand.day_sums import day_tables
from analysis.demand.domestic import is_domestic
from analysis.demand.groups import group_facts, incident_groups
from analysis.demand.harm import group_crimes
from analysis.ingest import Ingested, Sources
from analysis.officer_time import OfficerTime, minutes, split_officer_time
from analysis.people import KnownIds, People, keyed_reference, resolve_people


@dataclass(frozen=True)
class Tables:
    """Every table of a build by name, and its areas."""

    frames: dict[str, pl.DataFrame]
    areas: Areas


def assemble(
    sources: Sources,
    ingested: Ingested,
    *,
    assumptions: Assumptions,
    key: bytes,
    known: KnownIds | None,
    say: Callable[[str], None],
) -> Tables:
    """Make every table of a build from the accepted rows.

    Raises:
        SourcesError: a boundary or harm file cannot be read.
    """
    feeds = dict(ingested.tables)
    say("placing incidents in wards and neighbourhoods")
    areas = read_areas(sources)
    harm = read_harm(sources.harm)
    incidents = feeds.pop("incidents")
    located = place(incidents, areas, timezone=sources.force.timezone)
    say("linking logs and crimes")
    groups = incident_groups(incidents)
    domestic = is_domestic(incidents, feeds["crimes"])
    say("sharing officer time")
    time = split_officer_time(
        feeds.pop("deployments"),
        incidents.select("incident_id", "grade"),
        cap_hours=assumptions.number("never_cleared_cap_hours"),
        minimum_for_grade_median=assumptions.whole("grade_median_minimum_deployments"),
    )
    say("finding who called")
    people = resolve_people(incidents, feeds["people"], feeds["places"], assumptions=assumptions, key=key, known=known)
    incidents = _incidents(incidents, located, groups, domestic, time, people, feeds["places"])
    say("counting contacts")
    facts = group_facts(incidents, groups, time.incidents)
    plain = contacts(incidents, facts, people.concerned)
    references = _references(plain, key)
    crimes_of_groups = group_crimes(incidents, groups, feeds["crimes"], harm)
    persons = _persons(people, plain)
    say("adding up days")
    days = day_tables(
        plain,
        facts,
        incidents=incidents,
        concerned=people.concerned,
        crimes=feeds["crimes"],
        group_crimes=crimes_of_groups,
        assessments=feeds["assessments"],
        safeguarding=feeds["safeguarding"],
        timezone=sources.force.timezone,
    )
    say("making people findable")
    search = search_tables(
        incidents, facts, people.records, feeds, concerned=people.concerned, aliases=people.known.aliases
    )
    frames = {
        "incidents": incidents,
        "deployments": time.deployments,
        "groups": facts,
        "contacts": refer(plain, references),
        "references": references,
        "group_crimes": crimes_of_groups,
        "persons": persons,
        "person_records": people.records,
        "person_aliases": people.known.aliases,
        "known_records": people.known.records,
        "known_persons": people.known.persons,
        "concerned": people.concerned,
        "search_keys": search.keys,
        "search_facts": search.facts,
        "wards": area_table(areas.wards),
        "neighbourhoods": area_table(areas.neighbourhoods),
        "harm": harm if harm is not None else pl.DataFrame(schema={"offence_code": pl.String, "days": pl.Float64}),
        "rejects": ingested.rejects,
        **days.by_name(),
        **feeds,
    }
    return Tables(frames, areas)


def _incidents(
    incidents: pl.DataFrame,
    located: pl.DataFrame,
    groups: pl.DataFrame,
    domestic: pl.Series,
    time: OfficerTime,
    people: People,
    places: pl.DataFrame,
) -> pl.DataFrame:
    """The log with everything worked out about it; every step keeps its order."""
    measured = time.incidents.select(
        "officer_units",
        "officer_units_low",
        "officer_units_high",
        "imputed_units",
        "elapsed_minutes",
        "unit_minutes",
        officer_minutes=minutes(pl.col("officer_units")),
        officer_minutes_low=minutes(pl.col("officer_units_low")),
        officer_minutes_high=minutes(pl.col("officer_units_high")),
    )
    worked_out = pl.concat(
        [
            located,
            groups.select("group_id", "is_link_broken"),
            measured,
            people.incidents.select("caller_id", "caller_pool", "caller_phone", "is_phone_of_place", "concerned_id"),
            address_columns(incidents, places),
            domestic.to_frame(),
        ],
        how="horizontal",
    )
    as_logged = incidents.rename(
        {
            "neighbourhood_code": "neighbourhood_code_logged",
            "is_domestic": "is_domestic_logged",
            "caller_phone": "caller_phone_logged",
        }
    )
    return pl.concat([as_logged, worked_out], how="horizontal")


def _references(plain: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """References of addresses (A-…) and telephone numbers (T-…): key_type, key_id (plain), reference."""
    frames = []
    for key_type, prefix in ((KeyType.ADDRESS, "A"), (KeyType.PHONE, "T")):
        texts = plain.filter(pl.col("key_type") == key_type.value)["key_id"].unique().sort()
        frames.append(
            pl.DataFrame(
                {
                    "key_type": pl.Series([key_type.value]).new_from_index(0, len(texts)),
                    "key_id": texts,
                    "reference": keyed_reference(prefix, texts, key=key),
                }
            )
        )
    return pl.concat(frames)


def _persons(people: People, plain: pl.DataFrame) -> pl.DataFrame:
    """One row a person: contacts as caller over the whole build, 0 and null for who never rang."""
    as_caller = (
        plain.filter(pl.col("key_type") == KeyType.CALLER.value)
        .group_by(person_id="key_id")
        .agg(
            contacts=pl.len().cast(pl.Int64),
            first_contact_at=pl.col("contact_at").min(),
            last_contact_at=pl.col("contact_at").max(),
        )
    )
    return (
        people.persons.join(as_caller, on="person_id", how="left")
        .with_columns(pl.col("contacts").fill_null(0))
        .sort("person_id")
    )
