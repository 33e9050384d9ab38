"""Which number of a page is meant? What it counts, said so exactly that the incidents behind it can be found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from analysis.demand.areas import AreaKind


@dataclass(frozen=True)
class Days:
    """Local days from `first_day` to the day before `as_of`."""

    first_day: date
    as_of: date


class Having(StrEnum):
    """Which of a person's incidents a number counts."""

    ANY = "any"
    TYPE = "type"
    """Of one opening code, which is the figure's `value`."""
    GRADE = "grade"
    CRIME = "crime"
    DOMESTIC = "domestic"
    CHILDREN = "children"
    ASSESSMENT_DUE = "assessment_due"
    """A mandatory assessment, recorded or not."""
    ASSESSMENT_MISSING = "assessment_missing"
    """A mandatory assessment that nobody recorded."""
    OPTIONAL = "optional"
    """Domestic, and no assessment mandatory."""
    OPTIONAL_WITHOUT = "optional_without"
    """The same, and none recorded."""


class Among(StrEnum):
    """Whose incidents a number about a person counts."""

    RUNG = "rung"
    """Those the person rang about: contacts."""
    RECORDED = "recorded"
    """Those the person is recorded in, having rung or not."""
    ABOUT = "about"
    """Those about the person, whoever rang: as the ranking by the person concerned counts."""


class By(StrEnum):
    """Which callers come first."""

    CONTACTS = "contacts"
    """By contacts, then officer time, over all the areas together: as concentration counts."""
    LIST = "list"
    """By the view's lens in each neighbourhood for itself: as the lists do."""


class Whose(StrEnum):
    """Whose incidents phases are measured on."""

    LISTED = "listed"
    ALL = "all"


@dataclass(frozen=True)
class OfArea:
    """Contacts of all callers, and officer hours of all incidents, of areas of one kind (`unlocated` is one).

    Contacts count at the caller's first log, hours at the incident's. `codes` None is the whole view.
    """

    days: Days
    codes: tuple[str, ...] | None = None
    area: AreaKind = AreaKind.NEIGHBOURHOOD


@dataclass(frozen=True)
class OfPerson:
    """Contacts of one person and the officer hours of those incidents, each whole. `codes` None is wherever.

    `every_kind`: incidents of every kind count, also where the view is of domestic ones.
    """

    person_id: str
    days: Days
    codes: tuple[str, ...] | None = None
    among: Among = Among.RUNG
    having: Having = Having.ANY
    value: str | None = None
    every_kind: bool = False


@dataclass(frozen=True)
class OfHarm:
    """Days of harm of the scored crimes of one person's contacts: each crime once, at the first contact about it."""

    person_id: str
    days: Days
    codes: tuple[str, ...] | None = None


@dataclass(frozen=True)
class OfDefinition:
    """What one person rang about, or is concerned in, that a definition of a repeat counts; of one neighbourhood."""

    person_id: str
    days: Days
    code: str
    definition: str


@dataclass(frozen=True)
class OfCounter:
    """Incidents of the whole build in which one person stands as victim and another as subject.

    `is_victim`: the first is the victim; else the other is. Of those only who stand so both ways.
    """

    person_id: str
    other_id: str
    is_victim: bool


@dataclass(frozen=True)
class OfSide:
    """Contacts of one person's records that are like one of two of them: what each side would keep if they parted.

    `side`: `a`, `b`, or `either` where they are like both alike.
    """

    person_id: str
    days: Days
    reference_a: str
    reference_b: str
    side: str


@dataclass(frozen=True)
class OfCallers:
    """Contacts of the first so many callers of neighbourhoods and the hours of those incidents, each once.

    `first` None is everybody; `codes` None is every neighbourhood of the view.
    """

    days: Days
    codes: tuple[str, ...] | None
    first: int | None
    by: By = By.CONTACTS


@dataclass(frozen=True)
class OfPool:
    """Incidents of a neighbourhood reported by a caller who is set apart."""

    days: Days
    code: str
    pool: str


@dataclass(frozen=True)
class OfNobody:
    """Contacts that are nobody's, because the caller could not be told; one for each pool an incident stands in.

    `codes` None is every neighbourhood of the view.
    """

    days: Days
    codes: tuple[str, ...] | None = None


@dataclass(frozen=True)
class OfHours:
    """Officer hours of the listed in one hour of the week, or on one shift: where they were worked."""

    days: Days
    weekday: int | None
    hour: int | None = None
    shift: str | None = None


@dataclass(frozen=True)
class OfPhase:
    """Officer hours of one phase (or `officer_time`, the whole) of the incidents attended."""

    days: Days
    whose: Whose
    phase: str


@dataclass(frozen=True)
class OfGap:
    """What lacks a place, a time or a caller, over the whole build; see `analysis.questions.data_gaps`."""

    topic: str
    gap: str


Figure: TypeAlias = (
    OfArea
    | OfPerson
    | OfHarm
    | OfDefinition
    | OfCounter
    | OfSide
    | OfCallers
    | OfPool
    | OfNobody
    | OfHours
    | OfPhase
    | OfGap
)
"""Any of them: frozen and hashable, part of a cache key, kept in the session and never in an address."""
WHOLE_BUILD = (OfCounter, OfGap)
"""Figures counted over the whole build, whatever the view."""
