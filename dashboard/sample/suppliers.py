"""How do the made-up force's own systems name and write their columns?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from dashboard.sample.clock import CLOCK_CHANGES, local
from dashboard.sample.force import EXTRACTED_AT
from dashboard.sample.logs import Setting
from dashboard.sample.numbers import written
from dashboard.sample.officers import UNIT_ROWS_UNTIL, officer_rows

UK_TIME, UK_DATE = "%d/%m/%Y %H:%M:%S", "%d/%m/%Y"

# The control room's column for each of the contract's.
LIVE_COLUMNS: dict[str, str] = {
    "received_at": "CREATED",
    "x": "EASTING",
    "y": "NORTHING",
    "address": "LOCATION",
    "postcode": "LOC_POSTCODE",
    "uprn": "UPRN",
    "neighbourhood_code": "BEAT",
    "source": "HOW_RECEIVED",
    "grade": "GRADE",
    "initial_grade": "FIRST_GRADE",
    "opening_code": "OPENED_AS",
    "closing_code": "CLOSED_AS",
    "qualifiers": "QUALIFIERS",
    "is_domestic": "DV",
    "caller_name": "CALLER",
    "caller_phone": "CALLER_TEL",
    "caller_date_of_birth": "CALLER_DOB",
    "caller_role": "CALLER_IS",
    "caller_address": "CALLER_ADDRESS",
    "caller_postcode": "CALLER_POSTCODE",
    "caller_nominal_id": "NOMINAL",
    "crime_ref": "CRIME_REF",
    "duplicate_of": "SEE_LOG",
    "closed_at": "CLOSED",
    "children_present": "CHILDREN",
    "repeat_flag": "REPEAT",
    "vulnerable_flag": "VULNERABLE",
}
GRADE_LETTERS = {"immediate": "I", "early": "E", "routine": "R", "diary": "D"}
SOURCE_WORDS = {"101": "NON-EMERG", "online": "WEB", "officer": "OFFICER", "agency": "PARTNER"}
ROLE_LETTERS = {
    "victim": "V",
    "subject": "S",
    "witness": "W",
    "third_party": "3P",
    "professional": "PROF",
    "unknown": "U",
}
OFFICER_COLUMNS = {
    "incident_id": "LOG_REF",
    "officer_id": "COLLAR_NO",
    "callsign": "CALLSIGN",
    "assigned_at": "ASSIGNED",
    "en_route_at": "MOBILE",
    "at_scene_at": "ARRIVED",
    "cleared_at": "CLEARED",
    "rank": "RANK",
}
UNIT_COLUMNS = {
    "incident_id": "LOG_REF",
    "callsign": "CALLSIGN",
    "crew": "CREW",
    "assigned_at": "ASSIGNED",
    "at_scene_at": "ARRIVED",
    "cleared_at": "CLEARED",
}


@dataclass(frozen=True)
class Resources:
    """Officer time as two systems kept it: rows a unit before April 2012, rows an officer since."""

    units: pl.DataFrame
    officers: pl.DataFrame


def incident_rows(logs: pl.DataFrame, sent: pl.DataFrame) -> pl.DataFrame:
    """The logs in the contract's columns, times as the control room's clock showed them, in order of receipt."""
    last = sent.group_by("log").agg(pl.col("true_cleared_at").max().alias("last_cleared"))
    wrapped_up = pl.coalesce(pl.col("last_cleared") + timedelta(minutes=6), pl.col("at") + timedelta(minutes=37))
    targets = logs["incident_id"].gather(logs["parent"].fill_null(0))
    joined = logs.join(last, on="log", how="left", maintain_order="left")
    return joined.select(
        "log_date",
        "log_number",
        "incident_id",
        _received().alias("received_at"),
        pl.col("x", "y").cast(pl.Int64),
        *("address", "postcode", "uprn", "neighbourhood_code", "source", "grade", "initial_grade"),
        *("opening_code", "closing_code", "qualifiers"),
        pl.col("flagged").alias("is_domestic"),
        *("caller_name", "caller_phone", "caller_date_of_birth", "caller_role", "caller_address", "caller_postcode"),
        "caller_nominal_id",
        pl.when(pl.col("more") < 0.88).then("crime").alias("crime_ref"),
        pl.when(pl.col("parent").is_not_null()).then(targets).alias("duplicate_of"),
        pl.when(wrapped_up < EXTRACTED_AT).then(local(wrapped_up)).alias("closed_at"),
        *("children_present", "repeat_flag", "vulnerable_flag"),
    )


def live_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Incident rows under the control room's names: dates day first, letters for grades and roles, Y and N."""
    flags = [
        pl.when(pl.col(name)).then(pl.lit("Y")).when(~pl.col(name)).then(pl.lit("N")).alias(name)
        for name in ("is_domestic", "children_present", "repeat_flag", "vulnerable_flag")
    ]
    spelt = rows.with_columns(
        *flags,
        pl.col("received_at", "closed_at").dt.strftime(UK_TIME),
        pl.col("caller_date_of_birth").dt.strftime(UK_DATE),
        pl.col("grade", "initial_grade").replace(GRADE_LETTERS),
        pl.col("source").replace(SOURCE_WORDS),
        pl.col("caller_role").replace(ROLE_LETTERS),
    )
    named = [pl.col(name).alias(theirs) for name, theirs in LIVE_COLUMNS.items()]
    return spelt.select(pl.col("log_date").alias("LOG_DATE"), pl.col("log_number").alias("LOG_NO"), *named)


def resource_rows(logs: pl.DataFrame, sent: pl.DataFrame) -> Resources:
    """What the two systems wrote: local times."""
    named = sent.with_columns(logs["incident_id"].gather(sent["log"]))
    is_old = pl.col("assigned_at") < pl.lit(UNIT_ROWS_UNTIL).dt.replace_time_zone("UTC")
    times = [local(pl.col(name)) for name in ("assigned_at", "en_route_at", "at_scene_at", "cleared_at")]
    crew = pl.when(pl.col("log") % 50 != 7).then(1 + pl.col("second_officer").is_not_null().cast(pl.Int64))
    return Resources(
        units=named.filter(is_old)
        .sort("assigned_at", "log")
        .select("log", crew.alias("crew"), *times, "incident_id", "callsign"),
        officers=officer_rows(named.filter(~is_old)).select(
            "log", "officer_id", *times, "incident_id", "callsign", "rank"
        ),
    )


def place_rows(setting: Setting) -> pl.DataFrame:
    """The register of institutions in the contract's columns."""
    here = setting.addresses[setting.places["address_at"].to_numpy()]
    named = pl.concat([setting.places, here.select("address", "postcode", "uprn")], how="horizontal")
    return named.select(
        "kind", "name", "address", "postcode", "uprn", written(pl.col("number"), pl.lit(0)).alias("phone")
    )


def _received() -> pl.Expr:
    """The wall clock; in March every other log of the hour that did not exist bears a clock not yet put forward."""
    utc = pl.col("at").dt.replace_time_zone(None)
    springs = [change for change in CLOCK_CHANGES if change.month == 3]
    late = utc.dt.date().is_in(springs) & (utc.dt.hour() == 1) & (pl.col("log") % 2 == 0)
    return pl.when(late).then(utc).otherwise(local(pl.col("at")))


def local_times(rows: pl.DataFrame) -> pl.DataFrame:
    """The same rows with every instant as the wall clock showed it."""
    instants = [name for name, kind in rows.schema.items() if isinstance(kind, pl.Datetime)]
    return rows.with_columns(local(pl.col(name)) for name in instants)
