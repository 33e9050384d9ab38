"""What may leave? The only way from a frame to a reader."""

from __future__ import annotations

from dataclasses import InitVar, dataclass

import polars as pl
from polars.datatypes import DataTypeClass

from analysis.disclosure.audience import Audience, Clearance
from analysis.disclosure.contract import IS_SUPPRESSED, Answer, AnswerColumn, Kind
from analysis.disclosure.suppress import suppress

LEAST_WIDTH = 3
"""Counts: no reader can place a withheld count more closely than this. Part of the gate, not a force's choice."""

_SEAL = object()

_Dtype = pl.DataType | DataTypeClass

_WORDS = (pl.String, pl.Categorical, pl.Enum, pl.Date, pl.Null)
_DTYPES: dict[Kind, tuple[_Dtype, ...]] = {
    Kind.FLAG: (pl.Boolean, pl.Null),
    Kind.NAME: _WORDS,
    Kind.PERSON: _WORDS,
    Kind.IDENTITY: _WORDS,
    Kind.PLACE: _WORDS,
    Kind.TEXT: _WORDS,
}


@dataclass(frozen=True, eq=False)
class Released:
    """Rows that have passed the gate: all that a component, figure or file accepts. Made by `release` alone.

    Attributes:
        rows: what this audience may see.
        n_suppressed: rows in which a count is withheld.
        notes: sentences for the reader on what was withheld or made coarser.
    """

    rows: pl.DataFrame
    answer: Answer
    audience: Audience
    n_suppressed: int
    notes: tuple[str, ...]
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("Released is made by analysis.disclosure.release.release alone.")

    @property
    def is_suppressed_anything(self) -> bool:
        """Whether any count is withheld."""
        return self.n_suppressed > 0


def release(frame: pl.DataFrame, answer: Answer, audience: Audience) -> Released:
    """Give the audience what the answer's contract lets it see, and nothing else.

    Columns leave only where the contract names the audience. Rows leave only in its neighbourhoods and, but for the
    police, only about persons shared with its agency. All but the police get small counts withheld, times to the
    local day, places by their area, and rows in the order of what they are about, so that order tells no count.

    Raises:
        ValueError: a column that decides who sees what is missing, or one does not hold what its contract says.
    """
    schema = frame.schema
    columns = [column for column in answer.seen_by(audience.clearance) if column.name in schema]
    if audience.clearance is Clearance.NOBODY or not columns:
        return Released(pl.DataFrame(), answer, audience, 0, (), _SEAL)
    _check(schema, answer, columns)
    rows = frame[[column.name for column in columns]]
    if audience.is_exact:
        rows = _in_scope(rows, answer, audience)
        if answer.small_counts:
            rows = rows.with_columns(pl.lit(False).alias(IS_SUPPRESSED))
        return Released(rows, answer, audience, 0, (), _SEAL)
    rows = _shared(rows, answer, audience)
    seen = {column.name for column in columns}
    if any(small.count in seen for small in answer.small_counts):
        rows = suppress(rows, answer, threshold=audience.threshold, width=LEAST_WIDTH).rows
    rows = _coarser(_in_scope(rows, answer, audience), answer, columns)
    rows = rows.sort(_about(columns, rows), nulls_last=True)
    n_suppressed = int(rows[IS_SUPPRESSED].sum()) if IS_SUPPRESSED in rows.columns else 0
    return Released(rows, answer, audience, n_suppressed, _notes(columns, audience, n_suppressed), _SEAL)


def _check(schema: pl.Schema, answer: Answer, columns: list[AnswerColumn]) -> None:
    """Refuse a frame that lacks what decides, or whose columns hold something else than their kind."""
    for name in (answer.area_column, answer.person_column):
        if name is not None and name not in schema:
            raise ValueError(f"Answer {answer.name}: {name} is missing, so nobody's scope can be kept.")
    for column in columns:
        if not _holds(schema[column.name], column.kind):
            raise ValueError(f"Answer {answer.name}: {column.name} does not hold a {column.kind}.")


def _holds(dtype: pl.DataType, kind: Kind) -> bool:
    """Whether a column of that type can be of that kind; lists and structs never can."""
    match kind:
        case Kind.COUNT:
            return dtype.is_integer() or dtype == pl.Null
        case Kind.MEASURE | Kind.POINT:
            return dtype.is_numeric() or dtype == pl.Null
        case Kind.TIME:
            return dtype in (pl.Date, pl.Null) or (isinstance(dtype, pl.Datetime) and dtype.time_zone is not None)
        case Kind.CODE:
            return dtype.is_integer() or dtype in _WORDS
        case _:
            return dtype in _DTYPES[kind]


def _in_scope(rows: pl.DataFrame, answer: Answer, audience: Audience) -> pl.DataFrame:
    """The rows of the audience's neighbourhoods; a row without an area is in nobody's but the whole force's."""
    if audience.neighbourhoods is None:
        return rows
    if answer.is_whole_force_only:
        return rows.clear()
    if answer.area_column is None:
        return rows
    return rows.filter(pl.col(answer.area_column).is_in(sorted(audience.neighbourhoods)))


def _shared(rows: pl.DataFrame, answer: Answer, audience: Audience) -> pl.DataFrame:
    """Of rows about persons, those of persons shared with the audience."""
    if answer.person_column is None:
        return rows
    return rows.filter(pl.col(answer.person_column).is_in(sorted(audience.shared_persons)))


def _coarser(rows: pl.DataFrame, answer: Answer, columns: list[AnswerColumn]) -> pl.DataFrame:
    """Times to the local day, places by the area they lie in."""
    changes = []
    for column in columns:
        cell = pl.col(column.name)
        if column.kind is Kind.TIME and isinstance(rows.schema[column.name], pl.Datetime):
            assert answer.timezone is not None
            changes.append(cell.dt.convert_time_zone(answer.timezone).dt.date())
        if column.kind is Kind.PLACE and answer.area_column is not None:
            area = pl.col(answer.area_column).cast(pl.String)
            changes.append(pl.when(cell.is_not_null()).then(area).alias(column.name))
    return rows.with_columns(changes)


def _about(columns: list[AnswerColumn], rows: pl.DataFrame) -> list[str]:
    """What the rows are sorted by: everything that is not a figure, then the figures that are shown."""
    figures = {Kind.COUNT, Kind.MEASURE}
    first = [column.name for column in columns if column.kind not in figures]
    return first + [column.name for column in columns if column.kind in figures and column.name in rows.columns]


def _notes(columns: list[AnswerColumn], audience: Audience, n_suppressed: int) -> tuple[str, ...]:
    """What the reader is told about what is missing."""
    kinds = {column.kind for column in columns}
    notes = []
    if n_suppressed:
        notes.append(f"Counts from 1 to {audience.threshold - 1}, and others that would reveal them, are not shown.")
    if Kind.TIME in kinds:
        notes.append("Times are given to the day.")
    if Kind.PLACE in kinds:
        notes.append("Places are given by their area.")
    return tuple(notes)
