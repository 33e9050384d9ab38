"""Which columns does an answer have, who may see each, and what makes a count small?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analysis.disclosure.audience import Clearance

IS_SUPPRESSED = "is_suppressed"

POLICE_ONLY = frozenset({Clearance.POLICE})
POLICE_AND_PARTNERS = frozenset({Clearance.POLICE, Clearance.PARTNER})


class Kind(StrEnum):
    """What a column holds; the kind decides what a partner may see of it at most."""

    CODE = "code"
    """A code of an area, agency or grade, or the day a week begins; never of a person or premises."""
    NAME = "name"
    """The name of an area, an agency or a kind of thing; never of a person."""
    COUNT = "count"
    MEASURE = "measure"
    FLAG = "flag"
    TIME = "time"
    """An instant; a partner sees the local day."""
    PERSON = "person"
    """A person's id or reference."""
    IDENTITY = "identity"
    """A person's name, number or date of birth."""
    PLACE = "place"
    """An address or a place; a partner sees the area it lies in."""
    POINT = "point"
    """A coordinate; never for partners."""
    TEXT = "text"
    """Words that somebody typed; never for partners."""


NEVER_FOR_PARTNERS = frozenset({Kind.POINT, Kind.TEXT})
NAMES_A_PERSON = frozenset({Kind.PERSON, Kind.IDENTITY})


@dataclass(frozen=True)
class AnswerColumn:
    """One column: its name, what it holds, and the readers who may see it. Nobody else does."""

    name: str
    kind: Kind
    seen_by: frozenset[Clearance] = POLICE_ONLY


@dataclass(frozen=True)
class SmallCount:
    """A count that is withheld when small, with every column worked out from it or pointing to it.

    A ratio belongs under each count it is made of; so do a rank, a share and a sentence.
    """

    count: str
    dependants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Total:
    """Rows in which column `over` bears `label` (None: is null) are totals of the rows that do not.

    A total belongs to the rows that agree with it in every other `over` column of the answer and in every column
    of `within`. Two totals make a table with both margins.
    """

    over: str
    label: str | None
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What one question gives, and to whom.

    Attributes:
        name: the question's name.
        columns: every column that may leave; others are dropped.
        area_column: holds the neighbourhood code that decides what is in an officer's scope; None: not scoped.
        person_column: holds the person a row is about; partners are given the rows of persons shared with them.
        small_counts: the counts that are suppressed for all but the police.
        totals: at most two.
        timezone: of the local day to which times are generalised, such as "Europe/London".
        is_whole_force_only: no area can be named for a row, so readers of a part of the force get none.

    Raises:
        ValueError: the contract would let something out that the design withholds.
    """

    name: str
    columns: tuple[AnswerColumn, ...]
    area_column: str | None = None
    person_column: str | None = None
    small_counts: tuple[SmallCount, ...] = ()
    totals: tuple[Total, ...] = ()
    timezone: str | None = None
    is_whole_force_only: bool = False

    def __post_init__(self) -> None:
        for fault in _faults(self):
            raise ValueError(f"Answer {self.name}: {fault}.")

    def column(self, name: str) -> AnswerColumn:
        """The column of that name; KeyError when the contract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def seen_by(self, clearance: Clearance) -> tuple[AnswerColumn, ...]:
        """The columns that name this reader, in the contract's order."""
        return tuple(column for column in self.columns if clearance in column.seen_by)


@lru_cache(maxsize=256)
def answer_of(
    name: str,
    columns: tuple[tuple[str, Kind], ...],
    *,
    area_column: str | None = None,
    person_column: str | None = None,
    timezone: str | None = None,
) -> Answer:
    """The contract of an answer for the police alone, checked once for all that are alike.

    Raises:
        ValueError: see `Answer`.
    """
    return Answer(
        name=name,
        columns=tuple(AnswerColumn(column, kind) for column, kind in columns),
        area_column=area_column,
        person_column=person_column,
        timezone=timezone,
    )


def _faults(answer: Answer) -> list[str]:
    """What is wrong with a contract, worst first; empty when it is sound."""
    names = [column.name for column in answer.columns]
    for_partners = answer.seen_by(Clearance.PARTNER)
    deciding = {name for name in (answer.area_column, answer.person_column) if name}
    deciding |= {name for total in answer.totals for name in (total.over, *total.within)}
    counted = {name for small in answer.small_counts for name in (small.count, *small.dependants)}
    faults = [f"{name} is not a column" for name in sorted((deciding | counted) - set(names))]
    if faults:
        return faults
    if len(names) != len(set(names)) or IS_SUPPRESSED in names:
        faults.append(f"a column stands twice, or is called {IS_SUPPRESSED}")
    if len(answer.totals) > 2:
        faults.append("more than two totals cannot be protected")
    if answer.person_column and answer.totals:
        faults.append("rows about persons cannot have totals")
    is_scoped = answer.area_column is not None or answer.is_whole_force_only
    for column in answer.columns:
        if Clearance.NOBODY in column.seen_by:
            faults.append(f"{column.name} is shown to nobody in particular")
        if column.seen_by - {Clearance.AUDITOR} and Clearance.POLICE not in column.seen_by:
            faults.append(f"{column.name} is shown to others and not to the police")
        if column.name in deciding and column.seen_by != frozenset().union(*(c.seen_by for c in answer.columns)):
            faults.append(f"{column.name} decides who sees a row and is not shown to all who see the answer")
        if column.kind in NAMES_A_PERSON and answer.person_column is None:
            faults.append(f"{column.name} names a person and no person_column is given")
        if column.kind in NAMES_A_PERSON | {Kind.POINT} and not is_scoped:
            faults.append(f"{column.name} is of one person or point and no area_column puts it in a scope")
    return faults + _faults_for_partners(answer, for_partners, counted)


def _faults_for_partners(answer: Answer, columns: tuple[AnswerColumn, ...], counted: set[str]) -> list[str]:
    """What is wrong with the columns that a partner may see."""
    faults = []
    seen = {column.name for column in columns}
    for small in answer.small_counts:
        if small.count not in seen and seen & set(small.dependants):
            faults.append(f"{small.count} is not shown to partners, and what hangs on it is")
        if answer.column(small.count).kind is not Kind.COUNT:
            faults.append(f"{small.count} is not a count")
    for column in columns:
        if column.kind in NEVER_FOR_PARTNERS:
            faults.append(f"{column.name} is a {column.kind} and never for partners")
        if column.kind in {Kind.COUNT, Kind.MEASURE} and column.name not in counted:
            faults.append(f"{column.name} is shown to partners and hangs on no small count")
        if column.kind is Kind.TIME and answer.timezone is None:
            faults.append(f"{column.name} is shown to partners to the local day and no timezone is given")
        if column.kind is Kind.PLACE and answer.area_column is None:
            faults.append(f"{column.name} is shown to partners by its area and no area_column is given")
    return faults
