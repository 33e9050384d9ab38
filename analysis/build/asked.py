"""Which columns does each step of a build ask for? What no step asks for is never held."""

from __future__ import annotations

OF_LOG = ("incident_id", "received_at", "source", "grade", "caller_role", "read_order")
"""Columns of the log that most questions ask for; they stand beside what is worked out as well."""

OF_DEPLOYMENTS = (
    "incident_id",
    "officer_id",
    "callsign",
    "crew",
    "assigned_at",
    "at_scene_at",
    "cleared_at",
    "source_file",
    "source_line",
    "read_order",
)
OF_CALLERS = (
    "incident_id",
    "received_at",
    "source",
    "source_file",
    "source_line",
    "read_order",
    "address",
    "postcode",
    "uprn",
    "caller_name",
    "caller_phone",
    "caller_date_of_birth",
    "caller_role",
    "caller_address",
    "caller_postcode",
    "caller_nominal_id",
    "neighbourhood_code",
)
"""What the finding of people may ask of a log."""

INCIDENT_ORDER = (
    "lon",
    "lat",
    "ward_code",
    "neighbourhood_code",
    "unlocated_reason",
    "group_id",
    "is_link_broken",
    "officer_units",
    "officer_units_low",
    "officer_units_high",
    "imputed_units",
    "elapsed_minutes",
    "unit_minutes",
    "officer_minutes",
    "officer_minutes_low",
    "officer_minutes_high",
    "caller_id",
    "caller_pool",
    "caller_phone",
    "is_phone_of_place",
    "concerned_id",
    "address_key",
    "is_address_of_place",
    "is_domestic",
)
OF_DAYS = (
    "incident_id",
    "group_id",
    "received_at",
    "source",
    "caller_pool",
    "children_present",
    "is_domestic",
    "crime_ref",
)
OF_SEARCH = (
    "incident_id",
    "received_at",
    "neighbourhood_code",
    "caller_id",
    "caller_name",
    "caller_phone",
    "caller_address",
    "caller_postcode",
    "address",
    "postcode",
    "uprn",
    "is_phone_of_place",
    "is_address_of_place",
)
OF_SEARCHED_RECORDS = ("incident_id", "role", "person_id", "source_file", "source_line", "phone")
OF_SEARCHED_GROUPS = ("received_at", "neighbourhood_code", "is_domestic")
