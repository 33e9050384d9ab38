"""Which tables does a build hold? Each is made from the steps before it, written at once and let go.

What needs no people (places, groups, officer time, the contacts of addresses) is made beside the finding of people,
which is often one long step on one processor; the keys of the search are made beside contacts and days.
"""

from __future__ import annotations

from concurrent.futures import Executor, Future
from dataclasses import replace

import polars as pl

from analysis.build.asked import (
    INCIDENT_ORDER,
    OF_CALLERS,
    OF_DAYS,
    OF_LOG,
)
from analysis.build.contact_tables import write_contacts
from analysis.build.findable import write_search
from analysis.build.harm_table import read_harm
from analysis.build.jobs import Jobs, find_jobs
from analysis.build.making import Making
from analysis.build.memory import give_back
from analysis.build.places import Areas, read_areas
from analysis.build.stacks import lay_incidents
from analysis.demand.day_sums import day_tables
from analysis.ingest import FeedRows
from analysis.officer_time import minutes
from analysis.people import KnownIds, People, resolve_people
from analysis.store import Build

GROUP_ROWS = 16_384
"""Rows a group of the tables of days and of the search: about those of one neighbourhood; no result depends on it."""


def assemble(making: Making) -> Areas:
    """Make and write every table of a build from the accepted rows.

    Raises:
        SourcesError: a boundary or harm file cannot be read.
        StoreError: the store cannot be written.
    """
    areas, harm = read_areas(making.sources), read_harm(making.sources.harm)
    with making.beside() as beside:
        finding = beside.submit(find_jobs, making, areas, harm)
        _finish(making, _people(making), finding, beside)
    return areas


def _people(making: Making) -> People:
    """Who is in the records. What is written and asked for no more is let go: it comes back without rows."""
    making.say("finding who called")
    give_back()
    people = resolve_people(
        making.feed("incidents").frame(OF_CALLERS),
        making.feed("people").frame(),
        making.feed("places").frame(),
        assumptions=making.assumptions,
        key=making.key,
        known=_known(making.earlier),
        decisions=making.decisions,
        numbers=making.numbers,
    )
    _write_people(making, people)
    ids = KnownIds(people.known.records.clear(), people.known.persons.clear(), people.known.aliases)
    people = replace(people, records=people.records.clear(), known=ids)
    # The last of these tables is written, and so let go, when the next one is.
    making.writer.unfinished()
    give_back()
    return people


def _known(build: Build | None) -> KnownIds | None:
    """The id table of the build made last, whichever is current."""
    if build is None:
        return None
    return KnownIds(build.frame("known_records"), build.frame("known_persons"), build.frame("person_aliases"))


def _finish(making: Making, people: People, finding: Future[Jobs], beside: Executor) -> None:
    """The tables that need people; the keys of the search need no contacts and are made beside them."""
    jobs = finding.result()
    incidents = making.feed("incidents")
    lay_incidents(
        making.writer, incidents, _own_columns(incidents, jobs.logs(making), people), jobs.placed, INCIDENT_ORDER
    )
    build, concerned = making.writer.unfinished(), people.concerned
    searching = beside.submit(
        write_search, making, build, jobs.group, concerned=concerned, aliases=people.aliases, group_rows=GROUP_ROWS
    )
    making.say("counting contacts")
    facts = build.frame("groups")
    public = jobs.public(making)
    callers = write_contacts(making, people, public=public, facts=facts, addresses=jobs.addresses)
    making.writer.write("persons", _persons(people.persons, callers))
    del people, public
    making.say("adding up days")
    _write_days(making, build, facts, callers, concerned)
    searching.result()


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


def _own_columns(incidents: FeedRows, logs: pl.DataFrame, people: People) -> pl.DataFrame:
    """What was worked out of all logs together; every step keeps their order."""
    measured = logs.with_columns(
        officer_minutes=minutes(pl.col("officer_units")),
        officer_minutes_low=minutes(pl.col("officer_units_low")),
        officer_minutes_high=minutes(pl.col("officer_units_high")),
    )
    found = people.incidents.select("caller_id", "caller_pool", "caller_phone", "is_phone_of_place", "concerned_id")
    return pl.concat([incidents.frame(OF_LOG), measured, found], how="horizontal")


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
