"""Where was each job, which logs and crimes were about it, and how long did it take? All that needs no people."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.build.asked import OF_DEPLOYMENTS
from analysis.build.contact_tables import write_addresses
from analysis.build.making import Making
from analysis.build.memory import give_back
from analysis.build.placed import Placed, place_logs
from analysis.build.places import Areas, area_table
from analysis.build.stacks import lay_feed
from analysis.demand.contacts import public_logs
from analysis.demand.domestic import is_domestic
from analysis.demand.groups import group_facts, group_places, incident_groups
from analysis.demand.harm import group_crimes, links
from analysis.officer_time import split_officer_time

_LOGS, _PUBLIC = "logs", "public_logs"
_AS_READ = ("people", "assessments", "crimes", "safeguarding", "places")


@dataclass(frozen=True)
class Jobs:
    """What is known of each log before anybody is known, and little of it held: finding people takes the most memory.

    Attributes:
        placed: where each log lies, unread.
        group: where each log's group stands in the table of groups.
        addresses: what stands for the addresses: see `write_addresses`.
    """

    placed: Placed
    group: pl.Series
    addresses: pl.DataFrame

    def public(self, making: Making) -> pl.DataFrame:
        """The logs that may be contacts: see `public_logs`; can be had once."""
        return making.writer.take_back(_PUBLIC)

    def logs(self, making: Making) -> pl.DataFrame:
        """group_id, is_link_broken, is_domestic and the officer time of each log, in their order; can be had once."""
        return making.writer.take_back(_LOGS)


def find_jobs(making: Making, areas: Areas, harm: pl.DataFrame | None) -> Jobs:
    """Place and group the logs, share officer time, and count the contacts of addresses.

    Writes deployments, groups, the contacts of addresses and what stands as it was read.

    Raises:
        StoreError: the store cannot be written.
    """
    incidents = making.feed("incidents")
    making.say("placing incidents in wards and neighbourhoods")
    places, timezone = making.feed("places").frame(), making.sources.force.timezone
    placed = place_logs(incidents, areas, places, timezone=timezone, version=making.version)
    making.say("linking logs and crimes")
    _write_as_read(making, areas, harm)
    groups, domestic = _linked(making, harm)
    making.say("sharing officer time")
    units = _officer_time(making)
    facts = _group_facts(making, groups, domestic, units, placed)
    making.writer.write("groups", facts)
    group = group_places(groups)
    logs = pl.concat([frame.drop("incident_id") for frame in (groups, units)] + [domestic.to_frame()], how="horizontal")
    making.writer.put_aside(_LOGS, logs)
    del groups, units, logs
    public = public_logs(incidents.frame(("incident_id", "received_at", "source")).with_columns(group))
    making.writer.put_aside(_PUBLIC, public)
    addresses = write_addresses(making, public, placed, facts)
    del public, facts
    # The last of these is written, and so let go, before anything is given back.
    making.writer.unfinished()
    give_back()
    return Jobs(placed, group, addresses)


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
    groups, linked = incident_groups(logs), links(logs, crimes)
    making.writer.write("group_crimes", group_crimes(linked, groups, crimes, harm))
    return groups, is_domestic(logs["is_domestic"], linked, crimes)


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
