"""Which columns does each feed have, of what kind, and which may not be missing?"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a supplier's text becomes a value."""

    TEXT = "text"
    DATETIME = "datetime"
    DATE = "date"
    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"


@dataclass(frozen=True)
class FeedColumn:
    """One column of a feed. `choices` are the contract's values of a choice."""

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """One table that a force's extracts are mapped to.

    Attributes:
        key: columns that make a row the same row when it is read again.
        key_alternatives: pairs (first, second): the key holds the first where given, else the second.
        any_of: columns of which at least one is required.
        start, ends: the row's own start, and the times which may not precede it by the clock change.
        refused_before_start: the end that refuses the row when it lies before the start.
    """

    table: str
    columns: tuple[FeedColumn, ...]
    key: tuple[str, ...]
    key_alternatives: tuple[tuple[str, str], ...] = ()
    any_of: tuple[str, ...] = ()
    start: str | None = None
    ends: tuple[str, ...] = ()
    refused_before_start: str | None = None
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset(column.name for column in self.columns))

    def column(self, name: str) -> FeedColumn:
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


def _text(name: str, *, required: bool = False) -> FeedColumn:
    return FeedColumn(name, Kind.TEXT, required)


def _time(name: str, *, required: bool = False) -> FeedColumn:
    return FeedColumn(name, Kind.DATETIME, required)


def _flag(name: str) -> FeedColumn:
    return FeedColumn(name, Kind.FLAG)


def _choice(name: str, *choices: str, required: bool = False) -> FeedColumn:
    return FeedColumn(name, Kind.CHOICE, required, choices)


GRADES = ("immediate", "early", "routine", "diary")
SOURCES = ("999", "101", "online", "officer", "agency", "other")
CALLER_ROLES = ("victim", "subject", "witness", "third_party", "professional", "unknown")
PEOPLE_ROLES = ("victim", "subject", "witness", "professional")
SAFEGUARDING_EVENTS = (
    "contact",
    "marac_referral",
    "marac_heard",
    "idva_referral",
    "supervisor_attended",
    "inspector_informed",
    "neighbourhood_review",
    "children_asked",
    "children_forwarded",
    "joint_screening",
    "ppu_informed",
    "control_room_review",
    "release_notified",
)
PLACE_KINDS = ("hospital", "care_home", "refuge", "hostel", "school", "police_station", "agency", "other")

INCIDENTS = Feed(
    table="incidents",
    columns=(
        _text("incident_id", required=True),
        _time("received_at", required=True),
        FeedColumn("x", Kind.NUMBER),
        FeedColumn("y", Kind.NUMBER),
        _text("address"),
        _text("postcode"),
        _text("uprn"),
        _text("neighbourhood_code"),
        _choice("source", *SOURCES),
        _choice("grade", *GRADES),
        _choice("initial_grade", *GRADES),
        _text("opening_code"),
        _text("closing_code"),
        _text("qualifiers"),
        _flag("is_domestic"),
        _text("caller_name"),
        _text("caller_phone"),
        FeedColumn("caller_date_of_birth", Kind.DATE),
        _choice("caller_role", *CALLER_ROLES),
        _text("caller_address"),
        _text("caller_postcode"),
        _text("caller_nominal_id"),
        _text("crime_ref"),
        _text("duplicate_of"),
        _time("closed_at"),
        _flag("children_present"),
        _flag("repeat_flag"),
        _flag("vulnerable_flag"),
    ),
    key=("incident_id",),
    start="received_at",
    ends=("closed_at",),
)
DEPLOYMENTS = Feed(
    table="deployments",
    columns=(
        _text("incident_id", required=True),
        _time("assigned_at", required=True),
        _text("officer_id"),
        _text("callsign"),
        FeedColumn("crew", Kind.COUNT),
        _time("en_route_at"),
        _time("at_scene_at"),
        _time("cleared_at"),
        _text("rank"),
    ),
    key=("incident_id", "officer_id", "assigned_at"),
    key_alternatives=(("officer_id", "callsign"),),
    any_of=("officer_id", "callsign"),
    start="assigned_at",
    ends=("en_route_at", "at_scene_at", "cleared_at"),
    refused_before_start="cleared_at",
)
PEOPLE = Feed(
    table="people",
    columns=(
        _text("incident_id", required=True),
        _choice("role", *PEOPLE_ROLES, required=True),
        _text("name"),
        FeedColumn("date_of_birth", Kind.DATE),
        _text("phone"),
        _text("address"),
        _text("postcode"),
        _text("uprn"),
        _text("nominal_id"),
        _text("gender"),
    ),
    key=("incident_id", "role", "name", "phone", "nominal_id", "date_of_birth"),
)
ASSESSMENTS = Feed(
    table="assessments",
    columns=(
        _text("incident_id", required=True),
        _choice("tool", "DASH", "DARA"),
        _choice("risk", "high", "medium", "standard"),
        _time("completed_at"),
        _time("submitted_at"),
        _time("supervisor_reviewed_at"),
        _time("dip_sampled_at"),
    ),
    key=("incident_id", "tool"),
    start="completed_at",
    ends=("submitted_at", "supervisor_reviewed_at", "dip_sampled_at"),
)
CRIMES = Feed(
    table="crimes",
    columns=(
        _text("crime_ref", required=True),
        _text("incident_id"),
        _text("offence_code"),
        _text("offence_group"),
        _flag("is_domestic"),
        _choice("relationship", "intimate", "ex_intimate", "family", "other"),
        _time("arrested_at"),
        _choice("outcome", "charge", "caution", "out_of_court", "none", "open"),
    ),
    key=("crime_ref",),
)
SAFEGUARDING = Feed(
    table="safeguarding",
    columns=(
        _text("incident_id", required=True),
        _choice("event", *SAFEGUARDING_EVENTS, required=True),
        _time("at", required=True),
        _text("by"),
    ),
    key=("incident_id", "event", "at", "by"),
)
PLACES = Feed(
    table="places",
    columns=(
        _choice("kind", *PLACE_KINDS, required=True),
        _text("name"),
        _text("address"),
        _text("postcode"),
        _text("uprn"),
        _text("phone"),
    ),
    key=("kind", "name", "address", "postcode", "uprn", "phone"),
)

FEEDS: dict[str, Feed] = {
    feed.table: feed for feed in (INCIDENTS, DEPLOYMENTS, PEOPLE, ASSESSMENTS, CRIMES, SAFEGUARDING, PLACES)
}
